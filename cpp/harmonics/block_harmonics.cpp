#include "harmonics/block_harmonics.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

namespace peterweyl {
namespace {

using Complex = std::complex<double>;
using Matrix = Eigen::MatrixXcd;
using RowMajor = Eigen::Matrix<Complex, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Index = Eigen::Index;

// Power and Procrustes steps converge linearly; these many reach rounding level on anything close to a model.
constexpr int kSteps = 200;
constexpr double kStepTolerance = 1e-14;
// Candidates of the degree of the block, by energy, that get the full fit.
constexpr std::size_t kCandidates = 4;

Eigen::Map<const RowMajor> at(const WeightBlock& block, std::size_t g) {
  const auto d = static_cast<Index>(block.degree);
  return {block.values.data() + g * block.degree * block.degree, d, d};
}

// rho(g), or its adjoint.
Matrix representation(const Irrep& irrep, Element g, bool adjoint) {
  const auto d = static_cast<Index>(irrep.degree);
  const Eigen::Map<const RowMajor> matrix(irrep.matrix(g).data(), d, d);
  return adjoint ? Matrix(matrix.adjoint()) : Matrix(matrix);
}

// C[(i,a),(b,j)] = (d/n) sum_g W_ij(g) conj(R(g)_ab), R the representation or its adjoint.
Matrix coefficients(const WeightBlock& block, const Irrep& irrep, bool adjoint, std::size_t order) {
  const auto d = static_cast<Index>(block.degree);
  Matrix weights(d * d, static_cast<Index>(order));
  Matrix values(d * d, static_cast<Index>(order));
  for (std::size_t g = 0; g < order; ++g) {
    const auto column = static_cast<Index>(g);
    Eigen::Map<RowMajor>(weights.col(column).data(), d, d) = at(block, g);
    Eigen::Map<RowMajor>(values.col(column).data(), d, d) =
        representation(irrep, static_cast<Element>(g), adjoint);
  }
  const Matrix product = weights * values.adjoint() * (static_cast<double>(d) / static_cast<double>(order));
  Matrix result(d * d, d * d);
  for (Index i = 0; i < d; ++i) {
    for (Index j = 0; j < d; ++j) {
      for (Index a = 0; a < d; ++a) {
        for (Index b = 0; b < d; ++b) result(i * d + a, b * d + j) = product(i * d + j, a * d + b);
      }
    }
  }
  return result;
}

struct Multipliers {
  Matrix left;   // A
  Matrix right;  // B
};

// A and B as matrices from vectors over (i,a) and (b,j).
Matrix as_matrix(const Eigen::VectorXcd& vector, Index d) {
  return Eigen::Map<const RowMajor>(vector.data(), d, d);
}

Eigen::VectorXcd as_vector(const Matrix& matrix) {
  const RowMajor rows = matrix;
  return Eigen::Map<const Eigen::VectorXcd>(rows.data(), rows.size());
}

// The leading singular pair by power iteration: on anything near a model the matrix is near rank one.
Multipliers two_sided_fit(const Matrix& c, Index d) {
  Index start = 0;
  c.colwise().squaredNorm().maxCoeff(&start);
  Eigen::VectorXcd left = c.col(start);
  Eigen::VectorXcd right = c.adjoint() * left.normalized();
  for (int step = 0; step < kSteps; ++step) {
    const double before = right.squaredNorm();
    left = c * right.normalized();
    right = c.adjoint() * left.normalized();
    if (right.squaredNorm() - before <= kStepTolerance * before) break;
  }
  left = c * right.normalized();
  return {as_matrix(left, d), as_matrix(right.normalized().conjugate(), d)};
}

// The best fit with a unitary B; every step lowers the residual.
Multipliers left_fit(const Matrix& c, Multipliers fit, Index d) {
  fit.right = nearest_unitary(fit.right);
  double previous = 0;
  for (int step = 0; step < kSteps; ++step) {
    fit.left = as_matrix(c * as_vector(fit.right).conjugate(), d) / static_cast<double>(d);
    const double explained = fit.left.squaredNorm();
    fit.right = nearest_unitary(as_matrix(c.transpose() * as_vector(fit.left).conjugate(), d));
    if (explained - previous <= kStepTolerance * explained) break;
    previous = explained;
  }
  fit.left = as_matrix(c * as_vector(fit.right).conjugate(), d) / static_cast<double>(d);
  return fit;
}

// Reading W(g)^T = B^T R(g)^T A^T turns a right fit into a left one.
Multipliers right_fit(const Matrix& c, const Multipliers& start, Index d) {
  Matrix mirrored(d * d, d * d);
  for (Index i = 0; i < d; ++i) {
    for (Index a = 0; a < d; ++a) {
      for (Index b = 0; b < d; ++b) {
        for (Index j = 0; j < d; ++j) mirrored(j * d + b, a * d + i) = c(i * d + a, b * d + j);
      }
    }
  }
  const Multipliers fit = left_fit(mirrored, {start.right.transpose(), start.left.transpose()}, d);
  return {fit.right.transpose(), fit.left.transpose()};
}

double relative_residual(const WeightBlock& block, const Irrep& irrep, bool adjoint, std::size_t order,
                         const Multipliers& fit) {
  double difference = 0;
  double total = 0;
  for (std::size_t g = 0; g < order; ++g) {
    const Matrix model = fit.left * representation(irrep, static_cast<Element>(g), adjoint) * fit.right;
    difference += (at(block, g) - model).squaredNorm();
    total += at(block, g).squaredNorm();
  }
  return std::sqrt(difference / total);
}

double unitarity_defect(const Matrix& m, double& scale) {
  const auto d = static_cast<double>(m.rows());
  const double s = m.squaredNorm() / d;
  scale = std::sqrt(s);
  if (!(s > 0)) return 1;
  return (m.adjoint() * m / s - Matrix::Identity(m.rows(), m.cols())).norm() / std::sqrt(d);
}

// The irrep that fits best in one convention, judged by the two-sided fit.
BlockFit best_fit(const WeightBlock& block, const Irreps& irreps, bool adjoint, std::size_t order,
                  double total, const Interrupt& interrupt) {
  struct Candidate {
    std::uint32_t irrep;
    double share;
    Matrix c;
  };
  const auto d = static_cast<Index>(block.degree);
  std::vector<Candidate> candidates;
  for (std::uint32_t k = 0; k < irreps.all.size(); ++k) {
    if (irreps.all[k].degree != block.degree) continue;
    interrupt.poll();
    Matrix c = coefficients(block, irreps.all[k], adjoint, order);
    const double share = c.squaredNorm() * static_cast<double>(order) / (static_cast<double>(d) * total);
    candidates.push_back({k, share, std::move(c)});
    std::ranges::sort(candidates, std::greater<>{}, &Candidate::share);
    if (candidates.size() > kCandidates) candidates.pop_back();
  }
  BlockFit best;
  for (const Candidate& candidate : candidates) {
    interrupt.poll();
    const Irrep& irrep = irreps.all[candidate.irrep];
    const Multipliers both = two_sided_fit(candidate.c, d);
    const double residual = relative_residual(block, irrep, adjoint, order, both);
    if (best.irrep && residual >= best.residual) continue;
    const Multipliers left = left_fit(candidate.c, both, d);
    const Multipliers right = right_fit(candidate.c, both, d);
    best.irrep = candidate.irrep;
    best.share = candidate.share;
    best.residual = residual;
    best.residual_left = relative_residual(block, irrep, adjoint, order, left);
    best.residual_right = relative_residual(block, irrep, adjoint, order, right);
    best.unitarity_defect =
        unitarity_defect(best.residual_left <= best.residual_right ? left.left : right.right, best.scale);
  }
  return best;
}

}  // namespace

BlockHarmonics block_harmonics(const WeightBlock& block, const Group& group, const Irreps& irreps,
                               const Interrupt& interrupt) {
  BlockHarmonics result;
  const std::size_t n = group.order();
  const auto d = static_cast<double>(block.degree);
  double total = 0;
  for (const Complex& entry : block.values) total += std::norm(entry);
  const double undefined = std::numeric_limits<double>::quiet_NaN();
  result.direct.homomorphism_residual = undefined;
  result.adjoint.homomorphism_residual = undefined;
  if (!(total > 0)) return result;
  result.direct = best_fit(block, irreps, false, n, total, interrupt);
  result.adjoint = best_fit(block, irreps, true, n, total, interrupt);
  result.direct.homomorphism_residual = undefined;
  result.adjoint.homomorphism_residual = undefined;

  const WhitenedBlock white = whiten_block(block, n, interrupt);
  if (white.state != BlockState::kLive) return result;
  const auto v = [&](Element g) { return white.whitened.middleCols(g * white.degree, white.degree); };
  const Matrix turn = nearest_unitary(v(group.identity())).adjoint();
  std::vector<Matrix> turned;
  turned.reserve(n);
  for (Element g = 0; g < n; ++g) turned.emplace_back(v(g) * turn);
  result.all_pairs = static_cast<double>(n) * static_cast<double>(n) * d * d * d <= kPairBudget;
  std::vector<Element> seconds(group.generators().begin(), group.generators().end());
  if (result.all_pairs) {
    seconds.resize(n);
    for (Element h = 0; h < n; ++h) seconds[h] = h;
  }
  double direct = 0;
  double adjoint = 0;
  Matrix product;
  for (const Element h : seconds) {
    interrupt.poll();
    for (Element g = 0; g < n; ++g) {
      product.noalias() = turned[g] * turned[h];
      direct = std::max(direct, (product - turned[group.multiply(g, h)]).squaredNorm());
      adjoint = std::max(adjoint, (product - turned[group.multiply(h, g)]).squaredNorm());
    }
  }
  result.direct.homomorphism_residual = std::sqrt(direct / d);
  result.adjoint.homomorphism_residual = std::sqrt(adjoint / d);
  return result;
}

double unitarity_gap(std::span<const WeightBlock> blocks, std::size_t order) {
  const auto n = static_cast<Index>(order);
  Matrix gram = -static_cast<double>(order) * Matrix::Identity(n, n);
  for (const WeightBlock& block : blocks) {
    const auto size = static_cast<Index>(block.degree * block.degree);
    const Eigen::Map<const RowMajor> columns(block.values.data(), n, size);
    gram.noalias() += static_cast<double>(block.degree) * (columns.conjugate() * columns.transpose());
  }
  return gram.cwiseAbs().maxCoeff();
}

}  // namespace peterweyl
