#include "characters/character_table.hpp"

#include <doctest/doctest.h>

#include "characters/dixon_schneider.hpp"
#include "groups/families.hpp"
#include "groups/specification.hpp"
#include "table_checks.hpp"

using namespace peterweyl;

TEST_CASE("CharacterTable: the known table of A5, rows in the documented order") {
  const ListedByGroup group(alternating_group(5));
  const ClassStructure classes = class_structure(group);
  const CharacterTable table(classes, dixon_schneider(group, classes), "Dixon-Schneider");
  const auto zeta = [](std::int64_t k) { return Cyclotomic::root_of_unity(5, k); };
  const Cyclotomic golden = -zeta(2) - zeta(3);
  const Cyclotomic other = -zeta(1) - zeta(4);
  const std::vector<std::vector<Cyclotomic>> expected{{1, 1, 1, 1, 1},
                                                      {3, -1, 0, golden, other},
                                                      {3, -1, 0, other, golden},
                                                      {4, 0, 1, -1, -1},
                                                      {5, 1, -1, 0, 0}};
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::size_t c = 0; c < 5; ++c) {
      CHECK(table.exact(i, c) == expected[i][c]);
      CHECK(std::abs(table.values()[i * 5 + c] - expected[i][c].value()) < 1e-12);
    }
    CHECK(table.indicators()[i] == 1);
  }
}
