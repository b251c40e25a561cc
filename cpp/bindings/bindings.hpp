// What the binding files share. Only files of this folder include pybind11.
#pragma once

#include <pybind11/complex.h>
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "support/interrupt.hpp"

namespace peterweyl::bindings {

namespace py = pybind11;

void register_errors(py::module_& module);
void register_groups(py::module_& module);
void register_permutation_groups(py::module_& module);
void register_subgroups(py::module_& module);
void register_presentations(py::module_& module);
void register_catalogue(py::module_& module);
void register_characters(py::module_& module);
void register_representations(py::module_& module);
void register_fourier(py::module_& module);
void register_harmonics(py::module_& module);
void register_reconstruction(py::module_& module);
void register_scores(py::module_& module);

using IntegerArray = py::array_t<std::int64_t, py::array::c_style | py::array::forcecast>;

inline std::span<const std::int64_t> values(const IntegerArray& array) {
  return {array.data(), static_cast<std::size_t>(array.size())};
}

// A token that lets Ctrl-C stop the core while the GIL is released.
inline Interrupt python_interrupt() {
  return Interrupt([] {
    const py::gil_scoped_acquire acquire;
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
  });
}

// A read-only array over memory that `owner` keeps alive.
template <typename T>
py::array_t<T> view(std::span<const T> data, std::vector<py::ssize_t> shape, const py::object& owner) {
  py::array_t<T> array(std::move(shape), data.data(), owner);
  array.attr("setflags")(py::arg("write") = false);
  return array;
}

// A new array that takes over a vector without copying it.
template <typename T>
py::array_t<T> adopt(std::vector<T>&& data, std::vector<py::ssize_t> shape) {
  auto owned = std::make_unique<std::vector<T>>(std::move(data));
  const T* values = owned->data();
  const py::capsule owner(owned.release(), [](void* p) { delete static_cast<std::vector<T>*>(p); });
  return py::array_t<T>(std::move(shape), values, owner);
}

template <typename T>
py::array_t<T> adopt(std::vector<T>&& data) {
  const auto size = static_cast<py::ssize_t>(data.size());
  return adopt(std::move(data), {size});
}

}  // namespace peterweyl::bindings
