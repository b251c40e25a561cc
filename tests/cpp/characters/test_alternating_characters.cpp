#include "characters/alternating_characters.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "characters/cycle_types.hpp"
#include "characters/dixon_schneider.hpp"
#include "characters/symmetric_characters.hpp"
#include "groups/families.hpp"
#include "support/error.hpp"

using namespace peterweyl;

TEST_CASE("alternating_characters: classes and table of the group that is listed") {
  for (std::uint32_t n = 4; n <= 8; ++n) {
    CAPTURE(n);
    const Group group = alternating_group(n);
    const std::vector<AlternatingClass> columns = alternating_classes(n);
    REQUIRE(columns.size() == group.conjugacy_classes().count());
    const ListedByGroup listed(group);
    const ClassStructure expected_classes = class_structure(listed);
    const ClassStructure classes = alternating_class_structure(columns);
    CHECK(classes.group_order == group.order());
    CHECK(classes.sizes == expected_classes.sizes);
    CHECK(classes.orders == expected_classes.orders);
    CHECK(classes.power_classes == expected_classes.power_classes);
    for (Element x = 0; x < group.order(); x += n < 8 ? 1 : 7) {
      CHECK(alternating_class(group.permutation(x)) == columns[group.class_of(x)]);
    }
    const CharacterTable table(classes, alternating_characters(columns), "Murnaghan-Nakayama");
    const CharacterTable expected(expected_classes, dixon_schneider(listed, expected_classes), "");
    for (std::size_t i = 0; i < columns.size(); ++i) {
      for (std::size_t c = 0; c < columns.size(); ++c) CHECK(table.exact(i, c) == expected.exact(i, c));
    }
  }
}

TEST_CASE("alternating_characters: the classes of A_9 are those of its elements") {
  const Group group = alternating_group(9);
  const std::vector<AlternatingClass> columns = alternating_classes(9);
  const ConjugacyClasses& classes = group.conjugacy_classes();
  REQUIRE(classes.count() == columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    CHECK(alternating_class(group.permutation(classes.representatives[c])) == columns[c]);
  }
}

// Every character of S_n restricts to a sum of irreducible ones: exactly, by Clifford's theorem.
TEST_CASE("alternating_characters: restrictions from S_13, S_16 and S_20") {
  for (const std::uint32_t n : {13U, 16U, 20U}) {
    CAPTURE(n);
    const std::vector<AlternatingClass> columns = alternating_classes(n);
    const CharacterTable table(alternating_class_structure(columns), alternating_characters(columns), "");
    std::vector<Partition> types;
    for (const AlternatingClass& c : columns) types.push_back(c.type);
    const auto values = symmetric_columns(types);
    const std::size_t shapes = partitions(n).size();
    std::vector<std::vector<std::int64_t>> rational;  // rows, irrational ones left out
    for (std::size_t i = 0; i < table.count(); ++i) {
      std::vector<std::int64_t> row;
      for (std::size_t c = 0; c < columns.size(); ++c) {
        const Cyclotomic value = table.exact(i, c);
        if (!value.is_rational()) break;
        row.push_back(value.integer());
      }
      if (row.size() == columns.size()) rational.push_back(std::move(row));
    }
    std::ranges::sort(rational);
    std::size_t irreducible = 0;
    for (std::size_t i = 0; i < shapes; ++i) {
      std::vector<std::int64_t> row;
      for (const auto& column : values) row.push_back(column[i]);
      irreducible += std::ranges::binary_search(rational, row) ? 1 : 0;
    }
    // Partitions that are their own conjugates are as many as those into odd different parts.
    std::size_t split = 0;
    for (const AlternatingClass& c : columns) split += c.sign == 1 ? 1 : 0;
    CHECK(irreducible == shapes - split);
    CHECK(table.count() == (shapes - split) / 2 + 2 * split);
  }
}
