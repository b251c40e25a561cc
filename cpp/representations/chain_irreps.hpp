// Irreducible unitary representations adapted to a chain of subgroups: restricted to H_(k-1), each irrep of
// H_k is exactly (to the bit) a block diagonal sum of the stored irreps of H_(k-1), equal ones next to each
// other.
//
// Layout: matrices of all elements in the order of their labels, row-major.
// Cost: O(n sum d^3) and 16 n^2 bytes at the top level; the lower levels add a fraction of that.
#pragma once

#include <complex>
#include <cstdint>
#include <span>
#include <vector>

#include "arithmetic/roots_of_unity.hpp"
#include "representations/subgroup_chain.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

struct ChainIrrep {
  struct Block {
    std::uint32_t irrep;   // position among the irreps of the level below
    std::uint32_t offset;  // first row and column
  };
  std::uint32_t degree = 1;
  bool monomial = true;       // every matrix has one root of unity in each row, and exact zeros
  std::vector<Block> blocks;  // the restriction, in order of the offsets
  std::vector<std::complex<double>> matrices;
  std::vector<std::complex<double>> character;  // one value a class of the level
};

// One subgroup of the chain with all its irreps.
struct ChainLevel {
  Element order = 1;
  LabelClasses classes;
  std::vector<ChainIrrep> irreps;
};

// What both kinds of steps need: the chain, the step up, the level below, the classes of the level to be
// built, and the |G|-th roots of unity, which contain every entry of a monomial representation built along
// the chain.
struct StepContext {
  const SubgroupChain& chain;
  const SubgroupChain::Step& step;
  const ChainLevel& lower;
  const LabelClasses& classes;
  const RootsOfUnity& roots;
  const Interrupt& interrupt;
};

// Traces at the class representatives.
std::vector<std::complex<double>> character_of(const ChainIrrep& irrep, const LabelClasses& classes);

// <a, b> of two class functions of one level.
std::complex<double> inner_product(std::span<const std::complex<double>> a,
                                   std::span<const std::complex<double>> b, const LabelClasses& classes);

// The irreps of the whole group at the end of the chain, in the order the steps make them. `seed` fixes every
// draw. Throws NumericalError when a level misses its invariants (sum of d^2, number of irreps).
ChainLevel chain_irreps(const SubgroupChain& chain, std::uint64_t seed, const Interrupt& interrupt = {});

}  // namespace peterweyl
