// The stored form of the catalogue of small groups; read through catalogue.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace peterweyl::catalogue_data {

inline constexpr std::size_t kOrders = 512;

// By order. Entry 0 is unused.
extern const std::array<std::uint32_t, kOrders> kNumberOfGroups;

// By order: base 64 of the presentation codes of the solvable groups in the order of their numbers, then of
// four bytes of the fingerprint of each group, most significant first. Empty for orders that are not covered.
extern const std::array<std::string_view, kOrders> kGroups;

// A group given by permutations: each generator is `degree` characters, one an image, of the base-64
// alphabet.
struct PermutationEntry {
  std::uint16_t order;
  std::uint16_t number;
  std::uint16_t degree;
  std::string_view images;
};
extern const std::span<const PermutationEntry> kPermutationGroups;

}  // namespace peterweyl::catalogue_data
