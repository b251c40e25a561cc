#include "characters/product_characters.hpp"

#include <doctest/doctest.h>

#include "characters/character_methods.hpp"
#include "characters/dixon_schneider.hpp"
#include "groups/specification.hpp"

using namespace peterweyl;

TEST_CASE("product_characters: the table of Dixon and Schneider") {
  for (const char* spec : {"C3 x S3", "S3 x S3", "C2 x A4", "A5 x C3", "C4 x Q8 x C3", "SL(2,3) x D5"}) {
    CAPTURE(spec);
    const Group group = group_from_specification(spec);
    const ListedByGroup listed(group);
    const ClassStructure classes = class_structure(listed);
    auto rows =
        product_characters(group, classes, [](const Group& factor) { return character_table(factor); });
    REQUIRE(rows.has_value());
    const CharacterTable table(classes, std::move(*rows), "product");
    const CharacterTable expected(classes, dixon_schneider(listed, classes), "");
    for (std::size_t i = 0; i < table.count(); ++i) {
      for (std::size_t c = 0; c < table.count(); ++c) CHECK(table.exact(i, c) == expected.exact(i, c));
    }
  }
  const Group group = group_from_specification("S4");
  const ClassStructure classes = class_structure(ListedByGroup(group));
  CHECK_FALSE(product_characters(group, classes, [](const Group& factor) {
                return character_table(factor);
              }).has_value());
}
