// The kernels of simd_rows.hpp for one instruction set: compiled once for each, like simd_kernels_isa.cpp.
#include <utility>

#include "fourier/simd_rows.hpp"
#include "fourier/simd_values.hpp"

#define PETERWEYL_JOIN_(a, b) a##b
#define PETERWEYL_JOIN(a, b) PETERWEYL_JOIN_(a, b)

#if defined(__clang__) || (defined(__GNUC__) && __GNUC__ >= 12)
#define PETERWEYL_SHUFFLES
#endif

namespace peterweyl {
namespace PETERWEYL_ISA {
namespace {

// Numbers of one entry in a row, and in one row of lanes.
constexpr std::size_t numbers_of(RowKind kind) {
  return kind == RowKind::kReal ? 1 : 2;
}

// Where number k of a row's entry goes, from the slot of the entry; paired rows use two lanes each.
template <typename Real>
PETERWEYL_INLINE std::size_t place_of(RowKind kind, std::size_t k, std::size_t row) {
  return kind == RowKind::kPaired ? 2 * row + k : k * kLanes<Real> + row;
}

template <typename Real>
void load_plainly(const RowsView<Real>& view, const Real* const* rows, std::size_t first, Real* buffer) {
  const std::size_t count = view.kind == RowKind::kPaired ? kLanes<Real> / 2 : kLanes<Real>;
  const std::size_t numbers = numbers_of(view.kind);
  for (std::size_t e = first; e < view.entries; ++e) {
    Real* slot = buffer + view.slots[e];
    const Real weight = view.weights == nullptr ? Real{1} : view.weights[e];
    for (std::size_t row = 0; row < count; ++row) {
      for (std::size_t k = 0; k < numbers; ++k) {
        slot[place_of<Real>(view.kind, k, row)] = weight * rows[row][e * numbers + k];
      }
      if (view.kind == RowKind::kReal && view.complex_slots) slot[kLanes<Real> + row] = 0;
    }
  }
}

template <typename Real>
void store_plainly(const RowsView<Real>& view, Real* const* rows, std::size_t used, std::size_t first,
                   const Real* buffer) {
  for (std::size_t e = first; e < view.entries; ++e) {
    const Real* slot = buffer + view.slots[e];
    const Real weight = view.weights == nullptr ? Real{1} : view.weights[e];
    for (std::size_t row = 0; row < used; ++row) {
      Real* target = rows[row] + e * numbers_of(view.kind);
      target[0] = weight * slot[place_of<Real>(view.kind, 0, row)];
      if (view.kind == RowKind::kReal) continue;
      target[1] =
          view.kind == RowKind::kRealPart ? Real{0} : weight * slot[place_of<Real>(view.kind, 1, row)];
    }
  }
}

#ifdef PETERWEYL_SHUFFLES

// One step of turning over: registers i and i + kApart exchange the halves that are kApart units apart.
template <typename Real, int kUnit, int kApart, int... kIndex>
PETERWEYL_INLINE void exchange(Register<Real>& a, Register<Real>& b,
                               std::integer_sequence<int, kIndex...> /*indices*/) {
  constexpr int kSize = kWidth<Real>;
  const Register<Real> first = __builtin_shufflevector(
      a, b, ((kIndex / kUnit) & kApart ? kSize + kIndex - kApart * kUnit : kIndex)...);
  const Register<Real> second = __builtin_shufflevector(
      a, b, ((kIndex / kUnit) & kApart ? kSize + kIndex : kIndex + kApart * kUnit)...);
  a = first;
  b = second;
}

// Turns over a square matrix of units (of kUnit numbers), one register a row.
template <typename Real, int kUnit, int kApart = kWidth<Real> / kUnit / 2>
PETERWEYL_INLINE void turn_over(Register<Real>* x) {
  if constexpr (kApart >= 1) {
    for (int i = 0; i < kWidth<Real> / kUnit; ++i) {
      if ((i & kApart) == 0) {
        exchange<Real, kUnit, kApart>(x[i], x[i + kApart], std::make_integer_sequence<int, kWidth<Real>>{});
      }
    }
    turn_over<Real, kUnit, kApart / 2>(x);
  }
}

// An even-odd pair of registers of re and im, from (or to) two registers of complex numbers.
template <typename Real, int... kIndex>
PETERWEYL_INLINE void interleave(Register<Real>& a, Register<Real>& b,
                                 std::integer_sequence<int, kIndex...> /*indices*/) {
  constexpr int kSize = kWidth<Real>;
  const Register<Real> low = __builtin_shufflevector(a, b, (kIndex / 2 + kIndex % 2 * kSize)...);
  b = __builtin_shufflevector(a, b, (kSize / 2 + kIndex / 2 + kIndex % 2 * kSize)...);
  a = low;
}
template <typename Real, int... kIndex>
PETERWEYL_INLINE void separate(Register<Real>& a, Register<Real>& b,
                               std::integer_sequence<int, kIndex...> /*indices*/) {
  const Register<Real> even = __builtin_shufflevector(a, b, (2 * kIndex)...);
  b = __builtin_shufflevector(a, b, (2 * kIndex + 1)...);
  a = even;
}

// kSide rows and columns of units fill a slot's lanes; registers hold squares of kSquare.
template <typename Real, RowKind kKind>
void load_kind(const RowsView<Real>& view, const Real* const* rows, Real* buffer) {
  constexpr int kUnit = kKind == RowKind::kPaired ? 2 : 1;
  constexpr int kSquare = kWidth<Real> / kUnit;
  constexpr int kSide = static_cast<int>(kLanes<Real>) / kUnit;
  constexpr std::size_t kEntries = kKind == RowKind::kReal ? kLanes<Real> : kLanes<Real> / 2;
  std::size_t e = 0;
  for (; e + kEntries <= view.entries; e += kEntries) {
    for (int q = 0; q < kSide; q += kSquare) {
      for (int h = 0; h < kSide; h += kSquare) {
        Register<Real> x[kSquare];
        for (int i = 0; i < kSquare; ++i) {
          x[i] = *reinterpret_cast<const Unaligned<Real>*>(rows[h + i] + e * numbers_of(kKind) + q * kUnit);
        }
        turn_over<Real, kUnit>(x);
        for (int i = 0; i < kSquare; ++i) {
          const int column = q + i;
          const std::size_t entry =
              e + static_cast<std::size_t>(kKind == RowKind::kComplex ? column / 2 : column);
          const std::size_t part = kKind == RowKind::kComplex && column % 2 == 1 ? kLanes<Real> : 0;
          Real* target = buffer + view.slots[entry] + part + h * kUnit;
          if (view.weights != nullptr) x[i] *= view.weights[entry];
          *reinterpret_cast<Register<Real>*>(target) = x[i];
          if (kKind == RowKind::kReal && view.complex_slots) {
            *reinterpret_cast<Register<Real>*>(target + kLanes<Real>) = Register<Real>{};
          }
        }
      }
    }
  }
  load_plainly(view, rows, e, buffer);
}

template <typename Real, RowKind kKind>
void store_kind(const RowsView<Real>& view, Real* const* rows, std::size_t used, const Real* buffer) {
  constexpr int kUnit = kKind == RowKind::kPaired ? 2 : 1;
  constexpr int kSquare = kWidth<Real> / kUnit;
  constexpr int kSide = static_cast<int>(kLanes<Real>) / kUnit;
  constexpr bool kOneNumber = kKind == RowKind::kReal || kKind == RowKind::kPaired;  // or pair, a column
  constexpr std::size_t kEntries = kKind == RowKind::kReal ? kLanes<Real> : kLanes<Real> / 2;
  std::size_t e = 0;
  for (; e + kEntries <= view.entries; e += kEntries) {
    for (int q = 0; q < kSide; q += kSquare) {
      for (int h = 0; h < kSide && static_cast<std::size_t>(h) < used; h += kSquare) {
        Register<Real> x[kSquare];
        for (int i = 0; i < kSquare; ++i) {
          const int column = q + i;
          const std::size_t entry = e + static_cast<std::size_t>(kOneNumber ? column : column / 2);
          if (kKind == RowKind::kRealPart && column % 2 == 1) {
            x[i] = Register<Real>{};
            continue;
          }
          const std::size_t part = kKind == RowKind::kComplex && column % 2 == 1 ? kLanes<Real> : 0;
          x[i] = *reinterpret_cast<const Register<Real>*>(buffer + view.slots[entry] + part + h * kUnit);
          if (view.weights != nullptr) x[i] *= view.weights[entry];
        }
        turn_over<Real, kUnit>(x);
        for (int i = 0; i < kSquare; ++i) {
          if (static_cast<std::size_t>(h + i) < used) {
            *reinterpret_cast<Unaligned<Real>*>(rows[h + i] + e * numbers_of(kKind) + q * kUnit) = x[i];
          }
        }
      }
    }
  }
  store_plainly(view, rows, used, e, buffer);
}

#else

template <typename Real, RowKind kKind>
void load_kind(const RowsView<Real>& view, const Real* const* rows, Real* buffer) {
  load_plainly(view, rows, 0, buffer);
}
template <typename Real, RowKind kKind>
void store_kind(const RowsView<Real>& view, Real* const* rows, std::size_t used, const Real* buffer) {
  store_plainly(view, rows, used, 0, buffer);
}

#endif

// --- matrices turned over ---

enum class Turn { kReal, kToComplex, kFromComplex };

template <typename Real>
struct TurnArguments {
  const Real* source[2];  // real and imaginary parts, or complex numbers; a null imaginary part is zero
  Real* target[2];
  Real weight;
};

// One entry; `from` and `to` count entries.
template <typename Real, Turn kTurn>
PETERWEYL_INLINE void turn_entry(const TurnArguments<Real>& x, std::size_t from, std::size_t to) {
  if constexpr (kTurn == Turn::kReal) {
    x.target[0][to] = x.source[0][from];
  } else if constexpr (kTurn == Turn::kToComplex) {
    x.target[0][2 * to] = x.weight * x.source[0][from];
    x.target[0][2 * to + 1] = x.source[1] == nullptr ? Real{0} : x.weight * x.source[1][from];
  } else {
    x.target[0][to] = x.weight * x.source[0][2 * from];
    x.target[1][to] = x.weight * x.source[0][2 * from + 1];
  }
}

#ifdef PETERWEYL_SHUFFLES
// A square of one register's width.
template <typename Real, Turn kTurn>
PETERWEYL_INLINE void turn_square(const TurnArguments<Real>& x, const TurnShape& shape, std::size_t from,
                                  std::size_t to) {
  constexpr std::size_t kSize = kWidth<Real>;
  constexpr auto kIndices = std::make_integer_sequence<int, kWidth<Real>>{};
  constexpr std::size_t kNumbers = kTurn == Turn::kFromComplex ? 2 : 1;
  const bool has_imaginary =
      kTurn == Turn::kFromComplex || (kTurn == Turn::kToComplex && x.source[1] != nullptr);
  Register<Real> re[kSize];
  Register<Real> im[kSize];
  for (std::size_t i = 0; i < kSize; ++i) {
    const std::size_t at = (from + i * shape.source_stride) * kNumbers;
    re[i] = *reinterpret_cast<const Unaligned<Real>*>(x.source[0] + at);
    if constexpr (kTurn == Turn::kFromComplex) {
      im[i] = *reinterpret_cast<const Unaligned<Real>*>(x.source[0] + at + kSize);
      separate<Real>(re[i], im[i], kIndices);
    } else {
      im[i] = has_imaginary ? Register<Real>(*reinterpret_cast<const Unaligned<Real>*>(x.source[1] + at))
                            : Register<Real>{};
    }
  }
  turn_over<Real, 1>(re);
  if (has_imaginary) turn_over<Real, 1>(im);
  for (std::size_t i = 0; i < kSize; ++i) {
    const std::size_t at = to + i * shape.target_stride;
    if constexpr (kTurn != Turn::kReal) {
      re[i] *= x.weight;
      im[i] *= x.weight;
    }
    if constexpr (kTurn == Turn::kToComplex) {
      interleave<Real>(re[i], im[i], kIndices);
      *reinterpret_cast<Unaligned<Real>*>(x.target[0] + 2 * at) = re[i];
      *reinterpret_cast<Unaligned<Real>*>(x.target[0] + 2 * at + kSize) = im[i];
    } else {
      *reinterpret_cast<Unaligned<Real>*>(x.target[0] + at) = re[i];
      if constexpr (kTurn == Turn::kFromComplex) {
        *reinterpret_cast<Unaligned<Real>*>(x.target[1] + at) = im[i];
      }
    }
  }
}
#endif

// The last squares of a row or column overlap those before them.
template <typename Real, Turn kTurn>
PETERWEYL_INLINE void turn_matrix(const TurnShape& shape, const TurnArguments<Real>& x) {
#ifdef PETERWEYL_SHUFFLES
  constexpr std::size_t kSize = kWidth<Real>;
  if (shape.rows >= kSize && shape.columns >= kSize) {
    for (std::size_t r = 0; r < shape.rows; r += kSize) {
      const std::size_t row = r + kSize <= shape.rows ? r : shape.rows - kSize;
      for (std::size_t c = 0; c < shape.columns; c += kSize) {
        const std::size_t column = c + kSize <= shape.columns ? c : shape.columns - kSize;
        turn_square<Real, kTurn>(x, shape, row * shape.source_stride + column,
                                 column * shape.target_stride + row);
      }
    }
    return;
  }
#endif
  for (std::size_t c = 0; c < shape.columns; ++c) {
    for (std::size_t r = 0; r < shape.rows; ++r) {
      turn_entry<Real, kTurn>(x, r * shape.source_stride + c, c * shape.target_stride + r);
    }
  }
}

template <typename Real>
void turn(const TurnShape& shape, const Real* source, Real* target) {
  turn_matrix<Real, Turn::kReal>(shape, {{source, nullptr}, {target, nullptr}, Real{1}});
}
template <typename Real>
void turn_to_complex(const TurnShape& shape, const Real* real, const Real* imaginary, Real weight,
                     Real* target) {
  turn_matrix<Real, Turn::kToComplex>(shape, {{real, imaginary}, {target, nullptr}, weight});
}
template <typename Real>
void turn_from_complex(const TurnShape& shape, const Real* source, Real weight, Real* real, Real* imaginary) {
  turn_matrix<Real, Turn::kFromComplex>(shape, {{source, nullptr}, {real, imaginary}, weight});
}

template <typename Real>
void separate_rows(const PairsView<Real>& view, Real* data, Real* second) {
  using Value = ComplexOf<Line<Real>, Real>;
  constexpr auto kHalf = Real{1} / 2;
  for (std::size_t k = 0; k < view.count; ++k) {
    const Real x = view.half_phases[2 * k];
    const Real y = view.half_phases[2 * k + 1];
    for (std::size_t part = 0; part < kLanes<Real>; part += kWidth<Real>) {
      const std::size_t a = view.slots[2 * k] + part;
      const std::size_t b = view.slots[2 * k + 1] + part;
      const Value za = Value::load(data + a, kLanes<Real>);
      const Value zb = Value::load(data + b, kLanes<Real>);
      const auto write = [&](std::size_t at, const Value& z, const Value& partner) {
        const Value half{z.re.times(kHalf), z.im.times(kHalf)};
        // u conj(partner) / 2
        Value reflected{partner.re.times(x), partner.re.times(y)};
        reflected.re.add_product(y, partner.im);
        reflected.im.subtract_product(x, partner.im);
        (half + reflected).store(data + at, kLanes<Real>);
        (Value{half.im - reflected.im, reflected.re - half.re}).store(second + at, kLanes<Real>);
      };
      write(a, za, zb);
      if (a != b) write(b, zb, za);
    }
  }
}

template <typename Real>
void load_rows(const RowsView<Real>& view, const Real* const* rows, Real* buffer) {
  switch (view.kind) {
    case RowKind::kReal:
      return load_kind<Real, RowKind::kReal>(view, rows, buffer);
    case RowKind::kComplex:
      return load_kind<Real, RowKind::kComplex>(view, rows, buffer);
    default:
      return load_kind<Real, RowKind::kPaired>(view, rows, buffer);
  }
}

template <typename Real>
void store_rows(const RowsView<Real>& view, Real* const* rows, std::size_t used, const Real* buffer) {
  switch (view.kind) {
    case RowKind::kReal:
      return store_kind<Real, RowKind::kReal>(view, rows, used, buffer);
    case RowKind::kComplex:
      return store_kind<Real, RowKind::kComplex>(view, rows, used, buffer);
    case RowKind::kPaired:
      return store_kind<Real, RowKind::kPaired>(view, rows, used, buffer);
    default:
      return store_kind<Real, RowKind::kRealPart>(view, rows, used, buffer);
  }
}

template <typename Real>
constexpr RowKernels<Real> kRowTable = {&load_rows<Real>,     &store_rows<Real>,
                                        &turn<Real>,          &turn_to_complex<Real>,
                                        &separate_rows<Real>, &turn_from_complex<Real>};

}  // namespace
}  // namespace PETERWEYL_ISA

const RowKernels<float>& PETERWEYL_JOIN(float_rows_, PETERWEYL_ISA)();
const RowKernels<float>& PETERWEYL_JOIN(float_rows_, PETERWEYL_ISA)() {
  return PETERWEYL_ISA::kRowTable<float>;
}
const RowKernels<double>& PETERWEYL_JOIN(double_rows_, PETERWEYL_ISA)();
const RowKernels<double>& PETERWEYL_JOIN(double_rows_, PETERWEYL_ISA)() {
  return PETERWEYL_ISA::kRowTable<double>;
}

}  // namespace peterweyl
