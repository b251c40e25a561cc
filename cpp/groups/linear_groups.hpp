// Classical linear groups over GF(q) as permutation groups.
//
//   GL, SL(n, q)    on the non-zero row vectors, in the order of their labels v_0 q^(n-1) + ... + v_(n-1)
//   PGL, PSL(n, q)  on the points of projective space: vectors with first non-zero entry 1, in the same order
//   AGL(n, q)       on all vectors, in the same order
//
// Matrices act from the right, so that a*b is first a, then b. Elements are breadth-first over the
// generators. GL(1, q) is cyclic and listed as the powers of the primitive element.
//
// Generators: the pairs of D. E. Taylor, "Pairs of generators for matrix groups I", The Cayley Bulletin 3
// (1987); AGL adds one translation, of which the conjugates under GL span all.
#pragma once

#include <cstdint>
#include <vector>

#include "groups/group.hpp"
#include "groups/permutation.hpp"

namespace peterweyl {

enum class LinearGroup { kGL, kSL, kPGL, kPSL, kAGL };

// The order, saturating at 2^63. Throws ArgumentError unless q is a prime power and n >= 1 (n >= 2 for SL,
// PGL, PSL).
std::uint64_t linear_group_order(LinearGroup kind, std::uint64_t n, std::uint64_t q);
// The number of points it acts on, saturating at 2^63.
std::uint64_t linear_group_degree(LinearGroup kind, std::uint64_t n, std::uint64_t q);

// Generating permutations of at most 65535 points: enough for a stabiliser chain where the order is too large
// for a table. Throws GroupTooLargeError beyond.
std::vector<Permutation> linear_group_generators(LinearGroup kind, std::uint64_t n, std::uint64_t q);

// Throws GroupTooLargeError, before anything is allocated, where the table would be too large.
Group linear_group(LinearGroup kind, std::uint64_t n, std::uint64_t q);

}  // namespace peterweyl
