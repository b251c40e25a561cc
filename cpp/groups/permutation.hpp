// Permutations of 0 ... degree-1 as image arrays; a*b means first a, then b.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "groups/group.hpp"
#include "groups/permutation_orbits.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// Throws ArgumentError, naming `argument`, unless `images` is a permutation of 0 ... images.size()-1.
Permutation checked_permutation(std::span<const std::int64_t> images, const std::string& argument);

// The group that permutations of one degree generate, elements breadth-first over the generators from the
// identity at 0. Throws EnumerationLimitError when there are more than `limit` elements. O(order * (degree +
// order) ) time, 2 order^2 bytes for the table.
Group permutation_group(std::span<const Permutation> generators,
                        std::uint64_t limit = CayleyTable::kMaximalOrder, const Interrupt& interrupt = {});

// The same group with its elements in lexicographic order of the image arrays.
Group permutation_group_lexicographic(std::span<const Permutation> generators, std::string name,
                                      Construction construction);

}  // namespace peterweyl
