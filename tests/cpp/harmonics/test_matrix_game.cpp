#include "harmonics/matrix_game.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <vector>

#include "support/error.hpp"

using namespace peterweyl;

TEST_CASE("games with known values") {
  // Rock, paper, scissors, shifted by 1.
  const std::vector<double> fair{1, 0, 2, 2, 1, 0, 0, 2, 1};
  const GameSolution even = solve_matrix_game(fair, 3, 3);
  CHECK(even.value == doctest::Approx(1));
  for (const double p : even.rows) CHECK(p == doctest::Approx(1.0 / 3));

  // 2 x 2 without a saddle point: value (ad - bc) / (a + d - b - c).
  const GameSolution mixed = solve_matrix_game(std::vector<double>{3, 1, 0, 2}, 2, 2);
  CHECK(mixed.value == doctest::Approx(1.5));
  CHECK(mixed.rows[0] == doctest::Approx(0.5));
  CHECK(mixed.columns[0] == doctest::Approx(0.25));

  // A saddle point, and a dominated row.
  const GameSolution pure = solve_matrix_game(std::vector<double>{4, 5, 1, 2}, 2, 2);
  CHECK(pure.value == doctest::Approx(4));
  CHECK(pure.rows[1] == doctest::Approx(0));
  CHECK(solve_matrix_game(std::vector<double>{0, 0}, 1, 2).value == doctest::Approx(0));
  CHECK(solve_matrix_game(std::vector<double>{-7}, 1, 1).value == doctest::Approx(-7));
  CHECK(1e9 * solve_matrix_game(std::vector<double>{1e-9, 3e-9, 2e-9, 0}, 2, 2).value ==
        doctest::Approx(1.5));
}

TEST_CASE("both strategies guarantee the value in random and in degenerate games") {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> uniform(0, 1);
  for (int trial = 0; trial < 60; ++trial) {
    const std::size_t rows = 1 + static_cast<std::size_t>(trial) % 9;
    const std::size_t columns = 1 + static_cast<std::size_t>(trial / 9) * 3;
    std::vector<double> payoff(rows * columns);
    // Every third game has small integers, and so many ties.
    for (double& entry : payoff) entry = trial % 3 == 0 ? std::floor(3 * uniform(random)) : uniform(random);
    const GameSolution solution = solve_matrix_game(payoff, rows, columns);
    for (std::size_t c = 0; c < columns; ++c) {
      double sum = 0;
      for (std::size_t r = 0; r < rows; ++r) sum += solution.rows[r] * payoff[r * columns + c];
      CHECK(sum >= solution.value - 1e-10);
    }
    for (std::size_t r = 0; r < rows; ++r) {
      double sum = 0;
      for (std::size_t c = 0; c < columns; ++c) sum += solution.columns[c] * payoff[r * columns + c];
      CHECK(sum <= solution.value + 1e-10);
    }
  }
}

TEST_CASE("matrices that are no games") {
  CHECK_THROWS_AS(solve_matrix_game({}, 0, 0), ArgumentError);
  CHECK_THROWS_AS(solve_matrix_game(std::vector<double>{1, 2}, 2, 2), ArgumentError);
  CHECK_THROWS_AS(solve_matrix_game(std::vector<double>{NAN}, 1, 1), ArgumentError);
}
