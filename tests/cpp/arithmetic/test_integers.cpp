#include "arithmetic/integers.hpp"

#include <doctest/doctest.h>

using namespace peterweyl;

TEST_CASE("integers: factors multiply back, divisors divide, primes are those without others") {
  for (std::uint64_t n = 1; n <= 2000; ++n) {
    std::uint64_t product = 1;
    for (const auto& [p, exponent] : factorize(n)) {
      CHECK(is_prime(p));
      for (unsigned e = 0; e < exponent; ++e) product *= p;
    }
    CHECK(product == n);
    std::size_t count = 0;
    for (std::uint64_t d = 1; d <= n; ++d) count += n % d == 0 ? 1 : 0;
    CHECK(divisors(n).size() == count);
    CHECK(is_prime(n) == (count == 2));
  }
  CHECK(factorize(4294967291ULL).size() == 1);  // the largest prime below 2^32
}

TEST_CASE("integers: modular powers") {
  CHECK(power_modulo(3, 0, 7) == 1);
  CHECK(power_modulo(3, 6, 7) == 1);
  CHECK(power_modulo(5, 117, 1) == 0);
  CHECK(power_modulo(2, 31, 4294967291ULL) == 2147483648ULL);
}
