#include "groups/generated_table.hpp"

#include <doctest/doctest.h>

#include <array>

#include "support/error.hpp"

using namespace peterweyl;

TEST_CASE("generated table: the same as by all products") {
  // Z/6 x Z/4 from two generators.
  const auto sum = [](Element a, Element b) { return (a / 4 + b / 4) % 6 * 4 + (a % 4 + b % 4) % 4; };
  const std::array<Element, 2> generators{4, 1};
  CHECK(generated_table(24, generators, sum) == CayleyTable::from_product_no_checks(24, sum));
  CHECK(generated_table(1, {}, sum).order() == 1);
  CHECK_THROWS_AS(generated_table(40'000, generators, sum), GroupTooLargeError);
}
