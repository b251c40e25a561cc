#include "groups/sporadic_groups.hpp"

#include <doctest/doctest.h>

#include "group_checks.hpp"
#include "groups/coset_enumeration.hpp"
#include "support/error.hpp"

using namespace peterweyl;

TEST_CASE("sporadic groups: M11") {
  const Group m11 = mathieu_group(11);
  CHECK(m11.order() == 7920);
  CHECK(m11.conjugacy_classes().count() == 10);
  CHECK(count_of_order(m11, 2) == 165);
  CHECK(count_of_order(m11, 11) == 1440);
  CHECK(m11.action()->degree == 11);
  CHECK(m11.name() == "M11");
}

TEST_CASE("sporadic groups: orders and generators") {
  const std::uint64_t orders[] = {7920, 95040, 443520, 10200960, 244823040};
  std::size_t k = 0;
  for (const std::uint64_t n : {11, 12, 22, 23, 24}) {
    CHECK(mathieu_order(n) == orders[k++]);
    for (const Permutation& generator : mathieu_generators(n)) {
      const std::vector<std::int64_t> images(generator.begin(), generator.end());
      CHECK(checked_permutation(images, "generator").size() == n);
    }
    CHECK(mathieu_group(n).order() == mathieu_order(n));
  }
  for (const std::uint64_t n : {0, 10, 13, 21, 25}) CHECK_THROWS_AS(mathieu_order(n), ArgumentError);
}
