// The Fourier transform of the symmetric group on four points in Young's orthogonal form, in registers; see
// simd_values.hpp for how it is compiled.
//
// Elements and coefficients lie as in the first three levels of a chain of symmetric groups, which it
// replaces: element t_i h at i |S_(k-1)| + h; coefficient (a, b) of an irrep of degree d at b d + a after the
// irreps before it, for (4), (3,1), (2,2), (2,1,1), (1,1,1,1). The factors are those of factored_levels.hpp:
// 130 operations instead of 24^2.
#pragma once

#include "fourier/simd_values.hpp"

namespace peterweyl::PETERWEYL_ISA {

template <typename Real>
struct SymmetricFour {
  using Part = Line<Real>;
  static constexpr Real kHalf = Real{1} / 2;
  static constexpr Real kThird = Real{1} / 3;
  static constexpr auto kThree = static_cast<Real>(0.86602540378443864676372317075294);  // sqrt(3) / 2
  static constexpr auto kEight = static_cast<Real>(0.94280904158206336586779248280647);  // sqrt(8) / 3

  // The irreps of S3 below: t and s are the basis vectors of the one of degree 2 that S2 keeps and negates.
  struct Three {
    Part trivial;
    Part degree_two[2][2];  // [a][b], s first
    Part sign;
  };

  static PETERWEYL_INLINE Part plus(const Part& a, const Part& b) { return a + b; }
  static PETERWEYL_INLINE Part minus(const Part& a, const Part& b) { return a - b; }
  static PETERWEYL_INLINE Part plus(const Part& a, Real factor, const Part& b) {
    return {a.value + factor * b.value};
  }

  // From S2 to S3, above its trivial and its sign representation.
  static PETERWEYL_INLINE void from_trivial(const Part& f0, const Part& f1, const Part& f2, Part& trivial,
                                            Part& s, Part& t) {
    const Part sum = plus(f1, f2);
    trivial = plus(f0, sum);
    t = plus(f0, -kHalf, sum);
    s = minus(f1, f2).times(kThree);
  }
  static PETERWEYL_INLINE void from_sign(const Part& f0, const Part& f1, const Part& f2, Part& s, Part& t,
                                         Part& sign) {
    const Part difference = minus(f1, f2);
    t = plus(f1, f2).times(kThree);
    s = plus(f0, kHalf, difference);
    sign = minus(f0, difference);
  }
  static PETERWEYL_INLINE void to_trivial(Part& f0, Part& f1, Part& f2, const Part& trivial, const Part& s,
                                          const Part& t) {
    const Part sum = plus(trivial, -kHalf, t);
    f0 = plus(trivial, t);
    f1 = plus(sum, kThree, s);
    f2 = plus(sum, -kThree, s);
  }
  static PETERWEYL_INLINE void to_sign(Part& f0, Part& f1, Part& f2, const Part& s, const Part& t,
                                       const Part& sign) {
    const Part difference = plus(sign.times(Real{-1}), kHalf, s);
    f0 = plus(s, sign);
    f1 = plus(difference, kThree, t);
    f2 = plus(difference.times(Real{-1}), kThree, t);
  }

  static PETERWEYL_INLINE Part* slot(Part* coefficients, int offset, int degree, int a, int b) {
    return coefficients + offset + b * degree + a;
  }

  static PETERWEYL_INLINE void forward(Part (&x)[24]) {
    Three g[4];
    for (int i = 0; i < 4; ++i) {
      Part even[3];
      Part odd[3];
      for (int j = 0; j < 3; ++j) {
        even[j] = plus(x[6 * i + 2 * j], x[6 * i + 2 * j + 1]);
        odd[j] = minus(x[6 * i + 2 * j], x[6 * i + 2 * j + 1]);
      }
      from_trivial(even[0], even[1], even[2], g[i].trivial, g[i].degree_two[1][0], g[i].degree_two[1][1]);
      from_sign(odd[0], odd[1], odd[2], g[i].degree_two[0][0], g[i].degree_two[0][1], g[i].sign);
    }
    Part p;
    Part q[2];
    Part r[2];
    Part n;
    from_trivial(g[1].trivial, g[2].trivial, g[3].trivial, p, q[0], q[1]);
    x[0] = plus(g[0].trivial, p);
    *slot(x, 1, 3, 2, 2) = plus(g[0].trivial, -kThird, p);
    for (int b = 0; b < 2; ++b) *slot(x, 1, 3, 2, b) = q[b].times(kEight);
    from_sign(g[1].sign, g[2].sign, g[3].sign, r[0], r[1], n);
    x[23] = minus(g[0].sign, n);
    *slot(x, 14, 3, 0, 0) = plus(g[0].sign, kThird, n);
    for (int b = 0; b < 2; ++b) *slot(x, 14, 3, 0, 1 + b) = r[b].times(kEight);
    for (int a = 0; a < 2; ++a) {
      const auto at = [&](int i, int b) -> const Part& { return g[i].degree_two[a][b]; };
      from_trivial(at(1, 1), at(2, 1), at(3, 1), p, q[0], q[1]);
      from_sign(at(1, 0), at(2, 0), at(3, 0), r[0], r[1], n);
      *slot(x, 1, 3, a, 2) = p.times(kEight);
      *slot(x, 14, 3, 1 + a, 0) = n.times(kEight);
      for (int b = 0; b < 2; ++b) {
        *slot(x, 1, 3, a, b) = plus(plus(at(0, b), r[b]), kThird, q[b]);
        *slot(x, 10, 2, a, b) = plus(at(0, b), minus(q[b], r[b]));
        *slot(x, 14, 3, 1 + a, 1 + b) = plus(minus(at(0, b), q[b]), -kThird, r[b]);
      }
    }
  }

  static PETERWEYL_INLINE void adjoint(Part (&x)[24]) {
    Three g[4];
    Part q[2];
    Part r[2];
    for (int b = 0; b < 2; ++b) {
      q[b] = slot(x, 1, 3, 2, b)->times(kEight);
      r[b] = slot(x, 14, 3, 0, 1 + b)->times(kEight);
    }
    const Part& fixed = *slot(x, 1, 3, 2, 2);
    g[0].trivial = plus(x[0], fixed);
    to_trivial(g[1].trivial, g[2].trivial, g[3].trivial, plus(x[0], -kThird, fixed), q[0], q[1]);
    const Part& negated = *slot(x, 14, 3, 0, 0);
    g[0].sign = plus(x[23], negated);
    to_sign(g[1].sign, g[2].sign, g[3].sign, r[0], r[1], plus(x[23].times(Real{-1}), kThird, negated));
    for (int a = 0; a < 2; ++a) {
      const auto at = [&](int i, int b) -> Part& { return g[i].degree_two[a][b]; };
      for (int b = 0; b < 2; ++b) {
        const Part& u = *slot(x, 1, 3, a, b);
        const Part& v = *slot(x, 10, 2, a, b);
        const Part& w = *slot(x, 14, 3, 1 + a, 1 + b);
        at(0, b) = plus(plus(u, v), w);
        q[b] = plus(minus(v, w), kThird, u);
        r[b] = plus(minus(u, v), -kThird, w);
      }
      to_trivial(at(1, 1), at(2, 1), at(3, 1), slot(x, 1, 3, a, 2)->times(kEight), q[0], q[1]);
      to_sign(at(1, 0), at(2, 0), at(3, 0), r[0], r[1], slot(x, 14, 3, 1 + a, 0)->times(kEight));
    }
    for (int i = 0; i < 4; ++i) {
      Part even[3];
      Part odd[3];
      to_trivial(even[0], even[1], even[2], g[i].trivial, g[i].degree_two[1][0], g[i].degree_two[1][1]);
      to_sign(odd[0], odd[1], odd[2], g[i].degree_two[0][0], g[i].degree_two[0][1], g[i].sign);
      for (int j = 0; j < 3; ++j) {
        x[6 * i + 2 * j] = plus(even[j], odd[j]);
        x[6 * i + 2 * j + 1] = minus(even[j], odd[j]);
      }
    }
  }
};

// Blocks of 24 slots, in place.
template <bool kAdjoint, typename Real>
void symmetric_four(Real* data, std::size_t blocks) {
  for (std::size_t k = 0; k < blocks; ++k, data += 24 * kLanes<Real>) {
    for (std::size_t part = 0; part < kLanes<Real>; part += kWidth<Real>) {
      Line<Real> x[24];
      for (std::size_t s = 0; s < 24; ++s) x[s] = Line<Real>::load(data + s * kLanes<Real> + part);
      if constexpr (kAdjoint) {
        SymmetricFour<Real>::adjoint(x);
      } else {
        SymmetricFour<Real>::forward(x);
      }
      for (std::size_t s = 0; s < 24; ++s) x[s].store(data + s * kLanes<Real> + part);
    }
  }
}

}  // namespace peterweyl::PETERWEYL_ISA
