// Level matrices as products of small blocks that work in place.
//
// Let the representatives of H_k be 1 and those of H_(k-1) over H_(k-2) times one element that commutes with
// H_(k-2), as the cycles of the symmetric groups are. Then the representation that U_sigma decomposes has,
// between the basis of cosets and the one adapted to H_k, a basis adapted to H_(k-1): the orbit of the cosets
// after the first is a sum of representations induced from H_(k-2), whose matrices are those of the level
// below. The matrix from there to the basis of H_k falls into blocks that are mostly of size 1 and 2, and so
// on down the chain (the separation of variables of Maslen and Rockmore, J. AMS 10 (1997) 169; for symmetric
// groups Maslen, Math. Comp. 67 (1998) 1121: at most 3/4 n (n-1) multiplications an element).
//
// Nothing is assumed: the blocks are read off the product of the matrices, and where they are not small the
// matrix is left as it is.
#pragma once

#include <cstdint>
#include <vector>

#include "fourier/level_matrix.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// One matrix with rows of norm 1, up to signs.
struct FactoredMatrix {
  struct Block {
    std::uint32_t step;                 // blocks of one step do not depend on each other
    std::uint32_t fresh;                // the first `fresh` places have not been touched before
    std::vector<std::uint32_t> places;  // the columns whose numbers are replaced
    std::vector<double> values;         // row-major
  };
  std::vector<Block> blocks;                // by ascending steps; none where no factors were found
  std::vector<std::uint32_t> place_of_row;  // where each row of the product ends up
  std::vector<double> factor;               // that the number there still lacks
  double cost = 0;                          // in multiply-adds; an access of memory counts as some
};

// Goes up a chain with real matrices and keeps what the next level needs.
class FactoredLevels {
 public:
  // The factors of each matrix of a level, ready for use: `factor` is 1 and rows have the norms of the
  // matrix. Without blocks where the matrix itself is cheaper.
  std::vector<FactoredMatrix> next(const AdaptedLevel& level, const AdaptedLevel& below,
                                   const std::vector<LevelMatrix>& matrices, const Interrupt& interrupt);

 private:
  std::uint32_t index_ = 0;  // of the level before
  std::vector<LevelMatrix> matrices_;
  std::vector<FactoredMatrix> factored_;  // with rows of norm 1
};

}  // namespace peterweyl
