#include "characters/linear_characters.hpp"

#include <doctest/doctest.h>

#include "characters/character_table.hpp"
#include "groups/families.hpp"
#include "groups/specification.hpp"
#include "table_checks.hpp"

using namespace peterweyl;

TEST_CASE("LinearCharacters: the frequencies of C_n and of products, in the order of the Fourier transform") {
  const Group group = group_from_specification("C4 x C6");
  const LinearCharacters characters(group);
  CHECK(characters.has_own_order());
  characters.verify();
  const ConjugacyClasses& classes = group.conjugacy_classes();
  for (std::uint32_t a = 0; a < 24; ++a) {
    for (std::size_t c = 0; c < 24; ++c) {
      const Element j = classes.representatives[c];
      // a/6, j/6 run over C4; the twelfth roots of unity hold all values.
      const std::uint32_t expected = (3 * (a / 6) * (j / 6) + 2 * (a % 6) * (j % 6)) % 12;
      CHECK(characters.exponent(a, c) * (12 / classes.orders[c]) == expected);
    }
  }
}

TEST_CASE("LinearCharacters: all characters of an abelian group that is given by its table") {
  for (const char* spec : {"C1", "C9", "C12", "C2^3", "C2 x C4 x C3", "C6 x C6", "C25 x C5"}) {
    CAPTURE(spec);
    const Group group(group_from_specification(spec).table());
    CHECK_FALSE(LinearCharacters(group).has_own_order());
    const CharacterTable table(abelian_class_structure(group), LinearCharacters(group));
    testing::check_table(table);
    for (std::size_t i = 0; i < table.count(); ++i) {
      // A homomorphism: the values at products are products.
      const auto& of_element = group.conjugacy_classes().of_element;
      for (Element a = 0; a < group.order(); ++a) {
        const Element b = group.generators().empty() ? 0 : group.generators()[0];
        CHECK(table.exact(i, of_element[group.multiply(a, b)]) ==
              table.exact(i, of_element[a]) * table.exact(i, of_element[b]));
      }
    }
  }
}
