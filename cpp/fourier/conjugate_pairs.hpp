// Which coefficients of a real function are conjugate to each other.
//
// The complex conjugate of an irrep is equivalent to an irrep again. Where the bases of a chain are unique up
// to phases - no irrep of a subgroup occurs twice in one above, as in supersolvable groups - so is the
// equivalence: fhat[e] = u conj(fhat[e']) for real f, with a phase u. Two real rows x and y may then be
// transformed as one complex row z = x + i y: xhat[e] = (zhat[e] + u conj(zhat[e'])) / 2, and yhat likewise.
//
// The pairs are read off the spectra of random real functions: nothing about the group is assumed. O(n log
// n).
#pragma once

#include <complex>
#include <cstdint>
#include <span>
#include <vector>

namespace peterweyl {

template <typename Real>
struct ConjugatePairs {
  std::vector<std::uint32_t> entries;  // e and e' of each pair; they may be the same
  std::vector<Real> half_phases;       // real and imaginary parts of u / 2
};

// `spectra` holds those of some real functions (three suffice), one after another, of `order` coefficients.
// Empty where some coefficient has no partner.
template <typename Real>
ConjugatePairs<Real> conjugate_pairs(std::span<const std::complex<Real>> spectra, std::size_t order);

}  // namespace peterweyl
