#include "characters/modular_lifting.hpp"

#include <doctest/doctest.h>

#include "groups/families.hpp"
#include "support/error.hpp"

using namespace peterweyl;

TEST_CASE("lift_characters: roots of unity from their residues, and a refusal of what are no characters") {
  const ListedByGroup group(cyclic_group(5));
  const ClassStructure classes = class_structure(group);
  CHECK(irrational_exponent(classes) == 5);
  const PrimeField field = PrimeField::with_roots_of_unity(5);
  const auto root = field.root_of_unity(5);
  std::vector<PrimeField::Scalar> rows;
  for (std::uint64_t i = 0; i < 5; ++i) {
    for (std::uint64_t j = 0; j < 5; ++j) rows.push_back(field.power(root, i * j));
  }
  const CharacterRows lifted = lift_characters(field, 5, rows, classes);
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::size_t j = 0; j < 5; ++j) {
      CHECK(Cyclotomic::from_terms(5, lifted.terms(i, j)) ==
            Cyclotomic::root_of_unity(5, static_cast<std::int64_t>(i * j)));
    }
  }
  rows[7] = 1;
  CHECK_THROWS_AS(lift_characters(field, 5, rows, classes), NumericalError);
  CHECK(irrational_exponent(class_structure(ListedByGroup(symmetric_group(5)))) == 1);
}
