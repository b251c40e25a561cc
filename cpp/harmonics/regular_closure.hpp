// The group that a few permutations of the columns generate, as long as it acts freely on the orbit of a base
// column.
//
// Method: breadth-first closure from the base; each column reached carries the permutation that reached it,
// and a column reached twice must have got the same permutation both times. A closure of all n columns is
// therefore a regular group of permutations, which is the multiplication table of a group with the base as
// identity. Wrong permutations usually disagree after a few comparisons. Time O(size * n * generators),
// memory 2 size * n bytes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "support/interrupt.hpp"

namespace peterweyl {

struct RegularClosure {
  bool consistent = false;
  std::vector<std::uint32_t> reached;  // columns in the order of discovery, the base first
  std::vector<std::uint16_t> rows;     // reached.size() x n: the permutation that carries the base to each

  // The table with the base as identity: entry (g, k) is the image of g under the permutation that reaches k.
  // Only for a consistent closure of all columns.
  std::vector<std::int64_t> table() const;
};

// Each generator is a permutation of 0 ... n-1; n at most 65535.
RegularClosure close_regularly(std::span<const std::span<const std::uint32_t>> generators, std::uint32_t n,
                               std::uint32_t base, const Interrupt& interrupt = {});

}  // namespace peterweyl
