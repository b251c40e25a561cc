// The catalogue of small groups, its enumerator, fingerprints and automorphism groups.
#include "bindings/bindings.hpp"
#include "groups/automorphisms.hpp"
#include "groups/catalogue.hpp"
#include "groups/fingerprint.hpp"
#include "groups/group_enumeration.hpp"
#include "groups/nonsolvable_groups.hpp"

namespace peterweyl::bindings {
namespace {

py::object identify(const Group& group) {
  const Interrupt interrupt = python_interrupt();
  std::optional<SmallGroupId> id;
  {
    const py::gil_scoped_release release;
    id = identify_small_group(group, interrupt);
  }
  if (!id) return py::none();
  return py::make_tuple(id->order, id->number);
}

// (orbit lengths, generators): the order is the product of the orbit lengths, of any size.
py::tuple automorphisms(const Group& group) {
  const Interrupt interrupt = python_interrupt();
  AutomorphismGroup found;
  {
    const py::gil_scoped_release release;
    found = automorphism_group(group, interrupt);
  }
  py::list generators;
  for (std::vector<Element>& images : found.generators) generators.append(adopt(std::move(images)));
  return py::make_tuple(found.orbit_lengths, generators);
}

std::vector<Group> enumerated(std::uint64_t order) {
  const Interrupt interrupt = python_interrupt();
  const py::gil_scoped_release release;
  return enumerate_groups(order, interrupt);
}

// What tools/catalogue needs: (relative orders, words, code, fingerprint) of each solvable group.
py::list presentations(Element order) {
  std::vector<PolycyclicPresentation> found;
  {
    const Interrupt interrupt = python_interrupt();
    const py::gil_scoped_release release;
    GroupEnumerator enumerator(interrupt);
    found = enumerator.solvable_groups(order);
  }
  py::list result;
  for (const PolycyclicPresentation& p : found) {
    std::vector<Element> words;
    for (std::size_t j = 0; j < p.size(); ++j) {
      for (std::size_t i = 0; i <= j; ++i) words.push_back(p.word(i, j));
    }
    const std::vector<std::uint8_t> code = p.encode();
    result.append(py::make_tuple(
        std::vector<std::uint32_t>(p.relative_orders().begin(), p.relative_orders().end()), words,
        py::bytes(reinterpret_cast<const char*>(code.data()), code.size()), fingerprint(p.group(""))));
  }
  return result;
}

}  // namespace

void register_catalogue(py::module_& module) {
  module.def("number_of_groups", &number_of_groups, py::arg("order"));
  module.def("catalogue_covers", &catalogue_covers, py::arg("order"));
  module.def("small_group", &small_group, py::arg("order"), py::arg("number"),
             py::call_guard<py::gil_scoped_release>());
  module.def("identify_small_group", &identify, py::arg("group"));
  module.def("enumerate_groups", &enumerated, py::arg("order"));
  module.def("fingerprint", &fingerprint, py::arg("group"), py::call_guard<py::gil_scoped_release>());
  module.def("automorphism_group", &automorphisms, py::arg("group"));
  module.def("solvable_presentations", &presentations, py::arg("order"));
  module.def(
      "nonsolvable_groups", [](Element order) { return nonsolvable_groups(order); }, py::arg("order"),
      py::call_guard<py::gil_scoped_release>());
}

}  // namespace peterweyl::bindings
