#include "harmonics/harmonic_spans.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "support/singular_values.hpp"

namespace peterweyl {
namespace {

// The triangular factor of the weights, a block of rows at a time, so that they are never copied as a whole.
template <typename Scalar>
DenseMatrix<Scalar> compressed(const WeightRows<Scalar>& rows, const Interrupt& interrupt) {
  if (rows.rows <= rows.order) return rows.block(0, rows.rows);
  const std::size_t block = std::max<std::size_t>(4 * rows.order, 256);
  DenseMatrix<Scalar> factor(0, static_cast<Eigen::Index>(rows.order));
  for (std::size_t first = 0; first < rows.rows; first += block) {
    interrupt.poll();
    const auto next = rows.block(first, std::min(block, rows.rows - first));
    DenseMatrix<Scalar> stacked(factor.rows() + next.rows(), next.cols());
    stacked << factor, next;
    factor = triangular_factor(stacked);
  }
  return factor;
}

// Singular values and right singular vectors of rows that are orthogonal to each other: their norms and
// directions. Rows without a direction stay zero, which no rank counts.
template <typename Scalar>
SingularValueDecomposition<Scalar> decomposition_of_orthogonal_rows(const DenseMatrix<Scalar>& rows) {
  const Eigen::VectorXd norms = rows.rowwise().norm();
  std::vector<Eigen::Index> order(static_cast<std::size_t>(norms.size()));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  std::ranges::sort(order, [&](Eigen::Index a, Eigen::Index b) { return norms[a] > norms[b]; });
  SingularValueDecomposition<Scalar> result;
  result.values = norms(order);
  result.right.resize(rows.cols(), rows.rows());
  for (Eigen::Index k = 0; k < norms.size(); ++k) {
    const double norm = result.values[k];
    result.right.col(k) =
        rows.row(order[static_cast<std::size_t>(k)]).adjoint() * (norm > 0 ? 1 / norm : 0.0);
  }
  return result;
}

// A guess, by a few steps of inverse iteration on a square triangular factor, that decides what is computed
// first and nothing else.
template <typename Scalar>
bool likely_deficient(const DenseMatrix<Scalar>& factor, double tolerance) {
  const double norm = factor.norm();
  if (!(factor.diagonal().cwiseAbs().minCoeff() > tolerance * tolerance * norm)) return true;
  Eigen::Matrix<Scalar, Eigen::Dynamic, 1> x = Eigen::Matrix<Scalar, Eigen::Dynamic, 1>::Ones(factor.cols());
  double growth = 1;
  for (int step = 0; step < 4; ++step) {
    x.normalize();
    factor.adjoint().template triangularView<Eigen::Lower>().solveInPlace(x);
    factor.template triangularView<Eigen::Upper>().solveInPlace(x);
    growth = x.norm();
  }
  // The largest singular value is at most the norm, and for rows of full rank about that over sqrt(n).
  return growth * tolerance * tolerance * norm * norm > static_cast<double>(factor.cols());
}

std::size_t count_above(const Eigen::VectorXd& values, double threshold) {
  return static_cast<std::size_t>(
      std::count_if(values.begin(), values.end(), [&](double v) { return v > threshold; }));
}

std::size_t ceiling_ratio(std::size_t a, std::size_t b) {
  return (a + b - 1) / b;
}

struct Thresholds {
  double relative;
  double absolute;  // in the units of the weights
  double of(const Eigen::VectorXd& values) const {
    return std::max(absolute, values.size() == 0 ? 0.0 : relative * values[0]);
  }
};

// Dimension of the joint column space of the d x d matrices whose row-major entries are the rows of
// `coefficients`, or of their joint row space.
template <typename Scalar>
std::size_t joint_rank(const DenseMatrix<Scalar>& coefficients, Eigen::Index d, bool columns,
                       const Thresholds& thresholds) {
  DenseMatrix<Scalar> stacked(coefficients.rows() * d, d);
  for (Eigen::Index k = 0; k < coefficients.rows(); ++k) {
    for (Eigen::Index p = 0; p < d; ++p) {
      for (Eigen::Index q = 0; q < d; ++q) {
        (columns ? stacked(k * d + q, p) : stacked(k * d + p, q)) = coefficients(k, p * d + q);
      }
    }
  }
  const Eigen::VectorXd values = singular_values(stacked);
  return count_above(values, thresholds.of(values));
}

// `span` has the coefficients over the field of the rows (twice as wide for a conjugate pair), `coefficients`
// the matrices A_k; both have the singular values of the weights.
template <typename SpanScalar, typename Scalar>
ComponentSpan measured_span(const DenseMatrix<SpanScalar>& span, const DenseMatrix<Scalar>& coefficients,
                            const IsotypicComponent& component, const Thresholds& thresholds) {
  ComponentSpan result;
  const Eigen::VectorXd values = singular_values(span);
  const double threshold = thresholds.of(values);
  result.rank = count_above(values, threshold);
  if (result.rank == 0) return result;
  const Eigen::VectorXd squares = values.array().square();
  result.soft_rank = squares.sum() * squares.sum() / squares.squaredNorm();
  result.condition = values[static_cast<Eigen::Index>(result.rank) - 1] / values[0];
  result.coverage = static_cast<double>(result.rank) / component.dimension;
  const std::size_t d = component.degree;
  const std::size_t unit = d * component.irreps.size();
  const DenseMatrix<Scalar> reduced = triangular_factor(coefficients);
  // S lies in the matrices with columns in U, so dim U >= dim S / d whatever the thresholds say of small
  // directions.
  const std::size_t least = ceiling_ratio(result.rank, unit);
  result.left_rank = std::max(least, joint_rank(reduced, static_cast<Eigen::Index>(d), true, thresholds));
  result.right_rank = std::max(least, joint_rank(reduced, static_cast<Eigen::Index>(d), false, thresholds));
  result.coverage_left = static_cast<double>(result.rank) / static_cast<double>(unit * result.left_rank);
  result.coverage_right = static_cast<double>(result.rank) / static_cast<double>(unit * result.right_rank);
  return result;
}

ComponentSpan component_span(const DenseMatrix<std::complex<double>>& rows, const Eigen::MatrixXcd& harmonics,
                             const IsotypicComponent& component, const Thresholds& thresholds) {
  const DenseMatrix<std::complex<double>> coefficients = rows * harmonics;
  return measured_span(coefficients, coefficients, component, thresholds);
}

ComponentSpan component_span(const DenseMatrix<double>& rows, const Eigen::MatrixXcd& harmonics,
                             const IsotypicComponent& component, const Thresholds& thresholds) {
  if (is_real(harmonics)) {
    const DenseMatrix<double> coefficients = rows * harmonics.real();
    return measured_span(coefficients, coefficients, component, thresholds);
  }
  DenseMatrix<std::complex<double>> coefficients(rows.rows(), harmonics.cols());
  coefficients.real() = rows * harmonics.real();
  coefficients.imag() = rows * harmonics.imag();
  // A real row has the same rank over the reals and, with its conjugate part, over the complex numbers.
  if (component.irreps.size() == 1) return measured_span(coefficients, coefficients, component, thresholds);
  DenseMatrix<double> span(coefficients.rows(), 2 * coefficients.cols());
  span << coefficients.real(), coefficients.imag();
  span *= std::sqrt(2.0);
  coefficients *= std::sqrt(2.0);
  return measured_span(span, coefficients, component, thresholds);
}

// ||(1 - P) L V||_F for the translation g -> image[g], P = V V^H.
template <typename Scalar>
double moved(const DenseMatrix<Scalar>& basis, const std::vector<Eigen::Index>& image) {
  const DenseMatrix<Scalar> translated = basis(image, Eigen::all);
  return (translated - basis * (basis.adjoint() * translated)).norm();
}

template <typename Scalar>
TranslationDefects translation_defects(const DenseMatrix<Scalar>& basis, const Group& group,
                                       const Interrupt& interrupt) {
  TranslationDefects result;
  const auto n = static_cast<double>(group.order());
  const auto rank = static_cast<double>(basis.cols());
  const double scale = 1 / std::sqrt(rank * (1 - rank / n));
  std::vector<Eigen::Index> image(group.order());
  for (const Element h : group.generators()) {
    interrupt.poll();
    for (Element g = 0; g < group.order(); ++g) image[g] = group.multiply(h, g);
    result.left = std::max(result.left, scale * moved(basis, image));
    for (Element g = 0; g < group.order(); ++g) image[g] = group.multiply(g, h);
    result.right = std::max(result.right, scale * moved(basis, image));
  }
  result.constant_share = basis.colwise().sum().squaredNorm() / n;
  return result;
}

}  // namespace

template <typename Scalar>
HarmonicSpans harmonic_spans(const WeightRows<Scalar>& rows, const Group& group, const Irreps& irreps,
                             std::span<const IsotypicComponent> components, const SpanOptions& options,
                             const Interrupt& interrupt) {
  HarmonicSpans result;
  result.components.resize(components.size());
  const DenseMatrix<Scalar> reduced = compressed(rows, interrupt);
  double largest = reduced.norm();
  if (!(largest > 0)) {
    result.rank = 0;
    return result;
  }
  if (static_cast<std::size_t>(reduced.rows()) <= options.largest_dense) {
    // Singular vectors cost as much again as the values, and rows of full rank have no use for them.
    SingularValueDecomposition<Scalar> svd;
    if (options.orthogonal_rows) {
      svd = decomposition_of_orthogonal_rows(reduced);
    } else if (rows.rows <= rows.order || likely_deficient(reduced, options.rank_tolerance)) {
      svd = singular_value_decomposition(reduced);
    } else {
      svd.values = singular_values(reduced);
    }
    interrupt.poll();
    largest = svd.values[0];
    result.singular_values.assign(svd.values.begin(), svd.values.end());
    result.rank = count_above(svd.values, options.rank_tolerance * largest);
    if (*result.rank > 0 && *result.rank < rows.order) {
      if (svd.right.size() == 0) svd = singular_value_decomposition(reduced);
      const DenseMatrix<Scalar> basis = svd.right.leftCols(static_cast<Eigen::Index>(*result.rank));
      result.defects = translation_defects(basis, group, interrupt);
    }
  }
  const Thresholds thresholds{options.component_tolerance, options.component_floor * largest};
  for (std::size_t c = 0; c < components.size(); ++c) {
    interrupt.poll();
    const Eigen::MatrixXcd harmonics =
        orthonormal_harmonics(irreps.all[components[c].irreps.front()], rows.order);
    result.components[c] = component_span(reduced, harmonics, components[c], thresholds);
  }
  return result;
}

template HarmonicSpans harmonic_spans(const WeightRows<double>&, const Group&, const Irreps&,
                                      std::span<const IsotypicComponent>, const SpanOptions&,
                                      const Interrupt&);
template HarmonicSpans harmonic_spans(const WeightRows<std::complex<double>>&, const Group&, const Irreps&,
                                      std::span<const IsotypicComponent>, const SpanOptions&,
                                      const Interrupt&);

}  // namespace peterweyl
