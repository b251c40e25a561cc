#include "groups/irreducible_modules.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "groups/specification.hpp"

using namespace peterweyl;

namespace {

std::size_t count(const char* text, const std::vector<Element>& core, std::uint32_t p, std::uint32_t d) {
  LinearGroupLists lists(MatrixRing{p, d});
  return irreducible_modules(group_from_specification(text), core, lists).size();
}

}  // namespace

TEST_CASE("irreducible_modules: numbers known from Brauer characters") {
  CHECK(count("C7", {0}, 2, 1) == 1);
  CHECK(count("C7", {0}, 2, 3) == 2);  // x^7 - 1 = (x-1)(x^3+x+1)(x^3+x^2+1) over GF(2)
  CHECK(count("C5", {0}, 2, 4) == 1);
  CHECK(count("C5", {0}, 3, 4) == 1);
  CHECK(count("S3", {0}, 2, 2) == 1);
  CHECK(count("Q8", {0}, 3, 1) == 4);
  CHECK(count("Q8", {0}, 3, 2) == 1);
  CHECK(count("C4", {0}, 5, 1) == 4);
  CHECK(count("C7 : C3", {0}, 2, 3) == 2);
}

TEST_CASE("irreducible_modules: homomorphisms, on which a p-core acts trivially") {
  const Group group = group_from_specification("A4");
  const std::vector<Element> core = [&] {
    std::vector<Element> klein;
    for (Element x = 0; x < group.order(); ++x) {
      if (group.element_orders()[x] <= 2) klein.push_back(x);
    }
    return klein;
  }();
  LinearGroupLists lists(MatrixRing{2, 2});
  const std::vector<IrreducibleModule> modules = irreducible_modules(group, core, lists);
  REQUIRE(modules.size() == 1);
  const IrreducibleModule& module = modules.front();
  for (Element a = 0; a < group.order(); ++a) {
    for (Element b = 0; b < group.order(); ++b) {
      REQUIRE(module.images[group.multiply(a, b)] ==
              module.ring.multiply(module.images[a], module.images[b]));
    }
  }
  for (const Element x : core) CHECK(module.images[x] == module.ring.one());
  // Its endomorphisms are the field with four elements.
  CHECK(intertwiners(module.ring, module.images, module.images, 100).size() == 3);
}
