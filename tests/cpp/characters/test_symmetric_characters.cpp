#include "characters/symmetric_characters.hpp"

#include <doctest/doctest.h>

#include "characters/dixon_schneider.hpp"
#include "groups/families.hpp"

using namespace peterweyl;

TEST_CASE("symmetric_characters: classes and table of the group that is listed") {
  for (std::uint32_t n = 1; n <= 7; ++n) {
    CAPTURE(n);
    const Group group = symmetric_group(n);
    const std::vector<Partition> types = symmetric_cycle_types(n);
    REQUIRE(types.size() == group.conjugacy_classes().count());
    const ListedByGroup listed(group);
    const ClassStructure expected_classes = class_structure(listed);
    const ClassStructure classes = symmetric_class_structure(types);
    CHECK(classes.sizes == expected_classes.sizes);
    CHECK(classes.power_classes == expected_classes.power_classes);
    const CharacterTable table(classes, symmetric_characters(types), "Murnaghan-Nakayama");
    const CharacterTable expected(expected_classes, dixon_schneider(listed, expected_classes), "");
    for (std::size_t c = 0; c < types.size(); ++c) {
      CHECK(cycle_type(group.action()->image(group.conjugacy_classes().representatives[c])) == types[c]);
      for (std::size_t i = 0; i < types.size(); ++i) CHECK(table.exact(i, c) == expected.exact(i, c));
    }
  }
}

TEST_CASE("symmetric_characters: S_16 has 231 classes and passes verification") {
  const std::vector<Partition> types = symmetric_cycle_types(16);
  CHECK(types.size() == 231);
  const CharacterTable table(symmetric_class_structure(types), symmetric_characters(types), "");
  CHECK(table.degrees().back() == 1153152);  // the largest degree (McKay 1976)
}
