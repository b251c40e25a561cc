#include "harmonics/latin_squares.hpp"

#include <algorithm>

#include "harmonics/linear_assignment.hpp"

namespace peterweyl {

std::vector<std::uint32_t> latin_square_of_scores(std::size_t order, const ScoreRow& row,
                                                  const Interrupt& interrupt) {
  const std::size_t n = order;
  std::vector<std::uint32_t> square(n * n);
  std::vector<char> used(n * n, 0);  // used[b * n + c]: column b has the result c
  std::vector<float> scores(n * n);
  for (std::size_t a = 0; a < n; ++a) {
    interrupt.poll();
    row(static_cast<Element>(a), scores);
    const auto [smallest, largest] = std::ranges::minmax(scores);
    // Below every sum of allowed scores.
    const float forbidden = smallest - (largest - smallest + 1) * static_cast<float>(n);
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (used[i] != 0) scores[i] = forbidden;
    }
    const Assignment assignment = maximal_assignment(scores, n, interrupt);
    for (std::size_t b = 0; b < n; ++b) {
      square[a * n + b] = assignment.column_of_row[b];
      used[b * n + assignment.column_of_row[b]] = 1;
    }
  }
  return square;
}

double light_defect(std::span<const std::uint32_t> square, std::size_t order, std::size_t columns) {
  const std::size_t n = order;
  if (n == 0) return 0;
  const std::size_t count = std::min(n, columns);
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t s = i * n / count;
    for (std::size_t x = 0; x < n; ++x) {
      const std::uint32_t* left = square.data() + std::size_t{square[x * n + s]} * n;
      const std::uint32_t* own = square.data() + x * n;
      const std::uint32_t* shift = square.data() + s * n;
      for (std::size_t y = 0; y < n; ++y) wrong += left[y] != own[shift[y]] ? 1 : 0;
    }
  }
  return static_cast<double>(wrong) / static_cast<double>(count * n * n);
}

}  // namespace peterweyl
