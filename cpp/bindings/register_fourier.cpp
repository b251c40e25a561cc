// Fourier plans: _core.FourierPlanDouble and _core.FourierPlanSingle. Arrays come aligned, in native byte
// order and in the plan's own precision (the façade sees to it); results are written into `output`.
#include <algorithm>
#include <complex>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <type_traits>

#include "bindings/bindings.hpp"
#include "fourier/fourier_plan.hpp"
#include "support/error.hpp"

namespace peterweyl::bindings {
namespace {

template <typename T>
using Array = py::array_t<T, py::array::c_style>;

template <typename T>
std::span<const T> input_of(const Array<T>& array) {
  return {array.data(), static_cast<std::size_t>(array.size())};
}

template <typename T>
std::span<T> output_of(Array<T>& array) {
  return {array.mutable_data(), static_cast<std::size_t>(array.size())};
}

Norm norm_of(int number) {
  if (number < 0 || number > 2)
    throw ArgumentError("norm: expected 0, 1 or 2, got " + std::to_string(number));
  return static_cast<Norm>(number);
}

// The rows of an array along one axis; nothing where its other axes have more than two different spacings.
template <typename T>
std::optional<StridedRows<T>> rows_of(const py::array& array, py::ssize_t axis, T* data) {
  constexpr auto kSize = static_cast<py::ssize_t>(sizeof(T));
  StridedRows<T> rows;
  rows.data = data;
  rows.element_stride = array.strides(axis) / kSize;
  if (array.strides(axis) % kSize != 0) return std::nullopt;
  // From the last axis to the first: an axis joins the one after it where it goes on at its end.
  struct Axis {
    py::ssize_t length;
    py::ssize_t stride;
  };
  Axis found[2] = {{1, 0}, {1, 0}};
  int count = 0;
  for (py::ssize_t k = array.ndim() - 1; k >= 0; --k) {
    if (k == axis || array.shape(k) == 1) continue;
    const py::ssize_t stride = array.strides(k);
    if (stride % kSize != 0) return std::nullopt;
    if (count > 0 && stride == found[count - 1].stride * found[count - 1].length) {
      found[count - 1].length *= array.shape(k);
    } else {
      if (count == 2) return std::nullopt;
      found[count++] = {array.shape(k), stride};
    }
  }
  rows.inner = static_cast<std::size_t>(found[0].length);
  rows.inner_stride = found[0].stride / kSize;
  rows.outer = static_cast<std::size_t>(found[1].length);
  rows.outer_stride = found[1].stride / kSize;
  return rows;
}

template <typename Real>
class Runner {
 public:
  using Complex = std::complex<Real>;
  using Plan = FourierPlan<Real>;
  enum class Direction : std::uint8_t { kForward, kInverse, kAdjoint };

  // The common case, without a detour: an array of the plan's type with the group on the last axis, rows next
  // to each other, the default norm, one worker. None where it is anything else.
  static py::object quick(const Plan& plan, const py::handle& x, Direction direction) {
    if (!py::isinstance<py::array>(x) || Py_TYPE(x.ptr()) != py::detail::npy_api::get().PyArray_Type_) {
      return py::none();
    }
    const auto array = py::reinterpret_borrow<py::array>(x);
    const bool complex = py::isinstance<py::array_t<Complex>>(x);
    const bool real = !complex && direction == Direction::kForward && py::isinstance<py::array_t<Real>>(x);
    const py::ssize_t ndim = array.ndim();
    constexpr int kNeeded = int{py::array::c_style} | int{py::detail::npy_api::NPY_ARRAY_ALIGNED_};
    if (!(complex || real) || ndim == 0 || (array.flags() & kNeeded) != kNeeded ||
        static_cast<std::size_t>(array.shape(ndim - 1)) != plan.order()) {
      return py::none();
    }
    py::array_t<Complex> result(std::vector<py::ssize_t>(array.shape(), array.shape() + ndim));
    const std::size_t order = plan.order();
    const std::size_t rows = static_cast<std::size_t>(array.size()) / order;
    const auto apart = static_cast<std::ptrdiff_t>(order);
    const StridedRows<Complex> target{result.mutable_data(), rows, 1, apart, 0, 1};
    const Interrupt interrupt = python_interrupt();
    const void* data = array.data();
    // A call of a few microseconds keeps the GIL: giving it away and back costs as much.
    std::optional<py::gil_scoped_release> release;
    if (rows * order > kShort) release.emplace();
    if (real) {
      plan.forward(StridedRows<const Real>{static_cast<const Real*>(data), rows, 1, apart, 0, 1}, target,
                   Norm::kBackward, 1, interrupt);
    } else {
      const StridedRows<const Complex> source{static_cast<const Complex*>(data), rows, 1, apart, 0, 1};
      if (direction == Direction::kForward) {
        plan.forward(source, target, Norm::kBackward, 1, interrupt);
      } else {
        plan.inverse(source, target, Norm::kBackward, 1, interrupt);
      }
    }
    release.reset();
    return result;
  }

  // The common case of a convolution, like `quick`: two arrays of one type and shape, or one of them a single
  // function.
  static py::object quick_convolve(const Plan& plan, const py::handle& x, const py::handle& y,
                                   bool correlate) {
    const bool complex = py::isinstance<py::array_t<Complex>>(x) && py::isinstance<py::array_t<Complex>>(y);
    if (!complex && !(py::isinstance<py::array_t<Real>>(x) && py::isinstance<py::array_t<Real>>(y))) {
      return py::none();
    }
    py::array operands[2] = {py::reinterpret_borrow<py::array>(x), py::reinterpret_borrow<py::array>(y)};
    const auto order = static_cast<py::ssize_t>(plan.order());
    constexpr int kNeeded = int{py::array::c_style} | int{py::detail::npy_api::NPY_ARRAY_ALIGNED_};
    for (const py::array& array : operands) {
      if (Py_TYPE(array.ptr()) != py::detail::npy_api::get().PyArray_Type_ || array.ndim() == 0 ||
          (array.flags() & kNeeded) != kNeeded || array.shape(array.ndim() - 1) != order) {
        return py::none();
      }
    }
    const py::array& larger = operands[operands[0].ndim() > 1 ? 0 : 1];
    const std::vector<py::ssize_t> shape(larger.shape(), larger.shape() + larger.ndim());
    for (const py::array& array : operands) {
      const std::span found(array.shape(), static_cast<std::size_t>(array.ndim()));
      if (found.size() > 1 && !std::ranges::equal(shape, found)) return py::none();
    }
    py::array result = complex ? py::array(py::array_t<Complex>(shape)) : py::array(py::array_t<Real>(shape));
    const py::ssize_t parts = complex ? 2 : 1;
    const py::ssize_t rows = larger.size() / order;
    const auto rows_of_one = [&](const py::array& array) {
      return StridedRows<const Real>{static_cast<const Real*>(array.data()),
                                     static_cast<std::size_t>(rows),
                                     1,
                                     array.ndim() == 1 ? 0 : order * parts,
                                     0,
                                     parts};
    };
    const Convolution<Real> convolution{rows_of_one(operands[0]),
                                        rows_of_one(operands[1]),
                                        {static_cast<Real*>(result.mutable_data()),
                                         static_cast<std::size_t>(rows), 1, order * parts, 0, parts},
                                        complex,
                                        correlate};
    const Interrupt interrupt = python_interrupt();
    std::optional<py::gil_scoped_release> release;
    if (static_cast<std::size_t>(rows * order) > kShort) release.emplace();
    plan.convolve(convolution, 1, interrupt);
    release.reset();
    return result;
  }

  // Arrays of one type and shape (strides may be 0), in the precision of the plan.
  static bool convolve(const Plan& plan, const py::array& x, const py::array& y, py::array& output,
                       py::ssize_t axis, bool correlate, unsigned workers) {
    for (const py::array& input : {x, y}) {
      check(plan, input, output, axis, output.dtype().kind());
      if (input.dtype().kind() != output.dtype().kind()) throw ArgumentError("arrays: expected one type");
    }
    const auto left = rows_of<const Real>(x, axis, static_cast<const Real*>(x.data()));
    const auto right = rows_of<const Real>(y, axis, static_cast<const Real*>(y.data()));
    const auto target = rows_of<Real>(output, axis, static_cast<Real*>(output.mutable_data()));
    if (!left || !right || !target) return false;
    const Convolution<Real> convolution{*left, *right, *target, output.dtype().kind() == 'c', correlate};
    const Interrupt interrupt = python_interrupt();
    const py::gil_scoped_release release;
    plan.convolve(convolution, workers, interrupt);
    return true;
  }

  // False, with nothing done, where a memory layout is too irregular: the caller makes a copy.
  static bool run(const Plan& plan, const py::array& input, py::array& output, py::ssize_t axis, int norm,
                  unsigned workers, Direction direction) {
    check(plan, input, output, axis);
    const auto target = rows_of<Complex>(output, axis, static_cast<Complex*>(output.mutable_data()));
    if (!target) return false;
    const bool real = input.itemsize() == static_cast<py::ssize_t>(sizeof(Real));
    const Norm scaling = norm_of(norm);
    if (real && direction == Direction::kForward) {
      const auto source = rows_of<const Real>(input, axis, static_cast<const Real*>(input.data()));
      if (!source) return false;
      const Interrupt interrupt = python_interrupt();
      const py::gil_scoped_release release;
      plan.forward(*source, *target, scaling, workers, interrupt);
      return true;
    }
    if (real) throw ArgumentError("input: expected complex numbers");
    const auto source = rows_of<const Complex>(input, axis, static_cast<const Complex*>(input.data()));
    if (!source) return false;
    const Interrupt interrupt = python_interrupt();
    const py::gil_scoped_release release;
    switch (direction) {
      case Direction::kForward:
        plan.forward(*source, *target, scaling, workers, interrupt);
        break;
      case Direction::kInverse:
        plan.inverse(*source, *target, scaling, workers, interrupt);
        break;
      case Direction::kAdjoint:
        plan.adjoint(*source, *target, scaling, workers, interrupt);
        break;
    }
    return true;
  }

 private:
  static constexpr std::size_t kShort = 1024;  // entries

  static bool is_own(const py::array& array) {
    const auto size = static_cast<py::ssize_t>(sizeof(Real));
    const char kind = array.dtype().kind();
    return (kind == 'f' && array.itemsize() == size) || (kind == 'c' && array.itemsize() == 2 * size);
  }

  static void check(const Plan& plan, const py::array& input, const py::array& output, py::ssize_t axis,
                    char output_kind = 'c') {
    if (!is_own(input) || !is_own(output) || output.dtype().kind() != output_kind) {
      throw ArgumentError("arrays: expected the precision of the plan");
    }
    if (input.ndim() != output.ndim() || axis < 0 || axis >= input.ndim()) {
      throw ArgumentError("axis: expected an axis of both arrays");
    }
    for (py::ssize_t k = 0; k < input.ndim(); ++k) {
      if (input.shape(k) != output.shape(k)) throw ArgumentError("output: expected the shape of the input");
    }
    if (static_cast<std::size_t>(input.shape(axis)) != plan.order()) {
      throw ArgumentError("input: expected the order of the group as the length of the axis");
    }
  }
};

template <typename Real>
void bind_plan(py::module_& module, const char* name) {
  using Plan = FourierPlan<Real>;
  using Complex = std::complex<Real>;
  using Direction = typename Runner<Real>::Direction;
  auto type = py::class_<Plan, std::shared_ptr<Plan>>(module, name);
  type.def(py::init([](const AdaptedIrreps& irreps, const std::string& method, std::uint64_t memory_limit) {
             FourierPlanOptions options;
             using Method = FourierPlanOptions::Method;
             options.method = method == "dense"       ? Method::kDense
                              : method == "chain"     ? Method::kChain
                              : method == "two-sided" ? Method::kTwoSided
                                                      : Method::kAutomatic;
             options.memory_limit = memory_limit;
             const Interrupt interrupt = python_interrupt();
             const py::gil_scoped_release release;
             return std::make_shared<Plan>(irreps, options, interrupt);
           }),
           py::arg("irreps"), py::arg("method") = "auto", py::arg("memory_limit") = std::uint64_t{4} << 30);
  type.def_property_readonly("order", &Plan::order);
  type.def_property_readonly("method", [](const Plan& plan) {
    using Method = FourierPlanOptions::Method;
    return plan.method() == Method::kDense   ? "dense"
           : plan.method() == Method::kChain ? "chain"
                                             : "two-sided";
  });
  type.def_property_readonly("nbytes", &Plan::bytes);
  type.def_property_readonly("offsets", [](const Plan& plan) {
    return std::vector<std::size_t>(plan.offsets().begin(), plan.offsets().end());
  });
  type.def_property_readonly("degrees", [](const Plan& plan) {
    return std::vector<std::uint32_t>(plan.degrees().begin(), plan.degrees().end());
  });
  const auto bind_run = [&](const char* method, Direction direction) {
    type.def(
        method,
        [direction](const Plan& plan, const py::array& input, py::array output, py::ssize_t axis, int norm,
                    unsigned workers) {
          return Runner<Real>::run(plan, input, output, axis, norm, workers, direction);
        },
        py::arg("input"), py::arg("output"), py::arg("axis"), py::arg("norm"), py::arg("workers"));
  };
  bind_run("forward", Direction::kForward);
  bind_run("inverse", Direction::kInverse);
  bind_run("adjoint", Direction::kAdjoint);
  const auto bind_quick = [&](const char* method, Direction direction) {
    type.def(
        method,
        [direction](const Plan& plan, const py::handle& x) {
          return Runner<Real>::quick(plan, x, direction);
        },
        py::arg("x"));
  };
  bind_quick("quick_forward", Direction::kForward);
  bind_quick("quick_inverse", Direction::kInverse);
  type.def("quick_convolve", &Runner<Real>::quick_convolve, py::arg("x"), py::arg("y"), py::arg("correlate"));
  type.def("convolve", &Runner<Real>::convolve, py::arg("x"), py::arg("y"), py::arg("output"),
           py::arg("axis"), py::arg("correlate"), py::arg("workers"));
  type.def(
      "power",
      [](const Plan& plan, const Array<Complex>& spectrum, Array<Real> output) {
        const auto source = input_of(spectrum);
        const auto target = output_of(output);
        const py::gil_scoped_release release;
        plan.power(source, target);
      },
      py::arg("spectrum").noconvert(), py::arg("output").noconvert());
  type.def("describe", &Plan::describe);
}

}  // namespace

void register_fourier(py::module_& module) {
  bind_plan<double>(module, "FourierPlanDouble");
  bind_plan<float>(module, "FourierPlanSingle");
}

}  // namespace peterweyl::bindings
