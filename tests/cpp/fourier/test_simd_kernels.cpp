#include "fourier/simd_kernels.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdint>
#include <numbers>
#include <vector>

#include "aligned_slots.hpp"

using namespace peterweyl;
using namespace peterweyl::testing;

namespace {

// Complex slot s of a lane.
template <typename Real>
std::complex<double> at(const Aligned<Real>& memory, std::size_t slot, std::size_t lane) {
  const Real* address = memory.data + slot * 2 * kLanes<Real> + lane;
  return {address[0], address[kLanes<Real>]};
}

template <typename Real>
void check_odd_radices(InstructionSet set, bool turned, double tolerance) {
  constexpr std::size_t kSlot = 2 * kLanes<Real>;
  for (const std::uint32_t p : {3U, 5U, 7U, 11U, 13U, 17U, 61U}) {
    for (const int adjoint : {0, 1}) {
      Aligned<Real> memory(2 * p);
      fill(memory, 2 * p, p);
      const Aligned<Real> before = [&] {
        Aligned<Real> copy(2 * p);
        std::copy_n(memory.data, p * kSlot, copy.data);
        return copy;
      }();
      std::vector<std::uint32_t> slots;
      std::vector<Real> twiddles;
      for (std::uint32_t j = 0; j < p; ++j) slots.push_back(static_cast<std::uint32_t>((p - 1 - j) * kSlot));
      for (std::uint32_t j = 1; j < p; ++j) {
        twiddles.push_back(static_cast<Real>(std::cos(j)));
        twiddles.push_back(static_cast<Real>(std::sin(j)));
      }
      std::vector<Real> table;
      for (std::uint32_t j = 0; j < p; ++j) {
        table.push_back(static_cast<Real>(std::cos(2 * std::numbers::pi * j / p)));
        table.push_back(static_cast<Real>(std::sin(2 * std::numbers::pi * j / p)));
      }
      const ButterflyView<Real> view{1, slots.data(), turned ? twiddles.data() : nullptr, p, table.data()};
      kernels<Real>(set).odd[adjoint][odd_radix_index(p)](view, memory.data, 1, 0);
      for (std::size_t lane = 0; lane < kLanes<Real>; ++lane) {
        for (std::uint32_t j = 0; j < p; ++j) {
          std::complex<double> expected = 0;
          const auto twiddle = [&](std::uint32_t k) { return std::polar(1.0, turned ? double(k) : 0.0); };
          for (std::uint32_t k = 0; k < p; ++k) {
            const double angle = 2 * std::numbers::pi * (j * k % p) / p;
            const std::complex<double> x = at(before, p - 1 - k, lane);
            expected += adjoint == 0 ? std::polar(1.0, -angle) * twiddle(k) * x
                                     : std::polar(1.0, angle) * std::conj(twiddle(j)) * x;
          }
          CHECK(std::abs(at(memory, p - 1 - j, lane) - expected) < tolerance * p);
        }
      }
    }
  }
}

}  // namespace

TEST_CASE("simd kernels: this machine has a best set, and the baseline is everywhere") {
  CHECK(is_available(InstructionSet::kBaseline));
  CHECK(is_available(best_instruction_set()));
  CHECK(odd_radix_index(7) == 2);
  CHECK(odd_radix_index(9) == -1);
}

TEST_CASE("simd kernels: odd radices are discrete Fourier transforms with twiddles") {
  for (const InstructionSet set :
       {InstructionSet::kBaseline, InstructionSet::kAvx2, InstructionSet::kAvx512}) {
    if (!is_available(set)) continue;
    for (const bool turned : {false, true}) {
      check_odd_radices<double>(set, turned, 1e-14);
      check_odd_radices<float>(set, turned, 1e-5);
    }
  }
}

TEST_CASE("simd kernels: panels are sparse products, for every number of columns") {
  constexpr std::size_t kWidth = kLanes<double>;
  for (const InstructionSet set :
       {InstructionSet::kBaseline, InstructionSet::kAvx2, InstructionSet::kAvx512}) {
    if (!is_available(set)) continue;
    for (std::uint32_t vectors = 1; vectors <= 19; ++vectors) {
      // [[2, 0, -1], [0.5, 3, 0]] on slots that are `vectors` apart.
      Aligned<double> input(3 * vectors);
      Aligned<double> output(2 * vectors);
      fill(input, 3 * vectors, vectors);
      const auto apart = static_cast<std::uint32_t>(vectors * kWidth);
      const std::vector<std::uint32_t> row_begin{0, 2, 4};
      const std::vector<std::uint32_t> sources{0, 2 * apart, 0, apart};
      const std::vector<double> values{2, -1, 0.5, 3};
      const std::vector<std::uint32_t> targets{0, apart};
      const PanelView<double> view{
          2, vectors, kWidth, kWidth, row_begin.data(), sources.data(), values.data(), targets.data()};
      kernels<double>(set).real_panel(view, input.data, output.data, 1, 0);
      for (std::size_t k = 0; k < vectors * kWidth; ++k) {
        const double* x = input.data + k;
        CHECK(output.data[k] == doctest::Approx(2 * x[0] - x[2 * apart]));
        CHECK(output.data[k + apart] == doctest::Approx(0.5 * x[0] + 3 * x[apart]));
      }
    }
  }
}
