#include "characters/term_sums.hpp"

#include <doctest/doctest.h>

using namespace peterweyl;

TEST_CASE("TermSums: the cyclotomic integers they stand for") {
  TermSums sums;
  for (const std::uint32_t order : {1U, 4U, 7U, 12U, 30U}) {
    for (const std::uint32_t step : {1U, 2U, 3U}) {
      if (order % step != 0) continue;
      const std::vector<CyclotomicTerm> a{{0, 2}, {order / 3, -1}, {order - 1, 5}};
      const std::vector<CyclotomicTerm> b{{0, -3}, {(order / step) / 2, 4}};
      const std::vector<CyclotomicTerm> one{{0, 1}};
      sums.add_product(order, a, b, step);
      sums.add_product(order, one, one);
      const Cyclotomic expected =
          Cyclotomic::from_terms(order, a) * Cyclotomic::from_terms(order / step, b) + 1;
      CHECK(Cyclotomic::from_terms(order, sums.take(order)) == expected);
      CHECK(sums.take(order).empty());
    }
  }
}
