#include "characters/character_methods.hpp"

#include <doctest/doctest.h>

#include "groups/large_conjugacy_classes.hpp"
#include "groups/specification.hpp"
#include "groups/stabilizer_chain.hpp"
#include "table_checks.hpp"

using namespace peterweyl;

TEST_CASE("character_table: a checked table by some method for every kind of group") {
  for (const char* spec : {"C1", "C6", "C2^3", "S4", "A6", "D7", "S3 x C4", "C2 wr S3", "PSL(2,8)"}) {
    CAPTURE(spec);
    const Group group = group_from_specification(spec);
    const CharacterTable table = character_table(group);
    CHECK(table.count() == group.conjugacy_classes().count());
    CHECK_FALSE(table.method().empty());
    testing::check_table(table);
  }
}

TEST_CASE(
    "character_table: of permutation groups that are not listed, columns in the order of their classes") {
  const std::vector<std::vector<Permutation>> groups{
      {},
      {{1, 2, 3, 4, 5, 6, 0}, {0, 1, 2, 3, 5, 6, 4}},                                  // A7
      {{1, 2, 3, 4, 5, 6, 0}, {1, 0, 2, 3, 4, 5, 6}},                                  // S7
      {{1, 2, 3, 0, 4, 5, 6, 7}, {1, 0, 2, 3, 4, 5, 6, 7}, {4, 5, 6, 7, 0, 1, 2, 3}},  // S4 wr C2
  };
  for (const auto& generators : groups) {
    const std::size_t degree = generators.empty() ? 1 : generators[0].size();
    const StabilizerChain chain = StabilizerChain::build(degree, generators);
    const LargeConjugacyClasses classes = LargeConjugacyClasses::compute(chain);
    const CharacterTable table = character_table(chain, classes);
    REQUIRE(table.count() == classes.count());
    for (std::size_t c = 0; c < classes.count(); ++c) {
      CHECK(table.classes().sizes[c] == classes.size(c));
      CHECK(table.classes().orders[c] == classes.element_order(c));
    }
    CHECK(table.classes().power_map(2) == classes.power_map(2));
    testing::check_table(table);
  }
}
