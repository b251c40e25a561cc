#include "harmonics/closure_search.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "groups/families.hpp"
#include "groups/group.hpp"
#include "groups/specification.hpp"
#include "support/random.hpp"

using namespace peterweyl;

TEST_CASE("closure search: two right rows among wrong ones give the whole group") {
  const Group group = group_from_specification("S4");
  const CayleyTable& table = group.table();
  const std::uint32_t n = table.order();
  Random random(3);
  std::vector<TranslationRow> rows;
  const auto right_row = [&](Element a, double residual) {
    TranslationRow row{a, residual, {}};
    for (Element b = 0; b < n; ++b) row.permutation.push_back(table(a, b));
    rows.push_back(row);
  };
  const auto wrong_row = [&](double residual) {
    TranslationRow row{0, residual, std::vector<std::uint32_t>(n)};
    std::iota(row.permutation.begin(), row.permutation.end(), 0U);
    for (std::size_t i = n; i > 1; --i) std::swap(row.permutation[i - 1], row.permutation[random.below(i)]);
    rows.push_back(row);
  };
  // Two elements that generate: of order 2 and 3 in S4's order they may not; take all pairs until one does.
  for (Element a = 1; a < n; ++a) {
    for (Element b = 1; b < a; ++b) {
      const std::vector<Element> pair{a, b};
      if (table.subgroup(pair).size() != n) continue;
      rows.clear();
      wrong_row(0.1);
      right_row(a, 0.2);
      wrong_row(0.3);
      right_row(b, 0.4);
      bool complete = false;
      const bool stopped = search_closures(rows, n, 0, [&](const RegularClosure& closure) {
        complete = closure.consistent && closure.reached.size() == n;
        return complete;
      });
      CHECK(stopped);
      CHECK(complete);
    }
  }
}

TEST_CASE("closure search: wrong rows alone give nothing") {
  const std::uint32_t n = 30;
  Random random(11);
  std::vector<TranslationRow> rows;
  for (int k = 0; k < 8; ++k) {
    TranslationRow row{0, static_cast<double>(k), std::vector<std::uint32_t>(n)};
    std::iota(row.permutation.begin(), row.permutation.end(), 0U);
    for (std::size_t i = n; i > 1; --i) std::swap(row.permutation[i - 1], row.permutation[random.below(i)]);
    rows.push_back(row);
  }
  CHECK_FALSE(search_closures(rows, n, 0,
                              [&](const RegularClosure& closure) { return closure.reached.size() == n; }));
}
