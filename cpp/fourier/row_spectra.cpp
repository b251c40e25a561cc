// Rows to their packed spectra in planes and back, for convolutions of single rows.
#include "fourier/row_plan.hpp"

namespace peterweyl {

template <typename Real>
void RowPlan<Real>::to_planes(const Real* input, std::ptrdiff_t input_stride, bool complex_input,
                              bool transposed, Real* planes, std::byte* scratch) const {
  const Buffers memory = buffers(scratch);
  input = staged(input, input_stride, complex_input, memory);
  const int passes = !program_->complex && complex_input ? 2 : 1;
  for (int pass = 0; pass < passes; ++pass) {
    load(input + pass, input_stride, complex_input, memory);
    for (std::size_t depth = turn_; depth < program_->levels.size(); ++depth)
      apply_upper(depth, memory, false);
    const int parts = program_->complex ? 2 : 1;
    for (int part = 0; part < parts; ++part) {
      const Real* source = memory.plane[buffer_after_.back()] + static_cast<std::size_t>(part) * plane_size();
      Real* target = planes + static_cast<std::size_t>(pass + part) * plane_size();
      const std::uint32_t* slot = program_->coefficients.data();
      if (!transposed) {
        for (std::size_t e = 0; e < program_->order; ++e) target[e] = source[slot[e]];
        continue;
      }
      for (const std::uint32_t d : program_->degrees) {
        for (std::size_t row = 0; row < d; ++row) {
          for (std::size_t column = 0; column < d; ++column) *target++ = source[slot[column * d + row]];
        }
        slot += std::size_t{d} * d;
      }
    }
  }
}

template <typename Real>
void RowPlan<Real>::from_planes(const Real* planes, Real* output, std::ptrdiff_t output_stride,
                                bool complex_output, std::byte* scratch) const {
  const Buffers memory = buffers(scratch);
  const int parts = program_->complex ? 2 : 1;
  const int passes = !program_->complex && complex_output ? 2 : 1;
  const std::size_t width = complex_output ? 2 : 1;
  Real* target = is_staged() ? memory.staged : output;
  const std::ptrdiff_t stride = is_staged() ? static_cast<std::ptrdiff_t>(width) : output_stride;
  for (int pass = 0; pass < passes; ++pass) {
    for (int part = 0; part < parts; ++part) {
      const Real* source = planes + static_cast<std::size_t>(pass + part) * plane_size();
      Real* plane = memory.plane[buffer_after_.back()] + static_cast<std::size_t>(part) * plane_size();
      for (std::size_t e = 0; e < program_->order; ++e) plane[program_->coefficients[e]] = source[e];
    }
    for (std::size_t depth = program_->levels.size(); depth > turn_; --depth) {
      apply_upper(depth - 1, memory, true);
    }
    store(target + pass, stride, complex_output, memory);
  }
  for (std::size_t g = 0; is_staged() && g < program_->order; ++g) {
    for (std::size_t k = 0; k < width; ++k) {
      output[static_cast<std::ptrdiff_t>(g) * output_stride + static_cast<std::ptrdiff_t>(k)] =
          memory.staged[g * width + k];
    }
  }
}

template void RowPlan<float>::to_planes(const float*, std::ptrdiff_t, bool, bool, float*, std::byte*) const;
template void RowPlan<double>::to_planes(const double*, std::ptrdiff_t, bool, bool, double*,
                                         std::byte*) const;
template void RowPlan<float>::from_planes(const float*, float*, std::ptrdiff_t, bool, std::byte*) const;
template void RowPlan<double>::from_planes(const double*, double*, std::ptrdiff_t, bool, std::byte*) const;

}  // namespace peterweyl
