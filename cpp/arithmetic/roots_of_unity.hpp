// Roots of unity as correctly reduced doubles, and the snapping of computed values to them.
#pragma once

#include <complex>
#include <cstdint>
#include <span>
#include <vector>

namespace peterweyl {

// exp(2 pi i k / n), n >= 1. The angle is reduced to the first octant in integers, so multiples of a quarter
// turn are exact, and sine and cosine are taken in extended precision before the one rounding.
std::complex<double> root_of_unity(std::uint64_t k, std::uint64_t n);

// All n-th roots of unity.
class RootsOfUnity {
 public:
  explicit RootsOfUnity(std::uint64_t n);
  std::uint64_t order() const { return values_.size(); }
  std::complex<double> operator[](std::uint64_t k) const { return values_[k]; }

  // Replaces every entry within `tolerance` of zero or of an n-th root by exactly that; false, with the
  // values left as they were, when some entry is neither. O(size).
  bool snap(std::span<std::complex<double>> values, double tolerance = 1e-8) const;

 private:
  std::vector<std::complex<double>> values_;
};

}  // namespace peterweyl
