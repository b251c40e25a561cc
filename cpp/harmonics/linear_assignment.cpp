#include "harmonics/linear_assignment.hpp"

#include <algorithm>
#include <limits>

namespace peterweyl {
namespace {

constexpr std::size_t kReductionSteps = 8;
constexpr std::uint32_t kFree = std::numeric_limits<std::uint32_t>::max();

// Minimises the cost -score. Invariant: cost(i, j) - row_dual[i] - column_dual[j] >= 0, and 0 on assigned
// pairs.
class AssignmentSolver {
 public:
  AssignmentSolver(std::span<const float> scores, std::size_t n)
      : scores_(scores),
        n_(n),
        row_dual_(n),
        column_dual_(n, 0.0),
        row_of_column_(n, kFree),
        column_of_row_(n, kFree) {}

  // Returns the number of rows left free.
  std::size_t assign_maxima() {
    std::size_t left = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      const float* row = scores_.data() + i * n_;
      const auto best = static_cast<std::size_t>(std::max_element(row, row + n_) - row);
      row_dual_[i] = -static_cast<double>(row[best]);
      if (row_of_column_[best] == kFree) {
        row_of_column_[best] = static_cast<std::uint32_t>(i);
        column_of_row_[i] = static_cast<std::uint32_t>(best);
      } else {
        ++left;
      }
    }
    return left;
  }

  // Augmenting row reduction: a free row takes its best column, at a price that makes its second best as
  // good, from the row that had it, which looks for another one in turn. Leaves few rows free at little cost.
  void reduce_rows(const Interrupt& interrupt) {
    std::vector<std::uint32_t> free_rows;
    for (std::size_t i = 0; i < n_; ++i) {
      if (is_free(i)) free_rows.push_back(static_cast<std::uint32_t>(i));
    }
    // Ties can pass a column to and fro for ever.
    std::size_t steps = kReductionSteps * n_;
    for (int pass = 0; pass < 2 && n_ > 1; ++pass) {
      std::vector<std::uint32_t> later;
      for (std::size_t next = 0; next < free_rows.size();) {
        if (steps == 0) return;
        --steps;
        interrupt.poll();
        const std::uint32_t i = free_rows[next++];
        const float* scores = scores_.data() + std::size_t{i} * n_;
        double best = std::numeric_limits<double>::infinity();
        double second = best;
        std::uint32_t best_column = 0;
        std::uint32_t second_column = 0;
        for (std::uint32_t j = 0; j < n_; ++j) {
          const double cost = -static_cast<double>(scores[j]) - column_dual_[j];
          if (cost >= second) continue;
          if (cost >= best) {
            second = cost;
            second_column = j;
          } else {
            second = best;
            second_column = best_column;
            best = cost;
            best_column = j;
          }
        }
        std::uint32_t column = best_column;
        const bool gains = best < second;
        if (gains) {
          column_dual_[column] -= second - best;
        } else if (row_of_column_[column] != kFree) {
          column = second_column;
        }
        row_dual_[i] = second;
        const std::uint32_t owner = row_of_column_[column];
        row_of_column_[column] = i;
        column_of_row_[i] = column;
        if (owner == kFree) continue;
        column_of_row_[owner] = kFree;
        if (gains) {
          free_rows[--next] = owner;
        } else {
          later.push_back(owner);
        }
      }
      free_rows = std::move(later);
    }
  }

  void augment_from(std::uint32_t start) {
    distance_.assign(n_, std::numeric_limits<double>::infinity());
    parent_row_.assign(n_, start);
    settled_.assign(n_, 0);
    settled_columns_.clear();
    std::uint32_t row = start;
    double length = 0;
    std::uint32_t end = kFree;
    while (end == kFree) {
      const float* scores = scores_.data() + std::size_t{row} * n_;
      std::uint32_t nearest = kFree;
      double nearest_distance = std::numeric_limits<double>::infinity();
      for (std::uint32_t j = 0; j < n_; ++j) {
        if (settled_[j] != 0) continue;
        const double candidate = length - static_cast<double>(scores[j]) - row_dual_[row] - column_dual_[j];
        if (candidate < distance_[j]) {
          distance_[j] = candidate;
          parent_row_[j] = row;
        }
        if (distance_[j] < nearest_distance) {
          nearest_distance = distance_[j];
          nearest = j;
        }
      }
      length = nearest_distance;
      settled_[nearest] = 1;
      settled_columns_.push_back(nearest);
      if (row_of_column_[nearest] == kFree) {
        end = nearest;
      } else {
        row = row_of_column_[nearest];
      }
    }
    row_dual_[start] += length;
    for (const std::uint32_t j : settled_columns_) {
      const double slack = length - distance_[j];
      column_dual_[j] -= slack;
      if (row_of_column_[j] != kFree) row_dual_[row_of_column_[j]] += slack;
    }
    for (std::uint32_t column = end; column != kFree;) {
      const std::uint32_t owner = parent_row_[column];
      const std::uint32_t previous = column_of_row_[owner];
      row_of_column_[column] = owner;
      column_of_row_[owner] = column;
      column = owner == start ? kFree : previous;
    }
  }

  bool is_free(std::size_t row) const { return column_of_row_[row] == kFree; }
  std::vector<std::uint32_t> take() { return std::move(column_of_row_); }

 private:
  std::span<const float> scores_;
  std::size_t n_;
  std::vector<double> row_dual_;
  std::vector<double> column_dual_;
  std::vector<std::uint32_t> row_of_column_;
  std::vector<std::uint32_t> column_of_row_;
  std::vector<double> distance_;
  std::vector<std::uint32_t> parent_row_;
  std::vector<char> settled_;
  std::vector<std::uint32_t> settled_columns_;
};

}  // namespace

Assignment maximal_assignment(std::span<const float> scores, std::size_t n, const Interrupt& interrupt) {
  AssignmentSolver solver(scores, n);
  Assignment result;
  result.by_maxima = solver.assign_maxima() == 0;
  if (!result.by_maxima) {
    solver.reduce_rows(interrupt);
    for (std::size_t i = 0; i < n; ++i) {
      if (!solver.is_free(i)) continue;
      interrupt.poll();
      solver.augment_from(static_cast<std::uint32_t>(i));
    }
  }
  result.column_of_row = solver.take();
  for (std::size_t i = 0; i < n; ++i)
    result.total += static_cast<double>(scores[i * n + result.column_of_row[i]]);
  return result;
}

}  // namespace peterweyl
