#include "arithmetic/lattice_reduction.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace peterweyl {

// Row k of the Gram-Schmidt coefficients, from the inner products and the rows before.
void LatticeReduction::orthogonalise(std::size_t k) {
  for (std::size_t j = 0; j <= k; ++j) {
    auto value = static_cast<long double>(gram_[k][j]);
    for (std::size_t i = 0; i < j; ++i) value -= mu_[j][i] * r_[k][i];
    r_[k][j] = value;
    if (j < k) mu_[k][j] = r_[j][j] > 0 ? value / r_[j][j] : 0;
  }
}

void LatticeReduction::size_reduce(std::size_t k) {
  for (bool changed = true; changed;) {
    orthogonalise(k);
    changed = false;
    for (std::size_t j = k; j-- > 0;) {
      const long double nearest = std::nearbyint(mu_[k][j]);
      if (std::abs(mu_[k][j]) <= 0.5000001L || nearest == 0) continue;
      const auto factor = -static_cast<std::int64_t>(nearest);
      changed = true;
      // <b_k + f b_j, x> for all x, and once more for the norm.
      const std::int64_t norm = gram_[k][k] + 2 * factor * gram_[k][j] + factor * factor * gram_[j][j];
      for (std::size_t x = 0; x < gram_.size(); ++x) {
        gram_[k][x] += factor * gram_[j][x];
        gram_[x][k] = gram_[k][x];
      }
      gram_[k][k] = norm;
      add_(k, factor, j);
      for (std::size_t i = 0; i < j; ++i) mu_[k][i] -= nearest * mu_[j][i];
      mu_[k][j] -= nearest;
    }
  }
}

bool LatticeReduction::run(const Interrupt& interrupt) {
  constexpr long double kDelta = 0.99L;
  const std::size_t size = gram_.size();
  r_.assign(size, std::vector<long double>(size, 0));
  mu_.assign(size, std::vector<long double>(size, 0));
  for (std::size_t k = 0; k < gram_.size();) {
    interrupt.poll();
    size_reduce(k);
    if (gram_[k][k] == 0) {
      gram_.erase(gram_.begin() + static_cast<std::ptrdiff_t>(k));
      for (auto& row : gram_) row.erase(row.begin() + static_cast<std::ptrdiff_t>(k));
      remove_(k);
      continue;
    }
    if (gram_[k][k] == 1) return false;
    if (k > 0 && r_[k][k] < (kDelta - mu_[k][k - 1] * mu_[k][k - 1]) * r_[k - 1][k - 1]) {
      std::swap(gram_[k], gram_[k - 1]);
      for (auto& row : gram_) std::swap(row[k], row[k - 1]);
      swap_(k, k - 1);
      --k;
    } else {
      ++k;
    }
  }
  return true;
}

}  // namespace peterweyl
