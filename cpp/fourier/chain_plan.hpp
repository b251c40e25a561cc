// The fast Fourier transform along a chain of subgroups: a program and its execution.
//
// Rows of a batch are transformed a SIMD register at a time. A tile of rows is gathered into slots and goes
// depth first through the chain: blocks small enough for the second-level cache are finished before the next
// one is touched. Immutable; safe to use from any number of threads; a run allocates nothing once a thread
// has its scratch memory. The bits of a result do not depend on the number of workers.
//
// Memory: the non-zero entries of the level matrices, twice; scratch of two slots an element (64 bytes each,
// 128 in complex programs). Cost: ChainProgram::operations a row.
#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "fourier/chain_program.hpp"
#include "fourier/conjugate_pairs.hpp"
#include "fourier/row_plan.hpp"
#include "fourier/simd_kernels.hpp"
#include "fourier/simd_rows.hpp"
#include "fourier/strided_rows.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

template <typename Real>
class ChainPlan {
 public:
  using Complex = std::complex<Real>;

  explicit ChainPlan(ChainProgram<Real> program, InstructionSet set = best_instruction_set());

  const ChainProgram<Real>& program() const { return *program_; }
  // Of a complex program: larger batches of real rows are transformed two at a time.
  bool pairs_real_rows() const { return !pairs_.entries.empty(); }

  // The unnormalised transform, the coefficients of irrep r times weights[r]. `output` may be `input` where
  // both describe the same memory in the same way.
  void forward(const StridedRows<const Complex>& input, const StridedRows<Complex>& output,
               std::span<const Real> weights, unsigned workers, const Interrupt& interrupt) const;
  void forward(const StridedRows<const Real>& input, const StridedRows<Complex>& output,
               std::span<const Real> weights, unsigned workers, const Interrupt& interrupt) const;
  // The adjoint of the unnormalised transform, the coefficients of irrep r times weights[r] before it.
  void adjoint(const StridedRows<const Complex>& input, const StridedRows<Complex>& output,
               std::span<const Real> weights, unsigned workers, const Interrupt& interrupt) const;

 private:
  using Level = typename ChainProgram<Real>::Level;
  struct Tile;

  void load(const Tile& tile, std::size_t first, std::size_t count, Real* buffer) const;
  void store(const Tile& tile, std::size_t first, std::size_t count, const Real* buffer) const;
  void descend(const Tile& tile, std::size_t depth, std::size_t first) const;
  void apply(const Tile& tile, std::size_t depth, std::size_t first, std::size_t blocks) const;
  void run_forward(const Tile& tile) const;
  void run_adjoint(const Tile& tile) const;
  void run_pairs(const Tile& tile, const Real* const* second_input, Real* const* second_output,
                 std::size_t second_rows) const;
  void find_pairs();
  template <typename In>
  void run(const StridedRows<const In>& input, const StridedRows<Complex>& output,
           std::span<const Real> weights, bool adjoint, unsigned workers, const Interrupt& interrupt) const;

  std::shared_ptr<const ChainProgram<Real>> program_;
  const Kernels<Real>* kernels_;
  const RowKernels<Real>* row_kernels_;
  std::vector<std::uint32_t> element_slots_;      // of each element, in numbers
  std::vector<std::uint32_t> coefficient_slots_;  // of each packed entry, in numbers
  std::vector<std::uint8_t> buffer_after_;  // which of the two buffers holds the data after `depth` levels
  ConjugatePairs<Real> pairs_;              // its entries are slots, in numbers
  RowPlan<Real> row_plan_;                  // for batches that do not fill a tile
  double tile_cycles_ = 0;
  std::size_t leaf_depth_ = 0;  // levels that are run breadth first
};

extern template class ChainPlan<float>;
extern template class ChainPlan<double>;

}  // namespace peterweyl
