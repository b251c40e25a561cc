#include "groups/normal_subgroups.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "groups/specification.hpp"
#include "support/error.hpp"

using namespace peterweyl;

TEST_CASE("normal_subgroups: known numbers") {
  const std::vector<std::pair<const char*, std::size_t>> cases{
      {"C1", 1},    {"C12", 6},   {"S3", 3}, {"S4", 4},       {"A5", 2},      {"D4", 6},     {"Q8", 6},
      {"C2^3", 16}, {"C2^4", 67}, {"S5", 3}, {"S3 x S3", 10}, {"C2 x S4", 9}, {"C7 : C3", 3}};
  for (const auto& [text, count] : cases) {
    CAPTURE(text);
    const Group group = group_from_specification(text);
    const std::vector<Subgroup> found = normal_subgroups(group);
    CHECK(found.size() == count);
    for (const Subgroup& subgroup : found) CHECK(is_normal(group, subgroup));
    CHECK(found.front().order() == 1);
    CHECK(found.back().order() == group.order());
  }
  CHECK_THROWS_AS(normal_subgroups(group_from_specification("C2^6"), 1000), EnumerationLimitError);
}

TEST_CASE("normal_subgroups: minimal and maximal ones") {
  const Group group = group_from_specification("S4");
  const auto minimal = minimal_normal_subgroups_above(group, Subgroup::trivial(group));
  REQUIRE(minimal.size() == 1);
  CHECK(minimal.front().order() == 4);
  CHECK(maximal_normal_subgroup(group).order() == 12);
  CHECK(maximal_normal_subgroup(group_from_specification("A5")).order() == 1);
  CHECK(minimal_normal_subgroups_above(group_from_specification("C2^2"),
                                       Subgroup::trivial(group_from_specification("C2^2")))
            .size() == 3);
}
