#include "groups/catalogue.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "groups/group_enumeration.hpp"
#include "groups/isomorphism.hpp"
#include "groups/specification.hpp"
#include "support/error.hpp"

using namespace peterweyl;

TEST_CASE("number_of_groups: 92804 groups of order at most 511, 16543 in the catalogue") {
  std::uint64_t all = 0;
  std::uint64_t covered = 0;
  for (std::uint64_t n = 1; n <= kCatalogueMaximalOrder; ++n) {
    all += number_of_groups(n);
    covered += catalogue_covers(n) ? number_of_groups(n) : 0;
  }
  CHECK(all == 92804);
  CHECK(covered == 16543);
  CHECK_THROWS_AS(number_of_groups(0), ArgumentError);
  CHECK_THROWS_AS(number_of_groups(512), ArgumentError);
}

TEST_CASE("small_group: well-known numbers") {
  const std::vector<std::tuple<std::uint64_t, std::uint64_t, const char*>> known{
      {1, 1, "C1"},  {6, 1, "S3"},      {6, 2, "C6"},       {8, 3, "D4"},
      {8, 4, "Q8"},  {12, 3, "A4"},     {21, 1, "C7 : C3"}, {24, 12, "S4"},
      {60, 5, "A5"}, {64, 267, "C2^6"}, {120, 34, "S5"},    {360, 118, "A6"}};
  for (const auto& [order, number, text] : known) {
    CAPTURE(text);
    const Group named = group_from_specification(text);
    const Group group = small_group(order, number);
    CHECK(find_isomorphism(group, named).has_value());
    CHECK(identify_small_group(named) == SmallGroupId{order, number});
    CHECK(group.identity() == 0);
  }
  CHECK(small_group(24, 12).name() == "SmallGroup(24,12)");
}

TEST_CASE("small_group: arguments out of range") {
  CHECK_THROWS_AS(small_group(24, 0), ArgumentError);
  CHECK_THROWS_AS(small_group(24, 16), ArgumentError);
  CHECK_THROWS_AS(small_group(256, 1), ArgumentError);
  CHECK_THROWS_AS(small_group(512, 1), ArgumentError);
}

TEST_CASE("identify_small_group: recomputed groups have all numbers") {
  for (const std::uint64_t order : {32U, 48U, 60U, 64U, 96U}) {
    CAPTURE(order);
    std::vector<int> hits(number_of_groups(order), 0);
    for (const Group& group : enumerate_groups(order)) {
      const auto id = identify_small_group(group);
      REQUIRE(id.has_value());
      ++hits[id->number - 1];
    }
    CHECK(hits == std::vector<int>(hits.size(), 1));
  }
  CHECK_FALSE(identify_small_group(group_from_specification("C512")).has_value());
}
