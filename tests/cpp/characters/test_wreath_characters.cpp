#include "characters/wreath_characters.hpp"

#include <doctest/doctest.h>

#include "characters/character_methods.hpp"
#include "characters/dixon_schneider.hpp"
#include "characters/listed_group.hpp"
#include "groups/specification.hpp"

using namespace peterweyl;

namespace {

WreathTables tables() {
  return {[](const Group& group) { return character_table(group); },
          [](const ElementEnumeration& elements, const ConjugacyClasses& known) {
            const ListedByEnumeration listed(elements, known);
            ClassStructure classes = class_structure(listed);
            CharacterRows rows = dixon_schneider(listed, classes);
            return CharacterTable(std::move(classes), std::move(rows), "");
          }};
}

}  // namespace

TEST_CASE("wreath_characters: the table of Dixon and Schneider") {
  for (const char* spec : {"C2 wr S2", "C2 wr S4", "C3 wr S3", "S3 wr C2", "C3 wr C4", "Q8 wr S2", "A4 wr C3",
                           "S3 wr S3", "C2 wr A4", "C5 wr C2", "C2 wr PSL(2,5)", "C4 wr A3"}) {
    CAPTURE(spec);
    const Group group = group_from_specification(spec);
    const ListedByGroup listed(group);
    const ClassStructure classes = class_structure(listed);
    auto rows = wreath_characters(group, classes, tables());
    REQUIRE(rows.has_value());
    const CharacterTable table(classes, std::move(*rows), "wreath");
    const CharacterTable expected(classes, dixon_schneider(listed, classes), "");
    for (std::size_t i = 0; i < table.count(); ++i) {
      for (std::size_t c = 0; c < table.count(); ++c) CHECK(table.exact(i, c) == expected.exact(i, c));
    }
  }
  const Group group = group_from_specification("S4");
  CHECK_FALSE(wreath_characters(group, class_structure(ListedByGroup(group)), tables()).has_value());
}
