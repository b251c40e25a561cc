#include "arithmetic/modular_polynomials.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace peterweyl;

namespace {

ModularPolynomial product_of_linear(const PrimeField& field, const std::vector<PrimeField::Scalar>& roots) {
  ModularPolynomial f{1};
  for (const auto root : roots) {
    f.insert(f.begin(), 0);
    for (std::size_t i = 0; i + 1 < f.size(); ++i)
      f[i] = field.subtract(f[i], field.multiply(root, f[i + 1]));
  }
  return f;
}

}  // namespace

TEST_CASE("split_into_roots: the roots that a polynomial was made of") {
  const PrimeField field = PrimeField::with_roots_of_unity(4);
  Random random(3);
  for (const std::size_t degree : {0U, 1U, 2U, 5U, 40U}) {
    std::vector<PrimeField::Scalar> roots;
    for (std::size_t i = 0; i < degree; ++i) {
      roots.push_back(static_cast<PrimeField::Scalar>(random.below(field.modulus())));
    }
    const ModularPolynomial f = product_of_linear(field, roots);
    std::vector<PrimeField::Scalar> found;
    REQUIRE(split_into_roots(field, f, random, found));
    std::ranges::sort(roots);
    CHECK(found == roots);
    for (const auto root : roots) {
      CHECK(evaluate(field, f, root) == 0);
      const ModularPolynomial rest = divide_by_root(field, f, root);
      CHECK(field.multiply(evaluate(field, rest, 17), field.subtract(17, root)) == evaluate(field, f, 17));
    }
  }
}

TEST_CASE("split_into_roots: refuses what is not a product of different linear factors") {
  const PrimeField field(2147483647U);  // 3 modulo 4: x^2 + 1 is irreducible
  Random random(1);
  std::vector<PrimeField::Scalar> found;
  CHECK_FALSE(split_into_roots(field, {1, 0, 1}, random, found));
  CHECK_FALSE(split_into_roots(field, product_of_linear(field, {5, 5}), random, found));
}

TEST_CASE("shortest_recurrence: Fibonacci numbers, and powers") {
  const PrimeField field(65537);
  std::vector<PrimeField::Scalar> fibonacci{0, 1};
  while (fibonacci.size() < 20) fibonacci.push_back(field.add(fibonacci.rbegin()[0], fibonacci.rbegin()[1]));
  CHECK(shortest_recurrence(field, fibonacci) == ModularPolynomial{65536, 65536, 1});
  CHECK(shortest_recurrence(field, std::vector<PrimeField::Scalar>{1, 3, 9, 27}) ==
        ModularPolynomial{65534, 1});
  CHECK(shortest_recurrence(field, std::vector<PrimeField::Scalar>{0, 0, 0}) == ModularPolynomial{1});
}
