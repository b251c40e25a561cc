#include "groups/large_conjugacy_classes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <tuple>
#include <vector>

#include "groups/conjugacy_classes.hpp"
#include "groups/element_enumeration.hpp"
#include "permutation_examples.hpp"
#include "support/error.hpp"

using namespace peterweyl;

namespace {

LargeConjugacyClasses classes_of(const std::vector<Permutation>& generators, std::uint64_t seed = 1) {
  return LargeConjugacyClasses::compute(StabilizerChain::build(generators[0].size(), generators), {},
                                        LargeConjugacyClasses::kDefaultClassLimit, seed);
}

}  // namespace

TEST_CASE("large_conjugacy_classes: the same classes as by enumeration") {
  Random random(41);
  std::vector<std::vector<Permutation>> groups{
      examples::mathieu11(),    examples::wreath(3, 3), examples::projective_special_linear(13),
      examples::alternating(8), examples::cyclic(12),   {identity_permutation(4)}};
  for (int i = 0; i < 60; ++i) groups.push_back(examples::random_generators(3 + random.below(5), random));
  for (const auto& generators : groups) {
    const std::size_t degree = generators[0].size();
    const ElementEnumeration elements = enumerate_elements(degree, generators);
    const ConjugacyClasses expected = conjugacy_classes(elements);
    const LargeConjugacyClasses classes = classes_of(generators, random.next());
    REQUIRE(classes.count() == expected.count());
    // The class of each element, in both lists, is one bijection.
    std::vector<std::uint32_t> to(expected.count(), ~0U);
    for (Element x = 0; x < elements.order(); x += 1 + elements.order() / 500) {
      const std::uint32_t c = classes.identify(elements.image(x));
      std::uint32_t& image = to[expected.of_element[x]];
      if (image == ~0U) image = c;
      CHECK(image == c);
      CHECK(classes.size(c) == expected.sizes[expected.of_element[x]]);
      CHECK(classes.element_order(c) == expected.orders[expected.of_element[x]]);
      CHECK(classes.size(c) * classes.centralizer_order(c) == elements.order());
    }
    for (const std::int64_t k : {-1, 0, 2, 3, 5, 7}) {
      const auto map = classes.power_map(k);
      for (std::uint32_t c = 0; c < classes.count(); ++c) {
        CHECK(map[c] == classes.identify(permutation_power(classes.representative(c), k)));
      }
    }
    CHECK(classes.element_order(0) == 1);
    for (std::uint32_t c = 1; c < classes.count(); ++c) {
      CHECK(std::tuple(classes.element_order(c - 1), classes.size(c - 1)) <=
            std::tuple(classes.element_order(c), classes.size(c)));
    }
  }
}

TEST_CASE("large_conjugacy_classes: M24 and S12 for several seeds") {
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const LargeConjugacyClasses m24 = classes_of(examples::mathieu24(), seed);
    REQUIRE(m24.count() == 26);
    CHECK((m24.size(1) == 11385 && m24.size(2) == 31878 && m24.size(3) == 226688));
    CHECK(m24.centralizer_order(25) == 23);
    const LargeConjugacyClasses s12 = classes_of(examples::symmetric(12), seed);
    CHECK(s12.count() == 77);
    CHECK(s12.size(1) == 66);  // the transpositions
  }
  CHECK(classes_of(examples::alternating(15)).count() == 94);
}

TEST_CASE("large_conjugacy_classes: centralisers are handed out") {
  const LargeConjugacyClasses m22 = classes_of(examples::mathieu22());
  REQUIRE(m22.count() == 12);
  for (std::uint32_t c = 0; c < m22.count(); ++c) {
    for (const Permutation& g : m22.centralizer_generators(c)) {
      CHECK(compose(g, m22.representative(c)) == compose(m22.representative(c), g));
    }
    CHECK(StabilizerChain::build(22, m22.centralizer_generators(c)).order() == m22.centralizer_order(c));
  }
}

TEST_CASE("large_conjugacy_classes: limits and wrong elements") {
  CHECK_THROWS_AS(classes_of(examples::symmetric(25)), GroupTooLargeError);
  const StabilizerChain s9 = StabilizerChain::build(9, examples::symmetric(9));
  try {
    LargeConjugacyClasses::compute(s9, {}, 10);
    FAIL("expected an exception");
  } catch (const EnumerationLimitError& error) {
    CHECK(error.limit() == 10);
    CHECK(error.reached() == 10);
  }
  const LargeConjugacyClasses a5 = classes_of(examples::alternating(5));
  CHECK_THROWS_AS(a5.identify(Permutation{1, 0, 2, 3, 4}), ArgumentError);
  CHECK_THROWS_AS(a5.identify(Permutation{1, 0}), ArgumentError);
  const Interrupt interrupt([] { throw Error("stopped"); });
  CHECK_THROWS_WITH_AS(
      LargeConjugacyClasses::compute(StabilizerChain::build(24, examples::wreath(2, 12)), interrupt),
      "stopped", Error);
}
