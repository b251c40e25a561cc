#include "fourier/product_kernels.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <complex>
#include <cstdint>
#include <numeric>
#include <vector>

#include "support/random.hpp"

using namespace peterweyl;

namespace {

const std::vector<std::uint32_t> kDegrees = {1, 1, 2, 3, 1, 5, 8, 9, 1};

using Matrix = std::vector<std::complex<double>>;  // packed blocks

// scale d h f, or h f^H, block by block.
Matrix expected_product(const Matrix& h, const Matrix& f, double scale, bool adjoint) {
  Matrix product;
  std::size_t offset = 0;
  for (const std::size_t d : kDegrees) {
    for (std::size_t i = 0; i < d; ++i) {
      for (std::size_t j = 0; j < d; ++j) {
        std::complex<double> sum = 0;
        for (std::size_t k = 0; k < d; ++k) {
          sum += h[offset + i * d + k] * (adjoint ? std::conj(f[offset + j * d + k]) : f[offset + k * d + j]);
        }
        product.push_back(scale * static_cast<double>(d) * sum);
      }
    }
    offset += d * d;
  }
  return product;
}

template <typename Real>
class Aligned {
 public:
  explicit Aligned(std::size_t size) : storage_(size + 2 * kLanes<Real>) {
    const auto address = reinterpret_cast<std::uintptr_t>(storage_.data());
    data = storage_.data() + (kSlotBytes - address % kSlotBytes) % kSlotBytes / sizeof(Real);
  }
  Real* data;

 private:
  std::vector<Real> storage_;
};

template <typename Real>
void check(InstructionSet set, bool adjoint) {
  constexpr std::size_t kWide = kLanes<Real>;
  const double tolerance = sizeof(Real) == 8 ? 1e-13 : 1e-5;
  const ProductKernels<Real>& kernels = product_kernels<Real>(set);
  std::size_t entries = 0;
  for (const std::size_t d : kDegrees) entries += d * d;
  std::vector<std::uint32_t> slots;  // in reverse
  for (std::size_t e = 0; e < entries; ++e) {
    slots.push_back(static_cast<std::uint32_t>((entries - 1 - e) * 2 * kWide));
  }
  const BlocksView<Real> view{kDegrees.size(), kDegrees.data(), slots.data(), Real{0.25}, adjoint};
  Random random(3);
  for (const int kind : {0, 1, 2}) {  // real, complex, paired
    const std::size_t rows = kind == 2 ? kWide / 2 : kWide;
    std::vector<Matrix> h(rows, Matrix(entries));
    std::vector<Matrix> f(rows, Matrix(entries));
    Aligned<Real> left(2 * kWide * entries);
    Aligned<Real> right(2 * kWide * entries);
    Aligned<Real> product(2 * kWide * entries);
    // The places of a row's real and imaginary part in a slot.
    const auto real = [&](std::size_t row) { return kind == 2 ? 2 * row : row; };
    const auto imaginary = [&](std::size_t row) { return kind == 2 ? 2 * row + 1 : kWide + row; };
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t e = 0; e < entries; ++e) {
        h[row][e] = random.complex_normal();
        f[row][e] = random.complex_normal();
        if (kind == 0) h[row][e] = h[row][e].real();
        if (kind == 0) f[row][e] = f[row][e].real();
        left.data[slots[e] + real(row)] = static_cast<Real>(h[row][e].real());
        right.data[slots[e] + real(row)] = static_cast<Real>(f[row][e].real());
        if (kind == 0) continue;
        left.data[slots[e] + imaginary(row)] = static_cast<Real>(h[row][e].imag());
        right.data[slots[e] + imaginary(row)] = static_cast<Real>(f[row][e].imag());
      }
    }
    const auto kernel = kind == 0 ? kernels.real : kind == 1 ? kernels.complex : kernels.paired;
    kernel(view, left.data, right.data, product.data);
    double worst = 0;
    for (std::size_t row = 0; row < rows; ++row) {
      const Matrix expected = expected_product(h[row], f[row], 0.25, adjoint);
      for (std::size_t e = 0; e < entries; ++e) {
        const Real im = kind == 0 ? Real{0} : product.data[slots[e] + imaginary(row)];
        worst = std::max(
            worst, std::abs(std::complex<double>(product.data[slots[e] + real(row)], im) - expected[e]));
      }
    }
    CHECK(worst < tolerance * 20);
    if (kind == 2) continue;
    // The same by lines.
    const std::size_t plane = kind == 0 ? 0 : entries + kWide;
    std::vector<Real> lines[3];
    for (auto& line : lines) line.assign(2 * (entries + kWide), Real{-7});
    std::size_t offset = 0;
    for (const std::size_t d : kDegrees) {
      for (std::size_t e = 0; e < d * d; ++e) {
        const std::size_t from = adjoint ? e % d * d + e / d : e;
        lines[0][offset + e] = static_cast<Real>(h[0][offset + e].real());
        lines[1][offset + e] = static_cast<Real>(f[0][offset + from].real());
        if (kind == 0) continue;
        lines[0][plane + offset + e] = static_cast<Real>(h[0][offset + e].imag());
        lines[1][plane + offset + e] = static_cast<Real>(f[0][offset + from].imag());
      }
      offset += d * d;
    }
    kernels.lines(view, lines[0].data(), lines[1].data(), lines[2].data(), plane);
    const Matrix expected = expected_product(h[0], f[0], 0.25, adjoint);
    worst = 0;
    for (std::size_t e = 0; e < entries; ++e) {
      const Real im = kind == 0 ? Real{0} : lines[2][plane + e];
      worst = std::max(worst, std::abs(std::complex<double>(lines[2][e], im) - expected[e]));
    }
    CHECK(worst < tolerance * 20);
    CHECK(lines[2][entries] == -7);  // nothing is written past the end
  }
}

}  // namespace

TEST_CASE("product kernels: every kind, every instruction set, both factors in order") {
  for (const InstructionSet set :
       {InstructionSet::kBaseline, InstructionSet::kAvx2, InstructionSet::kAvx512}) {
    if (!is_available(set)) continue;
    for (const bool adjoint : {false, true}) {
      check<double>(set, adjoint);
      check<float>(set, adjoint);
    }
  }
}
