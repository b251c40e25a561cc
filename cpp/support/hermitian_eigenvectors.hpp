// Eigenvalues and eigenvectors of Hermitian matrices, compiled once for the whole core: Eigen's solver costs
// ten seconds of compile time wherever it is used.
#pragma once

#include <Eigen/Core>
#include <complex>

namespace peterweyl {

template <typename Scalar>
struct HermitianEigenvectors {
  Eigen::VectorXd values;                                         // ascending
  Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic> vectors;  // orthonormal columns
  bool converged = false;

  // The matrix to the power -1/2; every eigenvalue must be positive.
  Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic> inverse_square_root() const;
};

// Of the lower triangle of a square matrix. Scalar is double or std::complex<double>. O(n^3).
template <typename Scalar>
HermitianEigenvectors<Scalar> hermitian_eigenvectors(
    const Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>& matrix);

// Ascending.
template <typename Scalar>
Eigen::VectorXd hermitian_eigenvalues(const Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>& matrix);

}  // namespace peterweyl
