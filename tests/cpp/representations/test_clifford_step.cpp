#include "representations/clifford_step.hpp"

#include <doctest/doctest.h>

#include "arithmetic/roots_of_unity.hpp"
#include "testing.hpp"

using namespace peterweyl;

namespace {

bool is_exactly_monomial(const ChainIrrep& rho, std::uint64_t order) {
  const RootsOfUnity roots(order);
  const std::size_t d = rho.degree;
  for (std::size_t row = 0; row < rho.matrices.size() / d; ++row) {
    int count = 0;
    for (std::size_t j = 0; j < d; ++j) {
      const std::complex<double> z = rho.matrices[row * d + j];
      if (z == 0.0) continue;
      ++count;
      bool found = false;
      for (std::uint64_t k = 0; k < order; ++k) found = found || z == roots[k];
      if (!found) return false;
    }
    if (count != 1) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("Clifford step: supersolvable groups come out monomial, with exact roots of unity") {
  for (const Group& group : {testing::raw(cyclic_group(12)), testing::heisenberg(3), dihedral_group(8),
                             dicyclic_group(4), cyclic_by_cyclic_group(7, 3),
                             testing::raw(direct_product(std::vector{dicyclic_group(2), cyclic_group(3)}))}) {
    const SubgroupChain chain(group);
    for (const ChainIrrep& rho : chain_irreps(chain, 1).irreps) {
      CHECK(rho.monomial);
      CHECK(is_exactly_monomial(rho, group.order()));
    }
  }
}

TEST_CASE("Clifford step: orbits are induced, fixed irreps extended") {
  // C3 < S3: the trivial irrep extends twice, the other two fuse.
  const Group s3 = symmetric_group(3);
  const ChainLevel top = chain_irreps(SubgroupChain(s3), 1);
  REQUIRE(top.irreps.size() == 3);
  CHECK(top.irreps[0].blocks.size() == 1);
  CHECK(top.irreps[2].blocks.size() == 2);
  // Q8 < SL(2,3): the faithful irrep of Q8 extends three times and is not monomial there.
  const ChainLevel sl = chain_irreps(SubgroupChain(testing::special_linear(3)), 1);
  int extensions = 0;
  for (const ChainIrrep& rho : sl.irreps) {
    if (rho.degree == 2) {
      ++extensions;
      CHECK_FALSE(rho.monomial);
      CHECK(rho.blocks.size() == 1);
    }
  }
  CHECK(extensions == 3);
}
