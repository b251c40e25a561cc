// The irreducible unitary representations of a finite group, as matrices of every element.
//
// Order: trivial first, then by degree, then by character (docs/conventions.md); for C_n and direct products
// of cyclic groups the order that makes the Fourier transform equal numpy.fft.fftn.
#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "groups/group.hpp"
#include "representations/adapted_irreps.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

struct Irrep {
  std::uint32_t degree = 0;
  int indicator = 0;            // Frobenius-Schur: +1 real, 0 complex, -1 quaternionic
  std::uint32_t conjugate = 0;  // position of the complex conjugate irrep (its own where indicator != 0)
  std::vector<std::complex<double>> character;  // one value a conjugacy class
  std::vector<std::complex<double>> matrices;  // order x degree x degree, row-major; rho(a b) = rho(a) rho(b)

  std::span<const std::complex<double>> matrix(Element g) const {
    const std::size_t size = std::size_t{degree} * degree;
    return std::span(matrices).subspan(g * size, size);
  }
};

struct Irreps {
  std::vector<Irrep> all;
  // The same matrices along a chain of subgroups, in the same order.
  std::shared_ptr<const AdaptedIrreps> adapted;
  std::string method;  // how they were made, for people to read
  // Largest deviations found by the checks that every set passes before it is returned.
  double homomorphism_residual = 0;  // max |rho(a) rho(b) - rho(ab)| over the chain's representatives
  double unitarity_residual =
      0;                      // max |rho(g)^H - rho(g^-1)| over all g, |rho(b)^H rho(b) - 1| over generators
  double schur_residual = 0;  // max |<chi_i, chi_j> - delta_ij|
};

struct IrrepsOptions {
  std::uint64_t seed = 20240115;
  double tolerance = 1e-12;  // a set with a larger residual is drawn again, then refused
  std::uint64_t memory_limit = std::uint64_t{4} << 30;  // bytes for the matrices (16 n^2)
};

// All irreducible representations. Deterministic for a given seed. Throws GroupTooLargeError before
// allocating more than the limit and NumericalError when the tolerance is not reached.
Irreps irreducible_representations(const Group& group, const IrrepsOptions& options = {},
                                   const Interrupt& interrupt = {});

}  // namespace peterweyl
