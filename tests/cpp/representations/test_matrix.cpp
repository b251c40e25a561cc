#include "representations/matrix.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "support/error.hpp"
#include "support/random.hpp"

using namespace peterweyl;

TEST_CASE("polar factor: a perturbed unitary becomes unitary again, nearby") {
  Random random(1);
  for (const Eigen::Index d : {1, 2, 5, 30}) {
    // Rows of the discrete Fourier matrix.
    Matrix unitary(d, d);
    for (Eigen::Index i = 0; i < d; ++i) {
      for (Eigen::Index j = 0; j < d; ++j) {
        unitary(i, j) = std::polar(1.0 / std::sqrt(static_cast<double>(d)),
                                   6.283185307179586 * static_cast<double>(i * j) / static_cast<double>(d));
      }
    }
    Matrix perturbed = unitary;
    for (Eigen::Index e = 0; e < perturbed.size(); ++e) perturbed.data()[e] += 1e-4 * random.complex_normal();
    CHECK(unitarity_defect(perturbed) > 1e-6);
    const Matrix polar = polar_factor(perturbed);
    CHECK(unitarity_defect(polar) < 3e-15);
    CHECK((polar - unitary).cwiseAbs().maxCoeff() < 2e-3);
    // What is unitary stays.
    CHECK((polar_factor(polar) - polar).cwiseAbs().maxCoeff() < 1e-14);
  }
}

TEST_CASE("polar factor: orthonormal columns of a tall matrix") {
  Matrix tall = Matrix::Zero(5, 2);
  tall(0, 0) = 1.001;
  tall(3, 1) = Complex(0, 0.998);
  tall(4, 0) = 1e-3;
  CHECK(unitarity_defect(polar_factor(tall)) < 1e-15);
}

TEST_CASE("polar factor: refuses what is not nearly unitary, and NaN") {
  CHECK_THROWS_AS(polar_factor(3.0 * Matrix::Identity(2, 2)), NumericalError);
  CHECK_THROWS_AS(polar_factor(Matrix::Zero(2, 2)), NumericalError);
  CHECK_THROWS_AS(polar_factor(std::numeric_limits<double>::quiet_NaN() * Matrix::Identity(2, 2)),
                  NumericalError);
}
