#include "arithmetic/prime_field.hpp"

#include <string>

#include "arithmetic/integers.hpp"
#include "support/error.hpp"

namespace peterweyl {

PrimeField::PrimeField(std::uint32_t p) : p_(p) {
  // Newton's iteration doubles the number of correct bits; p itself is right modulo 8.
  Scalar inverse = p;
  for (int i = 0; i < 4; ++i) inverse *= 2 - p * inverse;
  negative_inverse_ = 0 - inverse;
  const std::uint64_t radix = (std::uint64_t{1} << 32) % p;
  squared_radix_ = static_cast<Scalar>(radix * radix % p);
}

PrimeField PrimeField::with_roots_of_unity(std::uint64_t m, std::uint64_t limit) {
  if (m > 0 && m < limit) {
    for (std::uint64_t multiple = (limit - 2) / m * m; multiple > 1; multiple -= m) {
      const auto candidate = static_cast<std::uint32_t>(multiple + 1);
      if (candidate % 2 == 1 && is_prime_32(candidate)) return PrimeField(candidate);
    }
  }
  throw ArgumentError("prime field: expected an order of roots of unity with a prime p = 1 modulo it below " +
                      std::to_string(limit) + ", got " + std::to_string(m));
}

PrimeField::Scalar PrimeField::power(Scalar a, std::uint64_t exponent) const {
  Scalar result = 1;
  for (; exponent > 0; exponent >>= 1) {
    if ((exponent & 1) != 0) result = multiply(result, a);
    a = multiply(a, a);
  }
  return result;
}

PrimeField::Scalar PrimeField::inverse(Scalar a) const {
  // The extended Euclidean algorithm.
  std::int64_t r0 = p_, r1 = a, t0 = 0, t1 = 1;
  while (r1 != 0) {
    const std::int64_t q = r0 / r1;
    const std::int64_t r2 = r0 - q * r1;
    const std::int64_t t2 = t0 - q * t1;
    r0 = r1;
    r1 = r2;
    t0 = t1;
    t1 = t2;
  }
  return static_cast<Scalar>(t0 < 0 ? t0 + std::int64_t{p_} : t0);
}

PrimeField::Scalar PrimeField::residue(std::int64_t value) const {
  const std::int64_t r = value % std::int64_t{p_};
  return static_cast<Scalar>(r < 0 ? r + std::int64_t{p_} : r);
}

PrimeField::Scalar PrimeField::root_of_unity(std::uint64_t m) const {
  const auto factors = factorize(m);
  for (Scalar base = 2;; ++base) {
    const Scalar root = power(base, (p_ - 1) / m);
    bool primitive = m == 1 || root != 1;
    for (const auto& [q, exponent] : factors) primitive = primitive && power(root, m / q) != 1;
    if (primitive) return m == 1 ? 1 : root;
  }
}

void PrimeField::add_multiple(std::span<Scalar> target, Scalar factor, std::span<const Scalar> source) const {
  if (factor == 0) return;
  const auto quotient = (std::uint64_t{factor} << 32) / p_;
  const Scalar p = p_;
  const Scalar* from = source.data();
  Scalar* to = target.data();
  for (std::size_t i = 0, size = target.size(); i < size; ++i) {
    const auto q = static_cast<Scalar>((quotient * from[i]) >> 32);
    Scalar product = factor * from[i] - q * p;  // below 2 p
    product = product >= p ? product - p : product;
    const Scalar sum = to[i] + product;
    to[i] = sum >= p ? sum - p : sum;
  }
}

void PrimeField::scale(std::span<Scalar> values, Scalar factor) const {
  const auto quotient = (std::uint64_t{factor} << 32) / p_;
  const Scalar p = p_;
  for (Scalar& value : values) {
    const auto q = static_cast<Scalar>((quotient * value) >> 32);
    const Scalar product = factor * value - q * p;
    value = product >= p ? product - p : product;
  }
}

PrimeField::Scalar PrimeField::dot(std::span<const Scalar> a, std::span<const Scalar> b) const {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  const Scalar* x = a.data();
  const Scalar* y = b.data();
  for (std::size_t i = 0, size = a.size(); i < size; ++i) {
    const std::uint64_t product = std::uint64_t{x[i]} * y[i];
    low += static_cast<Scalar>(product);
    high += product >> 32;
  }
  const std::uint64_t radix = (std::uint64_t{1} << 32) % p_;
  return static_cast<Scalar>((high % p_ * radix + low % p_) % p_);
}

bool is_prime_32(std::uint32_t n) {
  for (const std::uint32_t q : {2U, 3U, 5U, 7U, 11U, 13U}) {
    if (n % q == 0) return n == q;
  }
  if (n < 289) return n > 1;
  const PrimeField ring(n < (1U << 31) ? n : 3);
  const auto square = [&](std::uint64_t a) { return a * a % n; };
  const auto power = [&](std::uint32_t a, std::uint32_t e) -> std::uint64_t {
    return n < (1U << 31) ? ring.power(a, e) : power_modulo(a, e, n);
  };
  std::uint32_t odd = n - 1;
  unsigned twos = 0;
  for (; odd % 2 == 0; odd /= 2) ++twos;
  for (const std::uint32_t base : {2U, 7U, 61U}) {
    std::uint64_t x = power(base, odd);
    if (x == 1 || x == n - 1) continue;
    unsigned i = 1;
    for (; i < twos && x != n - 1; ++i) x = square(x);
    if (x != n - 1) return false;
  }
  return true;
}

}  // namespace peterweyl
