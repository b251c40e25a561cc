#include "groups/group_enumeration.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "groups/isomorphism.hpp"
#include "support/error.hpp"

using namespace peterweyl;

TEST_CASE("enumerate_groups: the numbers of groups of order 1 ... 64") {
  // GAP 4.12.1, SmallGrp 1.5.1.
  const std::vector<std::size_t> known{
      1, 1, 1, 2,  1, 2, 1, 5,  2, 2, 1, 5, 1, 2, 1, 14, 1, 5, 1, 5, 2, 2,  1, 15, 2, 2, 5, 4,  1, 4, 1, 51,
      1, 2, 1, 14, 1, 2, 2, 14, 1, 6, 1, 4, 2, 2, 1, 52, 2, 5, 1, 5, 1, 15, 2, 13, 2, 2, 1, 13, 1, 2, 4, 267};
  for (std::size_t n = 1; n <= known.size(); ++n) {
    CAPTURE(n);
    CHECK(enumerate_groups(n).size() == known[n - 1]);
  }
}

TEST_CASE("enumerate_groups: consistent, pairwise not isomorphic") {
  for (const Element order : {16U, 32U, 48U, 72U}) {
    CAPTURE(order);
    GroupEnumerator enumerator;
    std::vector<Group> groups;
    for (const PolycyclicPresentation& p : enumerator.solvable_groups(order)) {
      CHECK(p.is_consistent());
      groups.push_back(p.group(""));
    }
    for (std::size_t i = 0; i < groups.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) CHECK_FALSE(find_isomorphism(groups[i], groups[j]).has_value());
    }
  }
}

TEST_CASE("enumerate_groups: orders out of range are refused") {
  CHECK_THROWS_AS(enumerate_groups(0), ArgumentError);
  CHECK_THROWS_AS(enumerate_groups(512), ArgumentError);
}

TEST_CASE("enumerate_groups: stops when told to") {
  struct Stop {};
  const Interrupt interrupt([] { throw Stop{}; });
  CHECK_THROWS_AS(enumerate_groups(128, interrupt), Stop);
}
