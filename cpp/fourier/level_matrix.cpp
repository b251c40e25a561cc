#include "fourier/level_matrix.hpp"

#include <algorithm>

namespace peterweyl {

std::vector<LevelMatrix> level_matrices(const AdaptedLevel& level, const AdaptedLevel& below) {
  std::vector<LevelMatrix> result(below.irreps.size());
  for (std::uint32_t r = 0; r < level.irreps.size(); ++r) {
    const AdaptedIrrep& rho = level.irreps[r];
    // Of each basis vector: the first row of its block in its matrix, and its position in the block.
    struct Place {
      std::uint32_t sigma;
      std::uint32_t first_row;
      std::uint32_t c;
    };
    std::vector<Place> place(rho.degree);
    for (std::uint32_t copy = 0; copy < rho.blocks.size(); ++copy) {
      const AdaptedIrrep::Block& block = rho.blocks[copy];
      LevelMatrix& matrix = result[block.irrep];
      for (std::uint32_t c = 0; c < block.basis.size(); ++c) {
        place[block.basis[c]] = {block.irrep, static_cast<std::uint32_t>(matrix.rows.size()), c};
      }
      for (std::uint32_t b = 0; b < rho.degree; ++b) matrix.rows.push_back({r, copy, b});
      matrix.entries.resize(matrix.rows.size());
    }
    for (std::uint32_t i = 0; i < level.index; ++i) {
      for (const AdaptedIrrep::Entry& entry : rho.representative(i)) {
        const Place& to = place[entry.column];
        result[to.sigma].entries[to.first_row + entry.row].push_back(
            {i * below.irreps[to.sigma].degree + to.c, std::conj(entry.value)});
      }
    }
  }
  for (LevelMatrix& matrix : result) {
    for (auto& row : matrix.entries) std::ranges::sort(row, {}, &LevelMatrix::Entry::column);
  }
  return result;
}

}  // namespace peterweyl
