#include "characters/factor_table.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "characters/character_methods.hpp"
#include "groups/normal_subgroups.hpp"
#include "groups/specification.hpp"
#include "support/error.hpp"
#include "table_checks.hpp"

using namespace peterweyl;

TEST_CASE("normal_subgroups: those that the group has") {
  for (const char* spec : {"S4", "Q8", "D6", "A5", "C12", "SL(2,3)", "C2 x S4", "C7 : C3", "C2^3"}) {
    CAPTURE(spec);
    const Group group = group_from_specification(spec);
    const CharacterTable table = character_table(group);
    std::vector<std::vector<std::uint32_t>> expected;
    for (const Subgroup& subgroup : normal_subgroups(group)) {
      std::vector<std::uint32_t> classes;
      for (const Element x : subgroup.elements()) classes.push_back(group.class_of(x));
      std::ranges::sort(classes);
      classes.erase(std::ranges::unique(classes).begin(), classes.end());
      expected.push_back(classes);
    }
    auto found = normal_subgroups(table);
    CHECK(found.front() == std::vector<std::uint32_t>{0});
    CHECK(found.back().size() == table.count());
    std::ranges::sort(found);
    std::ranges::sort(expected);
    CHECK(found == expected);
  }
}

TEST_CASE("factor_table: the table of the factor group") {
  for (const char* spec : {"S4", "SL(2,3)", "D6", "C12", "C2 x S4"}) {
    CAPTURE(spec);
    const Group group = group_from_specification(spec);
    const CharacterTable table = character_table(group);
    for (const Subgroup& subgroup : normal_subgroups(group)) {
      std::vector<std::uint32_t> classes;
      for (const Element x : subgroup.elements()) classes.push_back(group.class_of(x));
      const FactorTable factor = factor_table(table, std::vector(classes));
      const Quotient quotient = quotient_group(group, subgroup);
      testing::check_table(factor.table);
      CHECK(factor.table.classes().group_order == quotient.group.order());
      for (Element x = 0; x < group.order(); ++x) {
        const std::uint32_t q = factor.projection[group.class_of(x)];
        const std::uint32_t expected = quotient.group.class_of(quotient.of_element[x]);
        CHECK(factor.table.classes().orders[q] == quotient.group.conjugacy_classes().orders[expected]);
        CHECK(factor.table.classes().sizes[q] == quotient.group.conjugacy_classes().sizes[expected]);
      }
    }
    CHECK_THROWS_AS(factor_table(table, std::vector<std::uint32_t>{1, 2}), ArgumentError);
  }
}
