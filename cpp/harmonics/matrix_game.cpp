#include "harmonics/matrix_game.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "support/error.hpp"

namespace peterweyl {
namespace {

constexpr double kPivotTolerance = 1e-12;
constexpr double kGapTolerance = 1e-9;

// The tableau of max sum x, A x <= 1: rows of [A | I | 1] and the objective below, dense.
class Tableau {
 public:
  Tableau(std::span<const double> payoff, std::size_t rows, std::size_t columns, double shift, double scale)
      : rows_(rows), columns_(columns), width_(columns + rows + 1), basis_(rows) {
    entries_.assign((rows + 1) * width_, 0.0);
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t c = 0; c < columns; ++c) at(r, c) = payoff[r * columns + c] / scale + shift;
      at(r, columns + r) = 1;
      at(r, width_ - 1) = 1;
      basis_[r] = columns + r;
    }
    for (std::size_t c = 0; c < columns; ++c) at(rows, c) = -1;
  }

  void solve(const Interrupt& interrupt) {
    std::size_t stalled = 0;
    while (true) {
      interrupt.poll();
      const bool bland = stalled > 2 * (rows_ + columns_);
      const std::size_t column = entering(bland);
      if (column == width_) return;
      const std::size_t row = leaving(column);
      const double before = at(rows_, width_ - 1);
      pivot(row, column);
      stalled = at(rows_, width_ - 1) > before * (1 + 1e-14) ? 0 : stalled + 1;
    }
  }

  double objective() const { return entries_[rows_ * width_ + width_ - 1]; }
  // The multipliers of the constraints.
  double dual(std::size_t row) const { return entries_[rows_ * width_ + columns_ + row]; }
  std::vector<double> primal() const {
    std::vector<double> x(columns_, 0.0);
    for (std::size_t r = 0; r < rows_; ++r) {
      if (basis_[r] < columns_) x[basis_[r]] = entries_[r * width_ + width_ - 1];
    }
    return x;
  }

 private:
  double& at(std::size_t row, std::size_t column) { return entries_[row * width_ + column]; }

  std::size_t entering(bool bland) {
    std::size_t best = width_;
    double steepest = -kPivotTolerance;
    for (std::size_t c = 0; c + 1 < width_; ++c) {
      if (at(rows_, c) < steepest) {
        best = c;
        if (bland) break;
        steepest = at(rows_, c);
      }
    }
    return best;
  }

  std::size_t leaving(std::size_t column) {
    std::size_t best = rows_;
    double smallest = 0;
    for (std::size_t r = 0; r < rows_; ++r) {
      if (at(r, column) <= kPivotTolerance) continue;
      const double ratio = at(r, width_ - 1) / at(r, column);
      const bool first = best == rows_;
      const double slack = first ? 0 : 1e-14 * smallest;
      const bool tie = !first && std::abs(ratio - smallest) <= slack;
      if (first || ratio < smallest - slack || (tie && basis_[r] < basis_[best])) {
        smallest = ratio;
        best = r;
      }
    }
    // All payoffs are positive after the shift, so the programme is bounded.
    if (best == rows_) throw NumericalError("matrix game: no pivot is left, the payoffs differ too much");
    return best;
  }

  void pivot(std::size_t row, std::size_t column) {
    const double factor = 1 / at(row, column);
    double* source = entries_.data() + row * width_;
    for (std::size_t c = 0; c < width_; ++c) source[c] *= factor;
    for (std::size_t r = 0; r <= rows_; ++r) {
      if (r == row) continue;
      double* target = entries_.data() + r * width_;
      const double weight = target[column];
      if (weight == 0) continue;
      for (std::size_t c = 0; c < width_; ++c) target[c] -= weight * source[c];
      target[column] = 0;
    }
    basis_[row] = column;
  }

  std::size_t rows_;
  std::size_t columns_;
  std::size_t width_;
  std::vector<std::size_t> basis_;
  std::vector<double> entries_;
};

void normalise(std::vector<double>& strategy) {
  double sum = 0;
  for (double& entry : strategy) {
    entry = std::max(entry, 0.0);
    sum += entry;
  }
  for (double& entry : strategy) entry /= sum;
}

}  // namespace

GameSolution solve_matrix_game(std::span<const double> payoff, std::size_t rows, std::size_t columns,
                               const Interrupt& interrupt) {
  if (rows == 0 || columns == 0 || payoff.size() != rows * columns) {
    throw ArgumentError("payoff: expected a matrix with at least one row and one column");
  }
  double scale = 0;
  for (const double entry : payoff) {
    if (!std::isfinite(entry)) throw ArgumentError("payoff: expected finite numbers");
    scale = std::max(scale, std::abs(entry));
  }
  if (scale == 0) scale = 1;
  // A shift adds to the value of every strategy alike; it makes the value positive.
  constexpr double kShift = 1.25;
  Tableau tableau(payoff, rows, columns, kShift, scale);
  tableau.solve(interrupt);

  GameSolution solution;
  solution.rows.resize(rows);
  for (std::size_t r = 0; r < rows; ++r) solution.rows[r] = tableau.dual(r);
  solution.columns = tableau.primal();
  normalise(solution.rows);
  normalise(solution.columns);
  // What each strategy guarantees, from the payoffs themselves.
  double lower = std::numeric_limits<double>::infinity();
  for (std::size_t c = 0; c < columns; ++c) {
    double sum = 0;
    for (std::size_t r = 0; r < rows; ++r) sum += solution.rows[r] * payoff[r * columns + c];
    lower = std::min(lower, sum);
  }
  double upper = -std::numeric_limits<double>::infinity();
  for (std::size_t r = 0; r < rows; ++r) {
    double sum = 0;
    for (std::size_t c = 0; c < columns; ++c) sum += solution.columns[c] * payoff[r * columns + c];
    upper = std::max(upper, sum);
  }
  solution.value = lower;
  solution.gap = (upper - lower) / scale;
  if (!(solution.gap <= kGapTolerance)) {
    throw NumericalError("matrix game: the strategies leave a gap of " + std::to_string(solution.gap));
  }
  return solution;
}

}  // namespace peterweyl
