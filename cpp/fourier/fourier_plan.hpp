// The Fourier transform on a finite group: a plan along a chain of subgroups or by the double cosets of an
// abelian subgroup, whichever takes fewer operations, or one dense product to compare them with. Immutable;
// safe to use from any number of threads.
//
// fhat(rho) = sum_g f(g) rho(g)^H, f(g) = (1/n) sum_rho d_rho tr(rho(g) fhat(rho)). A packed spectrum is the
// d x d blocks, row-major, one after another in the order of the irreps: n entries.
#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fourier/chain_plan.hpp"
#include "fourier/convolution.hpp"
#include "fourier/direct_plan.hpp"
#include "fourier/strided_rows.hpp"
#include "representations/adapted_irreps.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

struct FourierPlanOptions {
  enum class Method : std::uint8_t { kAutomatic, kDense, kChain, kTwoSided };
  Method method = Method::kAutomatic;
  std::uint64_t memory_limit = std::uint64_t{4} << 30;  // bytes of the plan and of a thread's scratch memory
};

template <typename Real>
class FourierPlan {
 public:
  using Complex = std::complex<Real>;

  // Throws GroupTooLargeError, before allocating, when the plan would pass the memory limit, and
  // ArgumentError when the two-sided method is asked for and the irreps begin with no subgroup that it could
  // use.
  explicit FourierPlan(const AdaptedIrreps& irreps, const FourierPlanOptions& options = {},
                       const Interrupt& interrupt = {});

  // kAutomatic becomes what was chosen.
  FourierPlanOptions::Method method() const { return method_; }
  std::size_t order() const { return chain_.program().order; }
  std::span<const std::uint32_t> degrees() const { return chain_.program().degrees; }
  // First packed entry of each irrep, and n at the end.
  std::span<const std::size_t> offsets() const { return offsets_; }

  // Throws ArgumentError when the numbers of rows differ or workers is 0. `output` may be `input` where both
  // describe the same memory in the same way; otherwise they must not overlap.
  void forward(const StridedRows<const Complex>& input, const StridedRows<Complex>& output, Norm norm,
               unsigned workers = 1, const Interrupt& interrupt = {}) const;
  void forward(const StridedRows<const Real>& input, const StridedRows<Complex>& output, Norm norm,
               unsigned workers = 1, const Interrupt& interrupt = {}) const;
  void inverse(const StridedRows<const Complex>& input, const StridedRows<Complex>& output, Norm norm,
               unsigned workers = 1, const Interrupt& interrupt = {}) const;
  // The conjugate transpose of forward.
  void adjoint(const StridedRows<const Complex>& input, const StridedRows<Complex>& output, Norm norm,
               unsigned workers = 1, const Interrupt& interrupt = {}) const;

  // Convolutions and correlations: the transforms, products hhat(rho) fhat(rho) of O(sum d^3) a row, and the
  // inverse transform, without a spectrum in between that leaves the cache. Throws like `forward`.
  void convolve(const Convolution<Real>& rows, unsigned workers = 1, const Interrupt& interrupt = {}) const;

  // d_rho |fhat(rho)|_F^2 / n of each irrep: by Plancherel they add up to sum_g |f(g)|^2. `output` has one
  // entry an irrep for each row; rows are contiguous.
  void power(std::span<const Complex> spectrum, std::span<Real> output) const;

  // Of its tables.
  std::size_t bytes() const;

  // What the plan does, level by level, with the operation counts that decided.
  std::string describe() const;

 private:
  using Method = FourierPlanOptions::Method;
  bool is_dense() const { return dense_.has_value(); }
  ChainProgram<Real> choose(const AdaptedIrreps& irreps, const FourierPlanOptions& options,
                            const Interrupt& interrupt);
  template <typename In>
  void check(const StridedRows<const In>& input, const StridedRows<Complex>& output, unsigned workers) const;

  Method method_;
  std::string rejected_;   // the operations of what was not chosen, for people to read
  ChainPlan<Real> chain_;  // or double cosets
  std::vector<std::size_t> offsets_;
  std::vector<Real> forward_weights_[3];  // one an irrep, for each Norm
  std::vector<Real> inverse_weights_[3];
  std::optional<DirectPlan<Real>> dense_;  // where it was asked for
};

extern template class FourierPlan<float>;
extern template class FourierPlan<double>;

}  // namespace peterweyl
