#include "representations/general_step.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "testing.hpp"

using namespace peterweyl;

namespace {

std::vector<std::uint32_t> degrees(const ChainLevel& level) {
  std::vector<std::uint32_t> result;
  for (const ChainIrrep& rho : level.irreps) result.push_back(rho.degree);
  std::ranges::sort(result);
  return result;
}

}  // namespace

TEST_CASE("general step: perfect groups over their largest subgroups") {
  using Degrees = std::vector<std::uint32_t>;
  CHECK(degrees(chain_irreps(SubgroupChain(alternating_group(5)), 1)) == Degrees{1, 3, 3, 4, 5});
  CHECK(degrees(chain_irreps(SubgroupChain(testing::special_linear(5)), 1)) ==
        Degrees{1, 2, 2, 3, 3, 4, 4, 5, 6});
  CHECK(degrees(chain_irreps(SubgroupChain(alternating_group(6)), 1)) == Degrees{1, 5, 5, 8, 8, 9, 10});
}

TEST_CASE("general step: every seed passes its invariants") {
  const Group group = alternating_group(5);
  const SubgroupChain chain(group);
  for (std::uint64_t seed = 0; seed < 50; ++seed) CHECK(chain_irreps(chain, seed).irreps.size() == 5);
}

TEST_CASE("general step: representatives compose, across cosets") {
  const Group group = alternating_group(5);
  const SubgroupChain chain(group);
  for (const ChainIrrep& rho : chain_irreps(chain, 5).irreps) {
    Irrep plain;
    plain.degree = rho.degree;
    plain.matrices.resize(rho.matrices.size());
    const std::size_t size = std::size_t{rho.degree} * rho.degree;
    for (Element label = 0; label < 60; ++label) {
      std::copy_n(rho.matrices.begin() + static_cast<std::ptrdiff_t>(label * size), size,
                  plain.matrices.begin() + static_cast<std::ptrdiff_t>(chain.element(label) * size));
    }
    CHECK(testing::homomorphism_defect(group, plain) < 1e-14);
  }
}
