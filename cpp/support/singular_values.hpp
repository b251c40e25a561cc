// Singular value decompositions, compiled once for the whole core (Eigen's own cost a minute of compile time
// each).
//
// Method: Householder QR down to a square factor R, then the eigenvectors of the Hermitian R^H R. Values
// below 1e-7 of the largest are rounding noise: enough for every rank decision of this library, whose
// thresholds start at 1e-3.
#pragma once

#include <Eigen/Core>
#include <complex>

namespace peterweyl {

template <typename Scalar>
using DenseMatrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>;

// A = left * diag(values) * right^H; values descending, min(rows, columns) of them. Columns of `left` that
// belong to values below 1e-7 of the largest are zero: they are not determined.
template <typename Scalar>
struct SingularValueDecomposition {
  DenseMatrix<Scalar> left;
  Eigen::VectorXd values;
  DenseMatrix<Scalar> right;
};

// Scalar is double or std::complex<double>. O(rows * columns * min(rows, columns)).
template <typename Scalar>
SingularValueDecomposition<Scalar> singular_value_decomposition(const DenseMatrix<Scalar>& matrix);

template <typename Scalar>
Eigen::VectorXd singular_values(const DenseMatrix<Scalar>& matrix);

// The square upper triangular factor of a QR decomposition; the matrix itself where it has no more rows than
// columns. Same singular values, same right singular vectors.
template <typename Scalar>
DenseMatrix<Scalar> triangular_factor(const DenseMatrix<Scalar>& matrix);

}  // namespace peterweyl
