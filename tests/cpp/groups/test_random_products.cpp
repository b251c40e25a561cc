#include "groups/random_products.hpp"

#include <doctest/doctest.h>

#include <set>

#include "permutation_examples.hpp"

using namespace peterweyl;

TEST_CASE("random_products: elements of the group, all of a small one, the same for the same seed") {
  const auto generators = examples::projective_special_linear(5);  // A5
  const auto elements = examples::closure(6, generators);
  REQUIRE(elements.size() == 60);
  Random random(3);
  Random again(3);
  RandomProducts products(6, generators, random);
  RandomProducts same(6, generators, again);
  std::set<Permutation> seen;
  for (int i = 0; i < 2000; ++i) {
    const Permutation& x = products.next(random);
    CHECK(elements.contains(x));
    CHECK(x == same.next(again));
    seen.insert(x);
  }
  CHECK(seen == elements);
}

TEST_CASE("random_products: the trivial group") {
  Random random(1);
  RandomProducts products(4, {}, random);
  CHECK(is_identity(products.next(random)));
}
