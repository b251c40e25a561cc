// Groups made by constructions: presentations, matrices, semidirect and wreath products.
#include <optional>
#include <string>
#include <string_view>

#include "bindings/bindings.hpp"
#include "groups/coset_enumeration.hpp"
#include "groups/matrix_group.hpp"
#include "groups/presentation.hpp"
#include "groups/semidirect_product.hpp"
#include "groups/sporadic_groups.hpp"
#include "groups/wreath_product.hpp"
#include "support/error.hpp"

namespace peterweyl::bindings {
namespace {

CosetOptions options(std::uint64_t limit, std::string_view strategy) {
  CosetOptions result;
  result.limit = limit;
  if (strategy == "automatic") {
    result.strategy = CosetStrategy::kAutomatic;
  } else if (strategy == "hlt") {
    result.strategy = CosetStrategy::kHlt;
  } else if (strategy == "felsch") {
    result.strategy = CosetStrategy::kFelsch;
  } else {
    throw ArgumentError("strategy: expected 'automatic', 'hlt' or 'felsch', got '" + std::string(strategy) +
                        "'");
  }
  return result;
}

Group from_presentation(std::string_view text, std::uint64_t limit, std::string_view strategy) {
  const Interrupt interrupt = python_interrupt();
  const py::gil_scoped_release release;
  return group_from_presentation(parse_presentation(text), options(limit, strategy), interrupt);
}

// (generators, images, defined, maximal)
py::tuple coset_table(std::string_view text, std::string_view subgroup, std::uint64_t limit,
                      std::string_view strategy) {
  const Interrupt interrupt = python_interrupt();
  Presentation presentation;
  CosetTable table;
  {
    const py::gil_scoped_release release;
    presentation = parse_presentation(text);
    const std::vector<Word> words = parse_words(subgroup, presentation.generators);
    table = enumerate_cosets(presentation, words, options(limit, strategy), interrupt);
  }
  return py::make_tuple(py::tuple(py::cast(presentation.generators)),
                        adopt(std::move(table.images), {py::ssize_t{table.count}, py::ssize_t{table.rank}}),
                        table.defined, table.maximal);
}

MatrixGroup from_matrices(const IntegerArray& matrices, std::optional<std::uint64_t> field,
                          std::uint64_t limit) {
  if (matrices.ndim() != 3 || matrices.shape(1) != matrices.shape(2))
    throw ArgumentError("matrices: expected an array of square matrices (k, d, d)");
  const auto dimension = static_cast<std::size_t>(matrices.shape(1));
  std::vector<MatrixEntries> generators;
  for (py::ssize_t k = 0; k < matrices.shape(0); ++k) {
    const std::int64_t* first = matrices.data() + static_cast<std::size_t>(k) * dimension * dimension;
    generators.emplace_back(first, first + dimension * dimension);
  }
  const Interrupt interrupt = python_interrupt();
  const py::gil_scoped_release release;
  if (!field) return MatrixGroup::over_integers(generators, dimension, limit, interrupt);
  return MatrixGroup::over_field(FiniteField(*field), generators, dimension, limit, interrupt);
}

Group semidirect(const Group& normal, const Group& acting, const std::vector<IntegerArray>& action) {
  std::vector<std::vector<std::int64_t>> images;
  for (const IntegerArray& map : action) images.emplace_back(map.data(), map.data() + map.size());
  const py::gil_scoped_release release;
  return semidirect_product(normal, acting, images);
}

void bind_matrix_group(py::module_& module) {
  py::class_<MatrixGroup>(module, "MatrixGroup")
      .def_property_readonly("group", &MatrixGroup::group)
      .def_property_readonly("matrices",
                             [](const py::object& self) {
                               const auto& group = self.cast<const MatrixGroup&>();
                               const auto d = static_cast<py::ssize_t>(group.dimension());
                               return view(group.matrices(), {py::ssize_t{group.group().order()}, d, d},
                                           self);
                             })
      .def(
          "find",
          [](const MatrixGroup& group, const IntegerArray& matrix) {
            return group.find({matrix.data(), static_cast<std::size_t>(matrix.size())});
          },
          py::arg("matrix"));
}

}  // namespace

void register_presentations(py::module_& module) {
  bind_matrix_group(module);
  module.def("group_from_presentation", &from_presentation, py::arg("text"), py::arg("limit"),
             py::arg("strategy"));
  module.def("coset_table", &coset_table, py::arg("text"), py::arg("subgroup"), py::arg("limit"),
             py::arg("strategy"));
  module.def("group_from_matrices", &from_matrices, py::arg("matrices"), py::arg("field"), py::arg("limit"));
  module.def("semidirect_product", &semidirect, py::arg("normal"), py::arg("acting"), py::arg("action"));
  module.def("wreath_product", &wreath_product, py::arg("base"), py::arg("top"),
             py::call_guard<py::gil_scoped_release>());
  module.def("mathieu_generators", &mathieu_generators, py::arg("n"));
}

}  // namespace peterweyl::bindings
