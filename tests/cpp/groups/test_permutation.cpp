#include "groups/permutation.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "groups/families.hpp"
#include "groups/isomorphism.hpp"
#include "support/error.hpp"

using namespace peterweyl;

TEST_CASE("permutation: the table composes first a, then b") {
  const std::vector<Permutation> generators{{1, 2, 3, 4, 5, 6, 0}, {0, 2, 4, 6, 1, 3, 5}};  // C7 : C3
  const Group group = permutation_group(generators);
  CHECK(group.order() == 21);
  for (Element a = 0; a < 21; ++a) {
    for (Element b = 0; b < 21; ++b) {
      const auto left = group.action()->image(a);
      const auto right = group.action()->image(b);
      const auto product = group.action()->image(group.multiply(a, b));
      for (std::size_t i = 0; i < 7; ++i) CHECK(product[i] == right[left[i]]);
    }
  }
  // Breadth-first: the generators come right after the identity.
  CHECK(std::vector<Element>(group.generators().begin(), group.generators().end()) ==
        std::vector<Element>{1, 2});
}

TEST_CASE("permutation: redundant and trivial generators change nothing") {
  const Permutation cycle{1, 2, 0};
  const Permutation identity{0, 1, 2};
  CHECK(permutation_group(std::vector{identity, cycle, cycle}).order() == 3);
  CHECK(permutation_group(std::vector<Permutation>{identity}).order() == 1);
  CHECK(permutation_group({}).order() == 1);
}

TEST_CASE("permutation: bad input and limits") {
  const std::vector<std::int64_t> repeated{0, 0, 1};
  const std::vector<std::int64_t> outside{0, 3, 1};
  CHECK_THROWS_AS(checked_permutation(repeated, "generators[0]"), ArgumentError);
  CHECK_THROWS_AS(checked_permutation(outside, "generators[0]"), ArgumentError);
  CHECK_THROWS_AS(permutation_group(std::vector<Permutation>{{1, 0}, {1, 2, 0}}), ArgumentError);
  const std::vector<Permutation> s8{{1, 2, 3, 4, 5, 6, 7, 0}, {1, 0, 2, 3, 4, 5, 6, 7}};
  CHECK_THROWS_AS(permutation_group(s8, 1000), EnumerationLimitError);
  int calls = 0;
  const Interrupt interrupt([&] {
    ++calls;
    throw Error("stopped");
  });
  const auto run_until_stopped = [&] {
    for (int i = 0; i < 1000; ++i) permutation_group(s8, 20000, interrupt);
  };
  CHECK_THROWS(run_until_stopped());
}
