// A Latin square that takes large scores, for data that hold no group, and how far it is from associative.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "harmonics/score_rows.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// Method: one optimal assignment a row, in the order of the rows, results that a column has already being
// forbidden; a Latin rectangle can always be continued (Hall), so the square is completed. Not the optimum,
// which is hard to find. O(n^3) to O(n^4), n^2 memory. Row-major.
std::vector<std::uint32_t> latin_square_of_scores(std::size_t order, const ScoreRow& row,
                                                  const Interrupt& interrupt = {});

// The share of triples (x, s, y) with (x s) y != x (s y), s running over at most `columns` elements spread
// over the square (Light's test looks at generators; a square without a group has none). 0 for the table of a
// group. O(columns n^2).
double light_defect(std::span<const std::uint32_t> square, std::size_t order, std::size_t columns = 16);

}  // namespace peterweyl
