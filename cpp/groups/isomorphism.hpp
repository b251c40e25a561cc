// Isomorphism of groups given by tables: labelling-independent invariants first, then a certified map.
#pragma once

#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "groups/group.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// How many classes there are of each (element order, class size), ascending. Equal for isomorphic groups.
using ClassProfile = std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>>;
ClassProfile class_profile(const Group& group);

// The images in `target` of the elements of `source` under an isomorphism, or nothing when there is none. The
// map is checked on all products with generators before it is returned. Backtracking over images of a
// generating set of rare elements, O(n r) an attempt; a handful of attempts on all but highly symmetric
// p-groups.
std::optional<std::vector<Element>> find_isomorphism(const Group& source, const Group& target,
                                                     const Interrupt& interrupt = {});

}  // namespace peterweyl
