#include "harmonics/regular_subgroups.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "groups/group.hpp"
#include "groups/isomorphism.hpp"
#include "groups/specification.hpp"

using namespace peterweyl;

namespace {

// Colours of the graph that joins x to x s for s in a set, or of given classes of x^-1 y.
std::vector<std::uint32_t> colours_of(const CayleyTable& table,
                                      const std::vector<std::uint32_t>& colour_of_element) {
  const std::size_t n = table.order();
  std::vector<std::uint32_t> colours(n * n);
  for (Element x = 0; x < n; ++x) {
    for (Element y = 0; y < n; ++y) colours[x * n + y] = colour_of_element[table(table.inverse(x), y)];
  }
  return colours;
}

RegularSubgroups regular_groups(const std::vector<std::uint32_t>& colours, std::size_t n) {
  return regular_subgroups(symmetries_of_colours(colours, n, 1'000'000), n);
}

bool has(const RegularSubgroups& found, const std::string& spec) {
  const Group group = group_from_specification(spec);
  for (const CayleyTable& table : found.tables) {
    if (find_isomorphism(Group(table), group)) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("regular subgroups: a hexagon is a Cayley graph of C6 and of S3, once each") {
  // x and x^-1 alike: the dihedral group of order 12 on six corners.
  const Group c6 = group_from_specification("C6");
  const RegularSubgroups found = regular_groups(colours_of(c6.table(), {0, 1, 2, 3, 2, 1}), 6);
  CHECK(found.complete);
  CHECK(found.count == 2);
  CHECK(has(found, "C6"));
  CHECK(has(found, "S3"));
}

TEST_CASE("regular subgroups: those of the symmetric group on four points") {
  // Regular groups on 4 points: one V4 and three cyclic groups.
  std::vector<std::uint32_t> colours(16, 1);
  for (std::size_t x = 0; x < 4; ++x) colours[x * 4 + x] = 0;
  const RegularSubgroups found = regular_groups(colours, 4);
  CHECK(found.complete);
  CHECK(found.count == 4);
  CHECK(has(found, "C4"));
  CHECK(has(found, "C2^2"));
}

TEST_CASE("regular subgroups: distinct colours leave the group itself") {
  const Group group = group_from_specification("A4");
  std::vector<std::uint32_t> colour(12);
  for (std::uint32_t x = 0; x < 12; ++x) colour[x] = x;
  const RegularSubgroups found = regular_groups(colours_of(group.table(), colour), 12);
  CHECK(found.complete);
  REQUIRE(found.count == 1);
  CHECK(has(found, "A4"));
}

TEST_CASE("regular subgroups: one column") {
  const RegularSubgroups found = regular_groups({0}, 1);
  CHECK(found.complete);
  REQUIRE(found.count == 1);
  CHECK(found.tables[0].order() == 1);
}
