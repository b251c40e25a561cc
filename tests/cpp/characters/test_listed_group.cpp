#include "characters/listed_group.hpp"

#include <doctest/doctest.h>

#include "groups/families.hpp"

using namespace peterweyl;

TEST_CASE("ListedGroup: a table and an enumeration answer alike") {
  const std::vector<Permutation> generators{{1, 2, 3, 0}, {1, 0, 2, 3}};
  const ElementEnumeration elements = enumerate_elements(4, generators);
  const ConjugacyClasses classes = conjugacy_classes(elements);
  const ListedByEnumeration listed(elements, classes);
  CHECK(listed.order() == 24);
  CHECK(listed.identity() == 0);
  CHECK(listed.classes().count() == 5);
  for (Element a = 0; a < 24; ++a) {
    CHECK(listed.multiply(a, listed.inverse(a)) == 0);
    for (Element b = 0; b < 24; ++b) CHECK(listed.multiply(a, b) == elements.multiply(a, b));
  }
  const Group group = symmetric_group(4);
  const ListedByGroup other(group);
  CHECK(other.order() == 24);
  CHECK(other.generators().size() == group.generators().size());
  CHECK(other.multiply(3, 5) == group.multiply(3, 5));
}
