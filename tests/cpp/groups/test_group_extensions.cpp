#include "groups/group_extensions.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "groups/isomorphism.hpp"
#include "groups/specification.hpp"

using namespace peterweyl;

namespace {

const SmallMatrix kOne{1};

}  // namespace

TEST_CASE("GroupExtensions: H^2(C2^k, C2) has dimension k(k+1)/2") {
  for (std::size_t k = 1; k <= 4; ++k) {
    GroupExtensions extensions(PolycyclicPresentation(std::vector<std::uint32_t>(k, 2)), {2, 1},
                               std::vector<SmallMatrix>(k, kOne));
    extensions.solve();
    CHECK(extensions.cohomology_dimension() == k * (k + 1) / 2);
  }
}

TEST_CASE("GroupExtensions: the extensions of C2^2 by C2 are the groups of order 8 but C8") {
  GroupExtensions extensions(PolycyclicPresentation({2, 2}), {2, 1}, {kOne, kOne});
  extensions.solve();
  REQUIRE(extensions.cohomology_dimension() == 3);
  std::vector<int> hits(4, 0);
  const std::vector<const char*> names{"C2^3", "C2 x C4", "D4", "Q8"};
  for (unsigned code = 0; code < 8; ++code) {
    const ModularVector cocycle{static_cast<std::uint8_t>(code & 1U),
                                static_cast<std::uint8_t>(code >> 1 & 1U),
                                static_cast<std::uint8_t>(code >> 2 & 1U)};
    const PolycyclicPresentation p = extensions.extension(cocycle);
    REQUIRE(p.is_consistent());
    for (std::size_t i = 0; i < names.size(); ++i) {
      hits[i] += find_isomorphism(p.group(""), group_from_specification(names[i])).has_value() ? 1 : 0;
    }
  }
  CHECK(hits == std::vector<int>{1, 3, 3, 1});
}

TEST_CASE("orbit_representatives: vectors under a cycle of the coordinates are necklaces") {
  std::vector<ModularVector> rotation(6, ModularVector(6, 0));
  for (std::size_t i = 0; i < 6; ++i) rotation[i][(i + 1) % 6] = 1;
  CHECK(orbit_representatives(2, 6, std::vector<std::vector<ModularVector>>{rotation}).size() == 14);
  CHECK(orbit_representatives(3, 6, std::vector<std::vector<ModularVector>>{rotation}).size() == 130);
  CHECK(orbit_representatives(5, 0, {}).size() == 1);
}
