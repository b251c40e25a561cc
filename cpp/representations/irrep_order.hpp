// The documented order of irreps: by degree, then their characters are compared class by class in the order
// of the classes, the values rounded to 1e-6: the larger real part first, then the larger imaginary part. The
// trivial one comes first. The rule depends neither on the seed nor on rounding errors.
#pragma once

#include <complex>
#include <cstdint>
#include <span>

namespace peterweyl {

// Each coordinate within 1e-11 of a half integer becomes it.
std::complex<double> snapped_character_value(std::complex<double> value);

// The sign of the order of two characters, the first one conjugated if asked for.
int compare_characters(std::uint32_t degree_a, std::span<const std::complex<double>> a,
                       std::uint32_t degree_b, std::span<const std::complex<double>> b,
                       bool conjugate_a = false);

}  // namespace peterweyl
