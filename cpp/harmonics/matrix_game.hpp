// The value of a zero-sum game with a non-negative payoff matrix, and an optimal strategy of the row player.
//
//   value = max over p >= 0, sum p = 1, of min over columns c of sum_r p_r payoff(r, c)
//
// This is the linear programme behind the largest normalised margin of a network that learns a group: rows
// are irreps, columns conjugacy classes (see peterweyl.harmonics.maximal_margin).
//
// Method: the primal simplex algorithm on the column player's programme max sum x subject to payoff x <= 1,
// x >= 0, which starts feasible; largest coefficient first, Bland's rule once progress stops (Chvatal, Linear
// Programming, 1983, chapters 3 and 15). Cost: O(rows * columns) a pivot, in practice a few pivots a row.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "support/interrupt.hpp"

namespace peterweyl {

struct GameSolution {
  double value = 0;
  std::vector<double> rows;     // p, an optimal strategy of the row player
  std::vector<double> columns;  // an optimal strategy of the column player
  double gap = 0;  // what the two strategies leave open, relative to the largest payoff: the self-check
};

// `payoff` is row-major, rows x columns, finite. Throws ArgumentError for an empty matrix or an entry that is
// no finite number, and NumericalError where the strategies miss each other by more than 1e-9.
GameSolution solve_matrix_game(std::span<const double> payoff, std::size_t rows, std::size_t columns,
                               const Interrupt& interrupt = {});

}  // namespace peterweyl
