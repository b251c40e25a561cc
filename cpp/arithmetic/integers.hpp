// Small integer arithmetic: factorisation by trial division, modular powers.
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

}  // namespace peterweyl
