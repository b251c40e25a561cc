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
constexpr RowKernels<Real> kRowTable = {&load_rows<Real>, &store_rows<Real>};

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
