#include "arithmetic/roots_of_unity.hpp"

#include <cmath>
#include <cstddef>
#include <numbers>

namespace peterweyl {

std::complex<double> root_of_unity(std::uint64_t k, std::uint64_t n) {
  k %= n;
  const std::uint64_t octant = 8 * k / n;
  const std::uint64_t rest = 8 * k - octant * n;
  // Odd octants are measured back from the next quarter turn, so the angle below is at most an eighth of a
  // turn.
  const bool back = octant % 2 == 1;
  const long double part = static_cast<long double>(back ? n - rest : rest) / static_cast<long double>(n);
  const long double angle = part * std::numbers::pi_v<long double> / 4;
  const bool diagonal = back && rest == 0;
  double c = diagonal ? std::numbers::sqrt2 / 2 : static_cast<double>(std::cos(angle));
  double s = diagonal ? std::numbers::sqrt2 / 2 : static_cast<double>(std::sin(angle));
  if (back) s = -s;
  for (std::uint64_t quarter = ((octant + 1) / 2) % 4; quarter > 0; --quarter) {
    const double old = c;
    c = -s;
    s = old;
  }
  return {c + 0.0, s + 0.0};  // no negative zeros
}

RootsOfUnity::RootsOfUnity(std::uint64_t n) {
  values_.reserve(n);
  for (std::uint64_t k = 0; k < n; ++k) values_.push_back(root_of_unity(k, n));
}

bool RootsOfUnity::snap(std::span<std::complex<double>> values, double tolerance) const {
  const auto n = static_cast<std::int64_t>(values_.size());
  std::vector<std::complex<double>> snapped(values.begin(), values.end());
  for (std::complex<double>& z : snapped) {
    if (std::abs(z.real()) <= tolerance && std::abs(z.imag()) <= tolerance) {
      z = 0.0;
      continue;
    }
    const double turns = std::atan2(z.imag(), z.real()) / (2 * std::numbers::pi);
    const std::int64_t nearest = std::llround(turns * static_cast<double>(n));
    const std::complex<double> root = values_[static_cast<std::size_t>((nearest % n + n) % n)];
    if (!(std::norm(z - root) <= tolerance * tolerance)) return false;
    z = root;
  }
  std::copy(snapped.begin(), snapped.end(), values.begin());
  return true;
}

}  // namespace peterweyl
