#include "representations/subgroup_chain.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

#include "testing.hpp"

using namespace peterweyl;

namespace {

// Labels are a bijection that follows the chain, products agree, every step is what it says.
void check_chain(const Group& group) {
  const SubgroupChain chain(group);
  REQUIRE(chain.order() == group.order());
  CHECK(chain.element(0) == group.identity());
  for (Element a = 0; a < chain.order(); ++a) {
    CHECK(chain.label(chain.element(a)) == a);
    CHECK(chain.product(a, chain.inverse(a)) == 0);
    for (Element b = 0; b < chain.order(); b += 7) {
      CHECK(chain.element(chain.product(a, b)) == group.multiply(chain.element(a), chain.element(b)));
    }
  }
  Element width = 1;
  for (const SubgroupChain::Step& step : chain.steps()) {
    CHECK(step.order == width * step.index);
    for (Element a = 0; a < step.order; ++a) {
      CHECK(chain.product(a - a % width, a % width) == a);
      for (Element b = 0; b < step.order; b += 5) CHECK(chain.product(a, b) < step.order);
    }
    if (step.normal_of_prime_index) {
      for (Element a = 0; a < step.order; ++a) {
        for (Element b = 0; b < width; ++b) {
          CHECK(chain.product(chain.product(a, b), chain.inverse(a)) < width);
        }
      }
      for (Element i = 1; i < step.index; ++i) CHECK(chain.product((i - 1) * width, width) == i * width);
    }
    width = step.order;
  }
  CHECK(width == group.order());
}

}  // namespace

TEST_CASE("subgroup chain: labels, cosets and normality of varied groups") {
  for (const Group& group : {cyclic_group(1), cyclic_group(2), cyclic_group(30), dihedral_group(9),
                             dicyclic_group(5), symmetric_group(4), alternating_group(5), symmetric_group(5),
                             testing::heisenberg(3), testing::special_linear(3), cyclic_by_cyclic_group(7, 3),
                             testing::raw(alternating_group(4), testing::affine(5, 7, 12))}) {
    CAPTURE(group.name());
    check_chain(group);
  }
}

TEST_CASE("subgroup chain: solvable groups take normal prime steps only") {
  for (const Group& group :
       {cyclic_group(36), symmetric_group(4), testing::heisenberg(5), dihedral_group(30)}) {
    const SubgroupChain chain(group);
    for (const SubgroupChain::Step& step : chain.steps()) CHECK(step.normal_of_prime_index);
  }
}

TEST_CASE("subgroup chain: perfect groups begin with a large abelian subgroup, and indices stay small") {
  const auto description = [](const Group& group) { return SubgroupChain(group).describe(); };
  CHECK(description(alternating_group(5)) == "5 normal, 2 normal, 6");
  CHECK(description(alternating_group(6)) == "3 normal, 3 normal, 2 normal, 2 normal, 10");
  // The centre of SL(2, p) and a Sylow p-subgroup make a cyclic group of order 2 p.
  CHECK(description(testing::special_linear(5)) == "2 normal, 5 normal, 2 normal, 6");
  CHECK(description(testing::special_linear(7)) == "2 normal, 7 normal, 3 normal, 8");
  CHECK(description(symmetric_group(5)) == "5 normal, 2 normal, 6, 2 normal");
}

TEST_CASE("classes of a step are the conjugacy classes") {
  const Group group = symmetric_group(4);
  const SubgroupChain chain(group);
  const LabelClasses classes = classes_of_step(chain, 24, chain.steps().back().generators);
  const ConjugacyClasses& expected = group.conjugacy_classes();
  REQUIRE(classes.count() == expected.count());
  for (Element a = 0; a < 24; ++a) {
    for (Element b = 0; b < 24; ++b) {
      CHECK((classes.of_label[a] == classes.of_label[b]) ==
            (expected.of_element[chain.element(a)] == expected.of_element[chain.element(b)]));
    }
  }
}
