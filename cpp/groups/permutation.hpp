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

// The largest order whose elements are listed breadth-first; beyond it they are numbered along a stabilizer
// chain.
inline constexpr std::uint64_t kMaximalEnumeratedOrder = 1'000'000;

// The group that permutations of one degree generate, identity at 0: elements breadth-first over the
// generators up to kMaximalEnumeratedOrder, numbered along a stabilizer chain (ChainElements) beyond it.
// Throws EnumerationLimitError when there are more than `limit` elements, and GroupTooLargeError when they
// cannot be numbered. O(order * degree) time.
Group permutation_group(std::span<const Permutation> generators,
                        std::uint64_t limit = Group::kMaximalNumberedOrder, const Interrupt& interrupt = {});

}  // namespace peterweyl
