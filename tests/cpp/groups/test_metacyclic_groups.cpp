#include "groups/metacyclic_groups.hpp"

#include <doctest/doctest.h>

#include "group_checks.hpp"
#include "groups/families.hpp"
#include "support/error.hpp"

using namespace peterweyl;

TEST_CASE("metacyclic groups: the relation, and known groups") {
  const Group group = split_metacyclic_group(9, 4, 6);
  check_valid(group);
  const Element a = group.generators()[0];
  const Element b = group.generators()[1];
  CHECK(group.multiply(group.multiply(b, a), group.inverse(b)) == group.power(a, 4));
  CHECK(group.name() == "C9 :4 C6");
  CHECK(split_metacyclic_group(7, 2, 3).table() == cyclic_by_cyclic_group(7, 3).table());
  CHECK(isomorphic(split_metacyclic_group(8, 7, 2), dihedral_group(8)));
  CHECK(isomorphic(split_metacyclic_group(3, 2, 4), dicyclic_group(3)));
  CHECK(isomorphic(split_metacyclic_group(4, 1, 6),
                   direct_product(std::vector{cyclic_group(4), cyclic_group(6)})));
  CHECK(isomorphic(split_metacyclic_group(8, 3, 2), semidihedral_group(16)));
  CHECK(isomorphic(split_metacyclic_group(8, 5, 2), modular_group(16)));
  CHECK(split_metacyclic_group(1, 0, 5).order() == 5);
  CHECK(split_metacyclic_group(5, 1, 1).order() == 5);
  CHECK(split_metacyclic_group(1, 7, 1).order() == 1);
}

TEST_CASE("metacyclic groups: semidihedral and modular") {
  for (const std::uint64_t order : {16, 32, 64}) {
    const Group sd = semidihedral_group(order);
    check_valid(sd);
    CHECK(sd.order() == order);
    CHECK(sd.center().size() == 2);
    CHECK(count_of_order(sd, 2) == order / 4 + 1);
    const Group modular = modular_group(order);
    check_valid(modular);
    CHECK(modular.center().size() == order / 4);
    CHECK(count_of_order(modular, 2) == 3);
  }
  CHECK(modular_group(81).exponent() == 27);
}

TEST_CASE("metacyclic groups: parameters and limits") {
  CHECK_THROWS_AS(split_metacyclic_group(8, 3, 3), ArgumentError);
  CHECK_THROWS_AS(split_metacyclic_group(8, 2, 2), ArgumentError);
  CHECK_THROWS_AS(split_metacyclic_group(0, 1, 2), ArgumentError);
  CHECK_THROWS_AS(split_metacyclic_group(1000, 1, 1000), GroupTooLargeError);
  for (const std::uint64_t order : {0, 8, 24}) CHECK_THROWS_AS(semidihedral_group(order), ArgumentError);
  for (const std::uint64_t order : {0, 1, 8, 9, 24, 25}) CHECK_THROWS_AS(modular_group(order), ArgumentError);
  CHECK_THROWS_AS(semidihedral_group(65536), GroupTooLargeError);
  CHECK_THROWS_AS(modular_group(65536), GroupTooLargeError);
}
