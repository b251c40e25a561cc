// Turns the exceptions of the core into the Python classes of the same name, attributes included.
#include "bindings/bindings.hpp"
#include "support/error.hpp"

namespace peterweyl::bindings {
namespace {

// The classes live in Python (peterweyl.errors): documented, typed and picklable there.
template <typename... Arguments>
void raise(const char* name, Arguments&&... arguments) {
  const py::object type = py::module_::import("peterweyl.errors").attr(name);
  const py::object error = type(std::forward<Arguments>(arguments)...);
  PyErr_SetObject(type.ptr(), error.ptr());
}

void translate(std::exception_ptr pointer) {
  try {
    if (pointer) std::rethrow_exception(pointer);
  } catch (const NotAGroupError& error) {
    raise("NotAGroupError", error.what(), py::tuple(py::cast(error.witness())));
  } catch (const GroupSpecError& error) {
    raise("GroupSpecError", error.what(), error.spec(), py::tuple(py::cast(error.suggestions())));
  } catch (const GroupTooLargeError& error) {
    raise("GroupTooLargeError", error.what(), error.order(), error.limit());
  } catch (const EnumerationLimitError& error) {
    raise("EnumerationLimitError", error.what(), error.reached(), error.limit());
  } catch (const NumericalError& error) {
    raise("NumericalError", error.what());
  } catch (const ArgumentError& error) {
    raise("ArgumentError", error.what());
  } catch (const Error& error) {
    raise("Error", error.what());
  }
}

}  // namespace

void register_errors(py::module_& /*module*/) {
  py::register_local_exception_translator(&translate);
}

}  // namespace peterweyl::bindings
