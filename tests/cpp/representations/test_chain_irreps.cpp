#include "representations/chain_irreps.hpp"

#include <doctest/doctest.h>

#include "testing.hpp"

using namespace peterweyl;

TEST_CASE("chain irreps: the restriction is exactly the block sum of stored irreps") {
  for (const Group& group : {symmetric_group(4), alternating_group(5), testing::special_linear(3),
                             testing::special_linear(5), testing::heisenberg(3), dihedral_group(12)}) {
    const SubgroupChain chain(group);
    const ChainLevel top = chain_irreps(chain, 1);
    // The level below has the same labels, so its irreps are the blocks on the first labels.
    const auto& steps = chain.steps();
    const Element width = steps.size() < 2 ? 1 : steps[steps.size() - 2].order;
    for (const ChainIrrep& rho : top.irreps) {
      std::size_t filled = 0;
      for (std::size_t b = 0; b < rho.blocks.size(); ++b) {
        CHECK(rho.blocks[b].offset == filled);
        const std::size_t end = b + 1 < rho.blocks.size() ? rho.blocks[b + 1].offset : rho.degree;
        const std::size_t d = end - rho.blocks[b].offset;
        for (Element h = 0; h < width; ++h) {
          for (std::size_t i = filled; i < end; ++i) {
            for (std::size_t j = 0; j < rho.degree; ++j) {
              if (j < filled || j >= end) CHECK(rho.matrices[(h * rho.degree + i) * rho.degree + j] == 0.0);
            }
          }
        }
        // Two blocks with the same irrep are equal to the bit, here or in another irrep.
        for (const ChainIrrep& sigma : top.irreps) {
          for (const ChainIrrep::Block& other : sigma.blocks) {
            if (other.irrep != rho.blocks[b].irrep) continue;
            for (Element h = 0; h < width; ++h) {
              for (std::size_t i = 0; i < d; ++i) {
                for (std::size_t j = 0; j < d; ++j) {
                  CHECK(rho.matrices[(h * rho.degree + filled + i) * rho.degree + filled + j] ==
                        sigma.matrices[(h * sigma.degree + other.offset + i) * sigma.degree + other.offset +
                                       j]);
                }
              }
            }
          }
        }
        filled = end;
      }
      CHECK(filled == rho.degree);
    }
  }
}

TEST_CASE("chain irreps: characters are orthonormal in each level's inner product") {
  const Group group = symmetric_group(5);
  const SubgroupChain chain(group);
  const ChainLevel top = chain_irreps(chain, 3);
  for (std::size_t i = 0; i < top.irreps.size(); ++i) {
    // The character is the trace of the expanded matrices.
    const std::size_t d = top.irreps[i].degree;
    for (std::size_t c = 0; c < top.classes.count(); ++c) {
      std::complex<double> trace = -top.irreps[i].character[c];
      for (std::size_t a = 0; a < d; ++a) {
        trace += top.irreps[i].matrices[top.classes.representatives[c] * d * d + a * (d + 1)];
      }
      CHECK(std::abs(trace) < 1e-13);
    }
    for (std::size_t j = 0; j < top.irreps.size(); ++j) {
      const auto product = inner_product(top.irreps[i].character, top.irreps[j].character, top.classes);
      CHECK(std::abs(product - (i == j ? 1.0 : 0.0)) < 1e-13);
    }
  }
}
