// Products of the blocks of two spectra, h(rho) f(rho) for every irrep: what a convolution does between its
// transforms. Compiled for each instruction set like the kernels of simd_kernels.hpp (which see).
#pragma once

#include <cstddef>
#include <cstdint>

#include "fourier/simd_kernels.hpp"

namespace peterweyl {

template <typename Real>
struct BlocksView {
  std::size_t irreps;
  const std::uint32_t* degrees;
  const std::uint32_t* slots;  // of each packed entry, in numbers; for tiles
  Real scale;                  // block r of the product is multiplied by scale * degrees[r]
  bool adjoint;                // f(rho) is replaced by its conjugate transpose
};

template <typename Real>
struct ProductKernels {
  // `product` overlaps neither factor.
  using Slots = void (*)(const BlocksView<Real>&, const Real* h, const Real* f, Real* product);
  Slots real;     // slots of a tile
  Slots complex;  // complex slots
  Slots paired;   // slots whose neighbouring lanes are the real and the imaginary part of one row
  // One row's packed entries next to each other; imaginary parts lie `plane` numbers after the real ones, if
  // there are any (else it is 0). Up to a register is read past the end. With `adjoint` the blocks of f come
  // transposed, and are only conjugated.
  void (*lines)(const BlocksView<Real>&, const Real* h, const Real* f, Real* product, std::size_t plane);
};

template <typename Real>
const ProductKernels<Real>& product_kernels(InstructionSet set);

}  // namespace peterweyl
