#include "groups/nonsolvable_groups.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace peterweyl;

TEST_CASE("perfect_groups: their orders") {
  for (const Element order : {60U, 120U, 168U, 336U, 360U, 504U}) {
    CAPTURE(order);
    const std::vector<Group> groups = perfect_groups(order);
    REQUIRE(groups.size() == 1);
    CHECK(groups.front().order() == order);
    // Perfect: the commutators of the generators and their conjugates generate everything.
    std::vector<Element> commutators;
    const Group& group = groups.front();
    for (Element a = 0; a < order; ++a) {
      for (const Element b : group.generators()) {
        commutators.push_back(group.multiply(group.inverse(group.multiply(b, a)), group.multiply(a, b)));
      }
    }
    CHECK(group.table().subgroup(commutators).size() == order);
  }
  CHECK(perfect_groups(240).empty());
}

TEST_CASE("nonsolvable_groups: how many there are") {
  // All groups less the solvable ones, GAP 4.12.1, SmallGrp 1.5.1.
  const std::vector<std::pair<Element, std::size_t>> known{{59, 0},  {60, 1},  {120, 3},  {168, 1},
                                                           {180, 1}, {240, 8}, {300, 1},  {336, 3},
                                                           {360, 6}, {420, 1}, {480, 26}, {504, 2}};
  for (const auto& [order, count] : known) {
    CAPTURE(order);
    CHECK(nonsolvable_groups(order).size() == count);
  }
}
