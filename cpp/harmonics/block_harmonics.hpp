// Is a block of weights g -> W(g), d x d, an irreducible representation up to a multiplier: W(g) = M rho(g)?
//
// Both conventions are tried: W(g) = A rho(g) B (a homomorphism up to multipliers) and W(g) = A rho(g)^H B;
// the complex conjugate and the transpose are these for the conjugate irrep. With C[(i,a),(b,j)] the Fourier
// coefficients of the entries W_ij, a two-sided fit is a matrix of rank one, so the best one is the leading
// singular pair of C; a one-sided fit (B or A unitary, which only chooses the basis of rho) follows by
// alternating Procrustes steps from there.
//
// The homomorphism residual uses no irreps at all: V is W after two-sided operator whitening, turned so that
// V(1) is as near to the identity as a unitary can bring it, and the residual is max ||V(g) V(h) - V(gh)||_F
// / sqrt(d).
//
// Layout: order x d x d, row-major. Cost: O(n d^4) a candidate irrep and O(n^2 d^3) for the residual; beyond
// kPairBudget multiplications h runs over the generators only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "groups/group.hpp"
#include "harmonics/block_whitening.hpp"
#include "representations/irreps.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// The best fit of one block in one convention.
struct BlockFit {
  std::optional<std::uint32_t> irrep;  // position of rho; none where no irrep has the degree of the block
  double share = 0;             // energy of the block in the harmonics that this irrep has in this convention
  double residual = 1;          // min ||W - A rho B||_F / ||W||_F over all A, B
  double residual_left = 1;     // the same with B unitary: W(g) = M rho(g)
  double residual_right = 1;    // the same with A unitary: W(g) = rho(g) M
  double unitarity_defect = 0;  // of the better one-sided M: ||M^H M / s - 1||_F / sqrt(d), s = ||M||_F^2 / d
  double scale = 0;             // sqrt(s): 1 for a unitary M
  double homomorphism_residual = 0;  // NaN where the block cannot be whitened
};

struct BlockHarmonics {
  BlockFit direct;        // W(g) = M rho(g)
  BlockFit adjoint;       // W(g) = M rho(g)^H
  bool all_pairs = true;  // whether the homomorphism residual ran over all pairs (g, h)
};

constexpr double kPairBudget = 4e9;

// The energies of a zero block are zero and its residuals 1 (whitened: NaN).
BlockHarmonics block_harmonics(const WeightBlock& block, const Group& group, const Irreps& irreps,
                               const Interrupt& interrupt = {});

// max |W^H W - n 1| over the entries, for W the n columns of all blocks with the inner product d tr(A^H B) in
// each: 0 exactly when the blocks are a unitary Fourier transform. O(n^2 * sum of d^2).
double unitarity_gap(std::span<const WeightBlock> blocks, std::size_t order);

}  // namespace peterweyl
