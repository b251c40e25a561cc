#include "bindings/bindings.hpp"

namespace peterweyl::bindings {

void register_harmonics(py::module_& /*module*/) {}

}  // namespace peterweyl::bindings
