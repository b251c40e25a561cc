#include "harmonics/coincident_columns.hpp"

#include <doctest/doctest.h>

#include "groups/families.hpp"
#include "reconstruction_data.hpp"

using namespace peterweyl;
using namespace peterweyl::reconstruction_test;

TEST_CASE("coincident columns: the cosets of the common kernel, with and without noise") {
  const Group group = symmetric_group(4);
  for (const double noise : {0.0, 0.1}) {
    BlockRecipe recipe;
    recipe.noise = noise;
    recipe.keep = [](const Irrep& irrep) { return irrep.degree == 2; };
    const ColumnClasses found = coincident_columns(make_blocks(group, recipe).whitened());
    REQUIRE(found.classes.size() == 6);
    for (const auto& coset : found.classes) {
      REQUIRE(coset.size() == 4);
      // Quotients of two members lie in the normal subgroup of order 4, whose elements are involutions of
      // class size 3.
      const Element quotient = group.multiply(coset[0], group.inverse(coset[1]));
      const auto& classes = group.conjugacy_classes();
      CHECK(classes.sizes[classes.of_element[quotient]] == 3);
    }
    CHECK(found.largest_inner < found.smallest_outer);
  }
}

TEST_CASE("coincident columns: all equal, none equal") {
  BlockRecipe trivial;
  trivial.keep = [k = 0](const Irrep&) mutable { return k++ == 0; };
  CHECK(coincident_columns(make_blocks(cyclic_group(6), trivial).whitened()).classes.size() == 1);
  for (const Group& group : {cyclic_group(12), dihedral_group(4), alternating_group(4)}) {
    CHECK(coincident_columns(make_blocks(group).whitened()).classes.empty());
  }
  BlockRecipe one_character;
  one_character.keep = [k = 0](const Irrep&) mutable { return k++ == 1; };
  CHECK(coincident_columns(make_blocks(cyclic_group(30), one_character).whitened()).classes.empty());
  CHECK(coincident_columns({}).classes.empty());
}
