#include "harmonics/linear_assignment.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

#include "support/random.hpp"

using namespace peterweyl;

namespace {

// The best of all n! permutations.
double best_total(const std::vector<float>& scores, std::size_t n) {
  std::vector<std::size_t> permutation(n);
  std::iota(permutation.begin(), permutation.end(), std::size_t{0});
  double best = -1e300;
  do {
    double total = 0;
    for (std::size_t i = 0; i < n; ++i) total += static_cast<double>(scores[i * n + permutation[i]]);
    best = std::max(best, total);
  } while (std::ranges::next_permutation(permutation).found);
  return best;
}

}  // namespace

TEST_CASE("linear assignment: equals the best of all permutations") {
  Random random(3);
  for (std::size_t n = 1; n <= 7; ++n) {
    for (int trial = 0; trial < 40; ++trial) {
      std::vector<float> scores(n * n);
      // Small integers make many ties.
      for (float& s : scores) {
        s = trial % 2 == 0 ? static_cast<float>(random.normal()) : static_cast<float>(random.below(3));
      }
      const Assignment assignment = maximal_assignment(scores, n);
      CHECK(assignment.total == doctest::Approx(best_total(scores, n)).epsilon(1e-5));
      std::vector<std::uint32_t> columns = assignment.column_of_row;
      std::ranges::sort(columns);
      for (std::uint32_t i = 0; i < n; ++i) CHECK(columns[i] == i);
    }
  }
}

TEST_CASE("linear assignment: row maxima that form a permutation are taken as they are") {
  const std::vector<float> scores{0, 5, 1, 7, 0, 0, 0, 0, 2};
  const Assignment assignment = maximal_assignment(scores, 3);
  CHECK(assignment.by_maxima);
  CHECK(assignment.column_of_row == std::vector<std::uint32_t>{1, 0, 2});
  CHECK(assignment.total == doctest::Approx(14));
  const std::vector<float> contested{5, 4, 5, 0};
  CHECK_FALSE(maximal_assignment(contested, 2).by_maxima);
  CHECK(maximal_assignment(contested, 2).column_of_row == std::vector<std::uint32_t>{1, 0});
}

TEST_CASE("linear assignment: a hidden permutation under noise at a size that brute force cannot reach") {
  const std::size_t n = 200;
  Random random(5);
  std::vector<std::uint32_t> hidden(n);
  std::iota(hidden.begin(), hidden.end(), 0U);
  for (std::size_t i = n; i > 1; --i) std::swap(hidden[i - 1], hidden[random.below(i)]);
  std::vector<float> scores(n * n);
  for (float& s : scores) s = static_cast<float>(random.normal());
  for (std::size_t i = 0; i < n; ++i) scores[i * n + hidden[i]] += 8;
  CHECK(maximal_assignment(scores, n).column_of_row == hidden);
}
