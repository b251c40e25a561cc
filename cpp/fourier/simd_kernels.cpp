#include "fourier/simd_kernels.hpp"

namespace peterweyl {

// One for each instruction set, from simd_kernels_isa.cpp.
const Kernels<float>& float_kernels_baseline();
const Kernels<double>& double_kernels_baseline();
#ifdef PETERWEYL_X86_KERNELS
const Kernels<float>& float_kernels_avx2();
const Kernels<double>& double_kernels_avx2();
const Kernels<float>& float_kernels_avx512();
const Kernels<double>& double_kernels_avx512();
#endif

bool is_available(InstructionSet set) {
  switch (set) {
    case InstructionSet::kBaseline:
      return true;
#ifdef PETERWEYL_X86_KERNELS
    case InstructionSet::kAvx2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case InstructionSet::kAvx512:
      return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
             __builtin_cpu_supports("avx512dq");
#endif
    default:
      return false;
  }
}

InstructionSet best_instruction_set() {
  static const InstructionSet best = is_available(InstructionSet::kAvx512) ? InstructionSet::kAvx512
                                     : is_available(InstructionSet::kAvx2) ? InstructionSet::kAvx2
                                                                           : InstructionSet::kBaseline;
  return best;
}

template <>
const Kernels<float>& kernels<float>(InstructionSet set) {
#ifdef PETERWEYL_X86_KERNELS
  if (set == InstructionSet::kAvx512) return float_kernels_avx512();
  if (set == InstructionSet::kAvx2) return float_kernels_avx2();
#endif
  static_cast<void>(set);
  return float_kernels_baseline();
}

template <>
const Kernels<double>& kernels<double>(InstructionSet set) {
#ifdef PETERWEYL_X86_KERNELS
  if (set == InstructionSet::kAvx512) return double_kernels_avx512();
  if (set == InstructionSet::kAvx2) return double_kernels_avx2();
#endif
  static_cast<void>(set);
  return double_kernels_baseline();
}

}  // namespace peterweyl
