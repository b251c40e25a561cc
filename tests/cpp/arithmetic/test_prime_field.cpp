#include "arithmetic/prime_field.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "arithmetic/integers.hpp"
#include "support/random.hpp"

using namespace peterweyl;

TEST_CASE("PrimeField: the arithmetic of integers modulo p") {
  for (const std::uint32_t p : {3U, 5U, 65537U, 2147483647U, 2147483629U}) {
    const PrimeField field(p);
    Random random(p);
    for (int i = 0; i < 200; ++i) {
      const auto a = static_cast<std::uint32_t>(random.below(p));
      const auto b = static_cast<std::uint32_t>(random.below(p));
      CHECK(field.add(a, b) == (std::uint64_t{a} + b) % p);
      CHECK(field.subtract(a, b) == (std::uint64_t{a} + p - b) % p);
      CHECK(field.multiply(a, b) == std::uint64_t{a} * b % p);
      CHECK(field.power(a, b) == power_modulo(a, b, p));
      if (a != 0) CHECK(std::uint64_t{field.inverse(a)} * a % p == 1);
      CHECK((field.symmetric(a) + std::int64_t{p}) % std::int64_t{p} == std::int64_t{a});
    }
    CHECK(field.residue(std::int64_t{-1}) == p - 1);
  }
}

TEST_CASE("PrimeField: loops over vectors") {
  const PrimeField field = PrimeField::with_roots_of_unity(360);
  const std::uint64_t p = field.modulus();
  Random random(1);
  std::vector<PrimeField::Scalar> a, b;
  std::uint64_t dot = 0;
  for (int i = 0; i < 1000; ++i) {
    a.push_back(static_cast<PrimeField::Scalar>(p - 1 - random.below(3)));
    b.push_back(static_cast<PrimeField::Scalar>(p - 1 - random.below(3)));
    dot = (dot + std::uint64_t{a.back()} * b.back()) % p;
  }
  CHECK(field.dot(a, b) == dot);
  auto sum = a;
  field.add_multiple(sum, static_cast<PrimeField::Scalar>(p - 2), b);
  auto scaled = a;
  field.scale(scaled, static_cast<PrimeField::Scalar>(p - 5));
  for (std::size_t i = 0; i < a.size(); ++i) {
    CHECK(sum[i] == (a[i] + (p - 2) * b[i]) % p);
    CHECK(scaled[i] == (p - 5) * a[i] % p);
  }
}

TEST_CASE("PrimeField: roots of unity have the order asked for") {
  for (const std::uint64_t m : {1, 2, 12, 60, 4830}) {
    const PrimeField field = PrimeField::with_roots_of_unity(m);
    CHECK(field.modulus() % m == 1 % m);
    const auto root = field.root_of_unity(m);
    CHECK(field.power(root, m) == 1);
    for (const auto& [q, exponent] : factorize(m)) CHECK(field.power(root, m / q) != 1);
  }
}

TEST_CASE("is_prime_32: equal to trial division") {
  for (std::uint32_t n = 0; n < 5000; ++n) CHECK(is_prime_32(n) == is_prime(n));
  for (const std::uint32_t n : {4294967291U, 4294967295U, 2147483647U, 3215031751U, 25326001U}) {
    CHECK(is_prime_32(n) == is_prime(n));
  }
}
