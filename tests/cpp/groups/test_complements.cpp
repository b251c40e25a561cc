#include "groups/complements.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "groups/normal_subgroups.hpp"
#include "groups/specification.hpp"
#include "support/error.hpp"

using namespace peterweyl;

namespace {

// By trying every subgroup with two generators: enough for the small groups below.
bool has_complement_by_search(const Group& group, const Subgroup& normal) {
  for (Element x = 0; x < group.order(); ++x) {
    for (Element y = x; y < group.order(); ++y) {
      const Subgroup candidate = Subgroup::generated(group, std::vector{x, y});
      if (candidate.order() * normal.order() != group.order()) continue;
      if (intersection(group, candidate, normal).order() == 1) return true;
    }
  }
  return false;
}

}  // namespace

TEST_CASE("complements: equal to a search, for every minimal normal subgroup") {
  for (const char* text : {"C4", "C2^2", "C6", "S3", "D4", "Q8", "A4", "S4", "D6", "Dic3", "C9", "C3 x C3",
                           "D8", "C2 x C4", "C7 : C3", "C5 : C4", "C3 x S3", "Q16", "Dic6"}) {
    CAPTURE(text);
    const Group group = group_from_specification(text);
    for (const Subgroup& minimal : minimal_normal_subgroups_above(group, Subgroup::trivial(group))) {
      CHECK(has_complement(group, minimal) == has_complement_by_search(group, minimal));
    }
  }
}

TEST_CASE("complements: what is not elementary abelian and normal is refused") {
  const Group group = group_from_specification("D4");
  CHECK_THROWS_AS(has_complement(group, Subgroup::generated(group, std::vector<Element>{1})), ArgumentError);
  CHECK_THROWS_AS(has_complement(group, Subgroup::generated(group, std::vector<Element>{4})), ArgumentError);
}
