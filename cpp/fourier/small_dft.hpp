// Discrete Fourier transforms of the small odd primes, in registers; see simd_values.hpp for how it is
// compiled.
#pragma once

#include "fourier/simd_values.hpp"

namespace peterweyl::PETERWEYL_ISA {

// Cosines and sines of 2 pi j / p for j = 0 ... p-1.
template <int kRadix>
struct Circle;
template <>
struct Circle<3> {
  static constexpr double cosine[] = {1, -0.5, -0.5};
  static constexpr double sine[] = {0, 0.86602540378443864676372317075294,
                                    -0.86602540378443864676372317075294};
};
template <>
struct Circle<5> {
  static constexpr double c1 = 0.3090169943749474241, c2 = -0.8090169943749474241;
  static constexpr double s1 = 0.95105651629515357212, s2 = 0.58778525229247312917;
  static constexpr double cosine[] = {1, c1, c2, c2, c1};
  static constexpr double sine[] = {0, s1, s2, -s2, -s1};
};
template <>
struct Circle<7> {
  static constexpr double c1 = 0.62348980185873353053, c2 = -0.22252093395631440429,
                          c3 = -0.90096886790241912624;
  static constexpr double s1 = 0.78183148246802980871, s2 = 0.97492791218182360702,
                          s3 = 0.43388373911755812048;
  static constexpr double cosine[] = {1, c1, c2, c3, c3, c2, c1};
  static constexpr double sine[] = {0, s1, s2, s3, -s3, -s2, -s1};
};
template <>
struct Circle<11> {
  static constexpr double c1 = 0.84125353283118116886, c2 = 0.41541501300188642553,
                          c3 = -0.14231483827328514044, c4 = -0.65486073394528506406,
                          c5 = -0.95949297361449738989;
  static constexpr double s1 = 0.54064081745559758211, s2 = 0.90963199535451837141,
                          s3 = 0.98982144188093273238, s4 = 0.75574957435425828377,
                          s5 = 0.28173255684142969771;
  static constexpr double cosine[] = {1, c1, c2, c3, c4, c5, c5, c4, c3, c2, c1};
  static constexpr double sine[] = {0, s1, s2, s3, s4, s5, -s5, -s4, -s3, -s2, -s1};
};
template <>
struct Circle<13> {
  static constexpr double c1 = 0.8854560256532098959, c2 = 0.56806474673115580251,
                          c3 = 0.12053668025532305335, c4 = -0.35460488704253562597,
                          c5 = -0.74851074817110109863, c6 = -0.97094181742605202716;
  static constexpr double s1 = 0.46472317204376854566, s2 = 0.82298386589365639458,
                          s3 = 0.9927088740980539928, s4 = 0.93501624268541482344,
                          s5 = 0.66312265824079520238, s6 = 0.23931566428755776715;
  static constexpr double cosine[] = {1, c1, c2, c3, c4, c5, c6, c6, c5, c4, c3, c2, c1};
  static constexpr double sine[] = {0, s1, s2, s3, s4, s5, s6, -s6, -s5, -s4, -s3, -s2, -s1};
};

// y_j = sum_k exp(-+ 2 pi i j k / p) x_k by real and imaginary parts of pairs (k, p - k).
template <int kRadix, bool kAdjoint, typename Real, typename Value>
PETERWEYL_INLINE void small_dft(Value (&x)[kRadix]) {
  constexpr int kHalf = kRadix / 2;
  Value sum[kHalf];
  Value difference[kHalf];
  for (int k = 0; k < kHalf; ++k) {
    sum[k] = x[k + 1] + x[kRadix - 1 - k];
    difference[k] = x[k + 1] - x[kRadix - 1 - k];
  }
  const Value zeroth = x[0];
  for (int k = 0; k < kHalf; ++k) x[0] = x[0] + sum[k];
  for (int j = 1; j <= kHalf; ++j) {
    Value even = zeroth;
    Value odd = Value::zero();
    for (int k = 0; k < kHalf; ++k) {
      const auto c = static_cast<Real>(Circle<kRadix>::cosine[j * (k + 1) % kRadix]);
      const auto s = static_cast<Real>(Circle<kRadix>::sine[j * (k + 1) % kRadix]);
      even.re.add_product(c, sum[k].re);
      even.im.add_product(c, sum[k].im);
      odd.re.add_product(s, difference[k].re);
      odd.im.add_product(s, difference[k].im);
    }
    // Forward: even - i odd and even + i odd.
    const Value minus{even.re + odd.im, even.im - odd.re};
    const Value plus{even.re - odd.im, even.im + odd.re};
    x[j] = kAdjoint ? plus : minus;
    x[kRadix - j] = kAdjoint ? minus : plus;
  }
}

}  // namespace peterweyl::PETERWEYL_ISA
