// Harmonics in weights. The Python function that people call is peterweyl.harmonics.verify.
#include <complex>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "bindings/bindings.hpp"
#include "groups/group.hpp"
#include "harmonics/block_harmonics.hpp"
#include "harmonics/harmonic_spans.hpp"
#include "harmonics/isotypic_energies.hpp"
#include "harmonics/linear_assignment.hpp"
#include "harmonics/matrix_game.hpp"
#include "harmonics/null_distributions.hpp"
#include "representations/irreps.hpp"
#include "support/error.hpp"

namespace peterweyl::bindings {
namespace {

template <typename Scalar>
using Rows = py::array_t<Scalar, py::array::c_style>;
using ComplexArray = py::array_t<std::complex<double>, py::array::c_style | py::array::forcecast>;

template <typename T>
py::object or_none(const std::optional<T>& value) {
  return value ? py::cast(*value) : py::none();
}

py::dict component_dict(const IsotypicComponent& component, const ComponentSpan& span) {
  py::dict out;
  out["irreps"] = py::tuple(py::cast(component.irreps));
  out["degree"] = component.degree;
  out["indicator"] = component.indicator;
  out["dimension"] = component.dimension;
  out["rank"] = span.rank;
  out["left_rank"] = span.left_rank;
  out["right_rank"] = span.right_rank;
  out["coverage"] = span.coverage;
  out["coverage_left"] = span.coverage_left;
  out["coverage_right"] = span.coverage_right;
  out["soft_rank"] = span.soft_rank;
  out["condition"] = span.condition;
  return out;
}

// The array is kept as it came (contiguous, of the right type): nothing is copied.
template <typename Scalar>
py::dict row_harmonics(const Rows<Scalar>& array, const Group& group, const Irreps& irreps,
                       double component_tolerance, double component_floor, double rank_tolerance,
                       bool with_spans, bool orthogonal_rows) {
  if (array.ndim() != 2 || array.shape(1) != static_cast<py::ssize_t>(group.order())) {
    throw ArgumentError("rows: expected a matrix with one column an element of the group");
  }
  const WeightRows<Scalar> rows{std::span(array.data(), static_cast<std::size_t>(array.size())),
                                static_cast<std::size_t>(array.shape(0)), group.order()};
  SpanOptions options;
  options.component_tolerance = component_tolerance;
  options.component_floor = component_floor;
  options.rank_tolerance = rank_tolerance;
  options.orthogonal_rows = orthogonal_rows;
  std::vector<IsotypicComponent> components;
  IsotypicEnergies energies;
  HarmonicSpans spans;
  {
    const Interrupt interrupt = python_interrupt();
    const py::gil_scoped_release release;
    components = isotypic_components(irreps, std::is_same_v<Scalar, double>);
    energies = isotypic_energies(rows, irreps, components, interrupt);
    if (with_spans) {
      spans = harmonic_spans(rows, group, irreps, components, options, interrupt);
    } else {
      spans.components.resize(components.size());
    }
  }
  py::dict out;
  py::list described;
  for (std::size_t c = 0; c < components.size(); ++c) {
    described.append(component_dict(components[c], spans.components[c]));
  }
  out["components"] = described;
  out["energies"] =
      adopt(std::move(energies.energies), {array.shape(0), static_cast<py::ssize_t>(components.size())});
  out["totals"] = adopt(std::move(energies.totals));
  out["parseval_residual"] = energies.parseval_residual;
  out["rank"] = or_none(spans.rank);
  out["singular_values"] = adopt(std::move(spans.singular_values));
  out["defects"] = py::none();
  if (spans.defects) {
    out["defects"] = py::make_tuple(spans.defects->left, spans.defects->right, spans.defects->constant_share);
  }
  return out;
}

py::dict fit_dict(const BlockFit& fit) {
  py::dict out;
  out["irrep"] = or_none(fit.irrep);
  out["share"] = fit.share;
  out["residual"] = fit.residual;
  out["residual_left"] = fit.residual_left;
  out["residual_right"] = fit.residual_right;
  out["unitarity_defect"] = fit.unitarity_defect;
  out["scale"] = fit.scale;
  out["homomorphism_residual"] = fit.homomorphism_residual;
  return out;
}

WeightBlock checked_block(const ComplexArray& array, std::size_t order) {
  if (array.ndim() != 3 || array.shape(0) != static_cast<py::ssize_t>(order) ||
      array.shape(1) != array.shape(2) || array.shape(1) == 0) {
    throw ArgumentError("block: expected shape (order, d, d)");
  }
  return {static_cast<std::size_t>(array.shape(1)),
          std::span(array.data(), static_cast<std::size_t>(array.size()))};
}

py::dict fit_block(const ComplexArray& array, const Group& group, const Irreps& irreps) {
  const WeightBlock block = checked_block(array, group.order());
  BlockHarmonics result;
  {
    const Interrupt interrupt = python_interrupt();
    const py::gil_scoped_release release;
    result = block_harmonics(block, group, irreps, interrupt);
  }
  py::dict out;
  out["direct"] = fit_dict(result.direct);
  out["adjoint"] = fit_dict(result.adjoint);
  out["all_pairs"] = result.all_pairs;
  return out;
}

double gap(const std::vector<ComplexArray>& arrays, std::size_t order) {
  std::vector<WeightBlock> blocks;
  for (const auto& array : arrays) blocks.push_back(checked_block(array, order));
  const py::gil_scoped_release release;
  return unitarity_gap(blocks, order);
}

py::tuple solve_game(const py::array_t<double, py::array::c_style | py::array::forcecast>& payoff) {
  if (payoff.ndim() != 2) throw ArgumentError("payoff: expected a matrix");
  GameSolution solution;
  {
    const Interrupt interrupt = python_interrupt();
    const std::span<const double> entries(payoff.data(), static_cast<std::size_t>(payoff.size()));
    const auto rows = static_cast<std::size_t>(payoff.shape(0));
    const auto columns = static_cast<std::size_t>(payoff.shape(1));
    const py::gil_scoped_release release;
    solution = solve_matrix_game(entries, rows, columns, interrupt);
  }
  return py::make_tuple(solution.value, adopt(std::move(solution.rows)), adopt(std::move(solution.columns)));
}

py::array_t<std::uint32_t> assign(
    const py::array_t<float, py::array::c_style | py::array::forcecast>& scores) {
  if (scores.ndim() != 2 || scores.shape(0) != scores.shape(1)) {
    throw ArgumentError("scores: expected a square matrix");
  }
  Assignment assignment;
  {
    const Interrupt interrupt = python_interrupt();
    const std::span<const float> entries(scores.data(), static_cast<std::size_t>(scores.size()));
    const auto n = static_cast<std::size_t>(scores.shape(0));
    const py::gil_scoped_release release;
    assignment = maximal_assignment(entries, n, interrupt);
  }
  return adopt(std::move(assignment.column_of_row));
}

}  // namespace

void register_harmonics(py::module_& module) {
  module.def("row_harmonics", &row_harmonics<double>, py::arg("rows").noconvert(), py::arg("group"),
             py::arg("irreps"), py::arg("component_tolerance"), py::arg("component_floor"),
             py::arg("rank_tolerance"), py::arg("with_spans") = true, py::arg("orthogonal_rows") = false,
             "Energies and spans of rows (m, n), as a dictionary; see peterweyl.verify.");
  module.def("row_harmonics", &row_harmonics<std::complex<double>>, py::arg("rows").noconvert(),
             py::arg("group"), py::arg("irreps"), py::arg("component_tolerance"), py::arg("component_floor"),
             py::arg("rank_tolerance"), py::arg("with_spans") = true, py::arg("orthogonal_rows") = false);
  module.def("block_harmonics", &fit_block, py::arg("block"), py::arg("group"), py::arg("irreps"),
             "The best fits of a block (n, d, d) to an irrep, as a dictionary; see peterweyl.verify.");
  module.def("solve_matrix_game", &solve_game, py::arg("payoff"),
             "Value and optimal strategies of a zero-sum game; see peterweyl.harmonics.maximal_margin.");
  module.def("maximal_assignment", &assign, py::arg("scores"),
             "The column of each row in the permutation with the largest total score.");
  module.def("unitarity_gap", &gap, py::arg("blocks"), py::arg("order"));
  module.def(
      "expected_largest_share",
      [](const std::vector<double>& shapes) { return expected_largest_share(shapes); }, py::arg("shapes"));
  module.def("beta_upper_tail", py::vectorize(&beta_upper_tail), py::arg("a"), py::arg("b"), py::arg("x"));
  module.def("gamma_upper_tail", &gamma_upper_tail, py::arg("shape"), py::arg("x"));
}

}  // namespace peterweyl::bindings
