#include "bindings/bindings.hpp"

namespace peterweyl::bindings {

void register_fourier(py::module_& /*module*/) {}

}  // namespace peterweyl::bindings
