// Groups: the class _core.Group and the functions that make one.
#include <optional>

#include "bindings/bindings.hpp"
#include "groups/families.hpp"
#include "groups/isomorphism.hpp"
#include "groups/permutation.hpp"
#include "groups/recognition.hpp"
#include "groups/specification.hpp"
#include "groups/structural_name.hpp"
#include "support/error.hpp"

namespace peterweyl::bindings {
namespace {

Group from_table(const IntegerArray& table) {
  const auto rows = static_cast<std::size_t>(table.ndim() == 2 ? table.shape(0) : 0);
  const auto columns = static_cast<std::size_t>(table.ndim() == 2 ? table.shape(1) : 0);
  const auto entries = values(table);
  const py::gil_scoped_release release;
  return Group(CayleyTable::from_entries(entries, rows, columns));
}

Group from_permutations(const std::vector<IntegerArray>& generators, std::uint64_t limit) {
  std::vector<Permutation> permutations;
  for (std::size_t k = 0; k < generators.size(); ++k) {
    permutations.push_back(
        checked_permutation(values(generators[k]), "generators[" + std::to_string(k) + "]"));
  }
  const Interrupt interrupt = python_interrupt();
  const py::gil_scoped_release release;
  return permutation_group(permutations, limit, interrupt);
}

// The elements are bounds-checked here, once: the core trusts its callers.
Element checked_element(const Group& group, std::int64_t element) {
  if (element < 0 || element >= std::int64_t{group.order()}) {
    throw ArgumentError("element: expected an integer in 0 ... " + std::to_string(group.order() - 1) +
                        ", got " + std::to_string(element));
  }
  return static_cast<Element>(element);
}

// Products of elements, one array with another of the same size.
py::array_t<Element> multiply(const Group& group, const IntegerArray& left, const IntegerArray& right) {
  const auto a = values(left);
  const auto b = values(right);
  if (a.size() != b.size()) throw ArgumentError("right: expected as many elements as left");
  std::vector<Element> checked_left;
  std::vector<Element> checked_right;
  for (const std::int64_t x : a) checked_left.push_back(checked_element(group, x));
  for (const std::int64_t x : b) checked_right.push_back(checked_element(group, x));
  std::vector<Element> products(a.size());
  {
    const py::gil_scoped_release release;
    for (std::size_t i = 0; i < products.size(); ++i)
      products[i] = group.multiply(checked_left[i], checked_right[i]);
  }
  return adopt(std::move(products));
}

void bind_group_class(py::module_& module) {
  py::class_<Group>(module, "Group")
      .def_property_readonly("order", &Group::exact_order)
      .def_property_readonly("identity", &Group::identity)
      .def_property_readonly("name", &Group::name)
      .def_property_readonly("exponent", &Group::exponent)
      .def_property_readonly("is_abelian", &Group::is_abelian)
      .def_property_readonly("generators",
                             [](const Group& group) {
                               return std::vector<Element>(group.generators().begin(),
                                                           group.generators().end());
                             })
      .def_property_readonly("table",
                             [](const py::object& self) {
                               const auto& group = self.cast<const Group&>();
                               const auto n = static_cast<py::ssize_t>(group.order());
                               return view(group.table().entries(), {n, n}, self);
                             })
      .def_property_readonly("inverses",
                             [](const py::object& self) {
                               const auto& group = self.cast<const Group&>();
                               return view(group.inverses(), {static_cast<py::ssize_t>(group.order())}, self);
                             })
      .def_property_readonly("element_orders",
                             [](const py::object& self) {
                               const auto& group = self.cast<const Group&>();
                               return view(group.element_orders(), {static_cast<py::ssize_t>(group.order())},
                                           self);
                             })
      .def_property_readonly("has_table", &Group::has_table)
      .def_property_readonly("degree", &Group::degree)
      .def_property_readonly("permutations",
                             [](const py::object& self) -> std::optional<py::array_t<std::uint16_t>> {
                               const PermutationAction* action = self.cast<const Group&>().action();
                               if (action == nullptr || action->degree == 0) return std::nullopt;
                               const auto degree = static_cast<py::ssize_t>(action->degree);
                               const auto rows = static_cast<py::ssize_t>(action->images.size()) / degree;
                               return view(std::span<const std::uint16_t>(action->images), {rows, degree},
                                           self);
                             })
      .def(
          "permutation",
          [](const Group& group, std::int64_t a) {
            return adopt(group.permutation(checked_element(group, a)));
          },
          py::arg("element"))
      .def(
          "find",
          [](const Group& group, const IntegerArray& images) {
            const auto given = values(images);
            std::vector<std::uint16_t> narrow;
            for (const std::int64_t image : given) {
              if (image < 0 || image >= static_cast<std::int64_t>(given.size()))
                return std::optional<Element>();
              narrow.push_back(static_cast<std::uint16_t>(image));
            }
            return group.find(narrow);
          },
          py::arg("permutation"))
      .def(
          "word", [](const Group& group, std::int64_t a) { return group.word(checked_element(group, a)); },
          py::arg("element"))
      .def("multiply", &multiply, py::arg("left"), py::arg("right"))
      .def("conjugacy_classes",
           [](const py::object& self) {
             const Interrupt interrupt = python_interrupt();
             const auto& group = self.cast<const Group&>();
             const ConjugacyClasses* classes = nullptr;
             {
               const py::gil_scoped_release release;
               classes = &group.conjugacy_classes(interrupt);
             }
             const auto array = [&](const std::vector<std::uint32_t>& data) {
               return view(std::span<const std::uint32_t>(data), {static_cast<py::ssize_t>(data.size())},
                           self);
             };
             return py::make_tuple(array(classes->of_element), array(classes->representatives),
                                   array(classes->sizes), array(classes->orders));
           })
      .def(
          "class_of",
          [](const Group& group, std::int64_t a) { return group.class_of(checked_element(group, a)); },
          py::arg("element"))
      .def(
          "power_map", [](const Group& group, std::int64_t k) { return adopt(group.power_map(k)); },
          py::arg("exponent"))
      .def(
          "power",
          [](const Group& group, std::int64_t a, std::int64_t k) {
            return group.power(checked_element(group, a), k);
          },
          py::arg("element"), py::arg("exponent"))
      .def(
          "isomorphism",
          [](const Group& group, const Group& target) -> std::optional<py::array_t<Element>> {
            const Interrupt interrupt = python_interrupt();
            std::optional<std::vector<Element>> map;
            {
              const py::gil_scoped_release release;
              map = find_isomorphism(group, target, interrupt);
            }
            if (!map) return std::nullopt;
            return adopt(std::move(*map));
          },
          py::arg("target"))
      .def("identify",
           [](const Group& group) {
             const Interrupt interrupt = python_interrupt();
             Identification found;
             {
               const py::gil_scoped_release release;
               found = recognise(group, interrupt);
             }
             return py::make_tuple(found.name, found.certain);
           })
      .def("structural_name", [](const Group& group) {
        const Interrupt interrupt = python_interrupt();
        const py::gil_scoped_release release;
        return structural_name(group, interrupt);
      });
}

}  // namespace

void register_groups(py::module_& module) {
  bind_group_class(module);
  module.def("group_from_specification", &group_from_specification, py::arg("specification"),
             py::call_guard<py::gil_scoped_release>());
  module.def("known_specifications", &known_specifications);
  module.def("group_from_table", &from_table, py::arg("table"));
  module.def("group_from_permutations", &from_permutations, py::arg("generators"), py::arg("limit"));
  module.def(
      "direct_product", [](const std::vector<Group>& factors) { return direct_product(factors); },
      py::arg("factors"), py::call_guard<py::gil_scoped_release>());
}

}  // namespace peterweyl::bindings
