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
#include "fourier/convolution.hpp"
#include "fourier/product_kernels.hpp"
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

  // Convolutions of functions on the group: see convolution.hpp.
  void convolve(const Convolution<Real>& rows, unsigned workers, const Interrupt& interrupt) const;

 private:
  using Level = typename ChainProgram<Real>::Level;
  // Up to kLanes rows of real numbers (a complex row of a real program counts as two), or of complex ones.
  struct Tile {
    static constexpr std::size_t kRows = kLanes<Real>;
    bool adjoint = false;
    bool complex_slots = false;
    bool real_input = false;   // forward: no imaginary parts to read; a real program writes zeros for them
    bool real_output = false;  // adjoint: real parts alone are written, one number an entry
    std::size_t rows = 0;      // lanes in use; the others repeat the first one and are never stored
    const Real* input[kRows];
    Real* output[kRows];
    const Real* input_row[kRows];  // without the repetition of paired rows
    Real* output_row[kRows];
    std::ptrdiff_t input_stride = 1;  // in Reals
    std::ptrdiff_t output_stride = 1;
    const Real* entry_weights = nullptr;  // one a packed entry, where not all are 1
    bool input_is_dense = false;          // entries of rows lie next to each other
    bool output_is_dense = false;
    Real* buffers[2];

    // Complex rows of a real program use two lanes each; their rows are those of the even lanes.
    bool is_paired() const { return !complex_slots && !real_input; }
    RowKind row_kind() const { return complex_slots ? RowKind::kComplex : RowKind::kPaired; }
    std::size_t row_count() const { return is_paired() ? rows / 2 : rows; }
  };

  void load(const Tile& tile, std::size_t first, std::size_t count, Real* buffer) const;
  void store(const Tile& tile, std::size_t first, std::size_t count, const Real* buffer) const;
  void descend(const Tile& tile, std::size_t depth, std::size_t first) const;
  void apply(const Tile& tile, std::size_t depth, std::size_t first, std::size_t blocks) const;
  void to_coefficients(const Tile& tile) const;
  void from_coefficients(const Tile& tile) const;
  void run_forward(const Tile& tile) const;
  void run_adjoint(const Tile& tile) const;
  void run_pairs(const Tile& tile, const Real* const* second_input, Real* const* second_output,
                 std::size_t second_rows) const;
  void find_pairs();
  template <typename In>
  void run(const StridedRows<const In>& input, const StridedRows<Complex>& output,
           std::span<const Real> weights, bool adjoint, unsigned workers, const Interrupt& interrupt) const;

  bool has_two_buffers() const;
  // Whether so many lanes' worth of rows are quicker one by one than in tiles.
  bool is_by_rows(std::size_t lanes) const;

  // Convolutions: an operand is transformed for each row, or once where many rows share it.
  struct Operand;
  struct Arguments;
  auto prepared(const StridedRows<const Real>& rows, const Convolution<Real>& convolution, bool by_rows,
                bool transposed, unsigned workers, const Interrupt& interrupt) const -> Operand;
  void convolve_row(const Arguments& arguments, std::size_t r) const;
  void convolve_tile(const Arguments& arguments, std::size_t piece) const;

  std::shared_ptr<const ChainProgram<Real>> program_;
  const Kernels<Real>* kernels_;
  const RowKernels<Real>* row_kernels_;
  const ProductKernels<Real>* product_kernels_;
  std::vector<std::uint32_t> element_slots_;      // of each element, in numbers
  std::vector<std::uint32_t> coefficient_slots_;  // of each packed entry, in numbers
  std::vector<std::uint8_t> buffer_after_;  // which of the two buffers holds the data after `depth` levels
  ConjugatePairs<Real> pairs_;
  std::vector<std::uint32_t> pair_slots_;  // of its entries, in numbers
  RowPlan<Real> row_plan_;                 // for batches that do not fill a tile
  double tile_cycles_ = 0;
  std::size_t leaf_depth_ = 0;  // levels that are run breadth first
};

extern template class ChainPlan<float>;
extern template class ChainPlan<double>;

}  // namespace peterweyl
