#include "harmonics/block_whitening.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include "support/hermitian_eigenvectors.hpp"

namespace peterweyl {
namespace {

using Eigen::Index;
using Eigen::MatrixXcd;

constexpr int kTurns = 100;
// Eigenvalues of a mean square below this share of the largest: a singular value below 1e-5 of the largest.
constexpr double kRankTolerance = 1e-10;
constexpr double kScalingTolerance = 1e-12;
// Blocks whose scaling stalls above this have no unitary form.
constexpr double kStalledTolerance = 1e-3;

// gram^(-1/2), or an empty matrix when the gram matrix is singular.
MatrixXcd inverse_square_root(const MatrixXcd& gram) {
  const HermitianEigenvectors<std::complex<double>> eigen = hermitian_eigenvectors(gram);
  if (!(eigen.values(0) > kRankTolerance * eigen.values(eigen.values.size() - 1))) return {};
  return eigen.inverse_square_root();
}

double distance_to_identity(const MatrixXcd& matrix) {
  return (matrix - MatrixXcd::Identity(matrix.rows(), matrix.cols())).norm();
}

MatrixXcd right_mean(const MatrixXcd& x, Index d, Index n) {
  MatrixXcd sum = MatrixXcd::Zero(d, d);
  for (Index g = 0; g < n; ++g) sum.noalias() += x.middleCols(g * d, d).adjoint() * x.middleCols(g * d, d);
  return sum / static_cast<double>(n);
}

void project_to_unitary(WhitenedBlock& block, const Interrupt& interrupt) {
  const Index d = block.degree;
  const Index n = block.order();
  block.unitary.resize(d, n * d);
  for (Index g = 0; g < n; ++g) {
    interrupt.poll();
    block.unitary.middleCols(g * d, d) = nearest_unitary(block.whitened.middleCols(g * d, d));
  }
}

// Scales block.whitened in place; false when it has no unitary form.
bool scale(WhitenedBlock& block, const Interrupt& interrupt) {
  const Index d = block.degree;
  const Index n = block.order();
  MatrixXcd& x = block.whitened;
  double distance = std::numeric_limits<double>::infinity();
  for (int turn = 0; turn < kTurns; ++turn) {
    interrupt.poll();
    const MatrixXcd left = inverse_square_root(x * x.adjoint() / static_cast<double>(n));
    if (left.size() == 0) return false;
    x = (left * x).eval();
    const MatrixXcd mean = right_mean(x, d, n);
    const double previous = std::exchange(distance, distance_to_identity(mean));
    const MatrixXcd right = inverse_square_root(mean);
    if (right.size() == 0) return false;
    for (Index g = 0; g < n; ++g) x.middleCols(g * d, d) = (x.middleCols(g * d, d) * right).eval();
    if (distance < kScalingTolerance || d == 1) return true;
    // Rounding sets a floor; going on below it changes nothing.
    if (distance < 1e-9 && distance > 0.5 * previous) return true;
  }
  return distance < kStalledTolerance;
}

// Newton's iteration for the polar factor (Higham 1986), scaled to converge quadratically from the start;
// false, with the matrix spoilt, when it is singular.
bool newton_polar(MatrixXcd& x) {
  for (int turn = 0; turn < 60; ++turn) {
    const MatrixXcd inverse = x.inverse();
    if (!inverse.allFinite()) return false;
    const double change = (inverse.adjoint() - x).norm();
    // Near a unitary matrix the plain iteration squares the error, and scaling would only add rounding.
    const double scaling = change > 1e-2 ? std::sqrt(inverse.norm() / x.norm()) : 1.0;
    x = (0.5 * (scaling * x + inverse.adjoint() / scaling)).eval();
    if (change < 1e-8) return true;
  }
  return false;
}

}  // namespace

Eigen::MatrixXcd nearest_unitary(const Eigen::MatrixXcd& matrix) {
  const Index d = matrix.rows();
  if (d == 1) {
    const double size = std::abs(matrix(0, 0));
    return MatrixXcd::Constant(1, 1, size > 0 ? matrix(0, 0) / size : 1.0);
  }
  const MatrixXcd identity = MatrixXcd::Identity(d, d);
  const double size = matrix.norm();
  if (!(size > 0)) return identity;
  MatrixXcd unitary = matrix / size;
  // A singular matrix has no nearest unitary: a small multiple of the identity chooses one.
  for (double shift = 1e-12; !newton_polar(unitary); shift *= 100) {
    if (!(shift < 1)) return identity;
    unitary = matrix / size + shift * identity;
  }
  return unitary;
}

WhitenedBlock whiten_block(const WeightBlock& block, std::size_t order, const Interrupt& interrupt) {
  const auto d = static_cast<Index>(block.degree);
  const auto n = static_cast<Index>(order);
  WhitenedBlock result;
  result.degree = d;
  result.real = true;
  MatrixXcd& x = result.whitened;
  x.resize(d, n * d);
  double largest = 0;
  for (Index g = 0; g < n; ++g) {
    for (Index p = 0; p < d; ++p) {
      for (Index q = 0; q < d; ++q) {
        const std::complex<double> value = block.values[static_cast<std::size_t>((g * d + p) * d + q)];
        x(p, g * d + q) = value;
        largest = std::max(largest, std::max(std::abs(value.real()), std::abs(value.imag())));
        if (value.imag() != 0) result.real = false;
      }
    }
  }
  if (largest == 0) {
    result.state = BlockState::kZero;
    x.resize(0, 0);
    return result;
  }
  x /= largest;
  if (!scale(result, interrupt)) {
    result.state = BlockState::kRankDeficient;
    x.resize(0, 0);
    return result;
  }
  project_to_unitary(result, interrupt);
  return result;
}

void flip(WhitenedBlock& block) {
  const Index d = block.degree;
  for (Index g = 0; g < block.order(); ++g) {
    block.whitened.middleCols(g * d, d) = block.whitened.middleCols(g * d, d).adjoint().eval();
    block.unitary.middleCols(g * d, d) = block.unitary.middleCols(g * d, d).adjoint().eval();
  }
  block.flipped = !block.flipped;
}

WhitenedBlock merge_columns(const WhitenedBlock& block, std::span<const std::vector<std::uint32_t>> classes,
                            const Interrupt& interrupt) {
  const Index d = block.degree;
  WhitenedBlock result;
  result.degree = d;
  result.real = block.real;
  result.flipped = block.flipped;
  result.whitened = MatrixXcd::Zero(d, static_cast<Index>(classes.size()) * d);
  for (std::size_t c = 0; c < classes.size(); ++c) {
    for (const std::uint32_t g : classes[c]) {
      result.whitened.middleCols(static_cast<Index>(c) * d, d) += block.whitened.middleCols(g * d, d);
    }
  }
  if (!scale(result, interrupt)) {
    result.state = BlockState::kRankDeficient;
    result.whitened.resize(0, 0);
    return result;
  }
  project_to_unitary(result, interrupt);
  return result;
}

}  // namespace peterweyl
