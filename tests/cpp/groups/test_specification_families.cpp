#include "groups/specification_families.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

#include "support/error.hpp"

using namespace peterweyl;

TEST_CASE("specification families: the order and the points are those of the group that is built") {
  std::set<std::string_view> letters;
  for (const SpecificationFamily& family : specification_families()) {
    CHECK(letters.insert(family.letters).second);
    CHECK(family.form.starts_with(family.letters));
    int built = 0;
    for (std::uint64_t a = 0; a <= 32; ++a) {
      for (std::uint64_t b = 0; b <= (family.parameters == 2 ? 9U : 0U); ++b) {
        std::vector<std::uint64_t> parameters{a};
        if (family.parameters == 2) parameters.push_back(b);
        std::uint64_t order = 0;
        try {
          order = family.order(parameters);
        } catch (const ArgumentError&) {
          CHECK_THROWS_AS(family.build(parameters), ArgumentError);
          continue;
        }
        if (order > 500) continue;
        const Group group = family.build(parameters);
        CAPTURE(group.name());
        CHECK(group.order() == order);
        if (family.points != nullptr && group.action() != nullptr)
          CHECK(group.action()->degree == family.points(parameters));
        ++built;
      }
    }
    if (family.letters != "V") CHECK(built > 1);
  }
  const std::vector<std::uint64_t> parameters{2, 2};
  CHECK(extraspecial_family(true).order(parameters) == 32);
  CHECK(extraspecial_family(false).build(parameters).order() == 32);
}
