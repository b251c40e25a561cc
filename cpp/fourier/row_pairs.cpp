// Two real rows as the real and imaginary parts of one complex row; see conjugate_pairs.hpp.
#include <utility>

#include "fourier/row_plan.hpp"

namespace peterweyl {

template <typename Real>
void RowPlan<Real>::forward_pair(const Real* const* inputs, Real* const* outputs,
                                 std::span<const Real> weights, const ConjugatePairs<Real>& pairs,
                                 std::byte* scratch) const {
  Buffers memory = buffers(scratch);
  for (std::size_t g = 0; g < program_->order; ++g) {
    memory.staged[2 * g] = inputs[0][g];
    memory.staged[2 * g + 1] = inputs[1][g];
  }
  to_coefficients(memory.staged, 2, true, memory);
  Real* first = memory.plane[buffer_after_.back()];
  Real* second = memory.plane[1 - buffer_after_.back()];
  const std::size_t imaginary = plane_size();
  for (std::size_t k = 0; 2 * k < pairs.entries.size(); ++k) {
    const Real x = pairs.half_phases[2 * k];
    const Real y = pairs.half_phases[2 * k + 1];
    const std::size_t at[2] = {program_->coefficients[pairs.entries[2 * k]],
                               program_->coefficients[pairs.entries[2 * k + 1]]};
    const Real re[2] = {first[at[0]], first[at[1]]};
    const Real im[2] = {first[at[0] + imaginary], first[at[1] + imaginary]};
    for (int side = 0; side < 2; ++side) {
      // u conj(partner) / 2
      const Real u = x * re[1 - side] + y * im[1 - side];
      const Real v = y * re[1 - side] - x * im[1 - side];
      first[at[side]] = re[side] / 2 + u;
      first[at[side] + imaginary] = im[side] / 2 + v;
      second[at[side]] = im[side] / 2 - v;
      second[at[side] + imaginary] = u - re[side] / 2;
    }
  }
  write_spectrum(memory, weights, true, outputs[0], 2);
  std::swap(memory.plane[0], memory.plane[1]);
  write_spectrum(memory, weights, true, outputs[1], 2);
}

template void RowPlan<float>::forward_pair(const float* const*, float* const*, std::span<const float>,
                                           const ConjugatePairs<float>&, std::byte*) const;
template void RowPlan<double>::forward_pair(const double* const*, double* const*, std::span<const double>,
                                            const ConjugatePairs<double>&, std::byte*) const;

}  // namespace peterweyl
