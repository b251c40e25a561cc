#include "support/hermitian_eigenvectors.hpp"

#include <doctest/doctest.h>

#include <complex>

using namespace peterweyl;

TEST_CASE("eigenvectors of a Hermitian matrix: [[2, i], [-i, 2]] has 1 and 3") {
  Eigen::MatrixXcd a(2, 2);
  a << 2.0, std::complex<double>(0, 1), std::complex<double>(0, -1), 2.0;
  const auto eigen = hermitian_eigenvectors(a);
  REQUIRE(eigen.converged);
  CHECK(eigen.values[0] == doctest::Approx(1.0));
  CHECK(eigen.values[1] == doctest::Approx(3.0));
  CHECK((a * eigen.vectors - eigen.vectors * eigen.values.asDiagonal()).norm() < 1e-14);
  CHECK((eigen.vectors.adjoint() * eigen.vectors - Eigen::MatrixXcd::Identity(2, 2)).norm() < 1e-14);
  const Eigen::MatrixXcd root = eigen.inverse_square_root();
  CHECK((root * a * root - Eigen::MatrixXcd::Identity(2, 2)).norm() < 1e-14);
  CHECK((hermitian_eigenvalues(a) - eigen.values).norm() < 1e-14);
}

TEST_CASE("only the lower triangle of a Hermitian matrix is read") {
  Eigen::MatrixXd a(2, 2);
  a << 0.0, 99.0, 1.0, 0.0;
  const Eigen::VectorXd values = hermitian_eigenvalues(a);
  CHECK(values[0] == doctest::Approx(-1.0));
  CHECK(values[1] == doctest::Approx(1.0));
}
