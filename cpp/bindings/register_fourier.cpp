// Fourier plans: _core.DirectPlanDouble and _core.DirectPlanSingle. Arrays come C-contiguous and of the
// plan's own type (the façade sees to it), any shape whose size is a multiple of the order; results are
// written into `output`.
#include <complex>
#include <cstdint>
#include <memory>
#include <string>

#include "bindings/bindings.hpp"
#include "fourier/direct_plan.hpp"
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

Norm norm_of(const std::string& name) {
  if (name == "backward") return Norm::kBackward;
  if (name == "ortho") return Norm::kOrtho;
  if (name == "forward") return Norm::kForward;
  throw ArgumentError("norm: expected \"backward\", \"ortho\" or \"forward\", got \"" + name + "\"");
}

template <typename Real>
void bind_plan(py::module_& module, const char* name) {
  using Plan = DirectPlan<Real>;
  using Complex = std::complex<Real>;
  // The arrays outlive the call, and nothing else may resize them: the core may run without the GIL.
  const auto forward = []<typename In>(const Plan& plan, const Array<In>& input, Array<Complex> output,
                                       const std::string& norm, unsigned workers) {
    const auto source = input_of(input);
    const auto target = output_of(output);
    const Norm scaling = norm_of(norm);
    const Interrupt interrupt = python_interrupt();
    const py::gil_scoped_release release;
    plan.forward(source, target, scaling, workers, interrupt);
  };
  const auto inverse = [](const Plan& plan, const Array<Complex>& input, Array<Complex> output,
                          const std::string& norm, unsigned workers) {
    const auto source = input_of(input);
    const auto target = output_of(output);
    const Norm scaling = norm_of(norm);
    const Interrupt interrupt = python_interrupt();
    const py::gil_scoped_release release;
    plan.inverse(source, target, scaling, workers, interrupt);
  };
  const auto bind_forward = [&]<typename In>(auto& type, In /*tag*/) {
    type.def(
        "forward",
        [forward](const Plan& plan, const Array<In>& input, Array<Complex> output, const std::string& norm,
                  unsigned workers) { forward(plan, input, std::move(output), norm, workers); },
        py::arg("input").noconvert(), py::arg("output").noconvert(), py::arg("norm"), py::arg("workers"));
  };
  auto type = py::class_<Plan, std::shared_ptr<Plan>>(module, name);
  type.def(py::init([](const Irreps& irreps, std::uint64_t memory_limit) {
             const py::gil_scoped_release release;
             return std::make_shared<Plan>(irreps, memory_limit);
           }),
           py::arg("irreps"), py::arg("memory_limit") = std::uint64_t{4} << 30);
  type.def_property_readonly("order", &Plan::order);
  type.def_property_readonly("offsets", [](const Plan& plan) {
    return std::vector<std::size_t>(plan.offsets().begin(), plan.offsets().end());
  });
  bind_forward(type, Real{});
  bind_forward(type, Complex{});
  type.def("inverse", inverse, py::arg("input").noconvert(), py::arg("output").noconvert(), py::arg("norm"),
           py::arg("workers"));
  type.def(
      "multiply",
      [](const Plan& plan, const Array<Complex>& f, const Array<Complex>& h, Array<Complex> output) {
        const auto left = input_of(f);
        const auto right = input_of(h);
        const auto target = output_of(output);
        const py::gil_scoped_release release;
        plan.multiply(left, right, target);
      },
      py::arg("f_spectrum").noconvert(), py::arg("h_spectrum").noconvert(), py::arg("output").noconvert());
  type.def(
      "power",
      [](const Plan& plan, const Array<Complex>& spectrum, Array<Real> output) {
        const auto source = input_of(spectrum);
        const auto target = output_of(output);
        const py::gil_scoped_release release;
        plan.power(source, target);
      },
      py::arg("spectrum").noconvert(), py::arg("output").noconvert());
}

}  // namespace

void register_fourier(py::module_& module) {
  bind_plan<double>(module, "DirectPlanDouble");
  bind_plan<float>(module, "DirectPlanSingle");
}

}  // namespace peterweyl::bindings
