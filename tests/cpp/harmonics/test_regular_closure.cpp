#include "harmonics/regular_closure.hpp"

#include <doctest/doctest.h>

#include "groups/families.hpp"

using namespace peterweyl;

namespace {

// g -> g h: right translation by h, which carries the identity to h.
std::vector<std::uint32_t> translation(const Group& group, Element h) {
  std::vector<std::uint32_t> images;
  for (Element g = 0; g < group.order(); ++g) images.push_back(group.multiply(g, h));
  return images;
}

RegularClosure close(const std::vector<std::vector<std::uint32_t>>& generators, std::uint32_t n) {
  const std::vector<std::span<const std::uint32_t>> spans(generators.begin(), generators.end());
  return close_regularly(spans, n, 0);
}

}  // namespace

TEST_CASE("regular closure: generators give the table, fewer of them a subgroup") {
  const Group group = symmetric_group(4);
  std::vector<std::vector<std::uint32_t>> generators;
  for (const Element s : group.generators()) generators.push_back(translation(group, s));
  const RegularClosure whole = close(generators, 24);
  REQUIRE(whole.consistent);
  REQUIRE(whole.reached.size() == 24);
  const std::vector<std::int64_t> table = whole.table();
  CHECK(CayleyTable::from_entries(table, 24, 24) == group.table());
  const RegularClosure part = close({translation(group, 1)}, 24);
  CHECK(part.consistent);
  CHECK(part.reached.size() == 2);
}

TEST_CASE("regular closure: one wrong entry is found, and permutations that fix a column are refused") {
  const Group group = dihedral_group(6);
  std::vector<std::vector<std::uint32_t>> generators{translation(group, 1), translation(group, 6)};
  std::swap(generators[0][3], generators[0][9]);
  CHECK_FALSE(close(generators, 12).consistent);
  // A group of permutations that is transitive but not regular: S3 on three points.
  CHECK_FALSE(close({{1, 2, 0}, {1, 0, 2}}, 3).consistent);
}
