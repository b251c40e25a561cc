#include "groups/linear_groups.hpp"

#include <doctest/doctest.h>

#include "group_checks.hpp"
#include "groups/families.hpp"
#include "support/error.hpp"

using namespace peterweyl;
using enum LinearGroup;

TEST_CASE("linear groups: the generators generate a group of the order by formula") {
  // linear_group compares the two and throws when they differ.
  for (const LinearGroup kind : {kGL, kSL, kPGL, kPSL, kAGL}) {
    for (const std::uint64_t n : {1, 2, 3, 4}) {
      for (const std::uint64_t q : {2, 3, 4, 5, 7, 8, 9, 11, 13}) {
        if (n == 1 && kind != kGL && kind != kAGL) continue;
        const std::uint64_t order = linear_group_order(kind, n, q);
        if (order > 6000) continue;
        CAPTURE(n);
        CAPTURE(q);
        const Group group = linear_group(kind, n, q);
        CHECK(group.order() == order);
        CHECK(group.identity() == 0);
        if (group.action() != nullptr) CHECK(group.action()->degree == linear_group_degree(kind, n, q));
        if (order <= 200) check_valid(group);
      }
    }
  }
  CHECK(linear_group(kPSL, 3, 3).order() == 5616);
  CHECK(linear_group(kPSL, 2, 25).order() == 7800);
}

TEST_CASE("linear groups: orders by formula") {
  CHECK(linear_group_order(kGL, 2, 3) == 48);
  CHECK(linear_group_order(kSL, 2, 5) == 120);
  CHECK(linear_group_order(kPSL, 2, 7) == 168);
  CHECK(linear_group_order(kPSL, 3, 4) == 20160);
  CHECK(linear_group_order(kPGL, 3, 4) == 60480);
  CHECK(linear_group_order(kAGL, 3, 2) == 1344);
  CHECK(linear_group_order(kGL, 4, 2) == 20160);
  CHECK(linear_group_order(kGL, 5, 3) == 475566474240ULL);
  CHECK(linear_group_order(kPSL, 100, 9) == std::uint64_t{1} << 63);
  CHECK(linear_group_order(kGL, ~std::uint64_t{0} >> 1, 2) == std::uint64_t{1} << 63);
  CHECK(linear_group_degree(kPSL, 3, 4) == 21);
}

TEST_CASE("linear groups: isomorphisms between them") {
  CHECK(isomorphic(linear_group(kGL, 2, 2), symmetric_group(3)));
  CHECK(isomorphic(linear_group(kPSL, 2, 2), symmetric_group(3)));
  CHECK(isomorphic(linear_group(kPSL, 2, 3), alternating_group(4)));
  CHECK(isomorphic(linear_group(kPGL, 2, 3), symmetric_group(4)));
  CHECK(isomorphic(linear_group(kPSL, 2, 4), alternating_group(5)));
  CHECK(isomorphic(linear_group(kPSL, 2, 5), alternating_group(5)));
  CHECK(isomorphic(linear_group(kPGL, 2, 5), symmetric_group(5)));
  CHECK(isomorphic(linear_group(kPSL, 2, 9), alternating_group(6)));
  CHECK(isomorphic(linear_group(kPSL, 3, 2), linear_group(kPSL, 2, 7)));
  CHECK(isomorphic(linear_group(kAGL, 2, 2), symmetric_group(4)));
  CHECK(isomorphic(linear_group(kAGL, 1, 5), cyclic_by_cyclic_group(5, 4)));
  CHECK(isomorphic(linear_group(kGL, 1, 8), cyclic_group(7)));
  const Group sl23 = linear_group(kSL, 2, 3);
  CHECK(sl23.order() == 24);
  CHECK(count_of_order(sl23, 2) == 1);
  CHECK(count_of_order(linear_group(kSL, 2, 5), 2) == 1);
  CHECK_FALSE(isomorphic(linear_group(kSL, 2, 5), symmetric_group(5)));
}

TEST_CASE("linear groups: parameters and limits") {
  CHECK_THROWS_AS(linear_group(kGL, 2, 6), ArgumentError);
  CHECK_THROWS_AS(linear_group(kGL, 0, 3), ArgumentError);
  CHECK_THROWS_AS(linear_group(kPSL, 1, 3), ArgumentError);
  CHECK_THROWS_AS(linear_group(kGL, 2, 1), ArgumentError);
  CHECK_THROWS_AS(linear_group(kGL, 8, 3), GroupTooLargeError);
  CHECK_THROWS_AS(linear_group(kGL, 2, std::uint64_t{1} << 62), GroupTooLargeError);
  CHECK_THROWS_AS(linear_group_generators(kGL, 20, 3), GroupTooLargeError);
  CHECK(linear_group_generators(kPSL, 4, 3).front().size() == 40);
}
