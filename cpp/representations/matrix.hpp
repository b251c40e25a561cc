// Dense complex matrices of this layer: row-major, as representation matrices are stored, plus the polar
// step.
#pragma once

#include <Eigen/Core>
#include <complex>
#include <cstddef>

namespace peterweyl {

using Complex = std::complex<double>;
using Matrix = Eigen::Matrix<Complex, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using MatrixMap = Eigen::Map<Matrix>;
using ConstMatrixMap = Eigen::Map<const Matrix>;

inline Eigen::Index index_of(std::size_t value) {
  return static_cast<Eigen::Index>(value);
}

// The square matrix number `position` in a run of row-major degree x degree matrices.
inline ConstMatrixMap square_at(const Complex* run, std::size_t position, std::size_t degree) {
  return {run + position * degree * degree, index_of(degree), index_of(degree)};
}
inline MatrixMap square_at(Complex* run, std::size_t position, std::size_t degree) {
  return {run + position * degree * degree, index_of(degree), index_of(degree)};
}

// Largest entry in modulus of Q^H Q - 1.
double unitarity_defect(const Matrix& q);

// The nearest matrix with orthonormal columns to one that has nearly orthonormal columns (defect below 0.1),
// by Newton and Schulz's iteration Q <- Q (3 - Q^H Q) / 2, quadratic (Higham, Functions of Matrices, 2008,
// chapter 8). Throws NumericalError when the start is too far away. O(rows * columns^2).
Matrix polar_factor(Matrix q);

}  // namespace peterweyl
