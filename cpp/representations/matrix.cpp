#include "representations/matrix.hpp"

#include <string>
#include <utility>

#include "support/error.hpp"

namespace peterweyl {

double unitarity_defect(const Matrix& q) {
  Matrix gram = q.adjoint() * q;
  gram.diagonal().array() -= 1.0;
  return gram.size() == 0 ? 0.0 : gram.cwiseAbs().maxCoeff();
}

Matrix polar_factor(Matrix q) {
  constexpr int kSteps = 6;
  constexpr double kStart = 0.1;
  constexpr double kGoal = 1e-15;
  double before = unitarity_defect(q);
  if (!(before * static_cast<double>(q.cols()) < kStart * 10)) {
    throw NumericalError("polar factor: expected a nearly unitary matrix, its defect is " +
                         std::to_string(before));
  }
  for (int step = 0; step < kSteps && before > kGoal; ++step) {
    Matrix correction = -0.5 * (q.adjoint() * q);
    correction.diagonal().array() += 1.5;
    Matrix next = q * correction;
    const double after = unitarity_defect(next);
    if (!(after < before)) break;  // rounding level reached
    q = std::move(next);
    before = after;
  }
  return q;
}

}  // namespace peterweyl
