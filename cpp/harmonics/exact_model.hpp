// The exact blocks of a group nearest to given unitary blocks: V*(g) = X rho(g)^H Y with rho a
// representation.
//
// Method: the group mean of V(g) V(g s)^H is close to a representation of the generators s; averaging an
// approximate representation over the group makes it exact, squaring the error each time (Kazhdan, On
// epsilon-representations, 1982). It is kept on a few generators only and spread over a breadth-first tree of
// the Cayley graph, so a turn costs O(n d^3) instead of O(n^2 d^3). X and Y then follow by alternating polar
// factors. No table of irreps is needed.
#pragma once

#include <Eigen/Dense>
#include <complex>
#include <cstdint>
#include <span>
#include <vector>

#include "groups/cayley_table.hpp"
#include "harmonics/block_whitening.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

struct BlockModel {
  bool exact = false;        // the averaging converged to a representation
  bool irreducible = false;  // over the complex numbers, or over the reals for a real block
  Eigen::MatrixXcd values;   // V*, in the layout of the block; empty unless exact
  std::vector<std::complex<double>> character;  // of rho, one value an element
  double homomorphism_residual = 0;             // max over elements and generators, Frobenius
  double largest_deviation = 0;                 // max over columns of ||V(g) - V*(g)||, Frobenius, V unitary
  double squared_deviation = 0;                 // sum over columns of ||V(g) - V*(g)||^2
  double squared_whitened = 0;  // the same with the whitened matrices before their polar projection
};

// A spanning tree of the Cayley graph of a few generators; extra ones keep it shallow.
struct CayleyTree {
  std::vector<Element> generators;
  std::vector<Element> order;            // breadth-first, the identity first
  std::vector<Element> parent;           // by element
  std::vector<std::uint32_t> generator;  // by element: element = parent * generators[generator]
};
CayleyTree cayley_tree(const CayleyTable& table, std::uint64_t seed = 1);

BlockModel fit_exact_model(const CayleyTable& table, const CayleyTree& tree, const WhitenedBlock& block,
                           const Interrupt& interrupt = {});

}  // namespace peterweyl
