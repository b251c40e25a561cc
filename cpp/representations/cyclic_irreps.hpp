// Closed form for cyclic groups and direct products of them: chi_k(j) = exp(2 pi i sum_m j_m k_m / n_m), with
// j and k in row-major order, so that the Fourier transform is numpy.fft.fftn. Every value is a correctly
// reduced root of unity. O(n^2) time and 16 n^2 bytes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "representations/irreps.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// Degrees and matrices only: complete_irreps adds the rest.
std::vector<Irrep> cyclic_irreps(std::span<const std::uint32_t> orders, const Interrupt& interrupt = {});

}  // namespace peterweyl
