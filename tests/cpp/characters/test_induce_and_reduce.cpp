#include "characters/induce_and_reduce.hpp"

#include <doctest/doctest.h>

#include "characters/dixon_schneider.hpp"
#include "groups/specification.hpp"

using namespace peterweyl;

TEST_CASE("induce_and_reduce: the table of Dixon and Schneider") {
  for (const char* spec : {"C1", "C2", "C6", "S3", "S4", "A5", "S5", "A6", "PSL(2,7)", "PSL(2,8)",
                           "PSL(2,11)", "PSL(2,13)", "PSL(2,31)", "SL(2,5)", "M11", "GL(2,3)"}) {
    CAPTURE(spec);
    const ListedByGroup group(group_from_specification(spec));
    const ClassStructure classes = class_structure(group);
    auto rows = induce_and_reduce(classes, {});
    REQUIRE(rows.has_value());
    const CharacterTable table(classes, std::move(*rows), "induce and reduce");
    const CharacterTable expected(classes, dixon_schneider(group, classes), "Dixon-Schneider");
    for (std::size_t i = 0; i < table.count(); ++i) {
      for (std::size_t c = 0; c < table.count(); ++c) CHECK(table.exact(i, c) == expected.exact(i, c));
    }
  }
}
