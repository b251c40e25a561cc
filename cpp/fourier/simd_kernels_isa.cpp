// The kernels of simd_kernels.hpp for one instruction set: this file is compiled once for each, with the
// flags of that set and its name in PETERWEYL_ISA. It includes nothing that holds inline functions, so that
// no code compiled with these flags can be taken for code of another file.
#include "fourier/large_dft.hpp"
#include "fourier/simd_dense.hpp"
#include "fourier/simd_kernels.hpp"

#include "fourier/factored_blocks.hpp"
#include "fourier/simd_values.hpp"
#include "fourier/small_dft.hpp"
#include "fourier/symmetric_four.hpp"

#define PETERWEYL_JOIN_(a, b) a##b
#define PETERWEYL_JOIN(a, b) PETERWEYL_JOIN_(a, b)
#define PETERWEYL_TEXT_(a) #a
#define PETERWEYL_TEXT(a) PETERWEYL_TEXT_(a)

namespace peterweyl {
namespace PETERWEYL_ISA {
namespace {

// --- panels ---

template <int kVectors, typename Real>
PETERWEYL_INLINE void real_rows(const PanelView<Real>& panel, const Real* const* input, Real* const* output) {
  std::uint32_t entry = 0;
  for (std::uint32_t row = 0; row < panel.rows; ++row) {
    Slot<Real> sum[kVectors];
    for (int v = 0; v < kVectors; ++v) sum[v] = Slot<Real>::zero();
    for (const std::uint32_t end = panel.row_begin[row + 1]; entry < end; ++entry) {
      const Real value = panel.values[entry];
      const std::uint32_t source = panel.sources[entry];
      for (int v = 0; v < kVectors; ++v) sum[v].add_product(value, Slot<Real>::load(input[v] + source));
    }
    for (int v = 0; v < kVectors; ++v) sum[v].store(output[v] + panel.targets[row]);
  }
}

template <int kVectors, typename Real>
PETERWEYL_INLINE void complex_rows(const PanelView<Real>& panel, const Real* const* input,
                                   Real* const* output) {
  std::uint32_t entry = 0;
  for (std::uint32_t row = 0; row < panel.rows; ++row) {
    ComplexSlot<Real> sum[kVectors];
    for (int v = 0; v < kVectors; ++v) sum[v] = ComplexSlot<Real>::zero();
    for (const std::uint32_t end = panel.row_begin[row + 1]; entry < end; ++entry) {
      const Real x = panel.values[2 * entry];
      const Real y = panel.values[2 * entry + 1];
      const std::uint32_t source = panel.sources[entry];
      for (int v = 0; v < kVectors; ++v) {
        sum[v].add_product(x, y, ComplexSlot<Real>::load(input[v] + source, kLanes<Real>));
      }
    }
    for (int v = 0; v < kVectors; ++v) sum[v].store(output[v] + panel.targets[row], kLanes<Real>);
  }
}

// All columns of all blocks, kVectors at a time.
template <bool kComplex, typename Real>
void apply_panel(const PanelView<Real>& panel, const Real* input, Real* output, std::size_t blocks,
                 std::size_t stride) {
  constexpr int kVectors = kRegisters == 1 ? (kComplex ? 4 : 8) : (kComplex ? 1 : 2);
  const std::size_t total = blocks * panel.vectors;
  std::size_t block = 0;
  std::uint32_t vector = 0;
  const Real* sources[kVectors];
  Real* targets[kVectors];
  const auto next = [&](int v) {
    sources[v] = input + block * stride + std::size_t{vector} * panel.input_stride;
    targets[v] = output + block * stride + std::size_t{vector} * panel.output_stride;
    if (++vector == panel.vectors) {
      vector = 0;
      ++block;
    }
  };
  std::size_t done = 0;
  for (; done + kVectors <= total; done += kVectors) {
    for (int v = 0; v < kVectors; ++v) next(v);
    if constexpr (kComplex) {
      complex_rows<kVectors>(panel, sources, targets);
    } else {
      real_rows<kVectors>(panel, sources, targets);
    }
  }
  const auto rest = [&]<int kCount>() {
    if (done + kCount > total) return;
    for (int v = 0; v < kCount; ++v) next(v);
    done += kCount;
    if constexpr (kComplex) {
      complex_rows<kCount>(panel, sources, targets);
    } else {
      real_rows<kCount>(panel, sources, targets);
    }
  };
  if constexpr (kVectors > 4) rest.template operator()<4>();
  if constexpr (kVectors > 2) rest.template operator()<2>();
  if constexpr (kVectors > 1) rest.template operator()<1>();
}

// --- lines ---

// One run of at most kCount registers through all rows. Few registers leave room for several sums at a time,
// which hide the latency of the additions.
template <int kCount, typename Real>
PETERWEYL_INLINE void real_line(const PanelView<Real>& panel, const Real* input, Real* output, int length) {
  constexpr int kSums = kCount == 1 ? 4 : kCount == 2 ? 2 : 1;
  std::uint32_t entry = 0;
  for (std::uint32_t row = 0; row < panel.rows; ++row) {
    Line<Real> sum[kSums][kCount];
    for (auto& part : sum) {
      for (Line<Real>& line : part) line = Line<Real>::zero();
    }
    const std::uint32_t end = panel.row_begin[row + 1];
    for (; entry + kSums <= end; entry += kSums) {
      for (int s = 0; s < kSums; ++s) {
        const Real value = panel.values[entry + static_cast<std::uint32_t>(s)];
        const Real* source = input + panel.sources[entry + static_cast<std::uint32_t>(s)];
        for (int k = 0; k < kCount; ++k) {
          sum[s][k].add_product(value, Line<Real>::load(source + k * kWidth<Real>));
        }
      }
    }
    for (; entry < end; ++entry) {
      const Real* source = input + panel.sources[entry];
      for (int k = 0; k < kCount; ++k) {
        sum[0][k].add_product(panel.values[entry], Line<Real>::load(source + k * kWidth<Real>));
      }
    }
    Real* target = output + panel.targets[row];
    for (int k = 0; k < kCount; ++k) {
      for (int s = 1; s < kSums; ++s) sum[0][k].add(sum[s][k]);
      sum[0][k].store(target + k * kWidth<Real>, length - k * kWidth<Real>);
    }
  }
}

template <int kCount, typename Real>
PETERWEYL_INLINE void complex_line(const PanelView<Real>& panel, const Real* input, Real* output,
                                   std::size_t plane, int length) {
  constexpr int kSums = kCount == 1 ? 2 : 1;
  std::uint32_t entry = 0;
  for (std::uint32_t row = 0; row < panel.rows; ++row) {
    Line<Real> re[kSums][kCount];
    Line<Real> im[kSums][kCount];
    for (int s = 0; s < kSums; ++s) {
      for (int k = 0; k < kCount; ++k) re[s][k] = im[s][k] = Line<Real>::zero();
    }
    const std::uint32_t end = panel.row_begin[row + 1];
    const auto add = [&](int s, std::uint32_t e) {
      const Real x = panel.values[2 * e];
      const Real y = panel.values[2 * e + 1];
      const Real* source = input + panel.sources[e];
      for (int k = 0; k < kCount; ++k) {
        const Line<Real> a = Line<Real>::load(source + k * kWidth<Real>);
        const Line<Real> b = Line<Real>::load(source + plane + k * kWidth<Real>);
        re[s][k].add_product(x, a);
        im[s][k].add_product(x, b);
        re[s][k].subtract_product(y, b);
        im[s][k].add_product(y, a);
      }
    };
    for (; entry + kSums <= end; entry += kSums) {
      for (int s = 0; s < kSums; ++s) add(s, entry + static_cast<std::uint32_t>(s));
    }
    for (; entry < end; ++entry) add(0, entry);
    Real* target = output + panel.targets[row];
    for (int k = 0; k < kCount; ++k) {
      for (int s = 1; s < kSums; ++s) {
        re[0][k].add(re[s][k]);
        im[0][k].add(im[s][k]);
      }
      re[0][k].store(target + k * kWidth<Real>, length - k * kWidth<Real>);
      im[0][k].store(target + plane + k * kWidth<Real>, length - k * kWidth<Real>);
    }
  }
}

// Columns that are not neighbours, or just one of them.
template <bool kComplex, typename Real>
void apart_lines(const PanelView<Real>& panel, const Real* input, Real* output, std::size_t plane) {
  for (std::uint32_t v = 0; v < panel.vectors; ++v) {
    std::uint32_t entry = 0;
    for (std::uint32_t row = 0; row < panel.rows; ++row) {
      Real re = 0;
      Real im = 0;
      for (const std::uint32_t end = panel.row_begin[row + 1]; entry < end; ++entry) {
        const Real* source = input + panel.sources[entry];
        if constexpr (kComplex) {
          const Real x = panel.values[2 * entry];
          const Real y = panel.values[2 * entry + 1];
          re += x * source[0] - y * source[plane];
          im += x * source[plane] + y * source[0];
        } else {
          re += panel.values[entry] * source[0];
        }
      }
      output[panel.targets[row]] = re;
      if constexpr (kComplex) output[panel.targets[row] + plane] = im;
    }
    input += panel.input_stride;
    output += panel.output_stride;
  }
}

template <bool kComplex, typename Real>
void apply_lines(const PanelView<Real>& panel, const Real* input, Real* output, std::size_t plane,
                 std::size_t blocks, std::size_t stride) {
  constexpr int kLongest = kComplex ? 2 : 4;
  for (std::size_t block = 0; block < blocks; ++block, input += stride, output += stride) {
    if (panel.vectors == 1 || panel.input_stride != 1 || panel.output_stride != 1) {
      apart_lines<kComplex>(panel, input, output, plane);
      continue;
    }
    for (int done = 0; done < static_cast<int>(panel.vectors);) {
      const int length = static_cast<int>(panel.vectors) - done;
      const auto run = [&]<int kCount>() {
        if constexpr (kComplex) {
          complex_line<kCount>(panel, input + done, output + done, plane, length);
        } else {
          real_line<kCount>(panel, input + done, output + done, length);
        }
        done += kCount * kWidth<Real>;
      };
      if (length <= kWidth<Real>) {
        run.template operator()<1>();
      } else if (length <= 2 * kWidth<Real> || kLongest == 2) {
        run.template operator()<2>();
      } else if (length <= 3 * kWidth<Real>) {
        run.template operator()<3>();
      } else {
        run.template operator()<kLongest>();
      }
    }
  }
}

// --- butterflies ---

template <typename Part, typename Real>
PETERWEYL_INLINE void real_two_of(const ButterflyView<Real>& view, Real* data, std::size_t blocks,
                                  std::size_t stride) {
  for (std::size_t block = 0; block < blocks; ++block, data += stride) {
    for (std::uint32_t k = 0; k < view.count; ++k) {
      Real* first = data + view.slots[2 * k];
      Real* second = data + view.slots[2 * k + 1];
      const Part a = Part::load(first);
      const Part b = Part::load(second);
      (a + b).store(first);
      (a - b).store(second);
    }
  }
}

template <typename Part, typename Real>
PETERWEYL_INLINE void real_scale_of(const ButterflyView<Real>& view, Real* data, std::size_t blocks,
                                    std::size_t stride) {
  for (std::size_t block = 0; block < blocks; ++block, data += stride) {
    for (std::uint32_t k = 0; k < view.count; ++k) {
      Real* slot = data + view.slots[k];
      Part scaled = Part::zero();
      scaled.add_product(view.twiddles[2 * k], Part::load(slot));
      scaled.store(slot);
    }
  }
}

// (a, b) -> (a + w b, a - w b), and the adjoint (a, b) -> (a + b, conj(w) (a - b)).
template <typename Part, bool kAdjoint, Twiddle kTwiddle, typename Real>
PETERWEYL_INLINE void two_of(const ButterflyView<Real>& view, Real* data, std::size_t plane,
                             std::size_t blocks, std::size_t stride) {
  using Value = ComplexOf<Part, Real>;
  for (std::size_t block = 0; block < blocks; ++block, data += stride) {
    for (std::uint32_t k = 0; k < view.count; ++k) {
      Real* first = data + view.slots[2 * k];
      Real* second = data + view.slots[2 * k + 1];
      const Value a = Value::load(first, plane);
      Value b = Value::load(second, plane);
      if constexpr (kTwiddle == Twiddle::kOne) {
        (a + b).store(first, plane);
        (a - b).store(second, plane);
      } else if constexpr (kTwiddle == Twiddle::kImaginary) {
        if constexpr (!kAdjoint) {  // i b
          (Value{a.re - b.im, a.im + b.re}).store(first, plane);
          (Value{a.re + b.im, a.im - b.re}).store(second, plane);
        } else {  // -i (a - b)
          (a + b).store(first, plane);
          (Value{a.im - b.im, b.re - a.re}).store(second, plane);
        }
      } else {
        const Real x = view.twiddles[2 * k];
        const Real y = view.twiddles[2 * k + 1];
        if constexpr (!kAdjoint) {
          b = b.times(x, y);
          (a + b).store(first, plane);
          (a - b).store(second, plane);
        } else {
          (a + b).store(first, plane);
          (a - b).times(x, -y).store(second, plane);
        }
      }
    }
  }
}

// kParts times a step of kStep numbers: more than one register at a time would only spill.
template <typename Part, int kRadix, bool kAdjoint, int kParts, int kStep, typename Real>
PETERWEYL_INLINE void odd_radix_of(const ButterflyView<Real>& view, Real* data, std::size_t plane,
                                   std::size_t blocks, std::size_t stride) {
  using Value = ComplexOf<Part, Real>;
  const bool turned = view.twiddles != nullptr;
  const auto count = static_cast<std::size_t>(view.count) * kParts;
  for (std::size_t block = 0; block < blocks; ++block, data += stride) {
    for (std::size_t piece = 0; piece < count; ++piece) {
      const std::size_t k = piece / kParts;
      Real* numbers = data + piece % kParts * kStep;
      const std::uint32_t* slots = view.slots + k * kRadix;
      const Real* twiddles = view.twiddles + k * 2 * (kRadix - 1);
      Value x[kRadix];
      for (int j = 0; j < kRadix; ++j) {
        x[j] = Value::load(numbers + slots[j], plane);
        if (!kAdjoint && turned && j > 0) x[j] = x[j].times(twiddles[2 * j - 2], twiddles[2 * j - 1]);
      }
      small_dft<kRadix, kAdjoint, Real>(x);
      for (int j = 0; j < kRadix; ++j) {
        if (kAdjoint && turned && j > 0) x[j] = x[j].times(twiddles[2 * j - 2], -twiddles[2 * j - 1]);
        x[j].store(numbers + slots[j], plane);
      }
    }
  }
}

template <typename Part, bool kAdjoint, typename Real>
PETERWEYL_INLINE void scale_of(const ButterflyView<Real>& view, Real* data, std::size_t plane,
                               std::size_t blocks, std::size_t stride) {
  using Value = ComplexOf<Part, Real>;
  for (std::size_t block = 0; block < blocks; ++block, data += stride) {
    for (std::uint32_t k = 0; k < view.count; ++k) {
      Real* slot = data + view.slots[k];
      const Real y = view.twiddles[2 * k + 1];
      Value::load(slot, plane).times(view.twiddles[2 * k], kAdjoint ? -y : y).store(slot, plane);
    }
  }
}

// The two forms of each: slots of a whole tile, single numbers of one transform.
template <typename Real>
void real_two(const ButterflyView<Real>& view, Real* data, std::size_t blocks, std::size_t stride) {
  real_two_of<Slot<Real>>(view, data, blocks, stride);
}
template <typename Real>
void real_scale(const ButterflyView<Real>& view, Real* data, std::size_t blocks, std::size_t stride) {
  real_scale_of<Slot<Real>>(view, data, blocks, stride);
}
template <bool kAdjoint, Twiddle kTwiddle, typename Real>
void two(const ButterflyView<Real>& view, Real* data, std::size_t blocks, std::size_t stride) {
  two_of<Slot<Real>, kAdjoint, kTwiddle>(view, data, kLanes<Real>, blocks, stride);
}
template <int kRadix, bool kAdjoint, typename Real>
void odd_radix(const ButterflyView<Real>& view, Real* data, std::size_t blocks, std::size_t stride) {
  odd_radix_of<Line<Real>, kRadix, kAdjoint, kParts<Real>, kWidth<Real>>(view, data, kLanes<Real>, blocks,
                                                                         stride);
}
template <bool kAdjoint, typename Real>
void scale(const ButterflyView<Real>& view, Real* data, std::size_t blocks, std::size_t stride) {
  scale_of<Slot<Real>, kAdjoint>(view, data, kLanes<Real>, blocks, stride);
}
template <typename Real>
void line_real_two(const ButterflyView<Real>& view, Real* data, std::size_t /*plane*/, std::size_t blocks,
                   std::size_t stride) {
  real_two_of<Single<Real>>(view, data, blocks, stride);
}
template <typename Real>
void line_real_scale(const ButterflyView<Real>& view, Real* data, std::size_t /*plane*/, std::size_t blocks,
                     std::size_t stride) {
  real_scale_of<Single<Real>>(view, data, blocks, stride);
}
template <bool kAdjoint, Twiddle kTwiddle, typename Real>
void line_two(const ButterflyView<Real>& view, Real* data, std::size_t plane, std::size_t blocks,
              std::size_t stride) {
  two_of<Single<Real>, kAdjoint, kTwiddle>(view, data, plane, blocks, stride);
}
template <int kRadix, bool kAdjoint, typename Real>
void line_odd_radix(const ButterflyView<Real>& view, Real* data, std::size_t plane, std::size_t blocks,
                    std::size_t stride) {
  odd_radix_of<Single<Real>, kRadix, kAdjoint, 1, 0>(view, data, plane, blocks, stride);
}
template <bool kAdjoint, typename Real>
void line_scale(const ButterflyView<Real>& view, Real* data, std::size_t plane, std::size_t blocks,
                std::size_t stride) {
  scale_of<Single<Real>, kAdjoint>(view, data, plane, blocks, stride);
}

template <bool kAdjoint, typename Real>
void large_radix(const ButterflyView<Real>& view, Real* data, std::size_t blocks, std::size_t stride) {
  large_radix_of<Slot<Real>, kAdjoint>(view, data, kLanes<Real>, blocks, stride);
}
template <bool kAdjoint, typename Real>
void line_large_radix(const ButterflyView<Real>& view, Real* data, std::size_t plane, std::size_t blocks,
                      std::size_t stride) {
  large_radix_of<Single<Real>, kAdjoint>(view, data, plane, blocks, stride);
}

template <typename Real>
constexpr Kernels<Real> kTable = {
    &apply_panel<false, Real>,
    &apply_panel<true, Real>,
    {&apply_factored<false, Real>, &apply_factored<true, Real>},
    {&symmetric_four<false, Real>, &symmetric_four<true, Real>},
    &real_two<Real>,
    &real_scale<Real>,
    {{&two<false, Twiddle::kOne, Real>, &two<false, Twiddle::kImaginary, Real>,
      &two<false, Twiddle::kGeneral, Real>},
     {&two<true, Twiddle::kOne, Real>, &two<true, Twiddle::kImaginary, Real>,
      &two<true, Twiddle::kGeneral, Real>}},
    {{&odd_radix<3, false, Real>, &odd_radix<5, false, Real>, &odd_radix<7, false, Real>,
      &odd_radix<11, false, Real>, &odd_radix<13, false, Real>, &large_radix<false, Real>},
     {&odd_radix<3, true, Real>, &odd_radix<5, true, Real>, &odd_radix<7, true, Real>,
      &odd_radix<11, true, Real>, &odd_radix<13, true, Real>, &large_radix<true, Real>}},
    {&scale<false, Real>, &scale<true, Real>},
    &apply_lines<false, Real>,
    &apply_lines<true, Real>,
    {&apply_factored_lines<false, Real>, &apply_factored_lines<true, Real>},
    &line_real_two<Real>,
    &line_real_scale<Real>,
    {{&line_two<false, Twiddle::kOne, Real>, &line_two<false, Twiddle::kImaginary, Real>,
      &line_two<false, Twiddle::kGeneral, Real>},
     {&line_two<true, Twiddle::kOne, Real>, &line_two<true, Twiddle::kImaginary, Real>,
      &line_two<true, Twiddle::kGeneral, Real>}},
    {{&line_odd_radix<3, false, Real>, &line_odd_radix<5, false, Real>, &line_odd_radix<7, false, Real>,
      &line_odd_radix<11, false, Real>, &line_odd_radix<13, false, Real>, &line_large_radix<false, Real>},
     {&line_odd_radix<3, true, Real>, &line_odd_radix<5, true, Real>, &line_odd_radix<7, true, Real>,
      &line_odd_radix<11, true, Real>, &line_odd_radix<13, true, Real>, &line_large_radix<true, Real>}},
    {&line_scale<false, Real>, &line_scale<true, Real>},
    {&apply_dense<false, Real>, &apply_dense<true, Real>},
    {&apply_line_dense<false, Real>, &apply_line_dense<true, Real>},
    PETERWEYL_TEXT(PETERWEYL_ISA)};

}  // namespace
}  // namespace PETERWEYL_ISA

const Kernels<float>& PETERWEYL_JOIN(float_kernels_, PETERWEYL_ISA)();
const Kernels<float>& PETERWEYL_JOIN(float_kernels_, PETERWEYL_ISA)() {
  return PETERWEYL_ISA::kTable<float>;
}
const Kernels<double>& PETERWEYL_JOIN(double_kernels_, PETERWEYL_ISA)();
const Kernels<double>& PETERWEYL_JOIN(double_kernels_, PETERWEYL_ISA)() {
  return PETERWEYL_ISA::kTable<double>;
}

}  // namespace peterweyl
