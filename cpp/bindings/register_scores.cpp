// Scores of composition networks and the tables in them. People see them through peterweyl.reconstruct.
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bindings/bindings.hpp"
#include "harmonics/coincident_columns.hpp"
#include "harmonics/latin_squares.hpp"
#include "harmonics/score_rows.hpp"
#include "harmonics/score_search.hpp"
#include "support/error.hpp"

namespace peterweyl::bindings {
namespace {

using FloatArray = py::array_t<float, py::array::c_style | py::array::forcecast>;
using TableArray = py::array_t<std::int64_t, py::array::c_style | py::array::forcecast>;

// Where scores come from, and what chance makes of a table.
struct ScoreSource {
  std::size_t order = 0;
  std::shared_ptr<CompositionFactors> factors;  // kept alive for `row`
  ScoreRow row;
  TableChance chance;
};

std::vector<float> numbers(const FloatArray& array) {
  return {array.data(), array.data() + array.size()};
}

std::shared_ptr<CompositionFactors> make_factors(const FloatArray& left, const FloatArray& right,
                                                 const FloatArray& out,
                                                 const std::optional<FloatArray>& bias) {
  auto factors = std::make_shared<CompositionFactors>();
  factors->order = static_cast<std::size_t>(left.shape(0));
  factors->hidden = static_cast<std::size_t>(left.shape(1));
  for (const FloatArray* array : {&left, &right, &out}) {
    if (array->ndim() != 2 || array->shape(0) != left.shape(0) || array->shape(1) != left.shape(1)) {
      throw ArgumentError("factors: expected three arrays of one shape (n, hidden)");
    }
  }
  factors->left = numbers(left);
  factors->right = numbers(right);
  factors->out = numbers(out);
  if (bias) factors->out_bias = numbers(*bias);
  return factors;
}

ScoreSource trilinear_source(const FloatArray& left, const FloatArray& right, const FloatArray& out) {
  auto factors = make_factors(left, right, out, std::nullopt);
  centre(*factors);
  ScoreRow row = trilinear_scores(*factors);
  TableChance chance = [factors](const CayleyTable& table) {
    return log10_alignment_chance(trilinear_alignment(*factors, table), factors->order, factors->hidden);
  };
  return {factors->order, factors, std::move(row), std::move(chance)};
}

ScoreSource network_source(const FloatArray& left, const FloatArray& right, const FloatArray& out,
                           const std::optional<FloatArray>& bias, const std::string& activation) {
  auto factors = make_factors(left, right, out, bias);
  ScoreRow row = network_scores(*factors, activation_named(activation));
  return {factors->order, factors, std::move(row), {}};
}

// The function gets the number of the row and gives (n, n) scores.
ScoreSource function_source(std::size_t order, const py::object& function) {
  // The last owner may let go without the interpreter's lock.
  const std::shared_ptr<py::object> held(new py::object(function), [](py::object* p) {
    const py::gil_scoped_acquire acquire;
    delete p;
  });
  ScoreRow row = [held, order](Element a, std::span<float> scores) {
    const py::gil_scoped_acquire acquire;
    const auto array = FloatArray::ensure((*held)(a));
    if (!array || array.size() != static_cast<py::ssize_t>(order * order)) {
      throw ArgumentError("logits: expected (n, n) numbers for each first operand");
    }
    for (py::ssize_t i = 0; i < array.size(); ++i) {
      const float value = array.data()[i];
      if (!std::isfinite(value)) throw ArgumentError("logits: expected finite numbers, got NaN or infinity");
      scores[static_cast<std::size_t>(i)] = value;
    }
  };
  return {order, nullptr, std::move(row), {}};
}

py::dict search(const ScoreSource& source, std::uint64_t seed, std::size_t rows, std::size_t repair) {
  ScoreSearchOptions options;
  options.seed = seed;
  options.largest_rows = rows;
  options.largest_repair = repair;
  CayleyTable::check_order(source.order);
  ScoreSearchResult result;
  {
    const Interrupt interrupt = python_interrupt();
    const py::gil_scoped_release release;
    result = search_scores(source.order, source.row, source.chance, options, interrupt);
  }
  py::list candidates;
  for (const ScoreCandidate& candidate : result.candidates) {
    const auto n = static_cast<py::ssize_t>(source.order);
    std::vector<std::int64_t> entries(candidate.table.entries().begin(), candidate.table.entries().end());
    py::dict entry;
    entry["table"] = adopt(std::move(entries), {n, n});
    entry["identity"] = candidate.table.identity();
    entry["identity_votes"] = candidate.identity_votes;
    entry["identity_voters"] = candidate.identity_voters;
    entry["exact_rows"] = candidate.exact_rows;
    entry["agreement"] = candidate.agreement;
    entry["uneven"] = candidate.uneven;
    entry["rounded_agreement"] = candidate.rounded_agreement;
    entry["log10_chance"] = candidate.log10_chance;
    candidates.append(entry);
  }
  py::dict out;
  out["candidates"] = candidates;
  out["rows"] = result.rows;
  out["row_scores"] = result.row_scores;
  return out;
}

py::dict compare(const ScoreSource& source, const TableArray& table, std::size_t rows, std::uint64_t seed) {
  const auto entries = std::span(table.data(), static_cast<std::size_t>(table.size()));
  ReadOut result;
  {
    const Interrupt interrupt = python_interrupt();
    const py::gil_scoped_release release;
    const CayleyTable group = CayleyTable::from_entries(entries, source.order, source.order);
    result = read_out(group, source.row, rows, seed, interrupt);
  }
  py::dict out;
  out["pairs"] = result.pairs;
  out["agreeing"] = result.agreeing;
  out["smallest_margin"] = result.smallest_margin;
  out["mean_margin"] = result.mean_margin;
  out["complete"] = result.complete;
  return out;
}

py::tuple latin_square(const ScoreSource& source) {
  std::vector<std::uint32_t> square;
  double defect = 0;
  {
    const Interrupt interrupt = python_interrupt();
    const py::gil_scoped_release release;
    square = latin_square_of_scores(source.order, source.row, interrupt);
    defect = light_defect(square, source.order);
  }
  const auto n = static_cast<py::ssize_t>(source.order);
  return py::make_tuple(adopt(std::vector<std::int64_t>(square.begin(), square.end()), {n, n}), defect);
}

py::tuple classes_of_columns(const py::array_t<double, py::array::c_style | py::array::forcecast>& squared) {
  const auto n = static_cast<Eigen::Index>(squared.shape(0));
  if (squared.ndim() != 2 || squared.shape(1) != squared.shape(0)) {
    throw ArgumentError("squared: expected a square matrix");
  }
  const ColumnClasses found =
      columns_within(Eigen::MatrixXd(Eigen::Map<const Eigen::MatrixXd>(squared.data(), n, n)));
  return py::make_tuple(found.classes, found.largest_inner);
}

}  // namespace

void register_scores(py::module_& module) {
  py::class_<ScoreSource>(module, "ScoreSource")
      .def_readonly("order", &ScoreSource::order)
      .def_static("trilinear", &trilinear_source, py::arg("left"), py::arg("right"), py::arg("out"))
      .def_static("network", &network_source, py::arg("left"), py::arg("right"), py::arg("out"),
                  py::arg("bias").none(true), py::arg("activation"))
      .def_static("function", &function_source, py::arg("order"), py::arg("function"))
      .def("search", &search, py::arg("seed"), py::arg("rows"), py::arg("repair"))
      .def("latin_square", &latin_square)
      .def("read_out", &compare, py::arg("table"), py::arg("rows"), py::arg("seed"));
  module.def("log_labelled_tables", &log_labelled_tables, py::arg("order"),
             "Bound on the natural logarithm of the number of labelled tables of groups of an order.");
  module.def(
      "coincident_columns", &classes_of_columns, py::arg("squared"),
      "Classes of columns that coincide, by their squared distances, and the largest distance inside.");
}

}  // namespace peterweyl::bindings
