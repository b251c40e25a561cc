// The level matrices that are multiples of discrete Fourier matrices, piece by piece: those of a level that
// works in place (chain_program.hpp).
#pragma once

#include <complex>
#include <cstdint>
#include <optional>
#include <vector>

#include "fourier/level_matrix.hpp"
#include "fourier/prime_dft.hpp"

namespace peterweyl {

// A piece of a level matrix that is a move, or diag(row phases) times the Fourier matrix of order p times
// diag(1, column phases).
struct FourierPiece {
  std::vector<std::uint32_t> columns;  // ascending
  std::vector<std::uint32_t> rows;     // the row of frequency 0, 1, ...
  std::vector<std::complex<double>> row_phases;
  std::vector<std::complex<double>> column_phases;
};

// The pieces of a level matrix (connected components of rows and columns), if all of them are of that kind.
std::optional<std::vector<FourierPiece>> fourier_pieces(const LevelMatrix& matrix, PrimeDfts& dfts);

// A power of i replaces a value that is one up to rounding errors: its kernels need no multiplication.
std::complex<double> snapped(std::complex<double> z);

}  // namespace peterweyl
