#include "fourier/simd_dense.hpp"

#include <doctest/doctest.h>

#include <complex>
#include <cstdint>
#include <vector>

#include "aligned_slots.hpp"
#include "fourier/simd_kernels.hpp"
#include "support/random.hpp"

using namespace peterweyl;
using namespace peterweyl::testing;

namespace {

// Two products, of `first` and of three rows, of slots and of single numbers, against plain sums.
template <typename Real>
void check_dense(InstructionSet set, std::uint32_t first, bool complex, double tolerance) {
  using C = std::complex<double>;
  constexpr std::size_t kRun = kLanes<Real>;
  const std::size_t parts = complex ? 2 : 1;
  const std::vector<std::uint32_t> sizes{first, 3};
  const std::size_t total = first + 3;
  Random random(first);
  std::vector<C> matrix(total * total, 0.0);
  std::vector<Real> values;
  std::size_t offset = 0;
  for (const std::size_t size : sizes) {
    const std::size_t begin = values.size();
    values.resize(begin + (size + kRun - 1) / kRun * kRun * size * parts);
    for (std::size_t r = 0; r < size; ++r) {
      for (std::size_t c = 0; c < size; ++c) {
        Real* at_run = values.data() + begin + (r / kRun * size + c) * kRun * parts + r % kRun;
        at_run[0] = static_cast<Real>(random.normal());
        if (complex) at_run[kRun] = static_cast<Real>(random.normal());
        matrix[(offset + r) * total + offset + c] = C(at_run[0], complex ? at_run[kRun] : Real{0});
      }
    }
    offset += size;
  }
  for (const bool line : {false, true}) {
    const std::size_t slot = line ? 1 : kRun * parts;
    const std::size_t plane = line ? 64 : kRun;
    const std::size_t lanes = line ? 1 : kRun;
    Aligned<Real> input(64);
    Aligned<Real> output(64);
    fill(input, 64, 1);
    fill(output, 64, 2);
    std::vector<std::uint32_t> sources;
    std::vector<std::uint32_t> targets;
    for (std::size_t k = 0; k < total; ++k) {
      sources.push_back(static_cast<std::uint32_t>((k + 1) * slot));
      targets.push_back(static_cast<std::uint32_t>((total - k) * slot));
    }
    const Real untouched = output.data[0];
    const DenseView<Real> view{2, sizes.data(), sources.data(), targets.data(), values.data()};
    if (line) {
      kernels<Real>(set).line_dense[complex ? 1 : 0](view, input.data, output.data, plane);
    } else {
      kernels<Real>(set).dense[complex ? 1 : 0](view, input.data, output.data);
    }
    CHECK(output.data[0] == untouched);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      for (std::size_t r = 0; r < total; ++r) {
        C expected = 0;
        for (std::size_t c = 0; c < total; ++c) {
          const Real* x = input.data + sources[c] + lane;
          expected += matrix[r * total + c] * C(x[0], complex ? x[plane] : Real{0});
        }
        const Real* y = output.data + targets[r] + lane;
        CHECK(std::abs(C(y[0], complex ? y[plane] : Real{0}) - expected) < tolerance);
      }
    }
  }
}

}  // namespace

TEST_CASE("simd dense: products on the diagonal, for every number of rows") {
  for (const InstructionSet set :
       {InstructionSet::kBaseline, InstructionSet::kAvx2, InstructionSet::kAvx512}) {
    if (!is_available(set)) continue;
    for (std::uint32_t rows = 1; rows <= 19; ++rows) {
      for (const bool complex : {false, true}) {
        check_dense<double>(set, rows, complex, 1e-13);
        check_dense<float>(set, rows, complex, 1e-5);
      }
    }
  }
}
