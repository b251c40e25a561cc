#include "groups/element_enumeration.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "permutation_examples.hpp"
#include "support/error.hpp"

using namespace peterweyl;

namespace {

void check_enumeration(const ElementEnumeration& e, const std::vector<Permutation>& generators,
                       std::uint64_t seed) {
  const std::size_t degree = generators[0].size();
  const auto elements = examples::closure(degree, generators);
  REQUIRE(e.order() == elements.size());
  std::set<Permutation> seen;
  for (Element x = 0; x < e.order(); ++x) seen.insert(e.image(x));
  CHECK(seen == elements);
  CHECK(is_identity(e.image(0)));
  const std::size_t rank = e.generators().size();
  const auto right = e.right_cayley_graph();
  REQUIRE(right.size() == rank * e.order());
  // Breadth-first: new elements come in the order in which the rows of the graph name them.
  Element next = 1;
  for (const Element x : right) {
    CHECK(x <= next);
    if (x == next) ++next;
  }
  const std::vector<Element> inverses = e.inverses();
  const std::vector<std::uint16_t> images = e.images();
  Random random(seed);
  for (int i = 0; i < 200; ++i) {
    const auto a = static_cast<Element>(random.below(e.order()));
    const auto b = static_cast<Element>(random.below(e.order()));
    const Permutation x = e.image(a);
    CHECK(std::equal(x.begin(), x.end(), images.begin() + static_cast<std::ptrdiff_t>(a * degree)));
    CHECK(e.find(x) == a);
    CHECK(e.image(e.multiply(a, b)) == compose(x, e.image(b)));
    CHECK(e.image(e.inverse(a)) == inverse_permutation(x));
    CHECK(inverses[a] == e.inverse(a));
    CHECK(e.left_multiplication(a)[b] == e.multiply(a, b));
    Permutation product = identity_permutation(degree);
    for (const std::uint32_t k : e.word(a)) product = compose(product, e.image(e.generators()[k]));
    CHECK(product == x);
    CHECK(is_identity(permutation_power(x, static_cast<std::int64_t>(e.element_order(a)))));
    if (rank > 0) {
      const std::size_t k = random.below(rank);
      CHECK(right[a * rank + k] == e.multiply(a, e.generators()[k]));
    }
    const Permutation p = examples::random_permutation(degree, random);
    CHECK(e.find(p).has_value() == elements.contains(p));
  }
}

}  // namespace

TEST_CASE("element_enumeration: random groups against brute force") {
  Random random(23);
  for (int i = 0; i < 60; ++i) {
    const auto generators = examples::random_generators(2 + random.below(6), random);
    check_enumeration(enumerate_elements(generators[0].size(), generators), generators, random.next());
  }
}

TEST_CASE("element_enumeration: narrow and wide rows, packed and unpacked base images") {
  for (const auto& generators : {examples::mathieu11(), examples::wreath(2, 5), examples::cyclic(300),
                                 examples::projective_special_linear(11)}) {
    check_enumeration(enumerate_elements(generators[0].size(), generators), generators, 1);
  }
  // C2^12 on 24 points: twelve base points of five bits fit; C2^13 with nine-bit points do not.
  for (const std::size_t padding : {0U, 300U}) {
    std::vector<Permutation> swaps;
    for (std::size_t k = 0; k < 10; ++k) {
      swaps.push_back(identity_permutation(20 + padding));
      std::swap(swaps.back()[2 * k], swaps.back()[2 * k + 1]);
    }
    check_enumeration(enumerate_elements(20 + padding, swaps), swaps, 2);
  }
}

TEST_CASE("element_enumeration: the trivial group, repeated and trivial generators") {
  const ElementEnumeration none = enumerate_elements(0, {});
  CHECK(none.order() == 1);
  CHECK(none.multiply(0, 0) == 0);
  CHECK(none.find(Permutation{}) == 0U);
  CHECK(ElementEnumeration().order() == 1);
  CHECK(ElementEnumeration().multiply(0, 0) == 0);
  const Permutation cycle{1, 2, 0};
  const ElementEnumeration three = enumerate_elements(3, std::vector{Permutation{0, 1, 2}, cycle, cycle});
  CHECK(three.order() == 3);
  CHECK(three.generators().size() == 1);
  CHECK(three.word(2) == std::vector<std::uint32_t>{0, 0});
}

TEST_CASE("element_enumeration: the limit") {
  const auto s8 = examples::symmetric(8);
  CHECK(enumerate_elements(8, s8, 40320).order() == 40320);
  try {
    enumerate_elements(8, s8, 40319);
    FAIL("expected an exception");
  } catch (const EnumerationLimitError& error) {
    CHECK(error.limit() == 40319);
    CHECK(error.reached() == 40320);
  }
  CHECK_THROWS_AS(enumerate_elements(30, examples::symmetric(30)), EnumerationLimitError);
  const Interrupt interrupt([] { throw Error("stopped"); });
  const auto run = [&] {
    for (int i = 0; i < 1000; ++i) enumerate_elements(9, examples::symmetric(9), 1000000, interrupt);
  };
  CHECK_THROWS_WITH_AS(run(), "stopped", Error);
}

TEST_CASE("element_enumeration: half a million elements without a table") {
  const ElementEnumeration m22 = enumerate_elements(22, examples::mathieu22());
  REQUIRE(m22.order() == 443520);
  CHECK(m22.multiply(m22.multiply(400000, 123456), m22.inverse(123456)) == 400000);
  CHECK(m22.find(m22.image(443519)) == 443519U);
}
