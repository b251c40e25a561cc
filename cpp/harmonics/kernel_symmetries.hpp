// The symmetry group of a kernel on the columns of a matrix: which permutations keep K = W^H W, or the
// projection on the row space of W, and which kernel of a transitive group is nearest.
//
// Method: maps that carry column 0 to the others are found one after another (kernel_matching.hpp), those
// that known maps give for free left out, with a tolerance that grows until all columns are reached; in
// noise, so are maps that fix columns and move K no more than these do. K is averaged over the orbits of
// pairs; the group of the averaged kernel is then computed exactly, as a chain of stabilisers of base columns
// with a transversal each (Sims), so that its order is known without listing it. O(n^2) a map, as many maps
// as the chain has generators.
#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "harmonics/kernel_matching.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// A group of permutations by a chain of stabilisers: transversal[i] carries base[i] to each column of its
// orbit under the stabiliser of base[0 .. i-1].
struct SymmetryChain {
  std::vector<std::uint32_t> base;
  std::vector<std::vector<ColumnMap>> transversals;  // the identity first
  std::vector<ColumnMap> generators;
  bool complete = false;  // false when the search was cut short: the group may be larger

  double order() const;       // as a floating-point number: it can be n!
  double stabiliser() const;  // of base[0]
};

struct KernelSymmetries {
  bool transitive = false;
  bool exhausted = false;  // not transitive, but the search ended at its limit
  double tolerance = 0;    // at which it was found
  double residual = 0;     // largest |K - K*| / largest |K|, K* the average
  double radius = 0;       // a quarter of the smallest distance of two different values of K*, likewise
  std::size_t values = 0;  // different values of K*
  std::vector<std::uint32_t> colours;  // n x n: the number of the value of each pair
  SymmetryChain chain;
};

struct KernelSymmetryOptions {
  double largest_tolerance = 0.25;  // of the largest entry
  std::size_t nodes = 400'000;      // of the search, for each tolerance
};

// n x n row-major, Hermitian, not zero.
KernelSymmetries symmetries_of_kernel(std::span<const std::complex<double>> kernel, std::size_t n,
                                      const KernelSymmetryOptions& options = {},
                                      const Interrupt& interrupt = {});

// The group of all permutations that keep the colours of pairs.
SymmetryChain symmetries_of_colours(std::span<const std::uint32_t> colours, std::size_t n, std::size_t nodes,
                                    const Interrupt& interrupt = {});

}  // namespace peterweyl
