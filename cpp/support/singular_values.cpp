#include "support/singular_values.hpp"

#include <Eigen/QR>
#include <utility>

#include "support/hermitian_eigenvectors.hpp"

namespace peterweyl {
namespace {

constexpr double kUndetermined = 1e-7;

// Eigenvalues of a Gram matrix, descending, as singular values.
Eigen::VectorXd roots(const Eigen::VectorXd& eigenvalues) {
  return eigenvalues.reverse().cwiseMax(0.0).cwiseSqrt();
}

}  // namespace

template <typename Scalar>
DenseMatrix<Scalar> triangular_factor(const DenseMatrix<Scalar>& matrix) {
  if (matrix.rows() <= matrix.cols()) return matrix;
  const Eigen::HouseholderQR<DenseMatrix<Scalar>> factorization(matrix);
  return factorization.matrixQR().topRows(matrix.cols()).template triangularView<Eigen::Upper>();
}

template <typename Scalar>
SingularValueDecomposition<Scalar> singular_value_decomposition(const DenseMatrix<Scalar>& matrix) {
  if (matrix.rows() < matrix.cols()) {
    SingularValueDecomposition<Scalar> adjoint = singular_value_decomposition<Scalar>(matrix.adjoint());
    return {std::move(adjoint.right), std::move(adjoint.values), std::move(adjoint.left)};
  }
  SingularValueDecomposition<Scalar> result;
  if (matrix.size() == 0) return result;
  const DenseMatrix<Scalar> factor = triangular_factor(matrix);
  const HermitianEigenvectors<Scalar> eigen = hermitian_eigenvectors<Scalar>(factor.adjoint() * factor);
  result.values = roots(eigen.values);
  result.right = eigen.vectors.rowwise().reverse();
  result.left = matrix * result.right;
  for (Eigen::Index k = 0; k < result.values.size(); ++k) {
    const bool determined = result.values[k] > kUndetermined * result.values[0];
    // The norm of A v is the more accurate value.
    if (determined) result.values[k] = result.left.col(k).norm();
    result.left.col(k) *= determined ? 1.0 / result.values[k] : 0.0;
  }
  return result;
}

template <typename Scalar>
Eigen::VectorXd singular_values(const DenseMatrix<Scalar>& matrix) {
  if (matrix.size() == 0) return Eigen::VectorXd::Zero(0);
  if (matrix.rows() == 1 || matrix.cols() == 1) return Eigen::VectorXd::Constant(1, matrix.norm());
  if (matrix.rows() < matrix.cols()) return singular_values<Scalar>(matrix.adjoint());
  const DenseMatrix<Scalar> factor = triangular_factor(matrix);
  return roots(hermitian_eigenvalues<Scalar>(factor.adjoint() * factor));
}

template DenseMatrix<double> triangular_factor(const DenseMatrix<double>&);
template DenseMatrix<std::complex<double>> triangular_factor(const DenseMatrix<std::complex<double>>&);
template SingularValueDecomposition<double> singular_value_decomposition(const DenseMatrix<double>&);
template SingularValueDecomposition<std::complex<double>> singular_value_decomposition(
    const DenseMatrix<std::complex<double>>&);
template Eigen::VectorXd singular_values(const DenseMatrix<double>&);
template Eigen::VectorXd singular_values(const DenseMatrix<std::complex<double>>&);

}  // namespace peterweyl
