#include "representations/irreps_completion.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <utility>

#include "representations/irrep_order.hpp"
#include "representations/matrix.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

void fill_character(const ConjugacyClasses& classes, Irrep& irrep) {
  const std::size_t d = irrep.degree;
  irrep.character.clear();
  for (const Element g : classes.representatives) {
    const auto matrix = irrep.matrix(g);
    Complex trace = 0.0;
    for (std::size_t i = 0; i < d; ++i) trace += matrix[i * (d + 1)];
    irrep.character.push_back(snapped_character_value(trace));
  }
}

int compare(const Irrep& a, const Irrep& b, bool conjugate_a = false) {
  return compare_characters(a.degree, a.character, b.degree, b.character, conjugate_a);
}

// Finds the partners, and sees that all characters differ.
void find_conjugates(std::vector<Irrep>& all) {
  std::vector<std::uint32_t> sorted(all.size());
  std::iota(sorted.begin(), sorted.end(), 0U);
  std::ranges::sort(sorted, [&](std::uint32_t i, std::uint32_t j) { return compare(all[i], all[j]) < 0; });
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    if (compare(all[sorted[i - 1]], all[sorted[i]]) == 0)
      throw NumericalError("irreps: two have one character");
  }
  for (Irrep& irrep : all) {
    const auto found = std::ranges::lower_bound(
        sorted, 0, std::greater<>{}, [&](std::uint32_t j) { return compare(irrep, all[j], true); });
    if (found == sorted.end() || compare(irrep, all[*found], true) != 0) {
      throw NumericalError("irreps: the complex conjugate of a character is missing");
    }
    irrep.conjugate = *found;
  }
}

void find_indicators(const Group& group, std::vector<Irrep>& all) {
  const ConjugacyClasses& classes = group.conjugacy_classes();
  const std::vector<std::uint32_t> squares = group.power_map(2);
  for (Irrep& irrep : all) {
    Complex sum = 0.0;
    for (std::size_t c = 0; c < classes.count(); ++c) {
      sum += static_cast<double>(classes.sizes[c]) * irrep.character[squares[c]];
    }
    sum /= static_cast<double>(group.order());
    const double rounded = std::round(sum.real());
    if (std::abs(sum - rounded) > 1e-6 || std::abs(rounded) > 1.0) {
      throw NumericalError("irreps: a Frobenius-Schur indicator is not -1, 0 or 1 but " +
                           std::to_string(sum.real()));
    }
    irrep.indicator = static_cast<int>(rounded);
  }
}

// max |rho(a) rho(b) - rho(ab)| over all a, with `scalar` numbers: double for a real representation, at a
// quarter of the cost. The matrices of all elements are one tall matrix, so a tile of elements is one
// product.
template <typename Scalar>
double homomorphism_defect(const Group& group, const Irrep& irrep, Element b, const Interrupt& interrupt) {
  using Block = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Eigen::Index d = irrep.degree;
  const std::size_t size = std::size_t{irrep.degree} * irrep.degree;
  const Element tile = std::max(Element{1}, Element{1024} / irrep.degree);
  const auto load = [&](Element first, Element count) -> Block {
    const ConstMatrixMap source(irrep.matrices.data() + first * size, count * d, d);
    if constexpr (std::is_same_v<Scalar, double>) {
      return source.real();
    } else {
      return source;
    }
  };
  const Block right = load(b, 1);
  double defect = 0;
  for (Element first = 0; first < group.order(); first += tile) {
    interrupt.poll();
    const Element count = std::min(tile, group.order() - first);
    const Block product = load(first, count) * right;
    double squares = 0;
    for (Element i = 0; i < count; ++i) {
      const Complex* expected = irrep.matrices.data() + group.multiply(first + i, b) * size;
      const Scalar* actual = product.data() + i * size;
      for (std::size_t e = 0; e < size; ++e) squares = std::max(squares, std::norm(actual[e] - expected[e]));
    }
    defect = std::max(defect, std::sqrt(squares));
  }
  return defect;
}

// max |rho(a) rho(b) - rho(ab)| over a and b in the transversal.
double transversal_defect(const Group& group, const Irrep& irrep, std::span<const Element> transversal,
                          const Interrupt& interrupt) {
  double squares = 0;
  Matrix product(index_of(irrep.degree), index_of(irrep.degree));
  for (const Element a : transversal) {
    for (const Element b : transversal) {
      interrupt.poll();
      const ConstMatrixMap left = square_at(irrep.matrices.data(), a, irrep.degree);
      const ConstMatrixMap right = square_at(irrep.matrices.data(), b, irrep.degree);
      if (irrep.degree < 8) {
        product = left.lazyProduct(right);
      } else {
        product.noalias() = left * right;
      }
      product -= square_at(irrep.matrices.data(), group.multiply(a, b), irrep.degree);
      squares = std::max(squares, product.cwiseAbs2().maxCoeff());
    }
  }
  return std::sqrt(squares);
}

// All elements through their inverses, O(d^2) each; the generators by their products.
double unitarity_defect_of(const Group& group, const Irrep& irrep, const Interrupt& interrupt) {
  double squares = 0;
  for (Element g = 0; g < group.order(); ++g) {
    interrupt.poll();
    const Element inverse = group.inverse(g);
    if (inverse < g) continue;
    const ConstMatrixMap matrix = square_at(irrep.matrices.data(), g, irrep.degree);
    const ConstMatrixMap other = square_at(irrep.matrices.data(), inverse, irrep.degree);
    squares = std::max(squares, (matrix.adjoint() - other).cwiseAbs2().maxCoeff());
  }
  double defect = std::sqrt(squares);
  for (const Element b : group.generators()) {
    defect = std::max(defect, unitarity_defect(square_at(irrep.matrices.data(), b, irrep.degree)));
  }
  return defect;
}

// All norms, and the products with all characters, or with some evenly spread ones where there are very many.
// The division by the order comes last: sums of equal fractions would round in one direction.
double schur_defect(const ConjugacyClasses& classes, Element order, const std::vector<Irrep>& all) {
  constexpr std::size_t kAllPairs = 512;
  constexpr std::size_t kBudget = std::size_t{1} << 25;  // complex multiply-adds
  const std::size_t k = all.size();
  const auto n = static_cast<double>(order);
  Matrix weighted(index_of(k), index_of(k));
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t c = 0; c < k; ++c) {
      weighted(index_of(i), index_of(c)) =
          all[i].character[c] * std::sqrt(static_cast<double>(classes.sizes[c]));
    }
  }
  const double norms = (weighted.rowwise().squaredNorm().array() / n - 1.0).abs().maxCoeff();
  const std::size_t count = k <= kAllPairs ? k : std::clamp<std::size_t>(kBudget / (k * k), 1, k);
  Matrix chosen(index_of(count), index_of(k));
  for (std::size_t i = 0; i < count; ++i) chosen.row(index_of(i)) = weighted.row(index_of(i * k / count));
  Matrix products = chosen * weighted.adjoint() / n;
  for (std::size_t i = 0; i < count; ++i) products(index_of(i), index_of(i * k / count)) -= 1.0;
  return std::max(norms, products.cwiseAbs().maxCoeff());
}

// Maxima skip NaN, so it is looked for once here.
bool is_finite(const Irrep& irrep) {
  return std::ranges::all_of(
      irrep.matrices, [](const Complex& z) { return std::isfinite(z.real()) && std::isfinite(z.imag()); });
}

bool is_real(const Irrep& irrep) {
  return std::ranges::all_of(irrep.matrices, [](const Complex& z) { return z.imag() == 0.0; });
}

}  // namespace

Irreps complete_irreps(const Group& group, std::vector<Irrep> irreps, std::string method, IrrepOrder order,
                       double tolerance, const Interrupt& interrupt, std::span<const Element> transversal) {
  const ConjugacyClasses& classes = group.conjugacy_classes();
  std::uint64_t squares = 0;
  for (const Irrep& irrep : irreps) squares += std::uint64_t{irrep.degree} * irrep.degree;
  if (irreps.size() != classes.count() || squares != group.order()) {
    throw NumericalError("irreps: expected " + std::to_string(classes.count()) +
                         " whose squared degrees add up to " + std::to_string(group.order()) + ", got " +
                         std::to_string(irreps.size()) + " adding up to " + std::to_string(squares));
  }
  Irreps result;
  result.method = std::move(method);
  result.all = std::move(irreps);
  for (Irrep& irrep : result.all) {
    if (!is_finite(irrep)) throw NumericalError("irreps: a matrix has an entry that is not finite");
    fill_character(classes, irrep);
  }
  if (order == IrrepOrder::kByCharacter) {
    std::ranges::stable_sort(result.all, [](const Irrep& a, const Irrep& b) { return compare(a, b) < 0; });
  }
  find_conjugates(result.all);
  find_indicators(group, result.all);
  for (const Irrep& irrep : result.all) {
    const bool real = is_real(irrep);
    double& residual = result.homomorphism_residual;
    if (!transversal.empty()) {
      residual = std::max(residual, transversal_defect(group, irrep, transversal, interrupt));
    } else {
      for (const Element b : group.generators()) {
        residual = std::max(residual, real ? homomorphism_defect<double>(group, irrep, b, interrupt)
                                           : homomorphism_defect<Complex>(group, irrep, b, interrupt));
      }
    }
    result.unitarity_residual =
        std::max(result.unitarity_residual, unitarity_defect_of(group, irrep, interrupt));
  }
  result.schur_residual = schur_defect(classes, group.order(), result.all);
  if (!(std::max({result.homomorphism_residual, result.unitarity_residual, result.schur_residual}) <=
        tolerance)) {
    const auto text = [](double x) {
      char buffer[32];
      std::snprintf(buffer, sizeof buffer, "%.2e", x);
      return std::string(buffer);
    };
    throw NumericalError("irreps: expected residuals up to " + text(tolerance) + ", got homomorphism " +
                         text(result.homomorphism_residual) + ", unitarity " +
                         text(result.unitarity_residual) + ", orthogonality of characters " +
                         text(result.schur_residual));
  }
  return result;
}

}  // namespace peterweyl
