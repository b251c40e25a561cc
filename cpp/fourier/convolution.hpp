// What is convolved with what: rows of f and h, and where the results go.
#pragma once

#include "fourier/strided_rows.hpp"

namespace peterweyl {

// (f * h)(g) = sum_k f(k) h(k^-1 g), or with `correlate` sum_k conj(f(k)) h(k g). All rows are real or all
// are complex, an entry then being two numbers; strides count numbers. Rows of f and h may be the same one (a
// stride of 0): each is transformed once. The output overlaps neither.
template <typename Real>
struct Convolution {
  StridedRows<const Real> f;
  StridedRows<const Real> h;
  StridedRows<Real> output;
  bool complex = false;
  bool correlate = false;
};

}  // namespace peterweyl
