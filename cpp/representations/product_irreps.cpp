#include "representations/product_irreps.hpp"

#include <complex>
#include <cstddef>
#include <utility>

namespace peterweyl {

std::vector<Irrep> product_irreps(const std::vector<Irrep>& left, std::uint64_t left_order,
                                  const std::vector<Irrep>& right, std::uint64_t right_order,
                                  const Interrupt& interrupt) {
  std::vector<Irrep> result;
  result.reserve(left.size() * right.size());
  for (const Irrep& rho : left) {
    for (const Irrep& sigma : right) {
      const std::size_t p = rho.degree;
      const std::size_t q = sigma.degree;
      Irrep product;
      product.degree = static_cast<std::uint32_t>(p * q);
      product.matrices.reserve(left_order * right_order * p * q * p * q);
      for (Element a = 0; a < left_order; ++a) {
        interrupt.poll();
        const auto outer = rho.matrix(a);
        for (Element b = 0; b < right_order; ++b) {
          const auto inner = sigma.matrix(b);
          // Row (i, k), column (j, l), row-major.
          for (std::size_t i = 0; i < p; ++i) {
            for (std::size_t k = 0; k < q; ++k) {
              for (std::size_t j = 0; j < p; ++j) {
                const std::complex<double> factor = outer[i * p + j];
                for (std::size_t l = 0; l < q; ++l) product.matrices.push_back(factor * inner[k * q + l]);
              }
            }
          }
        }
      }
      result.push_back(std::move(product));
    }
  }
  return result;
}

}  // namespace peterweyl
