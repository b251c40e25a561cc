#include "arithmetic/power_basis.hpp"

#include <doctest/doctest.h>

#include <numeric>
#include <vector>

#include "support/random.hpp"

using namespace peterweyl;

TEST_CASE("PowerBasis: the same number, uniquely written") {
  Random random(1);
  PowerBases bases;
  for (const std::uint32_t n : {1U, 2U, 3U, 4U, 6U, 8U, 9U, 12U, 15U, 30U, 64U, 105U, 4097U, 5003U}) {
    CAPTURE(n);
    std::uint32_t degree = 0;
    for (std::uint32_t k = 1; k <= n; ++k) degree += std::gcd(k, n) == 1 ? 1 : 0;
    std::vector<std::int64_t> coefficients(n, 0);
    std::vector<std::uint32_t> used;
    std::vector<CyclotomicTerm> given;
    for (int i = 0; i < 5; ++i) {
      const auto exponent = static_cast<std::uint32_t>(random.below(n));
      const auto c = static_cast<std::int64_t>(random.below(9)) - 4;
      coefficients[exponent] += c;
      used.push_back(exponent);
      given.push_back({exponent, c});
    }
    std::vector<CyclotomicTerm> terms;
    bases.of(n).collect(coefficients, used, terms);
    CHECK(Cyclotomic::from_terms(n, terms) == Cyclotomic::from_terms(n, given));
    for (const std::int64_t c : coefficients) CHECK(c == 0);
    if (n != 4097) {  // beyond the limit, and not a prime power
      for (const CyclotomicTerm& term : terms) CHECK(term.exponent < degree);
    }
  }
}

TEST_CASE("PowerBasis: the sum of all roots is written as zero") {
  PowerBases bases;
  for (const std::uint32_t n : {2U, 12U, 30U}) {
    std::vector<std::int64_t> coefficients(n, 7);
    std::vector<std::uint32_t> used(n);
    std::iota(used.begin(), used.end(), 0U);
    std::vector<CyclotomicTerm> terms;
    bases.of(n).collect(coefficients, used, terms);
    CHECK(terms.empty());
  }
}

TEST_CASE("PowerBasis: powers that are one term") {
  PowerBases bases;
  for (const std::uint32_t n : {1U, 2U, 5U, 6U, 8U, 9U, 12U, 15U}) {
    for (std::uint32_t exponent = 0; exponent < n; ++exponent) {
      std::vector<std::int64_t> coefficients(n, 0);
      coefficients[exponent] = 1;
      std::vector<std::uint32_t> used{exponent};
      std::vector<CyclotomicTerm> terms;
      bases.of(n).collect(coefficients, used, terms);
      const CyclotomicTerm single = bases.of(n).single(exponent);
      if (terms.size() == 1) {
        CHECK(single == terms[0]);
      } else {
        CHECK(single.coefficient == 0);
      }
    }
  }
}
