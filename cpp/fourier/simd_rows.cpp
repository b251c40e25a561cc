#include "fourier/simd_rows.hpp"

namespace peterweyl {

// One for each instruction set, from simd_rows_isa.cpp.
const RowKernels<float>& float_rows_baseline();
const RowKernels<double>& double_rows_baseline();
#ifdef PETERWEYL_X86_KERNELS
const RowKernels<float>& float_rows_avx2();
const RowKernels<double>& double_rows_avx2();
const RowKernels<float>& float_rows_avx512();
const RowKernels<double>& double_rows_avx512();
#endif

template <>
const RowKernels<float>& row_kernels<float>(InstructionSet set) {
#ifdef PETERWEYL_X86_KERNELS
  if (set == InstructionSet::kAvx512) return float_rows_avx512();
  if (set == InstructionSet::kAvx2) return float_rows_avx2();
#endif
  static_cast<void>(set);
  return float_rows_baseline();
}

template <>
const RowKernels<double>& row_kernels<double>(InstructionSet set) {
#ifdef PETERWEYL_X86_KERNELS
  if (set == InstructionSet::kAvx512) return double_rows_avx512();
  if (set == InstructionSet::kAvx2) return double_rows_avx2();
#endif
  static_cast<void>(set);
  return double_rows_baseline();
}

}  // namespace peterweyl
