#include "groups/extraspecial_groups.hpp"

#include <doctest/doctest.h>

#include "group_checks.hpp"
#include "groups/families.hpp"
#include "groups/metacyclic_groups.hpp"
#include "support/error.hpp"

using namespace peterweyl;

TEST_CASE("extraspecial groups: centre of order p, p^2n + p - 1 classes, exponent by type") {
  for (const std::uint64_t p : {2, 3, 5, 7}) {
    for (const std::uint64_t n : {1, 2, 3}) {
      if (extraspecial_order(p, n) > 4000) continue;
      for (const bool plus : {true, false}) {
        const Group group = extraspecial_group(p, n, plus);
        if (group.order() <= 400) check_valid(group);
        CHECK(group.order() == extraspecial_order(p, n));
        CHECK(group.center().size() == p);
        CHECK(group.conjugacy_classes().count() == extraspecial_order(p, n) / p + p - 1);
        CHECK(group.exponent() == (p == 2 ? 4 : plus ? p : p * p));
      }
    }
  }
  // Involutions of 2^(1+2n)+-: 2^2n +- 2^n - 1.
  CHECK(count_of_order(extraspecial_group(2, 2, true), 2) == 19);
  CHECK(count_of_order(extraspecial_group(2, 2, false), 2) == 11);
  CHECK(count_of_order(extraspecial_group(2, 3, true), 2) == 71);
  CHECK(extraspecial_group(3, 1, false).name() == "3^(1+2)-");
}

TEST_CASE("extraspecial groups: the small ones by their other names") {
  CHECK(isomorphic(extraspecial_group(2, 1, true), dihedral_group(4)));
  CHECK(isomorphic(extraspecial_group(2, 1, false), dicyclic_group(2)));
  CHECK(extraspecial_group(5, 1, true).table() == heisenberg_group(5).table());
  CHECK(isomorphic(extraspecial_group(3, 1, false), modular_group(27)));
  CHECK(isomorphic(heisenberg_group(2), dihedral_group(4)));
  // The matrix rule: (a, b, c)(a', b', c') = (a + a', b + b', c + c' + a b').
  const Group he3 = heisenberg_group(3);
  CHECK(he3.multiply(9, 3) == 9 + 3 + 1);
  CHECK(he3.multiply(3, 9) == 9 + 3);
}

TEST_CASE("extraspecial groups: parameters and limits") {
  CHECK_THROWS_AS(heisenberg_group(4), ArgumentError);
  CHECK_THROWS_AS(extraspecial_group(6, 1, true), ArgumentError);
  CHECK_THROWS_AS(extraspecial_group(3, 0, true), ArgumentError);
  CHECK_THROWS_AS(heisenberg_group(37), GroupTooLargeError);
  CHECK_THROWS_AS(extraspecial_group(2, 1'000'000'000'000, true), GroupTooLargeError);
}
