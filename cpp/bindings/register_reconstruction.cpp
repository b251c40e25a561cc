#include "bindings/bindings.hpp"

namespace peterweyl::bindings {

void register_reconstruction(py::module_& /*module*/) {}

}  // namespace peterweyl::bindings
