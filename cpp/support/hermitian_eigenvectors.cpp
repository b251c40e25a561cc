#include "support/hermitian_eigenvectors.hpp"

#include <Eigen/Eigenvalues>

namespace peterweyl {
namespace {

template <typename Scalar>
using Dense = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>;

}  // namespace

template <typename Scalar>
Dense<Scalar> HermitianEigenvectors<Scalar>::inverse_square_root() const {
  return vectors * values.cwiseSqrt().cwiseInverse().asDiagonal() * vectors.adjoint();
}

template <typename Scalar>
HermitianEigenvectors<Scalar> hermitian_eigenvectors(const Dense<Scalar>& matrix) {
  const Eigen::SelfAdjointEigenSolver<Dense<Scalar>> solver(matrix);
  return {solver.eigenvalues(), solver.eigenvectors(), solver.info() == Eigen::Success};
}

template <typename Scalar>
Eigen::VectorXd hermitian_eigenvalues(const Dense<Scalar>& matrix) {
  return Eigen::SelfAdjointEigenSolver<Dense<Scalar>>(matrix, Eigen::EigenvaluesOnly).eigenvalues();
}

template struct HermitianEigenvectors<double>;
template struct HermitianEigenvectors<std::complex<double>>;
template HermitianEigenvectors<double> hermitian_eigenvectors(const Dense<double>&);
template HermitianEigenvectors<std::complex<double>> hermitian_eigenvectors(
    const Dense<std::complex<double>>&);
template Eigen::VectorXd hermitian_eigenvalues(const Dense<double>&);
template Eigen::VectorXd hermitian_eigenvalues(const Dense<std::complex<double>>&);

}  // namespace peterweyl
