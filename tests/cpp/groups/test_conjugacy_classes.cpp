#include "groups/conjugacy_classes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <vector>

#include "groups/element_enumeration.hpp"
#include "groups/families.hpp"
#include "permutation_examples.hpp"

using namespace peterweyl;

TEST_CASE("conjugacy_classes: equal to the definition, in the documented order") {
  for (const Group& group :
       {symmetric_group(4), dihedral_group(6), alternating_group(5), dicyclic_group(3)}) {
    CAPTURE(group.name());
    const ConjugacyClasses& classes = group.conjugacy_classes();
    for (Element x = 0; x < group.order(); ++x) {
      std::set<Element> orbit;
      for (Element g = 0; g < group.order(); ++g) {
        orbit.insert(group.multiply(group.multiply(group.inverse(g), x), g));
      }
      const std::uint32_t c = classes.of_element[x];
      CHECK(orbit.size() == classes.sizes[c]);
      CHECK(*orbit.begin() == classes.representatives[c]);
      CHECK(std::ranges::all_of(orbit, [&](Element y) { return classes.of_element[y] == c; }));
    }
    CHECK(std::accumulate(classes.sizes.begin(), classes.sizes.end(), 0U) == group.order());
    CHECK(classes.representatives[0] == group.identity());
    for (std::size_t c = 2; c < classes.count(); ++c) {
      CHECK(std::tuple(classes.orders[c - 1], classes.sizes[c - 1], classes.representatives[c - 1]) <
            std::tuple(classes.orders[c], classes.sizes[c], classes.representatives[c]));
    }
  }
}

TEST_CASE("conjugacy_classes: the same from the right Cayley graph as from the table") {
  for (const auto& generators :
       {examples::mathieu11(), examples::wreath(3, 3), examples::projective_special_linear(7),
        examples::cyclic(12), std::vector<Permutation>{identity_permutation(3)}}) {
    const ElementEnumeration elements = enumerate_elements(generators[0].size(), generators);
    const std::vector<Element> labels(elements.generators().begin(), elements.generators().end());
    const CayleyTable table = CayleyTable::from_right_cayley_graph_no_checks(elements.order(), labels,
                                                                             elements.right_cayley_graph());
    std::vector<std::uint32_t> orders;
    for (Element x = 0; x < elements.order(); ++x) {
      orders.push_back(static_cast<std::uint32_t>(elements.element_order(x)));
    }
    const ConjugacyClasses expected = conjugacy_classes(table, labels, orders);
    const ConjugacyClasses found = conjugacy_classes(elements);
    CHECK(found.of_element == expected.of_element);
    CHECK(found.representatives == expected.representatives);
    CHECK(found.sizes == expected.sizes);
    CHECK(found.orders == expected.orders);
  }
}
