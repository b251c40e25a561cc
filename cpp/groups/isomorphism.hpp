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

// The images in `target` of the elements of `source` under an isomorphism, or nothing when there is none: the
// fingerprints differ, or no choice of images works. The map satisfies every product with the generators it
// was found from, so it is a homomorphism.
//
// Backtracking over images of a base of rare colours; an image fails within a few products unless it is
// almost right. A search that has not ended after 4n attempts starts again with the automorphism group of the
// target and tries one image of each orbit of the stabilisers: that bounds the work on groups with many
// automorphisms that are not isomorphic although their fingerprints agree. Below a millisecond for typical
// groups of order <= 512.
std::optional<std::vector<Element>> find_isomorphism(const Group& source, const Group& target,
                                                     const Interrupt& interrupt = {});

}  // namespace peterweyl
