// The matrices of one step of a Fourier transform from a subgroup of the chain to the next; see
// chain_program.hpp.
#pragma once

#include <complex>
#include <cstdint>
#include <vector>

#include "representations/adapted_irreps.hpp"

namespace peterweyl {

// U_sigma of one irrep sigma of H_(k-1), row by row.
struct LevelMatrix {
  struct Row {
    std::uint32_t irrep;  // rho
    std::uint32_t copy;   // which of its blocks
    std::uint32_t b;
  };
  struct Entry {
    std::uint32_t column;  // i * d_sigma + c
    std::complex<double> value;
  };
  std::vector<Row> rows;
  std::vector<std::vector<Entry>> entries;
};

// One for each irrep of the level below, its entries by ascending columns.
std::vector<LevelMatrix> level_matrices(const AdaptedLevel& level, const AdaptedLevel& below);

}  // namespace peterweyl
