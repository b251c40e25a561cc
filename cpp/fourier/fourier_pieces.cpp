#include "fourier/fourier_pieces.hpp"

#include <cmath>
#include <map>
#include <utility>

#include "arithmetic/roots_of_unity.hpp"
#include "fourier/simd_kernels.hpp"

namespace peterweyl {
namespace {

using Complex = std::complex<double>;

constexpr double kTolerance = 1e-11;  // between an entry and the root of unity it should be

bool is_near(Complex a, Complex b) {
  return std::abs(a.real() - b.real()) < kTolerance && std::abs(a.imag() - b.imag()) < kTolerance;
}

std::optional<FourierPiece> fourier_piece(const LevelMatrix& matrix, const std::vector<std::uint32_t>& rows) {
  FourierPiece piece;
  const std::size_t p = rows.size();
  const RootsOfUnity roots(p);
  for (const auto& entry : matrix.entries[rows[0]]) piece.columns.push_back(entry.column);
  if (piece.columns.size() != p) return std::nullopt;
  for (const std::uint32_t row : rows) {
    const auto& entries = matrix.entries[row];
    if (entries.size() != p) return std::nullopt;
    for (std::size_t c = 0; c < p; ++c) {
      if (entries[c].column != piece.columns[c]) return std::nullopt;
      if (std::abs(std::norm(entries[c].value) - 1.0) > kTolerance) return std::nullopt;
    }
  }
  const auto& zeroth = matrix.entries[rows[0]];
  for (std::size_t c = 0; c < p; ++c) {
    piece.column_phases.push_back(snapped(zeroth[c].value * std::conj(zeroth[0].value)));
  }
  piece.rows.assign(p, ~0U);
  piece.row_phases.assign(p, 0.0);
  for (const std::uint32_t row : rows) {
    const auto& entries = matrix.entries[row];
    const auto quotient = [&](std::size_t c) {
      return entries[c].value * std::conj(entries[0].value * piece.column_phases[c]);
    };
    std::size_t frequency = 0;
    while (p > 1 && frequency < p && !is_near(quotient(1), std::conj(roots[frequency]))) {
      ++frequency;
    }
    if (frequency == p || piece.rows[frequency] != ~0U) return std::nullopt;
    for (std::size_t c = 2; c < p; ++c) {
      if (!is_near(quotient(c), std::conj(roots[frequency * c % p]))) return std::nullopt;
    }
    piece.rows[frequency] = row;
    piece.row_phases[frequency] = snapped(entries[0].value);
  }
  return piece;
}

}  // namespace

std::optional<std::vector<FourierPiece>> fourier_pieces(const LevelMatrix& matrix, PrimeDfts& dfts) {
  std::map<std::vector<std::uint32_t>, std::vector<std::uint32_t>> rows_of_pattern;
  for (std::uint32_t row = 0; row < matrix.rows.size(); ++row) {
    std::vector<std::uint32_t> pattern;
    for (const auto& entry : matrix.entries[row]) pattern.push_back(entry.column);
    const auto p = static_cast<std::uint32_t>(pattern.size());
    if (p > 2 && odd_radix_index(p) < 0 && dfts.find(p) == nullptr) return std::nullopt;
    rows_of_pattern[std::move(pattern)].push_back(row);
  }
  std::vector<FourierPiece> pieces;
  for (const auto& [pattern, rows] : rows_of_pattern) {
    // Rows of a piece have one pattern; as the matrix is invertible, patterns of this kind do not overlap.
    if (rows.size() != pattern.size()) return std::nullopt;
    std::optional<FourierPiece> piece = fourier_piece(matrix, rows);
    if (!piece) return std::nullopt;
    pieces.push_back(std::move(*piece));
  }
  return pieces;
}

Complex snapped(Complex z) {
  for (const Complex unit : {Complex(1, 0), Complex(0, 1), Complex(-1, 0), Complex(0, -1)}) {
    if (is_near(z, unit)) return unit;
  }
  return z;
}

}  // namespace peterweyl
