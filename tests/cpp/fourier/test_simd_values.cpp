#include "fourier/simd_values.hpp"

#include <doctest/doctest.h>

using namespace peterweyl;
using namespace peterweyl::PETERWEYL_ISA;

TEST_CASE("simd values: complex arithmetic of slots and of single numbers agree") {
  constexpr std::size_t kWide = kLanes<double>;
  alignas(kSlotBytes) double memory[4 * kWide];
  for (std::size_t k = 0; k < 4 * kWide; ++k) memory[k] = 0.25 * static_cast<double>(k) - 3;
  alignas(kSlotBytes) double result[2 * kWide];
  const auto a = ComplexSlot<double>::load(memory, kWide);
  const auto b = ComplexSlot<double>::load(memory + 2 * kWide, kWide);
  ((a - b).times(0.5, -2.0) + b).store(result, kWide);
  for (std::size_t lane = 0; lane < kWide; ++lane) {
    using Number = ComplexOf<Single<double>, double>;
    const Number x = Number::load(memory + lane, kWide);
    const Number y = Number::load(memory + 2 * kWide + lane, kWide);
    const Number z = (x - y).times(0.5, -2.0) + y;
    CHECK(result[lane] == doctest::Approx(z.re.value));
    CHECK(result[kWide + lane] == doctest::Approx(z.im.value));
  }
}

TEST_CASE("simd values: a line is stored up to its length and no further") {
  double source[64];
  for (int k = 0; k < 64; ++k) source[k] = k + 1;
  for (int count = 1; count <= 2 * kWidth<double>; ++count) {
    double target[64] = {};
    Line<double>::load(source + 1).store(target, count);
    for (int k = 0; k < 64; ++k) {
      CHECK(target[k] == (k < count && k < kWidth<double> ? source[k + 1] : 0.0));
    }
  }
}
