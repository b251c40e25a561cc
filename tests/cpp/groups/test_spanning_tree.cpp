#include "groups/spanning_tree.hpp"

#include <doctest/doctest.h>

#include <array>
#include <vector>

using namespace peterweyl;

TEST_CASE("a spanning tree of C_12 over 4 and 3 reaches everything by shortest words") {
  constexpr std::array<Element, 2> kSteps{4, 3};
  constexpr Element kIdentity = 0;
  const SpanningTree tree =
      spanning_tree(12, kIdentity, 2, [&](Element x, std::uint32_t k) { return (x + kSteps[k]) % 12; });
  REQUIRE(tree.sequence.size() == 12);
  CHECK(tree.sequence.front() == kIdentity);
  CHECK(tree.parent[kIdentity] == kIdentity);
  std::vector<std::uint32_t> length(12, 0);
  std::vector<int> seen(12, 0);
  for (const Element x : tree.sequence) {
    ++seen[x];
    if (x == kIdentity) continue;
    CHECK(seen[tree.parent[x]] == 1);
    CHECK((tree.parent[x] + kSteps[tree.step[x]]) % 12 == x);
    length[x] = length[tree.parent[x]] + 1;
  }
  for (const int times : seen) CHECK(times == 1);
  // 4 a + 3 b = x mod 12 with a < 3, b < 4 in one way.
  for (Element x = 0; x < 12; ++x) CHECK(length[x] == x % 3 + (x % 4 == 0 ? 0 : 4 - x % 4));
}

TEST_CASE("the identity may be any element") {
  const SpanningTree tree =
      spanning_tree(3, 2, 1, [](Element x, std::uint32_t) { return static_cast<Element>((x + 1) % 3); });
  CHECK(tree.sequence == std::vector<Element>{2, 0, 1});
  CHECK(tree.parent == std::vector<Element>{2, 0, 2});
}
