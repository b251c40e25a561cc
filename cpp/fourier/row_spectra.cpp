// Rows to their packed spectra in planes and back, for convolutions of single rows.
#include "fourier/row_plan.hpp"

namespace peterweyl {

template <typename Real>
void RowPlan<Real>::to_planes(const Real* input, std::ptrdiff_t input_stride, bool complex_input,
                              bool transposed, Real* planes, std::byte* scratch) const {
  const Buffers memory = buffers(scratch);
  to_coefficients(input, input_stride, complex_input, memory);
  const std::size_t parts = program_->complex || complex_input ? 2 : 1;
  for (std::size_t part = 0; part < parts; ++part) {
    const Real* source = memory.plane[buffer_after_.back()] + part * plane_size();
    Real* target = planes + part * plane_size();
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

template <typename Real>
void RowPlan<Real>::from_planes(const Real* planes, Real* output, std::ptrdiff_t output_stride,
                                bool complex_output, std::byte* scratch) const {
  const Buffers memory = buffers(scratch);
  const std::size_t parts = program_->complex || complex_output ? 2 : 1;
  for (std::size_t part = 0; part < parts; ++part) {
    const Real* source = planes + part * plane_size();
    Real* target = memory.plane[buffer_after_.back()] + part * plane_size();
    for (std::size_t e = 0; e < program_->order; ++e) target[program_->coefficients[e]] = source[e];
  }
  from_coefficients(output, output_stride, complex_output, memory);
}

template void RowPlan<float>::to_planes(const float*, std::ptrdiff_t, bool, bool, float*, std::byte*) const;
template void RowPlan<double>::to_planes(const double*, std::ptrdiff_t, bool, bool, double*,
                                         std::byte*) const;
template void RowPlan<float>::from_planes(const float*, float*, std::ptrdiff_t, bool, std::byte*) const;
template void RowPlan<double>::from_planes(const double*, double*, std::ptrdiff_t, bool, std::byte*) const;

}  // namespace peterweyl
