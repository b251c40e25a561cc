#include "fourier/conjugate_pairs.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

namespace peterweyl {
namespace {

// The common phase of spectrum[e] * spectrum[other], or 0.
template <typename Real>
std::complex<double> common_phase(std::span<const std::complex<Real>> spectra, std::size_t order,
                                  std::size_t e, std::size_t other, double tolerance) {
  std::complex<double> sum = 0;
  double size = 0;
  for (std::size_t at = 0; at < spectra.size(); at += order) {
    const std::complex<double> a = spectra[at + e];
    const std::complex<double> b = spectra[at + other];
    sum += a * b;
    size += std::norm(b);
  }
  if (std::abs(sum) == 0) return 0;
  const std::complex<double> phase = sum / std::abs(sum);
  for (std::size_t at = 0; at < spectra.size(); at += order) {
    const std::complex<double> a = spectra[at + e];
    const std::complex<double> b = spectra[at + other];
    if (std::abs(a - phase * std::conj(b)) > tolerance * std::sqrt(size)) return 0;
  }
  for (const std::complex<double> unit : {1.0, -1.0}) {
    if (std::abs(phase - unit) < tolerance) return unit;
    if (std::abs(phase - unit * std::complex(0.0, 1.0)) < tolerance) return unit * std::complex(0.0, 1.0);
  }
  return phase;
}

}  // namespace

template <typename Real>
ConjugatePairs<Real> conjugate_pairs(std::span<const std::complex<Real>> spectra, std::size_t order) {
  const double tolerance = 1e4 * std::numeric_limits<Real>::epsilon();
  std::vector<double> sizes(order);
  for (std::size_t e = 0; e < order; ++e) sizes[e] = std::abs(std::complex<double>(spectra[e]));
  std::vector<std::uint32_t> sorted(order);
  std::iota(sorted.begin(), sorted.end(), 0U);
  std::ranges::sort(sorted, {}, [&](std::uint32_t e) { return sizes[e]; });
  const double reach =
      tolerance * std::accumulate(sizes.begin(), sizes.end(), 0.0) / static_cast<double>(order);
  ConjugatePairs<Real> pairs;
  std::vector<char> done(order, 0);
  for (std::size_t k = 0; k < order; ++k) {
    const std::uint32_t e = sorted[k];
    if (done[e] != 0) continue;
    for (std::size_t other = k; other < order && sizes[sorted[other]] - sizes[e] <= reach; ++other) {
      const std::uint32_t partner = sorted[other];
      const std::complex<double> phase = common_phase(spectra, order, e, partner, tolerance);
      if (done[partner] != 0 || phase == 0.0) continue;
      done[e] = done[partner] = 1;
      pairs.entries.push_back(e);
      pairs.entries.push_back(partner);
      pairs.half_phases.push_back(static_cast<Real>(phase.real() / 2));
      pairs.half_phases.push_back(static_cast<Real>(phase.imag() / 2));
      break;
    }
    if (done[e] == 0) return {};
  }
  return pairs;
}

template struct ConjugatePairs<float>;
template struct ConjugatePairs<double>;
template ConjugatePairs<float> conjugate_pairs<float>(std::span<const std::complex<float>>, std::size_t);
template ConjugatePairs<double> conjugate_pairs<double>(std::span<const std::complex<double>>, std::size_t);

}  // namespace peterweyl
