// A fast Fourier transform along a chain of subgroups, compiled to slots and kernels' arguments.
//
// From H_(k-1) to H_k, with t_i h: fhat(rho)[a, b] = sum_(i, c) conj(rho(t_i)[b, c]) fhat_i(sigma)[a', c],
// where a is the basis vector a' of a copy of sigma in rho, and c runs over the same copy. So one matrix
// U_sigma[(rho, copy, b), (i, c)] is applied to all rows a' and all remaining cosets (Diaconis and Rockmore
// 1990; Clausen and Baum 1993). A block of |H_k| slots holds the transform on one coset of H_k; the blocks of
// its cosets of H_(k-1) lie inside it, one after another.
//
// Where U_sigma falls into pieces of size 1 and multiples of discrete Fourier matrices of small primes -
// wherever an extension is monomial - the level works in place: moves of data only change where a coefficient
// is said to be, and phases wait for the next twiddle. Elsewhere it is a sparse matrix from one buffer to the
// other, or a product of sparse ones where that is cheaper (factored_levels.hpp). The adjoint is the levels
// in reverse, transposed and conjugated. Cost: the non-zero entries.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "fourier/simd_kernels.hpp"
#include "representations/adapted_irreps.hpp"

namespace peterweyl {

template <typename Real>
struct ChainProgram {
  // Rows of one U_sigma, and its transpose; the columns may have to be split where their slots are not
  // equally spaced. Square products on the diagonal hold their values as DenseView does, with one vector.
  struct Panel {
    std::vector<std::uint32_t> sizes;  // of the products, empty elsewhere
    bool is_dense() const { return !sizes.empty(); }
    std::uint32_t rows = 0;
    std::vector<std::uint32_t> row_begin;
    std::vector<Real> values;
    struct Columns {
      std::uint32_t vectors;
      std::uint32_t input_stride;
      std::uint32_t output_stride;
      std::vector<std::uint32_t> sources;
      std::vector<std::uint32_t> targets;
    };
    std::vector<Columns> columns;
  };
  // One U_sigma as a product of small blocks, for both directions.
  struct Factored {
    std::vector<BlockRun> runs;
    std::vector<Real> values;
    struct Columns {
      std::uint32_t vectors;
      std::uint32_t input_stride;
      std::uint32_t output_stride;
      std::vector<std::uint32_t> places;
    };
    std::vector<Columns> columns;
  };
  struct Butterflies {
    std::uint32_t radix;  // 1 is a multiplication
    Twiddle twiddle = Twiddle::kGeneral;
    std::vector<std::uint32_t> slots;
    std::vector<Real> twiddles;
    std::vector<Real> circle{};  // of radices without a kernel of their own, as ButterflyView wants it
    std::uint32_t count() const { return static_cast<std::uint32_t>(slots.size() / radix); }
  };
  struct Level {
    std::size_t block = 1;  // |H_k|, in slots
    std::size_t index = 1;  // |H_k : H_(k-1)|
    std::string description;
    bool is_symmetric_four = false;        // in place, instead of the first levels of symmetric groups, or
    std::vector<Butterflies> butterflies;  // in place, or
    std::vector<Panel> forward;            // from one buffer to the other
    std::vector<Panel> adjoint;
    std::vector<Factored> factored;  // the matrices that are in neither of them
    double operations = 0;  // real multiply-adds of a transform of the block, additions counted as one
    bool in_place() const { return forward.empty() && factored.empty(); }
  };

  std::string method = "chain of subgroups";
  std::size_t order = 0;
  bool complex = false;  // slots hold imaginary parts as well
  std::vector<Level> levels;
  std::vector<std::uint32_t> elements;      // the element of each slot at the beginning
  std::vector<std::uint32_t> coefficients;  // the slot of each packed spectrum entry at the end
  std::vector<std::uint32_t> degrees;

  // Numbers (Real) from one slot to the next.
  std::size_t slot_numbers() const { return kLanes<Real> * (complex ? 2 : 1); }
  // Real multiply-adds of one transform.
  double operations() const;
  std::size_t bytes() const;
};

// Cosines and sines of 2 pi j / radix, in pairs; empty for radices that have a kernel of their own.
template <typename Real>
std::vector<Real> circle(std::uint32_t radix);

template <typename Real>
ChainProgram<Real> compile_chain(const AdaptedIrreps& irreps, const Interrupt& interrupt = {});

}  // namespace peterweyl
