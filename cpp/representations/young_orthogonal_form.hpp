// Young's orthogonal form: real orthogonal irreps of the symmetric groups in closed form.
//
// The basis of the irrep of a partition are its standard tableaux. The transposition s_i of i and i+1 keeps a
// tableau T with weight 1/r and exchanges it with s_i T with weight sqrt(1 - 1/r^2), where r is the axial
// distance content(i+1) - content(i) in T (Young 1931; James and Kerber 1981, section 3.4). Tableaux are in
// last-letter order, so the restriction to S_(n-1) is block diagonal. Cost: O(n!^2) for all matrices of all
// irreps, each from another one by a sparse factor; 16 n!^2 bytes.
#pragma once

#include <cstdint>
#include <vector>

#include "arithmetic/partitions.hpp"
#include "groups/group.hpp"
#include "representations/irreps.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// How one adjacent transposition acts on the tableaux: diagonal[T] = 1/r; partner[T] = s_i T, or T itself
// where s_i T is not standard; off_diagonal[T] = sqrt(1 - 1/r^2).
struct SparseTransposition {
  std::vector<double> diagonal;
  std::vector<double> off_diagonal;
  std::vector<std::uint32_t> partner;
};

// The matrices of s_0 ... s_(n-2) (s_i exchanges points i and i+1) in the irrep of a partition of n.
std::vector<SparseTransposition> young_orthogonal_transpositions(const Partition& partition);

// All irreps of a group whose elements are all permutations of the points of its action; one for each
// partition, in the order of partitions(). Degrees and matrices only: complete_irreps adds the rest.
std::vector<Irrep> young_orthogonal_irreps(const Group& group, const Interrupt& interrupt = {});

}  // namespace peterweyl
