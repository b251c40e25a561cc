// The linear assignment problem on a dense square score matrix: the permutation with the largest total score.
//
// Method: duals start at the row maxima, rows whose best column is still free are assigned at once (a
// permutation of row maxima is the answer without further work), the others by augmenting row reduction, and
// those still left by one shortest augmenting path with potentials each (Jonker and Volgenant 1987). Scores
// are row-major, scores[i * n + j]. Time O(n^2 + f n^2) for f rows that are not assigned at once, O(n^3) at
// worst; memory O(n).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "support/interrupt.hpp"

namespace peterweyl {

struct Assignment {
  std::vector<std::uint32_t> column_of_row;
  double total = 0;        // sum of the assigned scores
  bool by_maxima = false;  // the row maxima were already a permutation
};

// Deterministic: of equal scores the smallest column comes first. Scores must be finite.
Assignment maximal_assignment(std::span<const float> scores, std::size_t n, const Interrupt& interrupt = {});

}  // namespace peterweyl
