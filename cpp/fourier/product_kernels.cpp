#include "fourier/product_kernels.hpp"

namespace peterweyl {

// One for each instruction set, from product_kernels_isa.cpp.
const ProductKernels<float>& float_products_baseline();
const ProductKernels<double>& double_products_baseline();
#ifdef PETERWEYL_X86_KERNELS
const ProductKernels<float>& float_products_avx2();
const ProductKernels<double>& double_products_avx2();
const ProductKernels<float>& float_products_avx512();
const ProductKernels<double>& double_products_avx512();
#endif

template <>
const ProductKernels<float>& product_kernels<float>(InstructionSet set) {
#ifdef PETERWEYL_X86_KERNELS
  if (set == InstructionSet::kAvx512) return float_products_avx512();
  if (set == InstructionSet::kAvx2) return float_products_avx2();
#endif
  static_cast<void>(set);
  return float_products_baseline();
}

template <>
const ProductKernels<double>& product_kernels<double>(InstructionSet set) {
#ifdef PETERWEYL_X86_KERNELS
  if (set == InstructionSet::kAvx512) return double_products_avx512();
  if (set == InstructionSet::kAvx2) return double_products_avx2();
#endif
  static_cast<void>(set);
  return double_products_baseline();
}

}  // namespace peterweyl
