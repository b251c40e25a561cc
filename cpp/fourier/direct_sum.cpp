#include "fourier/direct_sum.hpp"

#include <cstddef>

namespace peterweyl {

std::vector<std::complex<double>> direct_sum_forward(const Irreps& irreps,
                                                     std::span<const std::complex<double>> f) {
  std::vector<std::complex<double>> spectrum;
  spectrum.reserve(f.size());
  for (const Irrep& rho : irreps.all) {
    for (std::size_t i = 0; i < rho.degree; ++i) {
      for (std::size_t j = 0; j < rho.degree; ++j) {
        std::complex<double> sum = 0.0;
        for (Element g = 0; g < f.size(); ++g) sum += f[g] * std::conj(rho.matrix(g)[j * rho.degree + i]);
        spectrum.push_back(sum);
      }
    }
  }
  return spectrum;
}

std::vector<std::complex<double>> direct_sum_inverse(const Irreps& irreps,
                                                     std::span<const std::complex<double>> spectrum) {
  std::vector<std::complex<double>> f;
  f.reserve(spectrum.size());
  for (Element g = 0; g < spectrum.size(); ++g) {
    std::complex<double> sum = 0.0;
    std::size_t offset = 0;
    for (const Irrep& rho : irreps.all) {
      const std::size_t d = rho.degree;
      for (std::size_t i = 0; i < d; ++i) {
        for (std::size_t j = 0; j < d; ++j) {
          sum += static_cast<double>(d) * rho.matrix(g)[i * d + j] * spectrum[offset + j * d + i];
        }
      }
      offset += d * d;
    }
    f.push_back(sum / static_cast<double>(spectrum.size()));
  }
  return f;
}

}  // namespace peterweyl
