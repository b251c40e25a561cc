#include "support/singular_values.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <type_traits>

#include "support/random.hpp"

using namespace peterweyl;

namespace {

template <typename Scalar>
DenseMatrix<Scalar> random_matrix(Eigen::Index rows, Eigen::Index columns, Random& random) {
  DenseMatrix<Scalar> matrix(rows, columns);
  for (Scalar& entry : matrix.reshaped()) {
    if constexpr (std::is_same_v<Scalar, double>) {
      entry = random.normal();
    } else {
      entry = random.complex_normal();
    }
  }
  return matrix;
}

template <typename Scalar>
void check_shape(Eigen::Index rows, Eigen::Index columns, Eigen::Index rank) {
  Random random(11);
  const DenseMatrix<Scalar> matrix =
      random_matrix<Scalar>(rows, rank, random) * random_matrix<Scalar>(rank, columns, random);
  const auto svd = singular_value_decomposition(matrix);
  const double scale = matrix.norm();
  CHECK((svd.left * svd.values.asDiagonal() * svd.right.adjoint() - matrix).norm() < 1e-7 * scale);
  CHECK((svd.values - singular_values(matrix)).norm() < 1e-7 * scale);
  CHECK(std::abs(svd.values.norm() - scale) < 1e-12 * scale);
  const auto leading = svd.left.leftCols(rank);
  CHECK((leading.adjoint() * leading - DenseMatrix<Scalar>::Identity(rank, rank)).norm() < 1e-8);
  const auto right = svd.right.leftCols(rank);
  CHECK((right.adjoint() * right - DenseMatrix<Scalar>::Identity(rank, rank)).norm() < 1e-8);
  for (Eigen::Index k = rank; k < svd.values.size(); ++k) CHECK(svd.values[k] < 1e-6 * svd.values[0]);
}

}  // namespace

TEST_CASE("singular_values: reconstruction, orthonormality and rank for all shapes") {
  for (const auto& [rows, columns, rank] : {std::array<Eigen::Index, 3>{8, 5, 5},
                                            {5, 8, 5},
                                            {6, 6, 6},
                                            {20, 7, 3},
                                            {7, 20, 3},
                                            {1, 4, 1},
                                            {4, 1, 1}}) {
    check_shape<double>(rows, columns, rank);
    check_shape<std::complex<double>>(rows, columns, rank);
  }
}

TEST_CASE("singular_values: known values and the empty matrix") {
  DenseMatrix<double> matrix(2, 2);
  matrix << 3, 0, 4, 5;
  const Eigen::VectorXd values = singular_values(matrix);
  CHECK(values[0] == doctest::Approx(std::sqrt(45.0)));
  CHECK(values[1] == doctest::Approx(std::sqrt(5.0)));
  CHECK(singular_values(DenseMatrix<double>(0, 3)).size() == 0);
  CHECK(triangular_factor(DenseMatrix<double>(matrix.replicate(3, 1))).rows() == 2);
}
