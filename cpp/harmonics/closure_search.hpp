// Regular groups of permutations out of a few permutations of which some are right.
//
// Method: closures (regular_closure.hpp) of one, two and more of the rows, depth first, the rows with the
// smallest residual first. Beyond two generators the first that keeps the closure consistent is taken. A
// wrong permutation is seen after a few comparisons, so the cost is O(n) a failed closure and O(n^2) a
// complete one; at most 16 rows serve as first and second generator.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "harmonics/regular_closure.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

struct TranslationRow {
  std::uint32_t column = 0;  // the element whose translation this should be
  double residual = 0;       // what the rows are sorted by: the smaller the better
  std::vector<std::uint32_t> permutation;
};

// What to do with a consistent closure, complete or not: true ends the search.
using ClosureVisitor = std::function<bool(const RegularClosure&)>;

// Rows must be sorted by residual. Returns whether the visitor ended the search.
bool search_closures(std::span<const TranslationRow> rows, std::uint32_t n, std::uint32_t base,
                     const ClosureVisitor& visit, const Interrupt& interrupt = {});

}  // namespace peterweyl
