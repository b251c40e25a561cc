#include "characters/class_structure.hpp"

#include <doctest/doctest.h>

#include <numeric>
#include <vector>

#include "groups/families.hpp"
#include "groups/stabilizer_chain.hpp"

using namespace peterweyl;

TEST_CASE("ClassStructure: powers, inverses and rational classes of a group") {
  for (const Group& group : {symmetric_group(4), dihedral_group(9), cyclic_group(12), dicyclic_group(3)}) {
    CAPTURE(group.name());
    const ClassStructure classes = class_structure(ListedByGroup(group));
    const ConjugacyClasses& expected = group.conjugacy_classes();
    CHECK(classes.exponent() == group.exponent());
    for (const std::int64_t e : {-3, -1, 0, 1, 2, 5, 12}) CHECK(classes.power_map(e) == group.power_map(e));
    const auto galois = classes.galois_classes();
    for (std::size_t c = 0; c < classes.count(); ++c) {
      CHECK(classes.inverse(c) == expected.of_element[group.inverse(expected.representatives[c])]);
      CHECK(classes.centralizer_order(c) * classes.sizes[c] == group.order());
      CHECK(classes.power(galois[c].first, galois[c].exponent) == c);
      bool rational = true;
      for (std::int64_t t = 1; t < std::int64_t{classes.orders[c]}; ++t) {
        if (std::gcd(t, std::int64_t{classes.orders[c]}) == 1)
          rational = rational && classes.power(c, t) == c;
      }
      CHECK(classes.is_rational(c) == rational);
    }
  }
}

TEST_CASE("ClassStructure: the same from classes without a list of elements") {
  const std::vector<Permutation> generators{{1, 2, 3, 4, 0, 5, 6}, {0, 1, 2, 3, 5, 6, 4}};
  const LargeConjugacyClasses large = LargeConjugacyClasses::compute(StabilizerChain::build(7, generators));
  const ClassStructure classes = class_structure(large);
  CHECK(classes.group_order == 2520);
  CHECK(classes.count() == 9);
  for (std::size_t c = 0; c < classes.count(); ++c) {
    for (std::int64_t t = 0; t < std::int64_t{classes.orders[c]}; ++t) {
      CHECK(classes.power(c, t) == large.power_map(t)[c]);
    }
  }
}
