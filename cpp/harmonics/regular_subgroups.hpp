// The regular groups of permutations inside a symmetry group: each is the translations of a group on the
// columns.
//
// Method: the permutations that carry column 0 to a column h are a coset of the stabiliser of 0; a regular
// group holds exactly one of each coset. Generators are chosen coset by coset, the smallest column not
// reached yet next, and closed (regular_closure.hpp); so every regular group is met exactly once. The
// stabiliser is listed, so it has to be small; the number of closures is limited. O(n) a closure that fails,
// O(n^2) one that does not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "groups/cayley_table.hpp"
#include "harmonics/kernel_symmetries.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

struct RegularSubgroupOptions {
  std::size_t largest_stabiliser = 20'000;
  std::size_t largest_closures = 300'000;
  std::size_t largest_tables = 256;  // tables to keep; the count goes on
};

struct RegularSubgroups {
  std::vector<CayleyTable>
      tables;  // column 0 as identity: entry (g, k) is the image of g under the one that carries 0 to k
  std::size_t count = 0;
  bool complete = false;  // every regular group was met and kept
};

// The chain's first base column must be 0 and its first orbit all columns.
RegularSubgroups regular_subgroups(const SymmetryChain& chain, std::size_t n, std::uint64_t seed = 1,
                                   const RegularSubgroupOptions& options = {},
                                   const Interrupt& interrupt = {});

}  // namespace peterweyl
