// Irreducible unitary representations adapted to a chain of subgroups: restricted to H_(k-1), each irrep of
// H_k is exactly (to the bit) a block diagonal sum of the stored irreps of H_(k-1), equal ones next to each
// other.
//
// An irrep of a level is held by its restriction and the matrices of the coset representatives alone; the
// matrices of all elements, in the order of their labels and row-major, are made from them where a step or a
// caller needs them. Cost: O(|H| d^3) an irrep and 16 |H|^2 bytes below the top level; at the top only 16
// index d^2 bytes an irrep, until it is expanded (16 n^2 bytes).
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
  std::vector<std::complex<double>> representatives;  // of t_0 = 1, t_1, ...: index x degree x degree
  std::vector<std::complex<double>> character;        // one value a class of the level
  std::vector<std::complex<double>> matrices;         // of all labels; empty until expanded
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

// Traces at the class representatives, from the coset representatives and the matrices of the level below.
std::vector<std::complex<double>> character_of(const ChainIrrep& irrep, const ChainLevel& lower,
                                               const LabelClasses& classes);

// <a, b> of two class functions of one level.
std::complex<double> inner_product(std::span<const std::complex<double>> a,
                                   std::span<const std::complex<double>> b, const LabelClasses& classes);

// Fills in the matrices of all elements of one level from those of the level below. O(|H| sum d^2 d_sigma).
void expand(ChainIrrep& irrep, Element index, const ChainLevel& lower, const RootsOfUnity& roots,
            const Interrupt& interrupt = {});

// The levels 1 = H_0, H_1, ..., H_r = G with their irreps, in the order the steps make them. `seed` fixes
// every draw. Of the matrices of all elements those of the last level but one are kept. Throws
// NumericalError when a level misses its invariants (sum of d^2, number of irreps), and GroupTooLargeError,
// before allocating them, when the matrices of a proper subgroup of the chain would pass 4 GiB (order
// 16,384).
std::vector<ChainLevel> chain_levels(const SubgroupChain& chain, std::uint64_t seed,
                                     const Interrupt& interrupt = {});

// The last level alone, expanded.
ChainLevel chain_irreps(const SubgroupChain& chain, std::uint64_t seed, const Interrupt& interrupt = {});

}  // namespace peterweyl
