#include "groups/element_arithmetic.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <set>
#include <vector>

#include "groups/families.hpp"
#include "groups/sporadic_groups.hpp"
#include "permutation_examples.hpp"
#include "support/error.hpp"
#include "support/random.hpp"

using namespace peterweyl;

namespace {

Permutation image_of(const ElementArithmetic& elements, Element a) {
  Permutation images(elements.degree());
  elements.image(a, images);
  return images;
}

bool is_even(const Permutation& images) {
  std::size_t inversions = 0;
  for (std::size_t i = 0; i < images.size(); ++i) {
    for (std::size_t j = i + 1; j < images.size(); ++j) inversions += images[i] > images[j] ? 1 : 0;
  }
  return inversions % 2 == 0;
}

// Numbers and permutations belong to each other, and products and inverses are those of the permutations.
void check_permutations(const ElementArithmetic& elements, std::uint64_t seed) {
  CHECK(is_identity(image_of(elements, 0)));
  Random random(seed);
  for (int round = 0; round < 300; ++round) {
    const auto a = static_cast<Element>(random.below(elements.order()));
    const auto b = static_cast<Element>(random.below(elements.order()));
    const Permutation left = image_of(elements, a);
    const Permutation right = image_of(elements, b);
    REQUIRE(elements.find(left) == a);
    CHECK(image_of(elements, elements.multiply(a, b)) == compose(left, right));
    CHECK(image_of(elements, elements.inverse(a)) == inverse_permutation(left));
    CHECK(image_of(elements, elements.conjugate(a, b)) ==
          compose(compose(inverse_permutation(right), left), right));
    CHECK(elements.element_order(a) == order_of_permutation(left));
    CHECK(is_identity(permutation_power(left, elements.element_order(a))));
  }
}

}  // namespace

TEST_CASE("lexicographic ranks of S_n and A_n list the permutations in order") {
  for (std::size_t degree = 1; degree <= 7; ++degree) {
    const LexicographicElements symmetric(degree, false);
    const LexicographicElements alternating(degree, true);
    Permutation images(degree);
    std::iota(images.begin(), images.end(), std::uint16_t{0});
    Element rank = 0;
    Element even_rank = 0;
    do {
      REQUIRE(symmetric.find(images) == rank);
      REQUIRE(image_of(symmetric, rank) == images);
      ++rank;
      if (is_even(images)) {
        REQUIRE(alternating.find(images) == even_rank);
        REQUIRE(image_of(alternating, even_rank) == images);
        ++even_rank;
      } else {
        REQUIRE_FALSE(alternating.find(images).has_value());
      }
    } while (std::ranges::next_permutation(images).found);
    CHECK(rank == symmetric.order());
    CHECK(even_rank == alternating.order());
  }
  for (const std::size_t degree : {8, 11, 12}) {
    check_permutations(LexicographicElements(degree, false), degree);
    check_permutations(LexicographicElements(degree, true), degree);
  }
  CHECK(LexicographicElements(12, false).order() == 479001600);
  CHECK_THROWS_AS(LexicographicElements(13, false), GroupTooLargeError);
  const LexicographicElements s4(4, false);
  CHECK_FALSE(s4.find(Permutation{0, 1, 2}).has_value());
  CHECK_FALSE(s4.find(Permutation{0, 1, 1, 2}).has_value());
  CHECK_FALSE(s4.find(Permutation{0, 1, 2, 4}).has_value());
}

TEST_CASE("classes of S_n and A_n by cycle types are those by conjugation") {
  for (std::size_t degree = 1; degree <= 8; ++degree) {
    for (const bool even_only : {false, true}) {
      CAPTURE(degree);
      const LexicographicElements elements(degree, even_only);
      const Group group = even_only ? alternating_group(degree) : symmetric_group(degree);
      const std::vector<Element> generators(group.generators().begin(), group.generators().end());
      const auto order_of = [&](Element x) { return elements.element_order(x); };
      const ConjugacyClasses found = elements.conjugacy_classes(generators, order_of, {});
      const ConjugacyClasses expected = classes_by_conjugation(
          elements.order(), generators, [&](Element x, Element g) { return elements.conjugate(x, g); },
          order_of);
      CHECK(found.of_element == expected.of_element);
      CHECK(found.representatives == expected.representatives);
      CHECK(found.sizes == expected.sizes);
      CHECK(found.orders == expected.orders);
    }
  }
}

TEST_CASE("numbers along a stabilizer chain") {
  for (const std::uint64_t n : {11, 23, 24}) {
    const std::vector<Permutation> generators = mathieu_generators(n);
    const ChainElements elements(StabilizerChain::build(n, generators));
    CHECK(elements.order() == mathieu_order(n));
    check_permutations(elements, n);
    Permutation transposition = identity_permutation(n);
    std::swap(transposition[0], transposition[1]);
    CHECK_FALSE(elements.find(transposition).has_value());
    CHECK_FALSE(elements.find(identity_permutation(n - 1)).has_value());
  }
  const ChainElements m11(StabilizerChain::build(11, mathieu_generators(11)));
  std::set<Permutation> seen;
  for (Element x = 0; x < m11.order(); ++x) seen.insert(image_of(m11, x));
  CHECK(seen.size() == 7920);

  Permutation cycle = identity_permutation(16);
  std::ranges::rotate(cycle, cycle.begin() + 1);
  Permutation swap = identity_permutation(16);
  std::swap(swap[0], swap[1]);
  CHECK_THROWS_AS(ChainElements(StabilizerChain::build(16, std::vector{cycle, swap})), GroupTooLargeError);
}

TEST_CASE("the elements of an enumeration") {
  const std::vector<Permutation> generators = mathieu_generators(11);
  const EnumeratedElements elements(enumerate_elements(11, generators));
  check_permutations(elements, 3);
  CHECK(elements.conjugacy_classes(elements.enumeration().generators(), nullptr, {}).count() == 10);
}

TEST_CASE("a product rule given as functions") {
  const auto elements = formula_elements(
      12, [](Element a, Element b) { return (a + b) % 12; }, [](Element a) { return (12 - a) % 12; });
  CHECK(elements->multiply(7, 8) == 3);
  CHECK(elements->inverse(5) == 7);
  CHECK(elements->conjugate(5, 3) == 5);
  CHECK(elements->element_order(8) == 3);
  CHECK(elements->element_order(0) == 1);
  CHECK(elements->degree() == 0);
  CHECK_FALSE(elements->find(Permutation{}).has_value());
  CHECK(elements->table(std::vector<Element>{1})(11, 11) == 10);
}

TEST_CASE("products along a right Cayley graph") {
  // S_4 over a transposition and a 4-cycle, from its permutations.
  const std::vector<Permutation> generators{{1, 0, 2, 3}, {1, 2, 3, 0}};
  const ElementEnumeration s4 = enumerate_elements(4, generators);
  const auto right = s4.right_cayley_graph();
  const auto labels = s4.generators();
  const GraphElements elements(s4.order(), {labels.begin(), labels.end()}, {right.begin(), right.end()});
  for (Element a = 0; a < 24; ++a) {
    CHECK(elements.multiply(a, elements.inverse(a)) == 0);
    for (Element b = 0; b < 24; ++b) CHECK(elements.multiply(a, b) == s4.multiply(a, b));
  }
  CHECK(elements.table(labels)(5, 7) == s4.multiply(5, 7));
}
