// The syntax tree of a group spec, with the order of every part: what a spec says before anything is built.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "groups/specification_families.hpp"

namespace peterweyl {

struct Specification {
  enum class Kind {
    kFamily,      // `family` with `parameters`
    kPower,       // children[0] to the power parameters[0]
    kDirect,      // of all children
    kSemidirect,  // children[0] : children[1], cyclic; parameters holds the multiplier if one was given
    kWreath,      // children[0] wr children[1]
  };

  Kind kind = Kind::kFamily;
  const SpecificationFamily* family = nullptr;
  std::vector<std::uint64_t> parameters;
  std::vector<Specification> children;
  std::uint64_t order = 1;  // saturating at 2^63
};

// Throws GroupSpecError for text that cannot be read and ArgumentError for parameters out of range. Length
// and depth of the text are bounded. O(length).
Specification parse_specification(std::string_view text);

}  // namespace peterweyl
