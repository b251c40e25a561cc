#include "arithmetic/finite_field.hpp"

#include <doctest/doctest.h>

#include <set>
#include <vector>

#include "support/error.hpp"

using namespace peterweyl;
using Scalar = FiniteField::Scalar;

namespace {

// The product by the definition: polynomials modulo the defining one, no tables.
Scalar product_by_polynomials(const FiniteField& field, Scalar a, Scalar b) {
  const Scalar p = field.characteristic();
  const unsigned k = field.degree();
  if (k == 1) return static_cast<Scalar>(std::uint64_t{a} * b % p);
  std::vector<Scalar> x(k);
  std::vector<Scalar> y(k);
  for (unsigned i = 0; i < k; ++i, a /= p, b /= p) {
    x[i] = a % p;
    y[i] = b % p;
  }
  std::vector<Scalar> product(2 * k, 0);
  for (unsigned i = 0; i < k; ++i) {
    for (unsigned j = 0; j < k; ++j) product[i + j] = (product[i + j] + x[i] * y[j]) % p;
  }
  for (unsigned i = 2 * k; i-- > k;) {
    for (unsigned j = 0; j <= k; ++j)
      product[i - j] =
          (product[i - j] + (p - 1) * product[i] % p * (j == 0 ? 0 : field.polynomial()[k - j])) % p;
    product[i] = 0;
  }
  Scalar result = 0;
  for (unsigned i = k; i-- > 0;) result = result * p + product[i];
  return result;
}

Scalar sum_by_digits(const FiniteField& field, Scalar a, Scalar b) {
  const Scalar p = field.characteristic();
  Scalar result = 0;
  for (Scalar place = 1; place < field.order(); place *= p, a /= p, b /= p)
    result += (a % p + b % p) % p * place;
  return result;
}

}  // namespace

TEST_CASE("finite field: sums and products follow the definition") {
  for (const std::uint64_t q : {2, 3, 4, 5, 7, 8, 9, 16, 25, 27, 49, 64, 81, 121, 125}) {
    const FiniteField field(q);
    CAPTURE(q);
    CHECK(field.order() == q);
    CHECK(field.polynomial().size() == field.degree() + 1);
    CHECK(field.polynomial().back() == 1);
    bool holds = true;
    for (Scalar a = 0; a < q; ++a) {
      for (Scalar b = 0; b < q; ++b) {
        holds = holds && field.add(a, b) == sum_by_digits(field, a, b);
        holds = holds && field.multiply(a, b) == product_by_polynomials(field, a, b);
        holds = holds && field.add(field.subtract(a, b), b) == a;
      }
      holds =
          holds && field.add(a, field.negate(a)) == 0 && field.power(a, static_cast<std::int64_t>(q)) == a;
      if (a != 0) {
        holds = holds && field.multiply(a, field.inverse(a)) == 1;
        holds = holds && field.power(a, -3) == field.inverse(field.power(a, 3));
        holds = holds && field.power(field.primitive_element(), field.logarithm(a)) == a;
      }
    }
    CHECK(holds);
    CHECK(field.power(0, 0) == 1);
  }
}

TEST_CASE("finite field: the documented polynomials") {
  // The smallest primitive polynomials: x^2+x+1, x^3+x+1, x^4+x+1 over GF(2), x^2+x+2 over GF(3) and GF(5).
  CHECK(FiniteField(4).polynomial() == std::vector<Scalar>{1, 1, 1});
  CHECK(FiniteField(8).polynomial() == std::vector<Scalar>{1, 1, 0, 1});
  CHECK(FiniteField(16).polynomial() == std::vector<Scalar>{1, 1, 0, 0, 1});
  CHECK(FiniteField(9).polynomial() == std::vector<Scalar>{2, 1, 1});
  CHECK(FiniteField(25).polynomial() == std::vector<Scalar>{2, 1, 1});
  CHECK(FiniteField(9).primitive_element() == 3);
  CHECK(FiniteField(7).primitive_element() == 3);
  CHECK(FiniteField(2).primitive_element() == 1);
}

TEST_CASE("finite field: large fields are fields, and what is none is refused") {
  for (const std::uint64_t q : {65521, 65536, 59049, 15625}) {
    const FiniteField field(q);
    std::set<Scalar> powers;
    Scalar value = 1;
    for (std::uint64_t i = 0; i + 1 < q; ++i, value = field.multiply(value, field.primitive_element()))
      powers.insert(value);
    CHECK(powers.size() == q - 1);
    CHECK(value == 1);
    CHECK(field.multiply(field.add(2, 5), 3) == field.add(field.multiply(2, 3), field.multiply(5, 3)));
  }
  for (const std::uint64_t q : {0, 1, 6, 12, 100, 65535, 65537, 131072})
    CHECK_THROWS_AS(FiniteField{q}, ArgumentError);
  CHECK_THROWS_AS(FiniteField{~std::uint64_t{0}}, ArgumentError);
}
