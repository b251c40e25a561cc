// The inner loops of the fast Fourier transform, compiled for each instruction set and chosen at run time.
//
// They work on slots: one SIMD register's worth of transforms side by side, 64 bytes of real parts and, in
// complex programs, 64 bytes of imaginary parts after them. Offsets are counted in numbers (Real), from the
// first number of a slot. All memory is aligned to 64 bytes. This header declares plain data only: the files
// that implement the kernels are compiled with flags that no other code may be compiled with.
#pragma once

#include <cstddef>
#include <cstdint>

namespace peterweyl {

inline constexpr std::size_t kSlotBytes = 64;

template <typename Real>
inline constexpr std::size_t kLanes = kSlotBytes / sizeof(Real);

// A sparse matrix (compressed rows) and the slots that it reads and writes, for `vectors` columns that lie
// `input_stride` and `output_stride` apart. Complex values are pairs.
template <typename Real>
struct PanelView {
  std::uint32_t rows;
  std::uint32_t vectors;
  std::uint32_t input_stride;
  std::uint32_t output_stride;
  const std::uint32_t* row_begin;  // rows + 1
  const std::uint32_t* sources;    // slot of each entry
  const Real* values;              // of each entry
  const std::uint32_t* targets;    // slot of each row
};

// `count` square blocks of one size; the first `fresh` places of each are read (by the adjoint: written)
// where the input is, all others where the output is.
struct BlockRun {
  std::uint32_t size;
  std::uint32_t fresh;
  std::uint32_t count;
};

inline constexpr std::uint32_t kLargestBlock = 8;

// A product of small real matrices, each replacing the numbers at its places; for `vectors` columns as above.
template <typename Real>
struct FactoredView {
  std::uint32_t vectors;
  std::uint32_t input_stride;
  std::uint32_t output_stride;
  std::uint32_t run_count;
  const BlockRun* runs;
  const std::uint32_t* places;  // of each block: its slots of the output, then the fresh ones of the input
  const Real* values;           // of each block, row-major
};

// `count` butterflies of one radix p: each names p slots, read and written in place, and p - 1 complex
// twiddles for all but the first; none at all, and null, where they are all 1.
template <typename Real>
struct ButterflyView {
  std::uint32_t count;
  const std::uint32_t* slots;
  const Real* twiddles;
  std::uint32_t radix = 0;       // of primes without a kernel of their own,
  const Real* circle = nullptr;  // and their cosines and sines of 2 pi j / p, in pairs
};

inline constexpr std::uint32_t kLargestRadix = 61;

// Small square matrices applied to slots: `count` of them, one after another in all lists. The values of each
// come in runs of kLanes rows (the last one filled up with zeros): of each run column after column, and of
// each column the real parts of the rows, then, in complex programs, the imaginary ones.
template <typename Real>
struct DenseView {
  std::uint32_t count;
  const std::uint32_t* sizes;
  const std::uint32_t* sources;  // slot of each column
  const std::uint32_t* targets;  // slot of each row
  const Real* values;
};

// How the second slot of a radix-2 butterfly is multiplied before it.
enum class Twiddle : std::uint8_t { kOne, kImaginary, kGeneral };

// Everything is applied to `blocks` blocks that lie `stride` numbers apart.
//
// The line kernels do the same for a single transform, whose slots are single numbers: imaginary parts lie
// `plane` numbers after the real ones, and the columns of a panel are lines of neighbouring numbers (up to a
// register of which may be read, never written, past the end). No alignment is needed.
template <typename Real>
struct Kernels {
  using Panel = void (*)(const PanelView<Real>&, const Real* input, Real* output, std::size_t blocks,
                         std::size_t stride);
  using Butterfly = void (*)(const ButterflyView<Real>&, Real* data, std::size_t blocks, std::size_t stride);
  // From `before` to `after`, the adjoint back; the numbers that it starts from are used up.
  using Factored = void (*)(const FactoredView<Real>&, Real* before, Real* after, std::size_t blocks,
                            std::size_t stride);
  Panel real_panel;
  Panel complex_panel;
  Factored factored[2];                                       // [adjoint]
  void (*symmetric_four[2])(Real* data, std::size_t blocks);  // [adjoint]: of 24 real slots each, in place
  Butterfly real_two;                                         // radix 2 of real programs
  Butterfly real_scale;  // one slot each, multiplied by the real part of its twiddle
  Butterfly two[2][3];   // [adjoint][Twiddle]
  Butterfly odd[2][6];   // [adjoint][radix 3, 5, 7, 11, 13, larger]
  Butterfly scale[2];    // [adjoint]: one slot each, multiplied by its twiddle
  using LinePanel = void (*)(const PanelView<Real>&, const Real* input, Real* output, std::size_t plane,
                             std::size_t blocks, std::size_t stride);
  using LineButterfly = void (*)(const ButterflyView<Real>&, Real* data, std::size_t plane,
                                 std::size_t blocks, std::size_t stride);
  LinePanel real_lines;
  LinePanel complex_lines;
  Factored line_factored[2];
  LineButterfly line_real_two;
  LineButterfly line_real_scale;
  LineButterfly line_two[2][3];
  LineButterfly line_odd[2][6];
  LineButterfly line_scale[2];
  using Dense = void (*)(const DenseView<Real>&, const Real* input, Real* output);
  using LineDense = void (*)(const DenseView<Real>&, const Real* input, Real* output, std::size_t plane);
  Dense dense[2];  // [complex]
  LineDense line_dense[2];
  const char* name;
};

enum class InstructionSet : std::uint8_t { kBaseline, kAvx2, kAvx512 };

// The best that this machine runs.
InstructionSet best_instruction_set();
bool is_available(InstructionSet set);

// Of an available set; the baseline where this build has no others.
template <typename Real>
const Kernels<Real>& kernels(InstructionSet set);

// The place of a radix in Kernels::odd, or -1.
constexpr int odd_radix_index(std::uint32_t radix) {
  switch (radix) {
    case 3:
      return 0;
    case 5:
      return 1;
    case 7:
      return 2;
    case 11:
      return 3;
    case 13:
      return 4;
    case 17:
    case 19:
    case 23:
    case 29:
    case 31:
    case 37:
    case 41:
    case 43:
    case 47:
    case 53:
    case 59:
    case kLargestRadix:
      return 5;
    default:
      return -1;
  }
}

}  // namespace peterweyl
