// Irreducible representations: the class _core.Irreps, read-only views of it, and the function that makes
// one.
#include <algorithm>
#include <complex>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "bindings/bindings.hpp"
#include "groups/group.hpp"
#include "representations/adapted_irreps.hpp"
#include "representations/adapted_irreps_archive.hpp"
#include "representations/irreps.hpp"
#include "support/error.hpp"

namespace peterweyl::bindings {
namespace {

const Irrep& at(const Irreps& irreps, std::size_t index) {
  if (index >= irreps.all.size()) throw py::index_error("irrep index out of range");
  return irreps.all[index];
}

// One number an irrep.
template <typename Member>
std::vector<std::int64_t> gather(const Irreps& irreps, Member Irrep::* member) {
  std::vector<std::int64_t> values;
  for (const Irrep& irrep : irreps.all) values.push_back(static_cast<std::int64_t>(irrep.*member));
  return values;
}

Irreps make(const Group& group, std::uint64_t seed, double tolerance, std::uint64_t memory_limit) {
  const Interrupt interrupt = python_interrupt();
  const py::gil_scoped_release release;
  return irreducible_representations(group, {seed, tolerance, memory_limit}, interrupt);
}

template <typename T>
using Array = py::array_t<T, py::array::c_style>;

std::shared_ptr<AdaptedIrreps> unpack_for(const Group& group, const Array<std::uint32_t>& structure,
                                          const Array<std::complex<double>>& values,
                                          const Array<std::uint32_t>& elements, std::string method) {
  const auto span = [](const auto& array) {
    return std::span(array.data(), static_cast<std::size_t>(array.size()));
  };
  auto irreps = std::make_shared<AdaptedIrreps>(
      unpack(span(structure), span(values), span(elements), std::move(method)));
  if (irreps->order() != group.order()) {
    throw ArgumentError("archive: expected irreps of a group of order " + std::to_string(group.order()) +
                        ", got order " + std::to_string(irreps->order()));
  }
  measure_residual(group, *irreps, 1);
  add_left_products(group, *irreps);
  return irreps;
}

}  // namespace

void register_representations(py::module_& module) {
  py::class_<AdaptedIrreps, std::shared_ptr<AdaptedIrreps>>(module, "AdaptedIrreps")
      .def_readonly("method", &AdaptedIrreps::method)
      .def_readonly("residual", &AdaptedIrreps::residual)
      .def_property_readonly("degrees",
                             [](const AdaptedIrreps& irreps) {
                               std::vector<std::uint32_t> degrees;
                               for (const AdaptedIrrep& irrep : irreps.irreps())
                                 degrees.push_back(irrep.degree);
                               return degrees;
                             })
      .def("pack",
           [](const AdaptedIrreps& irreps) {
             AdaptedIrrepsArchive archive = pack(irreps);
             return py::make_tuple(adopt(std::move(archive.structure)), adopt(std::move(archive.values)),
                                   adopt(std::move(archive.elements)));
           })
      .def_static("unpack", &unpack_for, py::arg("group"), py::arg("structure").noconvert(),
                  py::arg("values").noconvert(), py::arg("elements").noconvert(), py::arg("method"));
  module.def("cyclic_orders", &cyclic_orders, py::arg("group"));
  module.def(
      "adapted_irreps",
      [](const Group& group) {
        const Interrupt interrupt = python_interrupt();
        const py::gil_scoped_release release;
        return std::make_shared<AdaptedIrreps>(adapted_irreps(group, {}, interrupt));
      },
      py::arg("group"));
  py::class_<Irreps, std::shared_ptr<Irreps>>(module, "Irreps")
      .def("__len__", [](const Irreps& irreps) { return irreps.all.size(); })
      .def_readonly("method", &Irreps::method)
      .def_readonly("homomorphism_residual", &Irreps::homomorphism_residual)
      .def_readonly("unitarity_residual", &Irreps::unitarity_residual)
      .def_readonly("schur_residual", &Irreps::schur_residual)
      .def_property_readonly("degrees", [](const Irreps& irreps) { return gather(irreps, &Irrep::degree); })
      .def_property_readonly("indicators",
                             [](const Irreps& irreps) { return gather(irreps, &Irrep::indicator); })
      .def_property_readonly("conjugates",
                             [](const Irreps& irreps) { return gather(irreps, &Irrep::conjugate); })
      .def(
          "character",
          [](const py::object& self, std::size_t index) {
            const Irrep& irrep = at(self.cast<const Irreps&>(), index);
            return view(std::span<const std::complex<double>>(irrep.character),
                        {static_cast<py::ssize_t>(irrep.character.size())}, self);
          },
          py::arg("index"))
      .def(
          "matrices",
          [](const py::object& self, std::size_t index) {
            const Irrep& irrep = at(self.cast<const Irreps&>(), index);
            const auto d = static_cast<py::ssize_t>(irrep.degree);
            const auto n = static_cast<py::ssize_t>(irrep.matrices.size()) / (d * d);
            return view(std::span<const std::complex<double>>(irrep.matrices), {n, d, d}, self);
          },
          py::arg("index"));
  const IrrepsOptions defaults;
  module.def("irreducible_representations", &make, py::arg("group"), py::arg("seed") = defaults.seed,
             py::arg("tolerance") = defaults.tolerance, py::arg("memory_limit") = defaults.memory_limit);
}

}  // namespace peterweyl::bindings
