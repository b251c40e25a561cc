#include "groups/wreath_product.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "group_checks.hpp"
#include "groups/families.hpp"
#include "groups/permutation.hpp"
#include "support/error.hpp"

using namespace peterweyl;

TEST_CASE("wreath product: known groups") {
  const Group d4 = wreath_product(cyclic_group(2), cyclic_group(2));
  check_valid(d4);
  CHECK(isomorphic(d4, dihedral_group(4)));
  CHECK(d4.name() == "C2 wr C2");
  const Group cube = wreath_product(cyclic_group(2), symmetric_group(3));
  check_valid(cube);
  CHECK(isomorphic(cube, direct_product(std::vector{cyclic_group(2), symmetric_group(4)})));
  const Group s3_squared = wreath_product(symmetric_group(3), symmetric_group(2));
  CHECK(s3_squared.order() == 72);
  CHECK(s3_squared.conjugacy_classes().count() == 9);
  CHECK(wreath_product(cyclic_group(2), symmetric_group(4)).conjugacy_classes().count() ==
        20);  // bipartitions of 4
  check_valid(wreath_product(cyclic_group(1), symmetric_group(3)));
  check_valid(wreath_product(symmetric_group(3), cyclic_group(1)));
}

TEST_CASE("wreath product: the imprimitive action is the rule in the header") {
  const Group base = symmetric_group(3);
  const Group top = cyclic_group(3);
  const Group wreath = wreath_product(base, top);
  CHECK(wreath.order() == 648);
  const auto act = [&](Element x, Element point) {
    const Element b = x % 3;
    const Element coordinate = point / 3;
    const Element f = x / 3 / (coordinate == 0 ? 36 : coordinate == 1 ? 6 : 1) % 6;
    return Element{3} * ((coordinate + b) % 3) + base.action()->image(f)[point % 3];
  };
  bool homomorphism = true;
  for (Element x = 0; x < wreath.order(); ++x) {
    for (Element y = 0; y < wreath.order(); y += 5) {
      for (Element point = 0; point < 9; ++point)
        homomorphism = homomorphism && act(wreath.multiply(x, y), point) == act(y, act(x, point));
    }
  }
  CHECK(homomorphism);
}

TEST_CASE("wreath product: classes by cycle products are those by conjugation") {
  for (const Group& wreath : {wreath_product(cyclic_group(2), symmetric_group(5)),
                              wreath_product(symmetric_group(3), symmetric_group(3)),
                              wreath_product(dicyclic_group(2), symmetric_group(3)),
                              wreath_product(alternating_group(5), symmetric_group(2))}) {
    REQUIRE(wreath.order() > Group::kEagerTableOrder);
    const ConjugacyClasses& found = wreath.conjugacy_classes();
    const ConjugacyClasses expected = classes_by_conjugation(
        wreath.order(), wreath.generators(), [&](Element x, Element g) { return wreath.conjugate(x, g); },
        [&](Element x) { return wreath.element_order(x); });
    CHECK(found.of_element == expected.of_element);
    CHECK(found.representatives == expected.representatives);
    CHECK(found.sizes == expected.sizes);
  }
}

TEST_CASE("wreath product: intransitive tops, limits") {
  // (0 1)(2 3) on five points: three orbits.
  const Group top = permutation_group(std::vector<Permutation>{{1, 0, 3, 2, 4}});
  const Group group = wreath_product(cyclic_group(3), top);
  check_valid(group);
  CHECK(group.order() == 243 * 2);
  CHECK(group.name().empty());
  CHECK_THROWS_AS(wreath_product(cyclic_group(2), dihedral_group(4)), ArgumentError);
  CHECK_THROWS_AS(wreath_product(symmetric_group(5), symmetric_group(5)), GroupTooLargeError);
  CHECK(wreath_product_order(2, 24, 4) == 384);
  CHECK(wreath_product_order(1000, 1000, 1000) == std::uint64_t{1} << 63);
}
