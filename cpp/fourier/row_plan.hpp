// A single Fourier transform along a chain of subgroups, with nothing to put side by side but itself.
//
// The lower levels run on the cosets of one subgroup H_j as on the rows of a batch: a tile of them fills the
// lanes of a register. Their results are turned over once, and the upper levels run on lines of neighbouring
// numbers: the rows that a level matrix carries along. They go depth first, so that blocks that fit the
// second-level cache are finished there. Which level to turn at, and whether one tile or single
// rows are quicker for a small batch, is estimated from the counts of operations.
//
// Immutable; scratch memory of each thread: 6 n numbers, and two slots for each element of H_j.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "fourier/chain_program.hpp"
#include "fourier/conjugate_pairs.hpp"
#include "fourier/simd_kernels.hpp"
#include "fourier/simd_rows.hpp"

namespace peterweyl {

template <typename Real>
class RowPlan {
 public:
  explicit RowPlan(std::shared_ptr<const ChainProgram<Real>> program,
                   InstructionSet set = best_instruction_set());

  // The number of levels below the turn.
  std::size_t turn() const { return turn_; }
  // Estimated clock cycles of one row of real numbers in real programs, of complex ones elsewhere.
  double cycles() const { return cycles_; }

  // One row. Strides count numbers; imaginary parts lie one after the real ones where there are any
  // (`complex_input`, and always in the output of a forward transform, which real programs set to zero for
  // real input). Weights: one an irrep, as in ChainPlan. `scratch` has scratch_bytes(), aligned to a slot.
  void forward(const Real* input, std::ptrdiff_t input_stride, bool complex_input, Real* output,
               std::ptrdiff_t output_stride, std::span<const Real> weights, std::byte* scratch) const;
  void adjoint(const Real* input, std::ptrdiff_t input_stride, Real* output, std::ptrdiff_t output_stride,
               std::span<const Real> weights, std::byte* scratch) const;
  // Two contiguous rows of real numbers at once, in complex programs; their spectra are contiguous too.
  void forward_pair(const Real* const* inputs, Real* const* outputs, std::span<const Real> weights,
                    const ConjugatePairs<Real>& pairs, std::byte* scratch) const;
  std::size_t scratch_bytes() const;

  // The packed entries of one row next to each other, imaginary parts plane_size() after the real ones (none
  // for real input to a real program). `transposed`: the blocks are.
  void to_planes(const Real* input, std::ptrdiff_t input_stride, bool complex_input, bool transposed,
                 Real* planes, std::byte* scratch) const;
  // The adjoint of the transform, from such planes; only the real part where the output is not complex.
  void from_planes(const Real* planes, Real* output, std::ptrdiff_t output_stride, bool complex_output,
                   std::byte* scratch) const;
  // Of one plane with a register to read past its end, in numbers; a multiple of a slot.
  std::size_t plane_size() const;

 private:
  using Program = ChainProgram<Real>;
  // The arguments of a level's kernels in numbers of one transform.
  struct UpperLevel {
    std::vector<std::vector<std::uint32_t>> slots;                 // of each group of butterflies
    std::vector<std::vector<std::vector<std::uint32_t>>> places;   // [factored][columns]
    std::vector<std::vector<std::vector<std::uint32_t>>> sources;  // [panel][columns]
    std::vector<std::vector<std::vector<std::uint32_t>>> targets;  // [panel][columns]
  };
  struct Buffers {
    Real* plane[2];  // real parts, imaginary parts `plane_size()` after them
    Real* staged;    // the elements in the order of memory
    Real* slot[2];
  };

  double estimated_cycles(std::size_t turn) const;
  double upper_cycles(const typename Program::Level& level) const;
  // Elements are taken in an order that the memory cannot foresee: long rows are copied to the cache first.
  bool is_staged() const { return program_->order >= 2048; }
  std::size_t lower_block() const { return turn_ == 0 ? 1 : program_->levels[turn_ - 1].block; }
  Buffers buffers(std::byte* scratch) const;
  void load(const Real* input, std::ptrdiff_t stride, bool complex_input, const Buffers& buffers,
            std::size_t first, std::size_t count) const;
  void store(Real* output, std::ptrdiff_t stride, bool complex_output, const Buffers& buffers,
             std::size_t first, std::size_t count) const;
  // The slots of a coset of one of the chain's subgroups up to level `depth`, from or to the elements.
  template <typename Bottom>
  void descend(const Buffers& buffers, std::size_t depth, std::size_t first, bool adjoint,
               const Bottom& bottom) const;
  // Elements to the planes of the last level, and back by the adjoints of the levels.
  void to_coefficients(const Real* input, std::ptrdiff_t stride, bool complex_input,
                       const Buffers& buffers) const;
  void from_coefficients(Real* output, std::ptrdiff_t stride, bool complex_output,
                         const Buffers& buffers) const;
  void write_spectrum(const Buffers& buffers, std::span<const Real> weights, bool has_imaginary, Real* output,
                      std::ptrdiff_t stride) const;
  void read_spectrum(const Buffers& buffers, std::span<const Real> weights, const Real* input,
                     std::ptrdiff_t stride) const;
  void apply_lower(const Buffers& buffers, bool adjoint) const;
  void apply_upper(std::size_t depth, const Buffers& buffers, std::size_t first, std::size_t count,
                   bool adjoint) const;

  std::shared_ptr<const Program> program_;
  const Kernels<Real>* kernels_;
  const RowKernels<Real>* row_kernels_;
  std::size_t turn_ = 0;
  std::size_t cached_depth_ = 0;  // levels whose blocks stay in the cache
  bool is_turned_ = false;        // the coefficients of an irrep lie in its slots column by column
  double cycles_ = 0;
  std::vector<std::uint8_t> buffer_after_;  // which of the two buffers holds the data after `depth` levels
  std::vector<std::uint32_t> gathered_;     // elements tile by tile, slot by slot, lane by lane
  std::vector<UpperLevel> upper_;           // from the turn on
  std::vector<UpperLevel> upper_adjoint_;   // sources and targets of the transposed panels
};

extern template class RowPlan<float>;
extern template class RowPlan<double>;

}  // namespace peterweyl
