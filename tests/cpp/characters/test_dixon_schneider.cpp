#include "characters/dixon_schneider.hpp"

#include <doctest/doctest.h>

#include "groups/families.hpp"
#include "groups/specification.hpp"
#include "table_checks.hpp"

using namespace peterweyl;

TEST_CASE("dixon_schneider: orthogonal characters closed under products") {
  for (const char* spec : {"C1", "C2", "C12", "S3", "Q8", "A4", "SL(2,3)", "A5", "D9", "SL(2,5)", "PSL(2,7)",
                           "S5", "GL(2,3)", "C7 : C3", "C2 wr S4", "M11"}) {
    CAPTURE(spec);
    const ListedByGroup group(group_from_specification(spec));
    const ClassStructure classes = class_structure(group);
    const CharacterTable table(classes, dixon_schneider(group, classes), "Dixon-Schneider");
    testing::check_table(table);
  }
}
