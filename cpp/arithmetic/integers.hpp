// Small integer arithmetic: factorisation by trial division, modular powers, products that saturate.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace peterweyl {

// Prime factors of n >= 1 with exponents, ascending. O(sqrt n).
std::vector<std::pair<std::uint64_t, unsigned>> factorize(std::uint64_t n);

// Positive divisors of n >= 1, ascending. O(sqrt n + number of divisors).
std::vector<std::uint64_t> divisors(std::uint64_t n);

bool is_prime(std::uint64_t n);

// base^exponent mod modulus, for modulus < 2^32.
std::uint64_t power_modulo(std::uint64_t base, std::uint64_t exponent, std::uint64_t modulus);

// a * b and a^exponent, or 2^63 where that is less: orders of groups that may be far too large.
inline constexpr std::uint64_t kSaturated = std::uint64_t{1} << 63;
std::uint64_t saturating_product(std::uint64_t a, std::uint64_t b);
std::uint64_t saturating_power(std::uint64_t base, std::uint64_t exponent);

}  // namespace peterweyl
