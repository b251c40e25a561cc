#include "arithmetic/cyclotomic.hpp"

#include <doctest/doctest.h>

#include <complex>
#include <numeric>
#include <vector>

#include "support/error.hpp"
#include "support/random.hpp"

using namespace peterweyl;

namespace {

Cyclotomic random_number(Random& random, std::uint64_t n) {
  std::vector<CyclotomicTerm> terms;
  for (std::uint64_t i = 0; i < 6; ++i) {
    terms.push_back(
        {static_cast<std::uint32_t>(random.below(n)), static_cast<std::int64_t>(random.below(11)) - 5});
  }
  return Cyclotomic::from_terms(n, terms);
}

}  // namespace

TEST_CASE("Cyclotomic: a ring, with the values of complex numbers") {
  Random random(1);
  for (const std::uint64_t n : {1, 2, 3, 4, 5, 6, 8, 9, 12, 15, 16, 20, 24, 27, 30, 36, 45, 60, 105, 128}) {
    CAPTURE(n);
    for (int round = 0; round < 10; ++round) {
      const Cyclotomic a = random_number(random, n);
      const Cyclotomic b = random_number(random, 1 + random.below(30));
      const Cyclotomic c = random_number(random, n);
      CHECK(std::abs((a + b).value() - (a.value() + b.value())) < 1e-9);
      CHECK(std::abs((a * b).value() - a.value() * b.value()) < 1e-9);
      CHECK(a * (b + c) == a * b + a * c);
      CHECK((a * b) * c == a * (b * c));
      CHECK(a - a == Cyclotomic());
      CHECK((a + b) - b == a);
      CHECK(a.conductor() % 4 != 2);
      CHECK(n * (n % 2 + 1) % a.conductor() == 0);
      CHECK(std::abs(a.conjugate().value() - std::conj(a.value())) < 1e-9);
    }
  }
}

TEST_CASE("Cyclotomic: conductors and the integral basis of known numbers") {
  const auto zeta = [](std::uint64_t n, std::int64_t k = 1) { return Cyclotomic::root_of_unity(n, k); };
  CHECK(zeta(2) == Cyclotomic(-1));
  CHECK(zeta(6) == -zeta(3, 2));
  CHECK(zeta(12, 4) == zeta(3));
  CHECK((zeta(8) - zeta(8, 3)) * (zeta(8) - zeta(8, 3)) == Cyclotomic(2));
  CHECK((zeta(5) + zeta(5, 4)).conductor() == 5);
  // The basis of GAP: E(9) = -E(9)^4-E(9)^7, and 1 = -E(3)-E(3)^2 is never written so.
  CHECK(zeta(9).terms().size() == 2);
  CHECK(zeta(9).terms()[0] == CyclotomicTerm{4, -1});
  CHECK(zeta(9).terms()[1] == CyclotomicTerm{7, -1});
  Cyclotomic gauss;  // the quadratic Gauss sum
  for (std::int64_t k = 0; k < 11; ++k) gauss = gauss + zeta(11, k * k % 11);
  CHECK(gauss * gauss == Cyclotomic(-11));
}

TEST_CASE("Cyclotomic: automorphisms, trace and norm") {
  Random random(2);
  for (const std::uint64_t n : {5, 7, 8, 9, 12, 15, 20, 21}) {
    CAPTURE(n);
    const Cyclotomic a = random_number(random, n);
    const Cyclotomic b = random_number(random, n);
    std::complex<double> sum = 0;
    std::complex<double> product = 1;
    for (std::int64_t k = 1; k <= std::int64_t{a.conductor()}; ++k) {
      if (std::gcd(k, std::int64_t{a.conductor()}) != 1) continue;
      sum += a.galois(k).value();
      product *= a.galois(k).value();
    }
    CHECK(std::abs(sum - static_cast<double>(a.trace())) < 1e-6);
    CHECK(std::abs(product - static_cast<double>(a.norm())) < 1e-6 * (1 + std::abs(product)));
    CHECK((a * b).galois(static_cast<std::int64_t>(n) - 1) == a.conjugate() * b.conjugate());
    const auto images = a.galois_conjugates();
    CHECK(images[0] == a);
  }
  CHECK(Cyclotomic::root_of_unity(5).galois_conjugates().size() == 4);
  CHECK_THROWS_AS(Cyclotomic::root_of_unity(5).galois(10), ArgumentError);
}

TEST_CASE("Cyclotomic: nothing wraps around") {
  const Cyclotomic large = std::int64_t{1} << 62;
  CHECK_THROWS_AS(large + large, NumericalError);
  CHECK_THROWS_AS(large * large, NumericalError);
  CHECK((large - large) == Cyclotomic());
  CHECK_THROWS_AS(Cyclotomic::root_of_unity(0), ArgumentError);
  CHECK(Cyclotomic(12).divided_by(-4) == Cyclotomic(-3));
  CHECK_THROWS_AS(Cyclotomic(12).divided_by(5), ArgumentError);
  CHECK(Cyclotomic::root_of_unity(7).power(7) == Cyclotomic(1));
}
