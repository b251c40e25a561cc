#include "harmonics/score_kernel.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <vector>

#include "support/random.hpp"

using namespace peterweyl;

TEST_CASE(
    "score kernel: the product agrees with sums in double precision for all remainders of the register "
    "blocks") {
  Random random(7);
  for (const std::size_t rows : {1U, 3U, 4U, 9U}) {
    for (const std::size_t inner : {1U, 5U, 64U}) {
      for (const std::size_t columns : {1U, 31U, 32U, 33U, 70U}) {
        std::vector<float> left(rows * inner);
        std::vector<float> right(inner * columns);
        std::vector<float> out(rows * columns, -1.0F);
        for (float& x : left) x = static_cast<float>(random.normal());
        for (float& x : right) x = static_cast<float>(random.normal());
        multiply_scores(left, right, out, rows, inner, columns);
        double worst = 0;
        for (std::size_t b = 0; b < rows; ++b) {
          for (std::size_t c = 0; c < columns; ++c) {
            double sum = 0;
            for (std::size_t m = 0; m < inner; ++m) {
              sum += static_cast<double>(left[b * inner + m]) * static_cast<double>(right[m * columns + c]);
            }
            worst = std::max(worst, std::abs(sum - static_cast<double>(out[b * columns + c])));
          }
        }
        CHECK(worst < 1e-5 * static_cast<double>(inner));
      }
    }
  }
}
