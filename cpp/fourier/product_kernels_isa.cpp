// The kernels of product_kernels.hpp for one instruction set: compiled once for each, like
// simd_kernels_isa.cpp.
#include <utility>

#include "fourier/product_kernels.hpp"
#include "fourier/simd_values.hpp"

#define PETERWEYL_JOIN_(a, b) a##b
#define PETERWEYL_JOIN(a, b) PETERWEYL_JOIN_(a, b)

namespace peterweyl {
namespace PETERWEYL_ISA {
namespace {

// --- slots ---

template <typename Real>
PETERWEYL_INLINE void add_product(Slot<Real>& sum, const Slot<Real>& a, const Slot<Real>& b) {
  for (int k = 0; k < kParts<Real>; ++k) sum.part[k] += a.part[k] * b.part[k];
}

template <typename Real>
PETERWEYL_INLINE Slot<Real> scaled(Real factor, const Slot<Real>& slot) {
  Slot<Real> result = Slot<Real>::zero();
  result.add_product(factor, slot);
  return result;
}

// Sums of products h f or, with a sign of -1, h conj(f): the sign enters at the end. kRows and kColumns
// entries of a block are summed at a time, as many as there are registers for.
template <typename R>
struct RealSum {
  using Real = R;
  using Left = Slot<Real>;
  using Right = Slot<Real>;
  static constexpr int kRows = 2;
  static constexpr int kColumns = kRegisters == 1 ? 4 : 2;
  Slot<Real> sum;

  static PETERWEYL_INLINE RealSum zero() { return {Slot<Real>::zero()}; }
  static PETERWEYL_INLINE Left left(const Real* address) { return Slot<Real>::load(address); }
  static PETERWEYL_INLINE Right right(const Real* address) { return Slot<Real>::load(address); }
  PETERWEYL_INLINE void add(const Left& h, const Right& f) { add_product(sum, h, f); }
  PETERWEYL_INLINE void store(Real* address, Real scale, Real /*sign*/) const {
    scaled(scale, sum).store(address);
  }
};

template <typename R>
struct ComplexSum {
  using Real = R;
  using Left = ComplexSlot<Real>;
  using Right = ComplexSlot<Real>;
  static constexpr int kRows = kRegisters == 1 ? 2 : 1;
  static constexpr int kColumns = kRegisters == 1 ? 2 : 1;
  ComplexSlot<Real> by_real;  // the real part of h times f
  ComplexSlot<Real> by_imaginary;

  static PETERWEYL_INLINE ComplexSum zero() { return {ComplexSlot<Real>::zero(), ComplexSlot<Real>::zero()}; }
  static PETERWEYL_INLINE Left left(const Real* address) {
    return ComplexSlot<Real>::load(address, kLanes<Real>);
  }
  static PETERWEYL_INLINE Right right(const Real* address) {
    return ComplexSlot<Real>::load(address, kLanes<Real>);
  }
  PETERWEYL_INLINE void add(const Left& h, const Right& f) {
    add_product(by_real.re, h.re, f.re);
    add_product(by_real.im, h.re, f.im);
    add_product(by_imaginary.re, h.im, f.re);
    add_product(by_imaginary.im, h.im, f.im);
  }
  PETERWEYL_INLINE void store(Real* address, Real scale, Real sign) const {
    (scaled(scale, by_real.re) - scaled(scale * sign, by_imaginary.im)).store(address);
    (scaled(scale * sign, by_real.im) + scaled(scale, by_imaginary.re)).store(address + kLanes<Real>);
  }
};

#if defined(__clang__) || (defined(__GNUC__) && __GNUC__ >= 12)
template <int kEvenFrom, int kOddFrom, typename Vector, int... kIndex>
PETERWEYL_INLINE Vector lanes_from(const Vector& x, std::integer_sequence<int, kIndex...> /*indices*/) {
  return __builtin_shufflevector(x, x, (kIndex % 2 == 0 ? kIndex + kEvenFrom : kIndex - 1 + kOddFrom)...);
}
// Even lane 2k takes lane 2k + kEvenFrom, odd lane 2k + 1 takes lane 2k + kOddFrom.
template <int kEvenFrom, int kOddFrom, typename Real>
PETERWEYL_INLINE Slot<Real> neighbours(const Slot<Real>& slot) {
  Slot<Real> result;
  for (int k = 0; k < kParts<Real>; ++k) {
    result.part[k] =
        lanes_from<kEvenFrom, kOddFrom>(slot.part[k], std::make_integer_sequence<int, kWidth<Real>>{});
  }
  return result;
}
#else
template <int kEvenFrom, int kOddFrom, typename Real>
PETERWEYL_INLINE Slot<Real> neighbours(const Slot<Real>& slot) {
  Slot<Real> result;
  const Real* source = reinterpret_cast<const Real*>(&slot);
  Real* target = reinterpret_cast<Real*>(&result);
  for (int lane = 0; lane < static_cast<int>(kLanes<Real>); lane += 2) {
    target[lane] = source[lane + kEvenFrom];
    target[lane + 1] = source[lane + kOddFrom];
  }
  return result;
}
#endif

template <typename R>
struct PairedSum {
  using Real = R;
  struct Left {
    Slot<Real> real;
    Slot<Real> imaginary;
  };
  using Right = Slot<Real>;
  static constexpr int kRows = kRegisters == 1 ? 2 : 1;
  static constexpr int kColumns = kRegisters == 1 ? 4 : 2;
  Slot<Real> by_real;
  Slot<Real> by_imaginary;

  static PETERWEYL_INLINE PairedSum zero() { return {Slot<Real>::zero(), Slot<Real>::zero()}; }
  static PETERWEYL_INLINE Left left(const Real* address) {
    const Slot<Real> pairs = Slot<Real>::load(address);
    return {neighbours<0, 0>(pairs), neighbours<1, 1>(pairs)};
  }
  static PETERWEYL_INLINE Right right(const Real* address) { return Slot<Real>::load(address); }
  PETERWEYL_INLINE void add(const Left& h, const Right& f) {
    add_product(by_real, h.real, f);
    add_product(by_imaginary, h.imaginary, f);
  }
  PETERWEYL_INLINE void store(Real* address, Real scale, Real sign) const {
    Slot<Real> first;
    Slot<Real> second;
    Real* factors = reinterpret_cast<Real*>(&first);
    Real* turned = reinterpret_cast<Real*>(&second);
    for (std::size_t lane = 0; lane < kLanes<Real>; lane += 2) {
      factors[lane] = scale;
      factors[lane + 1] = scale * sign;
      turned[lane] = -scale * sign;
      turned[lane + 1] = scale;
    }
    Slot<Real> result = Slot<Real>::zero();
    add_product(result, first, by_real);
    add_product(result, second, neighbours<1, 0>(by_imaginary));
    result.store(address);
  }
};

// A block, and where its entries are: those of h and the product by rows, those of f `step` apart in a row
// of the factor that it is.
template <typename Real>
struct Block {
  std::size_t degree;
  const std::uint32_t* slots;
  std::size_t row_step;
  std::size_t column_step;
  Real scale;
  Real sign;
};

template <typename Sum, int kRows, int kColumns, typename Real = typename Sum::Real>
void add_entries(const Block<Real>& block, std::size_t row, std::size_t column, const Real* h, const Real* f,
                 Real* product) {
  Sum sum[kRows][kColumns];
  for (auto& sums : sum) {
    for (Sum& entry : sums) entry = Sum::zero();
  }
  const std::uint32_t* left = block.slots + row * block.degree;
  const std::uint32_t* right = block.slots + column * block.column_step;
  for (std::size_t k = 0; k < block.degree; ++k, right += block.row_step) {
    typename Sum::Left a[kRows];
    for (int i = 0; i < kRows; ++i)
      a[i] = Sum::left(h + left[static_cast<std::size_t>(i) * block.degree + k]);
    for (int j = 0; j < kColumns; ++j) {
      const typename Sum::Right b = Sum::right(f + right[static_cast<std::size_t>(j) * block.column_step]);
      for (int i = 0; i < kRows; ++i) sum[i][j].add(a[i], b);
    }
  }
  const std::uint32_t* target = left + column;
  for (int i = 0; i < kRows; ++i, target += block.degree) {
    for (int j = 0; j < kColumns; ++j) sum[i][j].store(product + target[j], block.scale, block.sign);
  }
}

template <typename Sum, int kRows, typename Real = typename Sum::Real>
PETERWEYL_INLINE void add_rows(const Block<Real>& block, std::size_t row, const Real* h, const Real* f,
                               Real* product) {
  std::size_t column = 0;
  for (; column + Sum::kColumns <= block.degree; column += Sum::kColumns) {
    add_entries<Sum, kRows, Sum::kColumns>(block, row, column, h, f, product);
  }
  if constexpr (Sum::kColumns > 2) {
    if (column + 2 <= block.degree) {
      add_entries<Sum, kRows, 2>(block, row, column, h, f, product);
      column += 2;
    }
  }
  if constexpr (Sum::kColumns > 1) {
    if (column < block.degree) add_entries<Sum, kRows, 1>(block, row, column, h, f, product);
  }
}

template <typename Sum, typename Real>
void multiply_slots(const BlocksView<Real>& view, const Real* h, const Real* f, Real* product) {
  const std::uint32_t* slots = view.slots;
  for (std::size_t r = 0; r < view.irreps; ++r) {
    const std::size_t d = view.degrees[r];
    const Block<Real> block{d,
                            slots,
                            view.adjoint ? 1 : d,
                            view.adjoint ? d : 1,
                            view.scale * static_cast<Real>(d),
                            view.adjoint ? Real{-1} : Real{1}};
    std::size_t row = 0;
    if constexpr (Sum::kRows > 1) {
      for (; row + Sum::kRows <= d; row += Sum::kRows) add_rows<Sum, Sum::kRows>(block, row, h, f, product);
    }
    for (; row < d; ++row) add_rows<Sum, 1>(block, row, h, f, product);
    slots += d * d;
  }
}

// --- lines ---

template <typename Real>
PETERWEYL_INLINE Line<Real> times(const Line<Real>& a, const Line<Real>& b) {
  return {a.value * b.value};
}

// The product of neighbouring irreps of degree 1, entry by entry.
template <bool kComplex, typename Real>
void multiply_entries(std::size_t count, Real scale, Real sign, const Real* h, const Real* f, Real* product,
                      std::size_t plane) {
  for (std::size_t e = 0; e < count; e += kWidth<Real>) {
    const int rest = static_cast<int>(count - e);
    const Line<Real> a = Line<Real>::load(h + e);
    const Line<Real> b = Line<Real>::load(f + e);
    Line<Real> re = Line<Real>::zero();
    re.add_product(scale, times(a, b));
    if constexpr (kComplex) {
      const Line<Real> a_imaginary = Line<Real>::load(h + plane + e);
      const Line<Real> b_imaginary = Line<Real>::load(f + plane + e);
      Line<Real> im = Line<Real>::zero();
      re.subtract_product(scale * sign, times(a_imaginary, b_imaginary));
      im.add_product(scale * sign, times(a, b_imaginary));
      im.add_product(scale, times(a_imaginary, b));
      im.store(product + plane + e, rest);
    }
    re.store(product + e, rest);
  }
}

// kRows rows of one block, a register of columns at a time.
template <bool kComplex, int kRows, typename Real>
void multiply_rows(std::size_t d, Real scale, Real sign, const Real* h, const Real* f, Real* product,
                   std::size_t plane) {
  for (std::size_t column = 0; column < d; column += kWidth<Real>) {
    Line<Real> by_real[kRows][2];
    Line<Real> by_imaginary[kRows][2];
    for (int i = 0; i < kRows; ++i) {
      for (int part = 0; part < 2; ++part) by_real[i][part] = by_imaginary[i][part] = Line<Real>::zero();
    }
    for (std::size_t k = 0; k < d; ++k) {
      const Real* source = f + k * d + column;
      const Line<Real> re = Line<Real>::load(source);
      for (int i = 0; i < kRows; ++i) {
        const Real* left = h + static_cast<std::size_t>(i) * d + k;
        by_real[i][0].add_product(left[0], re);
        if constexpr (kComplex) {
          const Line<Real> im = Line<Real>::load(source + plane);
          by_real[i][1].add_product(left[0], im);
          by_imaginary[i][0].add_product(left[plane], re);
          by_imaginary[i][1].add_product(left[plane], im);
        }
      }
    }
    const int rest = static_cast<int>(d - column);
    for (int i = 0; i < kRows; ++i) {
      Real* target = product + static_cast<std::size_t>(i) * d + column;
      Line<Real> re = Line<Real>::zero();
      re.add_product(scale, by_real[i][0]);
      if constexpr (kComplex) {
        Line<Real> im = Line<Real>::zero();
        re.subtract_product(scale * sign, by_imaginary[i][1]);
        im.add_product(scale * sign, by_real[i][1]);
        im.add_product(scale, by_imaginary[i][0]);
        im.store(target + plane, rest);
      }
      re.store(target, rest);
    }
  }
}

template <bool kComplex, typename Real>
void multiply_lines_of(const BlocksView<Real>& view, const Real* h, const Real* f, Real* product,
                       std::size_t plane) {
  const Real sign = view.adjoint ? Real{-1} : Real{1};
  std::size_t offset = 0;
  for (std::size_t r = 0; r < view.irreps;) {
    const std::size_t d = view.degrees[r];
    const Real scale = view.scale * static_cast<Real>(d);
    if (d == 1) {
      std::size_t count = 0;
      while (r < view.irreps && view.degrees[r] == 1) {
        ++r;
        ++count;
      }
      multiply_entries<kComplex>(count, scale, sign, h + offset, f + offset, product + offset, plane);
      offset += count;
      continue;
    }
    std::size_t row = 0;
    for (; row + 2 <= d; row += 2) {
      const std::size_t at = offset + row * d;
      multiply_rows<kComplex, 2>(d, scale, sign, h + at, f + offset, product + at, plane);
    }
    if (row < d) {
      const std::size_t at = offset + row * d;
      multiply_rows<kComplex, 1>(d, scale, sign, h + at, f + offset, product + at, plane);
    }
    offset += d * d;
    ++r;
  }
}

template <typename Real>
void multiply_lines(const BlocksView<Real>& view, const Real* h, const Real* f, Real* product,
                    std::size_t plane) {
  if (plane == 0) {
    multiply_lines_of<false>(view, h, f, product, plane);
  } else {
    multiply_lines_of<true>(view, h, f, product, plane);
  }
}

template <typename Real>
constexpr ProductKernels<Real> kProductTable = {
    &multiply_slots<RealSum<Real>, Real>, &multiply_slots<ComplexSum<Real>, Real>,
    &multiply_slots<PairedSum<Real>, Real>, &multiply_lines<Real>};

}  // namespace
}  // namespace PETERWEYL_ISA

const ProductKernels<float>& PETERWEYL_JOIN(float_products_, PETERWEYL_ISA)();
const ProductKernels<float>& PETERWEYL_JOIN(float_products_, PETERWEYL_ISA)() {
  return PETERWEYL_ISA::kProductTable<float>;
}
const ProductKernels<double>& PETERWEYL_JOIN(double_products_, PETERWEYL_ISA)();
const ProductKernels<double>& PETERWEYL_JOIN(double_products_, PETERWEYL_ISA)() {
  return PETERWEYL_ISA::kProductTable<double>;
}

}  // namespace peterweyl
