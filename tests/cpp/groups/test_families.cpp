#include "groups/families.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "support/error.hpp"

using namespace peterweyl;

namespace {

// Every table that a family writes unchecked must pass the full validation.
void check_valid(const Group& group) {
  CAPTURE(group.name());
  const std::vector<std::int64_t> entries(group.table().entries().begin(), group.table().entries().end());
  const CayleyTable validated = CayleyTable::from_entries(entries, group.order(), group.order());
  CHECK(validated == group.table());
  CHECK(group.identity() == 0);
  CHECK(group.table().subgroup(group.generators()).size() == group.order());
}

}  // namespace

TEST_CASE("families: orders, class counts and valid tables") {
  struct Case {
    Group group;
    Element order;
    std::size_t classes;
  };
  const std::vector<Case> cases{{cyclic_group(1), 1, 1},
                                {cyclic_group(12), 12, 12},
                                {dihedral_group(1), 2, 2},
                                {dihedral_group(2), 4, 4},
                                {dihedral_group(5), 10, 4},
                                {dihedral_group(8), 16, 7},
                                {symmetric_group(1), 1, 1},
                                {symmetric_group(2), 2, 2},
                                {symmetric_group(5), 120, 7},
                                {alternating_group(1), 1, 1},
                                {alternating_group(3), 3, 3},
                                {alternating_group(5), 60, 5},
                                {dicyclic_group(1), 4, 4},
                                {dicyclic_group(2), 8, 5},
                                {dicyclic_group(3), 12, 6},
                                {direct_power(cyclic_group(2), 3), 8, 8},
                                {direct_power(cyclic_group(3), 2), 9, 9},
                                {cyclic_by_cyclic_group(7, 3), 21, 5},
                                {cyclic_by_cyclic_group(5, 4), 20, 5},
                                {direct_product(std::vector{symmetric_group(3), cyclic_group(4)}), 24, 12}};
  for (const Case& c : cases) {
    check_valid(c.group);
    CHECK(c.group.order() == c.order);
    CHECK(c.group.conjugacy_classes().count() == c.classes);
  }
}

TEST_CASE("families: the documented orders of elements") {
  const Group dihedral = dihedral_group(5);
  const Element r = 1;
  const Element s = 5;
  CHECK(dihedral.multiply(r, s) == 6);                        // r^k s is 5 + k
  CHECK(dihedral.multiply(dihedral.multiply(s, r), s) == 4);  // s r s = r^-1
  const Group symmetric = symmetric_group(3);
  const auto image = symmetric.action()->image(3);  // lexicographic: 012 021 102 120 201 210
  CHECK(std::vector<int>(image.begin(), image.end()) == std::vector<int>{1, 2, 0});
  CHECK(symmetric.multiply(1, 2) == 3);  // first 021, then 102: 0 -> 0 -> 1, 1 -> 2 -> 2, 2 -> 1 -> 0
  const Group quaternion = dicyclic_group(2);
  CHECK(quaternion.generators()[0] == 1);
  CHECK(quaternion.generators()[1] == 2);
}

TEST_CASE("families: limits and bad parameters are refused before anything is built") {
  CHECK(symmetric_group(12).order() == 479001600);
  CHECK(symmetric_group(13).exact_order() == 6227020800);
  CHECK_THROWS_AS(symmetric_group(13).order(), GroupTooLargeError);
  CHECK_THROWS_AS(symmetric_group(9).table(), GroupTooLargeError);
  CHECK_THROWS_AS(symmetric_group(21), GroupTooLargeError);
  CHECK_THROWS_AS(symmetric_group(1000000), GroupTooLargeError);
  CHECK_THROWS_AS(cyclic_group(std::uint64_t{1} << 40), GroupTooLargeError);
  CHECK_THROWS_AS(direct_power(cyclic_group(2), 60), GroupTooLargeError);
  CHECK_THROWS_AS(direct_power(cyclic_group(2), 65), ArgumentError);
  CHECK_THROWS_AS(cyclic_group(0), ArgumentError);
  CHECK_THROWS_AS(cyclic_by_cyclic_group(7, 4), ArgumentError);
  CHECK_THROWS_AS(cyclic_by_cyclic_group(8, 2), ArgumentError);
}
