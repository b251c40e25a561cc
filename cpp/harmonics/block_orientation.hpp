// The reading of each block relative to the others: W(g) = M rho(g)^H, or its conjugate transpose.
//
// In unitary form V(h) V(r)^H V(g) is the column of g r^-1 h in one reading and of h r^-1 g in the other;
// blocks read in opposite ways name no common column. Blocks of degree 1 are the same in both readings.
// Method: starting from the first block of larger degree, each block takes the reading whose products lie
// nearer to common columns, over a sample of products, then all are looked at once more. A block is turned
// only when that is better by three standard errors. O(sample * n * sum d^2) with a sample of at most 256
// products.
#pragma once

#include <cstdint>
#include <vector>

#include "harmonics/block_whitening.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// Turns blocks in place; returns how many were turned.
std::size_t align_orientations(std::vector<WhitenedBlock>& blocks, std::uint64_t seed,
                               const Interrupt& interrupt = {});

}  // namespace peterweyl
