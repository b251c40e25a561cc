// Subgroups and what is derived from them: series, quotients, characteristic subgroups.
#include "bindings/bindings.hpp"
#include "groups/characteristic_subgroups.hpp"
#include "groups/normal_subgroups.hpp"
#include "groups/subgroup_series.hpp"
#include "groups/subgroups.hpp"
#include "support/error.hpp"

namespace peterweyl::bindings {
namespace {

constexpr auto release_gil = py::call_guard<py::gil_scoped_release>();

std::vector<Element> checked_elements(const Group& group, const std::vector<std::int64_t>& elements) {
  std::vector<Element> result;
  for (const std::int64_t x : elements) {
    if (x < 0 || x >= std::int64_t{group.order()}) {
      throw ArgumentError("elements: expected integers in 0 ... " + std::to_string(group.order() - 1) +
                          ", got " + std::to_string(x));
    }
    result.push_back(static_cast<Element>(x));
  }
  return result;
}

py::tuple cosets(Cosets found) {
  return py::make_tuple(adopt(std::move(found.of_element)), adopt(std::move(found.transversal)));
}

}  // namespace

void register_subgroups(py::module_& module) {
  py::class_<Subgroup>(module, "Subgroup")
      .def_property_readonly("order", &Subgroup::order)
      .def_property_readonly("elements",
                             [](const py::object& self) {
                               const auto elements = self.cast<const Subgroup&>().elements();
                               return view(elements, {static_cast<py::ssize_t>(elements.size())}, self);
                             })
      .def_property_readonly("generators",
                             [](const Subgroup& subgroup) {
                               return std::vector<Element>(subgroup.generators().begin(),
                                                           subgroup.generators().end());
                             })
      .def("contains",
           [](const Subgroup& subgroup, const Subgroup& other) { return subgroup.contains(other); });

  module.def(
      "subgroup",
      [](const Group& group, const std::vector<std::int64_t>& generators) {
        return Subgroup::generated(group, checked_elements(group, generators));
      },
      py::arg("group"), py::arg("generators"));
  module.def(
      "normal_closure",
      [](const Group& group, const std::vector<std::int64_t>& elements) {
        return normal_closure(group, checked_elements(group, elements));
      },
      py::arg("group"), py::arg("elements"));
  module.def(
      "centralizer",
      [](const Group& group, const std::vector<std::int64_t>& elements) {
        return centralizer(group, checked_elements(group, elements));
      },
      py::arg("group"), py::arg("elements"));
  module.def("is_normal", &is_normal, py::arg("group"), py::arg("subgroup"), release_gil);
  module.def("normalizer", &normalizer, py::arg("group"), py::arg("subgroup"), release_gil);
  module.def("normal_core", &normal_core, py::arg("group"), py::arg("subgroup"), release_gil);
  module.def("intersection", &intersection, py::arg("group"), py::arg("left"), py::arg("right"), release_gil);
  module.def(
      "left_cosets", [](const Group& g, const Subgroup& h) { return cosets(left_cosets(g, h)); },
      py::arg("group"), py::arg("subgroup"));
  module.def(
      "right_cosets", [](const Group& g, const Subgroup& h) { return cosets(right_cosets(g, h)); },
      py::arg("group"), py::arg("subgroup"));
  module.def(
      "quotient_group",
      [](const Group& group, const Subgroup& normal) {
        Quotient quotient = quotient_group(group, normal);
        return py::make_tuple(std::move(quotient.group), adopt(std::move(quotient.of_element)));
      },
      py::arg("group"), py::arg("normal"));
  module.def("as_group", &as_group, py::arg("group"), py::arg("subgroup"), release_gil);

  module.def("derived_subgroup", &derived_subgroup, py::arg("group"), release_gil);
  module.def("derived_series", &derived_series, py::arg("group"), release_gil);
  module.def("lower_central_series", &lower_central_series, py::arg("group"), release_gil);
  module.def("upper_central_series", &upper_central_series, py::arg("group"), release_gil);
  module.def("chief_series", &chief_series, py::arg("group"), release_gil);
  module.def("composition_series", &composition_series, py::arg("group"), release_gil);
  module.def(
      "normal_subgroups",
      [](const Group& group, std::size_t limit) {
        const Interrupt interrupt = python_interrupt();
        const py::gil_scoped_release release;
        return normal_subgroups(group, limit, interrupt);
      },
      py::arg("group"), py::arg("limit"));
  module.def("sylow_subgroup", &sylow_subgroup, py::arg("group"), py::arg("p"), release_gil);
  module.def("p_core", &p_core, py::arg("group"), py::arg("p"), release_gil);
  module.def("fitting_subgroup", &fitting_subgroup, py::arg("group"), release_gil);
  module.def("frattini_subgroup", &frattini_subgroup, py::arg("group"), release_gil);
  module.def("abelian_invariants", &abelian_invariants, py::arg("group"), release_gil);
  module.def("is_nilpotent", &is_nilpotent, py::arg("group"), release_gil);
  module.def("is_solvable", &is_solvable, py::arg("group"), release_gil);
  module.def("is_supersolvable", &is_supersolvable, py::arg("group"), release_gil);
  module.def("is_perfect", &is_perfect, py::arg("group"), release_gil);
  module.def("is_simple", &is_simple, py::arg("group"), release_gil);
}

}  // namespace peterweyl::bindings
