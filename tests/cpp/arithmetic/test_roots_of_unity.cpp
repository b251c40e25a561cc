#include "arithmetic/roots_of_unity.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

using namespace peterweyl;
using C = std::complex<double>;

TEST_CASE("roots of unity: multiples of an eighth and of a twelfth of a turn are exact") {
  CHECK(root_of_unity(0, 7) == C(1, 0));
  CHECK(root_of_unity(7, 7) == C(1, 0));
  CHECK(root_of_unity(3, 12) == C(0, 1));
  CHECK(root_of_unity(1, 2) == C(-1, 0));
  CHECK(root_of_unity(75, 100) == C(0, -1));
  CHECK(root_of_unity(1, 6).real() == 0.5);
  CHECK(root_of_unity(2, 6).real() == -0.5);
  CHECK(root_of_unity(1, 12).imag() == 0.5);
  CHECK(root_of_unity(1, 8).real() == root_of_unity(1, 8).imag());
  CHECK(root_of_unity(5, 8) == -root_of_unity(1, 8));
  CHECK_FALSE(std::signbit(root_of_unity(1, 2).imag()));
  CHECK_FALSE(std::signbit(root_of_unity(3, 4).real()));
}

TEST_CASE("roots of unity: conjugates and opposites to the bit, values to half a unit in the last place") {
  for (const std::uint64_t n : {5U, 7U, 24U, 113U, 1000U}) {
    for (std::uint64_t k = 0; k < n; ++k) {
      const C z = root_of_unity(k, n);
      CHECK(root_of_unity(n - k, n) == std::conj(z) + C(0.0, 0.0));
      if (n % 2 == 0) CHECK(root_of_unity(k + n / 2, n) == -z + C(0.0, 0.0));
      const long double angle =
          2 * std::numbers::pi_v<long double> * static_cast<long double>(k) / static_cast<long double>(n);
      CHECK(std::abs(static_cast<long double>(z.real()) - std::cos(angle)) < 1.2e-16L);
      CHECK(std::abs(static_cast<long double>(z.imag()) - std::sin(angle)) < 1.2e-16L);
    }
  }
}

TEST_CASE("roots of unity: snapping") {
  const RootsOfUnity roots(12);
  std::vector<C> values{C(1e-12, -1e-13), root_of_unity(5, 12) + C(1e-11, 0), C(0, -1 + 1e-12)};
  CHECK(roots.snap(values));
  CHECK(values[0] == C(0, 0));
  CHECK(values[1] == root_of_unity(5, 12));
  CHECK(values[2] == C(0, -1));
  std::vector<C> others{C(1e-12, 0), C(0.5, 0)};
  const std::vector<C> before = others;
  CHECK_FALSE(roots.snap(others));
  CHECK(others == before);
  std::vector<C> near{root_of_unity(1, 13)};
  CHECK_FALSE(roots.snap(near));
}
