#include "characters/monomial_characters.hpp"

#include <doctest/doctest.h>

#include "characters/dixon_schneider.hpp"
#include "groups/catalogue.hpp"
#include "groups/families.hpp"
#include "groups/specification.hpp"
#include "groups/subgroup_series.hpp"
#include "table_checks.hpp"

using namespace peterweyl;

TEST_CASE("monomial_characters: the table of Dixon and Schneider, for supersolvable groups and no others") {
  for (const char* spec : {"C1",
                           "C2",
                           "C12",
                           "S3",
                           "Q8",
                           "D8",
                           "D9",
                           "Dic5",
                           "C7 : C3",
                           "C5 : C4",
                           "C13 : C12",
                           "He3",
                           "S3 x S3",
                           "C2 wr C4",
                           "C3 wr C3",
                           "S3 x Q8",
                           "C2 x D12",
                           "A4",
                           "S4",
                           "SL(2,3)",
                           "A5",
                           "SmallGroup(32,49)",
                           "SmallGroup(64,138)",
                           "SmallGroup(54,8)",
                           "SmallGroup(72,15)",
                           "SmallGroup(100,12)",
                           "SmallGroup(243,30)"}) {
    CAPTURE(spec);
    const Group whole = group_from_specification(spec);
    const ListedByGroup group(whole);
    const ClassStructure classes = class_structure(group);
    auto rows = monomial_characters(group, classes);
    CHECK(rows.has_value() == is_supersolvable(whole));
    if (!rows) continue;
    const CharacterTable table(classes, std::move(*rows), "monomial");
    testing::check_table(table);
    const CharacterTable other(classes, dixon_schneider(group, classes), "Dixon-Schneider");
    for (std::size_t i = 0; i < table.count(); ++i) {
      for (std::size_t c = 0; c < table.count(); ++c) CHECK(table.exact(i, c) == other.exact(i, c));
    }
  }
}
