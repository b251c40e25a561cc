#include "representations/irrep_order.hpp"

#include <cmath>
#include <cstddef>

namespace peterweyl {
namespace {

double snapped_coordinate(double x) {
  constexpr double kTolerance = 1e-11;
  const double half = std::round(2 * x) / 2;
  return std::abs(x - half) < kTolerance ? half + 0.0 : x;
}

}  // namespace

std::complex<double> snapped_character_value(std::complex<double> value) {
  return {snapped_coordinate(value.real()), snapped_coordinate(value.imag())};
}

int compare_characters(std::uint32_t degree_a, std::span<const std::complex<double>> a,
                       std::uint32_t degree_b, std::span<const std::complex<double>> b, bool conjugate_a) {
  constexpr double kUnit = 1e6;
  if (degree_a != degree_b) return degree_a < degree_b ? -1 : 1;
  for (std::size_t c = 0; c < a.size(); ++c) {
    const auto x = std::llround(a[c].real() * kUnit);
    const auto y = std::llround(b[c].real() * kUnit);
    if (x != y) return x > y ? -1 : 1;
    const auto u = std::llround((conjugate_a ? -1 : 1) * a[c].imag() * kUnit);
    const auto v = std::llround(b[c].imag() * kUnit);
    if (u != v) return u > v ? -1 : 1;
  }
  return 0;
}

}  // namespace peterweyl
