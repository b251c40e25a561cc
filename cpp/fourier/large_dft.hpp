// Discrete Fourier transforms of the odd primes that have no kernel of their own, in place; see
// simd_values.hpp for how it is compiled.
//
// With sums and differences of the entries k and p - k, half of the products of the definition are left: real
// ones, of a table of cosines and sines. p^2 + O(p) multiply-adds of complex numbers' parts each.
#pragma once

#include <cstddef>
#include <cstdint>

#include "fourier/simd_kernels.hpp"
#include "fourier/simd_values.hpp"

namespace peterweyl::PETERWEYL_ISA {

template <typename Part, bool kAdjoint, typename Real>
PETERWEYL_INLINE void large_radix_of(const ButterflyView<Real>& view, Real* data, std::size_t plane,
                                     std::size_t blocks, std::size_t stride) {
  using Value = ComplexOf<Part, Real>;
  const std::uint32_t p = view.radix;
  const std::uint32_t half = p / 2;
  const bool turned = view.twiddles != nullptr;
  Value sum[kLargestRadix / 2];
  Value difference[kLargestRadix / 2];
  for (std::size_t block = 0; block < blocks; ++block, data += stride) {
    for (std::uint32_t b = 0; b < view.count; ++b) {
      const std::uint32_t* slots = view.slots + std::size_t{b} * p;
      const Real* twiddles = view.twiddles + std::size_t{b} * 2 * (p - 1);
      const auto load = [&](std::uint32_t j) {
        const Value x = Value::load(data + slots[j], plane);
        return !kAdjoint && turned ? x.times(twiddles[2 * j - 2], twiddles[2 * j - 1]) : x;
      };
      const auto store = [&](std::uint32_t j, const Value& x) {
        const bool turns = kAdjoint && turned;
        (turns ? x.times(twiddles[2 * j - 2], -twiddles[2 * j - 1]) : x).store(data + slots[j], plane);
      };
      const Value zeroth = Value::load(data + slots[0], plane);
      Value total = zeroth;
      for (std::uint32_t k = 0; k < half; ++k) {
        const Value x = load(k + 1);
        const Value y = load(p - 1 - k);
        sum[k] = x + y;
        difference[k] = x - y;
        total = total + sum[k];
      }
      total.store(data + slots[0], plane);
      for (std::uint32_t j = 1; j <= half; ++j) {
        Value even = zeroth;
        Value odd = Value::zero();
        std::uint32_t turn = 0;  // j (k + 1) mod p
        for (std::uint32_t k = 0; k < half; ++k) {
          turn += j;
          if (turn >= p) turn -= p;
          const Real c = view.circle[2 * turn];
          const Real s = view.circle[2 * turn + 1];
          even.re.add_product(c, sum[k].re);
          even.im.add_product(c, sum[k].im);
          odd.re.add_product(s, difference[k].re);
          odd.im.add_product(s, difference[k].im);
        }
        // Forward: even - i odd and even + i odd.
        const Value minus{even.re + odd.im, even.im - odd.re};
        const Value plus{even.re - odd.im, even.im + odd.re};
        store(j, kAdjoint ? plus : minus);
        store(p - j, kAdjoint ? minus : plus);
      }
    }
  }
}

}  // namespace peterweyl::PETERWEYL_ISA
