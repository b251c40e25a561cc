#include "harmonics/latin_squares.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

#include "groups/group.hpp"
#include "groups/specification.hpp"
#include "support/random.hpp"

using namespace peterweyl;

TEST_CASE("Latin squares: the square of a table is the table, and associative") {
  const Group group = group_from_specification("D5");
  const CayleyTable& table = group.table();
  const std::size_t n = table.order();
  const ScoreRow row = [&](Element a, std::span<float> scores) {
    for (std::size_t i = 0; i < n * n; ++i) scores[i] = 0;
    for (Element b = 0; b < n; ++b) scores[b * n + table(a, b)] = 1;
  };
  const std::vector<std::uint32_t> square = latin_square_of_scores(n, row);
  CHECK(std::equal(square.begin(), square.end(), table.entries().begin()));
  CHECK(light_defect(square, n) == 0);
}

TEST_CASE("Latin squares: any scores give a Latin square; one without a group is not associative") {
  Random random(5);
  const std::size_t n = 9;
  const ScoreRow row = [&](Element, std::span<float> scores) {
    for (float& s : scores) s = static_cast<float>(random.normal());
  };
  const std::vector<std::uint32_t> square = latin_square_of_scores(n, row);
  for (std::size_t i = 0; i < n; ++i) {
    std::set<std::uint32_t> in_row;
    std::set<std::uint32_t> in_column;
    for (std::size_t j = 0; j < n; ++j) {
      in_row.insert(square[i * n + j]);
      in_column.insert(square[j * n + i]);
    }
    CHECK(in_row.size() == n);
    CHECK(in_column.size() == n);
  }
  CHECK(light_defect(square, n) > 0.3);
}
