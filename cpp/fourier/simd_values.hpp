// Values of the kernels as registers: slots, single numbers, lines, and complex numbers of each.
//
// For the files that are compiled once for each instruction set: everything is always inlined and lies in a
// namespace of that set, so that no definition of one can be taken for that of another.
#pragma once

#include <cstddef>

#include "fourier/simd_kernels.hpp"

#if defined(__AVX512F__)
#include <immintrin.h>  // masked stores; its functions are always inlined
#endif

#ifndef PETERWEYL_ISA
#define PETERWEYL_ISA baseline
#endif

#if defined(__GNUC__)
#define PETERWEYL_INLINE inline __attribute__((always_inline))
#else
#define PETERWEYL_INLINE inline
#endif

namespace peterweyl::PETERWEYL_ISA {

// Four numbers for double, eight for float, and so on: one register, or as many as make 64 bytes.
#if defined(__GNUC__)
#if defined(__AVX512F__)
constexpr int kRegisterBytes = 64;
#elif defined(__AVX2__)
constexpr int kRegisterBytes = 32;
#else
constexpr int kRegisterBytes = 16;
#endif
template <typename Real>
struct RegisterOf;
template <>
struct RegisterOf<float> {
  using Type [[gnu::vector_size(kRegisterBytes)]] = float;
};
template <>
struct RegisterOf<double> {
  using Type [[gnu::vector_size(kRegisterBytes)]] = double;
};
constexpr int kRegisters = static_cast<int>(kSlotBytes) / kRegisterBytes;
template <typename Real>
using Register = typename RegisterOf<Real>::Type;
#else
constexpr int kRegisters = static_cast<int>(kSlotBytes / sizeof(float));
template <typename Real>
using Register = Real;
#endif

template <typename Real>
constexpr int kParts = static_cast<int>(kSlotBytes / sizeof(Register<Real>));

// The numbers of one slot's real (or imaginary) parts.
template <typename Real>
struct Slot {
  Register<Real> part[kParts<Real>];

  static PETERWEYL_INLINE Slot load(const Real* address) {
    Slot slot;
    for (int k = 0; k < kParts<Real>; ++k) slot.part[k] = reinterpret_cast<const Register<Real>*>(address)[k];
    return slot;
  }
  static PETERWEYL_INLINE Slot zero() {
    Slot slot;
    for (int k = 0; k < kParts<Real>; ++k) slot.part[k] = Register<Real>{};
    return slot;
  }
  PETERWEYL_INLINE void store(Real* address) const {
    for (int k = 0; k < kParts<Real>; ++k) reinterpret_cast<Register<Real>*>(address)[k] = part[k];
  }
  PETERWEYL_INLINE void add_product(Real factor, const Slot& other) {
    for (int k = 0; k < kParts<Real>; ++k) part[k] += factor * other.part[k];
  }
  PETERWEYL_INLINE void subtract_product(Real factor, const Slot& other) {
    for (int k = 0; k < kParts<Real>; ++k) part[k] -= factor * other.part[k];
  }
  PETERWEYL_INLINE friend Slot operator+(const Slot& a, const Slot& b) {
    Slot sum;
    for (int k = 0; k < kParts<Real>; ++k) sum.part[k] = a.part[k] + b.part[k];
    return sum;
  }
  PETERWEYL_INLINE friend Slot operator-(const Slot& a, const Slot& b) {
    Slot difference;
    for (int k = 0; k < kParts<Real>; ++k) difference.part[k] = a.part[k] - b.part[k];
    return difference;
  }
};

// One number: the slot of a single transform.
template <typename Real>
struct Single {
  Real value;

  static PETERWEYL_INLINE Single load(const Real* address) { return {*address}; }
  static PETERWEYL_INLINE Single zero() { return {Real{0}}; }
  PETERWEYL_INLINE void store(Real* address) const { *address = value; }
  PETERWEYL_INLINE void add_product(Real factor, const Single& other) { value += factor * other.value; }
  PETERWEYL_INLINE void subtract_product(Real factor, const Single& other) { value -= factor * other.value; }
  PETERWEYL_INLINE friend Single operator+(const Single& a, const Single& b) { return {a.value + b.value}; }
  PETERWEYL_INLINE friend Single operator-(const Single& a, const Single& b) { return {a.value - b.value}; }
};

// Real and imaginary parts that lie `plane` numbers apart.
template <typename Part, typename Real>
struct ComplexOf {
  Part re;
  Part im;

  static PETERWEYL_INLINE ComplexOf load(const Real* address, std::size_t plane) {
    return {Part::load(address), Part::load(address + plane)};
  }
  static PETERWEYL_INLINE ComplexOf zero() { return {Part::zero(), Part::zero()}; }
  PETERWEYL_INLINE void store(Real* address, std::size_t plane) const {
    re.store(address);
    im.store(address + plane);
  }
  PETERWEYL_INLINE friend ComplexOf operator+(const ComplexOf& a, const ComplexOf& b) {
    return {a.re + b.re, a.im + b.im};
  }
  PETERWEYL_INLINE friend ComplexOf operator-(const ComplexOf& a, const ComplexOf& b) {
    return {a.re - b.re, a.im - b.im};
  }
  // (x + i y) times another, added to this.
  PETERWEYL_INLINE void add_product(Real x, Real y, const ComplexOf& other) {
    re.add_product(x, other.re);
    im.add_product(x, other.im);
    re.subtract_product(y, other.im);
    im.add_product(y, other.re);
  }
  PETERWEYL_INLINE ComplexOf times(Real x, Real y) const {
    ComplexOf product = zero();
    product.add_product(x, y, *this);
    return product;
  }
};

template <typename Real>
using ComplexSlot = ComplexOf<Slot<Real>, Real>;

template <typename Real>
constexpr int kWidth = static_cast<int>(sizeof(Register<Real>) / sizeof(Real));

#if defined(__GNUC__)
template <typename Real>
struct UnalignedOf;
template <>
struct UnalignedOf<float> {
  using Type [[gnu::vector_size(kRegisterBytes), gnu::aligned(alignof(float)), gnu::may_alias]] = float;
};
template <>
struct UnalignedOf<double> {
  using Type [[gnu::vector_size(kRegisterBytes), gnu::aligned(alignof(double)), gnu::may_alias]] = double;
};
template <typename Real>
using Unaligned = typename UnalignedOf<Real>::Type;
#else
template <typename Real>
using Unaligned = Real;
#endif

#if defined(__AVX512F__)
constexpr bool kMaskedStores = true;
#else
constexpr bool kMaskedStores = false;
#endif

// A register's worth of neighbouring numbers.
template <typename Real>
struct Line {
  Register<Real> value;

  static PETERWEYL_INLINE Line load(const Real* address) {
    return {*reinterpret_cast<const Unaligned<Real>*>(address)};
  }
  static PETERWEYL_INLINE Line zero() { return {Register<Real>{}}; }
  PETERWEYL_INLINE void store(Real* address) const { *reinterpret_cast<Unaligned<Real>*>(address) = value; }
  PETERWEYL_INLINE void store(Real* address, int count) const {
    if (count >= kWidth<Real>) {
      store(address);
      return;
    }
#if defined(__AVX512F__)
    if constexpr (sizeof(Real) == 8) {
      _mm512_mask_storeu_pd(address, static_cast<__mmask8>((1U << count) - 1),
                            reinterpret_cast<__m512d>(value));
    } else {
      _mm512_mask_storeu_ps(address, static_cast<__mmask16>((1U << count) - 1),
                            reinterpret_cast<__m512>(value));
    }
#elif defined(__GNUC__)
    for (int k = 0; k < count; ++k) address[k] = value[k];
#endif
  }
  PETERWEYL_INLINE Line times(Real factor) const { return {factor * value}; }
  PETERWEYL_INLINE void add_product(Real factor, const Line& other) { value += factor * other.value; }
  PETERWEYL_INLINE void subtract_product(Real factor, const Line& other) { value -= factor * other.value; }
  PETERWEYL_INLINE void add(const Line& other) { value += other.value; }
  PETERWEYL_INLINE friend Line operator+(const Line& a, const Line& b) { return {a.value + b.value}; }
  PETERWEYL_INLINE friend Line operator-(const Line& a, const Line& b) { return {a.value - b.value}; }
};

}  // namespace peterweyl::PETERWEYL_ISA
