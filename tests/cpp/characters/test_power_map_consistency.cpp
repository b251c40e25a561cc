#include "characters/power_map_consistency.hpp"

#include <doctest/doctest.h>

#include <map>
#include <utility>

#include "characters/dixon_schneider.hpp"
#include "groups/specification.hpp"

using namespace peterweyl;

namespace {

using Cell = std::pair<std::size_t, std::size_t>;

// The rows with some values replaced.
CharacterRows altered(const CharacterRows& rows, const std::map<Cell, std::vector<CyclotomicTerm>>& values) {
  CharacterRows result(rows.columns());
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    for (std::size_t c = 0; c < rows.columns(); ++c) {
      const auto found = values.find({i, c});
      result.append(found != values.end() ? std::span<const CyclotomicTerm>(found->second)
                                          : rows.terms(i, c));
    }
  }
  return result;
}

}  // namespace

TEST_CASE("power_map_consistency: true tables pass") {
  for (const char* spec :
       {"C1", "S5", "A6", "SL(2,5)", "GL(2,3)", "C7 : C3", "C3 x Q8", "D15", "PSL(2,11)"}) {
    CAPTURE(spec);
    const ListedByGroup group(group_from_specification(spec));
    const ClassStructure classes = class_structure(group);
    CHECK(power_map_fault(classes, dixon_schneider(group, classes)).empty());
  }
}

TEST_CASE("power_map_consistency: each of the three conditions is looked at") {
  const ListedByGroup group(group_from_specification("PSL(2,7)"));
  const ClassStructure classes = class_structure(group);
  const CharacterRows rows = dixon_schneider(group, classes);
  std::size_t seven = 0;
  while (classes.orders[seven] != 7) ++seven;
  const std::size_t inverse = classes.inverse(seven);
  REQUIRE(inverse != seven);
  REQUIRE(rows.terms(1, seven).size() > 1);
  // Galois conjugates that are none.
  CHECK_FALSE(power_map_fault(classes, altered(rows, {{{1, inverse}, {{0, 1}}}})).empty());
  // g, g^2 and g^4 are conjugate, so zeta_7 alone is no value, though zeta_7^-1 is at the inverse class.
  std::map<Cell, std::vector<CyclotomicTerm>> values{{{1, seven}, {{1, 1}}}};
  values[{1, inverse}] = {{0, -1}, {1, -1}, {2, -1}, {3, -1}, {4, -1}, {5, -1}};
  CHECK(power_map_fault(classes, altered(rows, values)).find("fixed") != std::string::npos);
  // Integers that are wrong by 1 modulo the prime, at every class.
  for (std::size_t c = 1; c < classes.count(); ++c) {
    const CharacterRows wrong = altered(rows, {{{0, c}, {{0, 2}}}});
    CHECK_FALSE(power_map_fault(classes, wrong).empty());
  }
  // What is congruent passes here: the norms of the rows are another check.
  const std::size_t two = 1;
  REQUIRE(classes.orders[two] == 2);
  const std::int64_t value = rows.terms(0, two)[0].coefficient;
  CHECK(power_map_fault(classes, altered(rows, {{{0, two}, {{0, value + 2}}}})).empty());
}
