#include "groups/characteristic_subgroups.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "groups/specification.hpp"
#include "support/error.hpp"

using namespace peterweyl;

namespace {

// x is a non-generator: it can be left out of every generating set. Checked against pairs, enough for
// 2-generator groups.
bool is_non_generator(const Group& group, Element x) {
  for (Element y = 0; y < group.order(); ++y) {
    for (Element z = y; z < group.order(); ++z) {
      if (Subgroup::generated(group, std::vector{x, y, z}).order() == group.order() &&
          Subgroup::generated(group, std::vector{y, z}).order() < group.order()) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace

TEST_CASE("characteristic_subgroups: Sylow subgroups have the right order, cores are normal") {
  for (const char* text : {"S4", "A5", "C12", "C7 : C3", "S5", "D6 x C3"}) {
    const Group group = group_from_specification(text);
    CHECK(group.order() % sylow_subgroup(group, 2).order() == 0);
    CHECK(group.order() / sylow_subgroup(group, 2).order() % 2 == 1);
    CHECK(is_normal(group, p_core(group, 3)));
  }
  CHECK(sylow_subgroup(group_from_specification("S5"), 2).order() == 8);
  CHECK(sylow_subgroup(group_from_specification("S5"), 7).order() == 1);
  CHECK_THROWS_AS(sylow_subgroup(group_from_specification("S5"), 4), ArgumentError);
}

TEST_CASE("characteristic_subgroups: Fitting and Frattini subgroups") {
  CHECK(fitting_subgroup(group_from_specification("S4")).order() == 4);
  CHECK(fitting_subgroup(group_from_specification("S3 x C4")).order() == 12);
  CHECK(fitting_subgroup(group_from_specification("A5")).order() == 1);
  for (const char* text : {"C8", "C12", "D4", "Q8", "S4", "Dic3", "C3 x C3", "A4", "D8", "C5 : C4", "Dic6"}) {
    CAPTURE(text);
    const Group group = group_from_specification(text);
    const Subgroup frattini = frattini_subgroup(group);
    for (Element x = 0; x < group.order(); ++x) CHECK(frattini.contains(x) == is_non_generator(group, x));
  }
}
