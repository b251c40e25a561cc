// Rows of a batch into the lanes of slots and back: matrices turned over in registers, compiled for each
// instruction set like the kernels of simd_kernels.hpp (which see).
//
// Row r's numbers lie next to each other; those of one entry (an element of the group or a coefficient) go to
// lane r of the slot of that entry. Entries are taken in the order of memory, so that every line of the cache
// is used up at once.
#pragma once

#include <cstddef>
#include <cstdint>

#include "fourier/simd_kernels.hpp"

namespace peterweyl {

enum class RowKind : std::uint8_t {
  kReal,  // one number an entry, the real part of a slot; loading a complex one sets its other part to zero
  kComplex,   // two numbers an entry, the real and the imaginary part of a complex slot
  kPaired,    // two numbers an entry, in two neighbouring lanes of a real slot
  kRealPart,  // stored only: the number of a real slot, and a zero after it
};

// `slots[e]` is the place of entry e in `buffer` and `weights[e]` its factor (none where null).
template <typename Real>
struct RowsView {
  RowKind kind;
  bool complex_slots;
  std::size_t entries;
  const std::uint32_t* slots;
  const Real* weights;
};

// A matrix to be turned over: row r begins at r * source_stride, row c of the result at c * target_stride.
// Both strides count entries; entries that are complex numbers count two numbers.
struct TurnShape {
  std::size_t rows;
  std::size_t columns;
  std::size_t source_stride;
  std::size_t target_stride;
};

// Pairs of complex slots and half a phase for each; see conjugate_pairs.hpp.
template <typename Real>
struct PairsView {
  std::size_t count;
  const std::uint32_t* slots;
  const Real* half_phases;
};

template <typename Real>
struct RowKernels {
  // kLanes rows (half of them when paired); the same one may be given more than once.
  void (*load)(const RowsView<Real>&, const Real* const* rows, Real* buffer);
  // The first `used` rows are written.
  void (*store)(const RowsView<Real>&, Real* const* rows, std::size_t used, const Real* buffer);
  // Source and target must not overlap. Complex numbers on one side are two matrices on the other, the real
  // parts and, where `imaginary` is not null, the imaginary ones (zero where it is); they are multiplied by
  // `weight`.
  void (*turn)(const TurnShape&, const Real* source, Real* target);
  void (*turn_to_complex)(const TurnShape&, const Real* real, const Real* imaginary, Real weight,
                          Real* target);
  // The transforms of two real rows from that of the first plus i times the second: one stays in `data`, the
  // other goes to `second`.
  void (*separate)(const PairsView<Real>&, Real* data, Real* second);
  void (*turn_from_complex)(const TurnShape&, const Real* source, Real weight, Real* real, Real* imaginary);
};

template <typename Real>
const RowKernels<Real>& row_kernels(InstructionSet set);

}  // namespace peterweyl
