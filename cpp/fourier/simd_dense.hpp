// Small square matrices applied to slots (DenseView); see simd_values.hpp for how it is compiled.
//
// For slots, kRows rows at a time stay in registers while the columns pass: a column is loaded once for all
// of them. A single transform has one number a column instead: there the rows of a run fill the registers.
#pragma once

#include <cstddef>
#include <cstdint>

#include "fourier/simd_kernels.hpp"
#include "fourier/simd_values.hpp"

namespace peterweyl::PETERWEYL_ISA {

template <typename Real, bool kComplex>
struct DenseSlot;
template <typename Real>
struct DenseSlot<Real, false> {
  using Value = Slot<Real>;
  static PETERWEYL_INLINE Value load(const Real* address) { return Value::load(address); }
  static PETERWEYL_INLINE void add(Value& sum, const Real* factor, const Value& x) {
    sum.add_product(*factor, x);
  }
  static PETERWEYL_INLINE void store(const Value& sum, Real* address) { sum.store(address); }
};
template <typename Real>
struct DenseSlot<Real, true> {
  using Value = ComplexSlot<Real>;
  static PETERWEYL_INLINE Value load(const Real* address) { return Value::load(address, kLanes<Real>); }
  static PETERWEYL_INLINE void add(Value& sum, const Real* factor, const Value& x) {
    sum.add_product(factor[0], factor[kLanes<Real>], x);
  }
  static PETERWEYL_INLINE void store(const Value& sum, Real* address) { sum.store(address, kLanes<Real>); }
};

template <int kRows, bool kComplex, typename Real>
PETERWEYL_INLINE void dense_rows(std::uint32_t size, const std::uint32_t* sources,
                                 const std::uint32_t* targets, const Real* values, const Real* input,
                                 Real* output) {
  using Access = DenseSlot<Real, kComplex>;
  constexpr std::size_t kColumn = kLanes<Real> * (kComplex ? 2 : 1);
  typename Access::Value sum[kRows];
  for (int r = 0; r < kRows; ++r) sum[r] = Access::Value::zero();
  for (std::uint32_t c = 0; c < size; ++c, values += kColumn) {
    const auto x = Access::load(input + sources[c]);
    for (int r = 0; r < kRows; ++r) Access::add(sum[r], values + r, x);
  }
  for (int r = 0; r < kRows; ++r) Access::store(sum[r], output + targets[r]);
}

// As many rows at a time as there are registers for: with 32 of them up to six, so that none of five, six or
// seven is left to wait for its own sums alone.
template <bool kComplex, typename Real>
void apply_dense(const DenseView<Real>& view, const Real* input, Real* output) {
  constexpr std::uint32_t kRun = kLanes<Real>;
  constexpr std::size_t kColumn = kLanes<Real> * (kComplex ? 2 : 1);
  const std::uint32_t* sources = view.sources;
  const std::uint32_t* targets = view.targets;
  const Real* values = view.values;
  for (std::uint32_t k = 0; k < view.count; ++k) {
    const std::uint32_t size = view.sizes[k];
    std::uint32_t row = 0;
    const auto run = [&]<int kRows>() {
      dense_rows<kRows, kComplex>(size, sources, targets, values + row % kRun, input, output);
      row += static_cast<std::uint32_t>(kRows);
      targets += kRows;
    };
    while (row < size) {
      const std::uint32_t left = size - row < kRun - row % kRun ? size - row : kRun - row % kRun;
      if constexpr (kRegisters == 1) {
        switch (left) {
          case 1:
            run.template operator()<1>();
            break;
          case 2:
            run.template operator()<2>();
            break;
          case 3:
          case 7:
            run.template operator()<3>();
            break;
          case 5:
            run.template operator()<5>();
            break;
          case 6:
            run.template operator()<6>();
            break;
          default:
            run.template operator()<4>();
        }
      } else if (kRegisters == 2 && left >= 2) {
        run.template operator()<2>();
      } else {
        run.template operator()<1>();
      }
      if (row % kRun == 0 || row == size) values += size * kColumn;
    }
    sources += size;
  }
}

// Real and imaginary parts of a column take part in sums of their own, so that no sum waits for the other.
template <bool kComplex, typename Real>
void apply_line_dense(const DenseView<Real>& view, const Real* input, Real* output, std::size_t plane) {
  constexpr std::uint32_t kStep = static_cast<std::uint32_t>(kWidth<Real>);
  constexpr std::uint32_t kRun = kLanes<Real>;
  constexpr std::size_t kColumn = kLanes<Real> * (kComplex ? 2 : 1);
  const std::uint32_t* sources = view.sources;
  const std::uint32_t* targets = view.targets;
  const Real* run = view.values;
  for (std::uint32_t k = 0; k < view.count; ++k) {
    const std::uint32_t size = view.sizes[k];
    for (std::uint32_t row = 0; row < size; row += kStep) {
      const Real* values = run + row % kRun;
      Line<Real> sum[kComplex ? 4 : 1];
      for (Line<Real>& part : sum) part = Line<Real>::zero();
      for (std::uint32_t c = 0; c < size; ++c, values += kColumn) {
        const Real* source = input + sources[c];
        const Line<Real> x = Line<Real>::load(values);
        sum[0].add_product(source[0], x);
        if constexpr (kComplex) {
          const Line<Real> y = Line<Real>::load(values + kRun);
          sum[1].add_product(source[0], y);
          sum[2].add_product(source[plane], y);
          sum[3].add_product(source[plane], x);
        }
      }
      alignas(kSlotBytes) Real re[kStep];
      alignas(kSlotBytes) Real im[kStep];
      if constexpr (kComplex) {
        sum[0] = sum[0] - sum[2];
        sum[1].add(sum[3]);
        sum[1].store(im, kWidth<Real>);
      }
      sum[0].store(re, kWidth<Real>);
      const std::uint32_t count = size - row < kStep ? size - row : kStep;
      for (std::uint32_t r = 0; r < count; ++r) {
        output[targets[row + r]] = re[r];
        if constexpr (kComplex) output[targets[row + r] + plane] = im[r];
      }
      if ((row + kStep) % kRun == 0 || row + kStep >= size) run += size * kColumn;
    }
    sources += size;
    targets += size;
  }
}

}  // namespace peterweyl::PETERWEYL_ISA
