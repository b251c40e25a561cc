#include "groups/coset_relators.hpp"

#include <doctest/doctest.h>

using namespace peterweyl;

TEST_CASE("coset relators: one column for an involution, reduced and distinct relators") {
  const CosetRelators relators(
      parse_presentation("<a,b | a^2, a^-1 b^3 a, b^-3, (ab)^2, (b^-1 a)^2, a a^-1>"));
  CHECK(relators.columns() == 3);
  CHECK(relators.inverse(relators.generators()[0]) == relators.generators()[0]);
  CHECK(relators.inverse(relators.generators()[1]) != relators.generators()[1]);
  // a^2 is the column itself; b^3 comes three times, (ab)^2 twice.
  REQUIRE(relators.relators().size() == 2);
  CHECK(relators.relators()[0].length == 3);
  CHECK(relators.relators()[1].length == 4);
}

TEST_CASE("coset relators: entrances and rotations") {
  // In (ab)^3 with involutions a, b every position is an entrance: read backwards it is the same word.
  const CosetRelators dihedral(parse_presentation("a^2, b^2, (ab)^3"));
  REQUIRE(dihedral.relators().size() == 1);
  CHECK(dihedral.relators()[0].entrances.size() == 6);
  CHECK(dihedral.relators()[0].equals_its_inverse);
  auto rotations = dihedral.rotations_by_column();
  CHECK(rotations[0].size() == 1);
  CHECK(rotations[1].size() == 1);
  // In (ab)^3 without, only every second one is.
  const CosetRelators free(parse_presentation("<a, b | (ab)^3>"));
  CHECK(free.relators()[0].entrances.size() == 3);
  CHECK_FALSE(free.relators()[0].equals_its_inverse);
  rotations = free.rotations_by_column();
  for (const auto& of_column : rotations) CHECK(of_column.size() == 1);
  const CosetRelators commutator(parse_presentation("[a, b]"));
  CHECK(commutator.relators()[0].entrances.size() == 1);
  for (const auto& of_column : commutator.rotations_by_column()) CHECK(of_column.size() == 2);
}
