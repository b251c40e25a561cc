#include "bindings/bindings.hpp"

namespace peterweyl::bindings {

void register_representations(py::module_& /*module*/) {}

}  // namespace peterweyl::bindings
