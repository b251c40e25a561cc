// The Fourier transform by its definition, one plain sum an entry: the reference that every plan is tested
// against.
//
// fhat(rho) = sum_g f(g) rho(g)^H and f(g) = (1/n) sum_rho d_rho tr(rho(g) fhat(rho)). A packed spectrum is
// the d x d blocks, row-major, one after another in the order of the irreps. O(n^2); not meant for use.
#pragma once

#include <complex>
#include <span>
#include <vector>

#include "representations/irreps.hpp"

namespace peterweyl {

std::vector<std::complex<double>> direct_sum_forward(const Irreps& irreps,
                                                     std::span<const std::complex<double>> f);
std::vector<std::complex<double>> direct_sum_inverse(const Irreps& irreps,
                                                     std::span<const std::complex<double>> spectrum);

}  // namespace peterweyl
