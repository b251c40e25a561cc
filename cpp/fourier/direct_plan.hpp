// The Fourier transform on a finite group as one dense matrix product: right for every group, and the fastest
// for small ones. Immutable; safe to use from any number of threads.
//
// fhat(rho) = sum_g f(g) rho(g)^H, f(g) = (1/n) sum_rho d_rho tr(rho(g) fhat(rho)). A packed spectrum is the
// d x d blocks, row-major, one after another in the order of the irreps: n entries. Batches are row-major, n
// entries a row.
//
// Memory: n^2 entries (16 bytes each for double, 8 for float): entry (g, c) is the coefficient of f(g) in
// packed entry c. Cost of a transform: n^2 complex multiply-adds a row, half of it for real input. Rows are
// handled in tiles of a fixed size, so the bits of a result do not depend on the number of workers.
#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "representations/irreps.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// Where the factor 1/n goes, in the words of numpy.fft: on the inverse, on both such that the transform is
// unitary (the packed entry of rho then carries sqrt(d_rho / n)), or on the forward transform.
enum class Norm { kBackward, kOrtho, kForward };

template <typename Real>
class DirectPlan {
 public:
  using Complex = std::complex<Real>;

  // Throws GroupTooLargeError, before allocating, when the matrix would pass `memory_limit` bytes.
  explicit DirectPlan(const Irreps& irreps, std::uint64_t memory_limit = std::uint64_t{4} << 30);

  // From the matrix itself: row g is the spectrum of the function that is 1 at g and 0 elsewhere.
  DirectPlan(std::vector<std::uint32_t> degrees, std::vector<Complex> matrix);

  std::size_t order() const { return order_; }
  std::span<const std::uint32_t> degrees() const { return degrees_; }
  // First packed entry of each irrep, and n at the end.
  std::span<const std::size_t> offsets() const { return offsets_; }

  // Rows of `input` and `output` (order() entries each) must not overlap. Throws ArgumentError when the sizes
  // are not equal or no multiple of the order, or when workers is 0.
  void forward(std::span<const Complex> input, std::span<Complex> output, Norm norm = Norm::kBackward,
               unsigned workers = 1, const Interrupt& interrupt = {}) const;
  void forward(std::span<const Real> input, std::span<Complex> output, Norm norm = Norm::kBackward,
               unsigned workers = 1, const Interrupt& interrupt = {}) const;
  void inverse(std::span<const Complex> input, std::span<Complex> output, Norm norm = Norm::kBackward,
               unsigned workers = 1, const Interrupt& interrupt = {}) const;

  // The spectrum of a convolution (f * h)(g) = sum_k f(k) h(k^-1 g) from the spectra of f and h,
  // unnormalised: hhat(rho) fhat(rho), block by block. O(sum d^3) a row.
  void multiply(std::span<const Complex> f_spectrum, std::span<const Complex> h_spectrum,
                std::span<Complex> output) const;

  // d_rho |fhat(rho)|_F^2 / n of each irrep: by Plancherel they add up to sum_g |f(g)|^2. `output` has one
  // entry an irrep for each row.
  void power(std::span<const Complex> spectrum, std::span<Real> output) const;

 private:
  void set_degrees(std::vector<std::uint32_t> degrees);
  std::size_t rows(std::size_t input, std::size_t output) const;

  std::size_t order_ = 0;
  std::vector<std::uint32_t> degrees_;
  std::vector<std::size_t> offsets_;
  std::vector<Complex> matrix_;   // order x order, row-major
  std::vector<Real> plancherel_;  // d_rho / n of each packed entry
};

extern template class DirectPlan<float>;
extern template class DirectPlan<double>;

}  // namespace peterweyl
