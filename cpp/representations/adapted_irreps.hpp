// The irreducible representations of a group as far as a fast Fourier transform needs them: for each subgroup
// of a chain 1 = H_0 < H_1 < ... < H_r = G, how its irreps restrict to the one below, and the matrices of the
// coset representatives. No matrix of any other element is ever made.
//
// Labels: element t_i h of H_k, h in H_(k-1), has the label i |H_(k-1)| + label(h). The irreps of the last
// level are those of the group, in its documented order; the matrix of t_i h is that of t_i times the direct
// sum of the restriction's irreps at h. Memory: 24 bytes for each non-zero entry of a representative, and 4
// bytes an element.
#pragma once

#include <complex>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "groups/group.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

struct AdaptedIrrep {
  struct Block {
    std::uint32_t irrep;  // position among the irreps of the level below
    std::vector<std::uint32_t>
        basis;  // which basis vectors of this irrep are those of that one, in its order
  };
  struct Entry {
    std::uint32_t row;
    std::uint32_t column;
    std::complex<double> value;
  };
  std::uint32_t degree = 1;
  std::vector<Block> blocks;
  std::vector<Entry> entries;        // the non-zero entries of t_0 = 1, then of t_1, ..., row by row
  std::vector<std::size_t> offsets;  // where the entries of each representative begin; and their number

  std::span<const Entry> representative(std::size_t i) const {
    return std::span(entries).subspan(offsets[i], offsets[i + 1] - offsets[i]);
  }
};

struct AdaptedLevel {
  Element index = 1;  // |H_k : H_(k-1)|
  std::vector<AdaptedIrrep> irreps;
};

struct AdaptedIrreps {
  std::vector<AdaptedLevel> levels;  // H_0 = 1 first, with the trivial irrep
  std::vector<Element> elements;     // the element of each label
  std::string method;                // how they were made, for people to read
  double residual = 0;  // the largest deviation from a unitary homomorphism on some random elements
  // For double cosets of the abelian subgroup that the chain begins with: the labels of t_1 g for each label
  // g, one list for each of its levels. Empty where they could not be of use.
  std::vector<std::vector<Element>> left_products;

  std::size_t order() const { return elements.size(); }
  const std::vector<AdaptedIrrep>& irreps() const { return levels.back().irreps; }
  // Every representative's matrix is real.
  bool is_real() const;
};

struct AdaptedIrrepsOptions {
  std::uint64_t seed = 20240115;
  double tolerance = 1e-12;  // a set with a larger residual is drawn again, then refused
};

// Closed forms for cyclic and symmetric groups, products of the factors' irreps for direct products, the
// method of chain_irreps elsewhere. Deterministic for a given seed. Throws NumericalError when the tolerance
// is not reached, and GroupTooLargeError as chain_levels does.
AdaptedIrreps adapted_irreps(const Group& group, const AdaptedIrrepsOptions& options = {},
                             const Interrupt& interrupt = {});

// The largest |rho(a) rho(b)^H - rho(a b^-1)| of some random elements and all irreps, into `residual`.
void measure_residual(const Group& group, AdaptedIrreps& adapted, std::uint64_t seed);

// Fills in `left_products`. O(n) products for each level.
void add_left_products(const Group& group, AdaptedIrreps& adapted);

// The orders of the factors of a group that was built from cyclic groups, or nothing where it was not.
std::vector<std::uint32_t> cyclic_orders(const Group& group);

// All irreps of the group at one label: row-major matrices, one after another. O(sum d^3).
std::vector<std::complex<double>> evaluate(const AdaptedIrreps& irreps, Element label);

}  // namespace peterweyl
