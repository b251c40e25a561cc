#include "characters/elementary_subgroups.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "groups/stabilizer_chain.hpp"

using namespace peterweyl;

TEST_CASE("ElementarySubgroups: nilpotent subgroups whose characters restrict and fuse as they must") {
  // A6, M11 and A8, where an element of order 3 commutes with A5.
  const std::vector<std::vector<Permutation>> groups{
      {{1, 2, 0, 3, 4, 5}, {0, 2, 3, 4, 5, 1}},
      {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0}, {0, 1, 6, 9, 5, 3, 10, 2, 8, 4, 7}},
      {{1, 2, 0, 3, 4, 5, 6, 7}, {0, 2, 3, 4, 5, 6, 7, 1}}};
  for (const auto& generators : groups) {
    const StabilizerChain chain = StabilizerChain::build(generators[0].size(), generators);
    const LargeConjugacyClasses classes = LargeConjugacyClasses::compute(chain);
    const ClassStructure structure = class_structure(classes);
    const Interrupt interrupt;
    ElementarySubgroups subgroups(classes, structure, interrupt);
    std::uint64_t largest_two_group = 1;
    int count = 0;
    int mixed = 0;  // subgroups C3 x C2^2
    CHECK(subgroups.is_complete());
    while (const auto subgroup = subgroups.next()) {
      ++count;
      const std::uint64_t order = subgroup->classes.group_order;
      CHECK(structure.group_order % order == 0);
      mixed += order == 12 ? 1 : 0;
      if ((order & (order - 1)) == 0) largest_two_group = std::max(largest_two_group, order);
      REQUIRE(subgroup->fusion.size() == subgroup->classes.count());
      for (std::size_t d = 0; d < subgroup->fusion.size(); ++d) {
        const std::uint32_t c = subgroup->fusion[d];
        CHECK(structure.orders[c] == subgroup->classes.orders[d]);
        CHECK(structure.centralizer_order(c) % subgroup->classes.centralizer_order(d) == 0);
        CHECK(structure.power(c, 2) == subgroup->fusion[subgroup->classes.power(d, 2)]);
      }
      const CharacterTable table(subgroup->classes, subgroup->rows, "nilpotent");
      CHECK(table.count() == subgroup->classes.count());
    }
    CHECK(count > 1);
    CHECK(mixed == (generators[0].size() == 8 ? 1 : 0));
    std::uint64_t two_part = 1;
    for (std::uint64_t n = structure.group_order; n % 2 == 0; n /= 2) two_part *= 2;
    CHECK(largest_two_group == two_part);
  }
}
