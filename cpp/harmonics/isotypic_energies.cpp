#include "harmonics/isotypic_energies.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <type_traits>

#include "support/error.hpp"

namespace peterweyl {
namespace {

constexpr std::size_t kRowBlock = 256;
constexpr Eigen::Index kPanelColumns = 256;
constexpr double kParsevalTolerance = 1e-8;

// Columns of the orthonormal basis for several components at once, and which component each column belongs
// to.
template <typename Scalar>
struct Panel {
  Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic> basis;
  std::vector<std::size_t> component;  // one a column
  std::vector<double> weight;          // one a column: 2 where a conjugate irrep contributes the same again
};

// Real rows need real arithmetic only: |<w, h>|^2 = <w, Re h>^2 + <w, Im h>^2.
void append_columns(const Eigen::MatrixXcd& harmonics, std::vector<Eigen::VectorXd>& columns) {
  for (Eigen::Index c = 0; c < harmonics.cols(); ++c) columns.emplace_back(harmonics.col(c).real());
  if (is_real(harmonics)) return;
  for (Eigen::Index c = 0; c < harmonics.cols(); ++c) columns.emplace_back(harmonics.col(c).imag());
}

void append_columns(const Eigen::MatrixXcd& harmonics, std::vector<Eigen::VectorXcd>& columns) {
  for (Eigen::Index c = 0; c < harmonics.cols(); ++c) columns.emplace_back(harmonics.col(c));
}

// The next panel, from component `next` on; small components share one so that the products stay wide.
template <typename Scalar>
Panel<Scalar> next_panel(const Irreps& irreps, std::span<const IsotypicComponent> components,
                         std::size_t order, std::size_t& next) {
  using Vector = Eigen::Matrix<Scalar, Eigen::Dynamic, 1>;
  Panel<Scalar> panel;
  std::vector<Vector> columns;
  while (next < components.size() && static_cast<Eigen::Index>(columns.size()) < kPanelColumns) {
    const IsotypicComponent& component = components[next];
    append_columns(orthonormal_harmonics(irreps.all[component.irreps.front()], order), columns);
    panel.component.resize(columns.size(), next);
    panel.weight.resize(columns.size(), static_cast<double>(component.irreps.size()));
    ++next;
  }
  panel.basis.resize(static_cast<Eigen::Index>(order), static_cast<Eigen::Index>(columns.size()));
  for (std::size_t c = 0; c < columns.size(); ++c) panel.basis.col(static_cast<Eigen::Index>(c)) = columns[c];
  return panel;
}

}  // namespace

std::vector<IsotypicComponent> isotypic_components(const Irreps& irreps, bool real_rows) {
  std::vector<IsotypicComponent> components;
  for (std::uint32_t k = 0; k < irreps.all.size(); ++k) {
    const Irrep& irrep = irreps.all[k];
    const bool paired = real_rows && irrep.conjugate != k;
    if (paired && irrep.conjugate < k) continue;
    IsotypicComponent component;
    component.irreps.push_back(k);
    if (paired) component.irreps.push_back(irrep.conjugate);
    component.degree = irrep.degree;
    component.indicator = irrep.indicator;
    component.dimension = irrep.degree * irrep.degree * (paired ? 2U : 1U);
    components.push_back(std::move(component));
  }
  return components;
}

Eigen::MatrixXcd orthonormal_harmonics(const Irrep& irrep, std::size_t order) {
  const std::size_t d = irrep.degree;
  const double scale = std::sqrt(static_cast<double>(d) / static_cast<double>(order));
  Eigen::MatrixXcd harmonics(static_cast<Eigen::Index>(order), static_cast<Eigen::Index>(d * d));
  for (std::size_t g = 0; g < order; ++g) {
    const auto matrix = irrep.matrix(static_cast<Element>(g));
    for (std::size_t p = 0; p < d; ++p) {
      for (std::size_t q = 0; q < d; ++q) {
        harmonics(static_cast<Eigen::Index>(g), static_cast<Eigen::Index>(p * d + q)) =
            scale * std::conj(matrix[q * d + p]);
      }
    }
  }
  return harmonics;
}

bool is_real(const Eigen::MatrixXcd& matrix) {
  return matrix.size() == 0 ||
         matrix.imag().cwiseAbs().maxCoeff() <= 4 * std::numeric_limits<double>::epsilon();
}

template <typename Scalar>
IsotypicEnergies isotypic_energies(const WeightRows<Scalar>& rows, const Irreps& irreps,
                                   std::span<const IsotypicComponent> components,
                                   const Interrupt& interrupt) {
  const std::size_t count = components.size();
  IsotypicEnergies result;
  result.energies.assign(rows.rows * count, 0.0);
  result.totals.resize(rows.rows);
  for (std::size_t first = 0; first < rows.rows; first += kRowBlock) {
    const std::size_t size = std::min(kRowBlock, rows.rows - first);
    Eigen::Map<Eigen::VectorXd>(result.totals.data() + first, static_cast<Eigen::Index>(size)) =
        rows.block(first, size).rowwise().squaredNorm();
  }
  Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic> product;
  for (std::size_t next = 0; next < count;) {
    const Panel<Scalar> panel = next_panel<Scalar>(irreps, components, rows.order, next);
    for (std::size_t first = 0; first < rows.rows; first += kRowBlock) {
      interrupt.poll();
      const std::size_t size = std::min(kRowBlock, rows.rows - first);
      product.noalias() = rows.block(first, size) * panel.basis;
      for (std::size_t c = 0; c < panel.component.size(); ++c) {
        double* target = result.energies.data() + first * count + panel.component[c];
        for (std::size_t r = 0; r < size; ++r) {
          const Scalar value = product(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(c));
          target[r * count] += panel.weight[c] * Eigen::numext::abs2(value);
        }
      }
    }
  }
  const double largest = rows.rows == 0 ? 0 : *std::max_element(result.totals.begin(), result.totals.end());
  for (std::size_t r = 0; r < rows.rows && largest > 0; ++r) {
    double sum = 0;
    for (std::size_t c = 0; c < count; ++c) sum += result.energies[r * count + c];
    result.parseval_residual = std::max(result.parseval_residual, std::abs(sum - result.totals[r]) / largest);
  }
  if (!(result.parseval_residual <= kParsevalTolerance)) {
    throw NumericalError("isotypic_energies: the energies of the components miss the total by a relative " +
                         std::to_string(result.parseval_residual) + ", so the irreps are not complete");
  }
  return result;
}

template IsotypicEnergies isotypic_energies(const WeightRows<double>&, const Irreps&,
                                            std::span<const IsotypicComponent>, const Interrupt&);
template IsotypicEnergies isotypic_energies(const WeightRows<std::complex<double>>&, const Irreps&,
                                            std::span<const IsotypicComponent>, const Interrupt&);

}  // namespace peterweyl
