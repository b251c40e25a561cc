// The extension module peterweyl._core: nothing but the registration of the layers.
#include "bindings/bindings.hpp"
#include "support/build_info.hpp"

PYBIND11_MODULE(_core, module, pybind11::mod_gil_not_used()) {
  using namespace peterweyl::bindings;
  module.doc() = "The compiled core of peterweyl; use the package peterweyl instead.";
  module.def("build_info", &peterweyl::build_info, "How this copy of the core was built, as pairs of text.");
  register_errors(module);
  register_groups(module);
  register_permutation_groups(module);
  register_subgroups(module);
  register_presentations(module);
  register_catalogue(module);
  register_characters(module);
  register_representations(module);
  register_fourier(module);
  register_harmonics(module);
  register_reconstruction(module);
  register_scores(module);
}
