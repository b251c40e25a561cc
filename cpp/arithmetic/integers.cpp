#include "arithmetic/integers.hpp"

#include <algorithm>
#include <cstddef>

namespace peterweyl {

std::vector<std::pair<std::uint64_t, unsigned>> factorize(std::uint64_t n) {
  std::vector<std::pair<std::uint64_t, unsigned>> factors;
  for (std::uint64_t p = 2; p <= n / p; ++p) {
    unsigned exponent = 0;
    for (; n % p == 0; n /= p) ++exponent;
    if (exponent > 0) factors.emplace_back(p, exponent);
  }
  if (n > 1) factors.emplace_back(n, 1U);
  return factors;
}

std::vector<std::uint64_t> divisors(std::uint64_t n) {
  std::vector<std::uint64_t> result{1};
  for (const auto& [p, exponent] : factorize(n)) {
    const std::size_t before = result.size();
    std::uint64_t power = 1;
    for (unsigned e = 1; e <= exponent; ++e) {
      power *= p;
      for (std::size_t i = 0; i < before; ++i) result.push_back(result[i] * power);
    }
  }
  std::ranges::sort(result);
  return result;
}

bool is_prime(std::uint64_t n) {
  if (n < 2) return false;
  for (std::uint64_t p = 2; p <= n / p; ++p) {
    if (n % p == 0) return false;
  }
  return true;
}

std::uint64_t power_modulo(std::uint64_t base, std::uint64_t exponent, std::uint64_t modulus) {
  std::uint64_t result = 1 % modulus;
  for (base %= modulus; exponent > 0; exponent >>= 1) {
    if ((exponent & 1) != 0) result = result * base % modulus;
    base = base * base % modulus;
  }
  return result;
}

std::uint64_t saturating_product(std::uint64_t a, std::uint64_t b) {
  return a != 0 && b > kSaturated / a ? kSaturated : a * b;
}

std::uint64_t saturating_power(std::uint64_t base, std::uint64_t exponent) {
  std::uint64_t result = 1;
  if (base <= 1) return exponent == 0 ? 1 : base;
  for (std::uint64_t i = 0; i < exponent && result < kSaturated; ++i)
    result = saturating_product(result, base);
  return result;
}

}  // namespace peterweyl
