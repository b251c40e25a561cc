#include "fourier/small_dft.hpp"

#include <doctest/doctest.h>

#include <complex>

#include "arithmetic/roots_of_unity.hpp"

using namespace peterweyl;
using namespace peterweyl::PETERWEYL_ISA;

namespace {

template <int kRadix, bool kAdjoint>
void check() {
  using Number = ComplexOf<Single<double>, double>;
  Number x[kRadix];
  std::complex<double> before[kRadix];
  for (int k = 0; k < kRadix; ++k) {
    before[k] = {1.0 / (k + 1), 0.5 * k - 1};
    x[k] = {{before[k].real()}, {before[k].imag()}};
  }
  small_dft<kRadix, kAdjoint, double>(x);
  for (int j = 0; j < kRadix; ++j) {
    std::complex<double> expected = 0;
    for (int k = 0; k < kRadix; ++k) {
      const auto root = root_of_unity(static_cast<std::uint64_t>(j * k), kRadix);
      expected += (kAdjoint ? root : std::conj(root)) * before[k];
    }
    CHECK(std::abs(std::complex<double>(x[j].re.value, x[j].im.value) - expected) < 1e-14 * kRadix);
  }
}

}  // namespace

TEST_CASE("small dft: the definition, both signs, and the table of the circle") {
  check<3, false>();
  check<3, true>();
  check<5, false>();
  check<5, true>();
  check<7, false>();
  check<7, true>();
  check<11, false>();
  check<11, true>();
  check<13, false>();
  check<13, true>();
  for (int k = 0; k < 13; ++k) {
    const auto root = root_of_unity(static_cast<std::uint64_t>(k), 13);
    CHECK(Circle<13>::cosine[k] == doctest::Approx(root.real()).epsilon(1e-16));
    CHECK(Circle<13>::sine[k] == doctest::Approx(root.imag()).epsilon(1e-16));
  }
}
