// The named families of the spec language: how each is written, its order, its natural points, and how it is
// built.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "groups/group.hpp"

namespace peterweyl {

struct SpecificationFamily {
  using Parameters = std::span<const std::uint64_t>;

  std::string_view letters;  // before the parameters
  std::size_t parameters;    // 1: digits follow, "C12"; 2: a list in brackets, "GL(2,3)"
  std::string_view form;
  std::string_view meaning;
  // The order, saturating at 2^63; throws ArgumentError for parameters out of range.
  std::uint64_t (*order)(Parameters);
  // How many points it permutes naturally, saturating; nullptr where it does not.
  std::uint64_t (*points)(Parameters);
  Group (*build)(Parameters);
};

std::span<const SpecificationFamily> specification_families();

// p^(1+2n)+ and p^(1+2n)-, with parameters p and n; not found by letters.
const SpecificationFamily& extraspecial_family(bool plus);

}  // namespace peterweyl
