// Blocks of weights brought to unitary form: W(g) = A rho(g)^H B with unknown invertible A, B becomes a
// unitary V(g).
//
// Method: two-sided operator scaling (the matrix form of Sinkhorn's iteration): X <- (mean X X^H)^(-1/2) X
// and X <- X (mean X^H X)^(-1/2) in turn until both means are the identity, then the unitary polar factor of
// each X(g). On exact data one turn suffices. Layout: the d x d matrices of all n columns side by side,
// column-major, so that a block is one d x (n d) matrix and, read as (d d) x n, its features. Time O(n d^3) a
// turn.
#pragma once

#include <Eigen/Dense>
#include <complex>
#include <cstddef>
#include <span>
#include <vector>

#include "support/interrupt.hpp"

namespace peterweyl {

// A block as it comes: order x degree x degree, row-major.
struct WeightBlock {
  std::size_t degree = 0;
  std::span<const std::complex<double>> values;
};

enum class BlockState { kLive, kZero, kRankDeficient };

struct WhitenedBlock {
  Eigen::Index degree = 0;
  BlockState state = BlockState::kLive;
  bool real = false;          // every imaginary part is zero
  bool flipped = false;       // the conjugate transpose of what was given
  Eigen::MatrixXcd whitened;  // degree x (order degree), mean squared Frobenius norm = degree
  Eigen::MatrixXcd unitary;   // the nearest unitary of each matrix

  Eigen::Index order() const { return degree == 0 ? 0 : whitened.cols() / degree; }
  auto matrix(Eigen::Index g) const { return unitary.middleCols(g * degree, degree); }
};

// The nearest unitary matrix (polar factor); an arbitrary one near a singular matrix.
Eigen::MatrixXcd nearest_unitary(const Eigen::MatrixXcd& matrix);

// Zero blocks and blocks that no scaling makes unitary on average come back without matrices, with their
// state.
WhitenedBlock whiten_block(const WeightBlock& block, std::size_t order, const Interrupt& interrupt = {});

// Replaces every matrix by its conjugate transpose: the other reading of the block.
void flip(WhitenedBlock& block);

// The block on fewer columns: the mean over each class of columns, scaled again.
WhitenedBlock merge_columns(const WhitenedBlock& block, std::span<const std::vector<std::uint32_t>> classes,
                            const Interrupt& interrupt = {});

}  // namespace peterweyl
