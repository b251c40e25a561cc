#include "groups/module_orbits.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "groups/automorphisms.hpp"
#include "groups/specification.hpp"

using namespace peterweyl;

TEST_CASE("module_orbits: the characters of C2^3 are the trivial one and an orbit of seven") {
  const Group group = group_from_specification("C2^3");
  LinearGroupLists lists(MatrixRing{3, 1});
  const std::vector<IrreducibleModule> modules = irreducible_modules(group, std::vector<Element>{0}, lists);
  REQUIRE(modules.size() == 8);
  const auto orbits = module_orbits(group, modules, automorphism_group(group).generators, true);
  REQUIRE(orbits.size() == 2);
  for (const ModuleOrbit& orbit : orbits) {
    const IrreducibleModule& module = modules[orbit.representative];
    for (const std::vector<Element>& automorphism : orbit.stabiliser) {
      for (Element x = 0; x < group.order(); ++x) CHECK(module.images[automorphism[x]] == module.images[x]);
    }
  }
}
