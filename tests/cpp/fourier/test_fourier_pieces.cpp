#include "fourier/fourier_pieces.hpp"

#include <doctest/doctest.h>

#include "arithmetic/roots_of_unity.hpp"

using namespace peterweyl;
using C = std::complex<double>;

namespace {

// Rows of diag(row phases) F_p diag(column phases) in some order, next to a move.
LevelMatrix example(std::uint32_t p) {
  LevelMatrix matrix;
  for (std::uint32_t k = 0; k < p; ++k) {
    const std::uint32_t frequency = (k + 1) % p;
    matrix.rows.push_back({k, 0, 0});
    matrix.entries.emplace_back();
    for (std::uint32_t j = 0; j < p; ++j) {
      const C phases = root_of_unity(3 * k, 8) * root_of_unity(j == 0 ? 0 : 2 * j + 1, 16);
      matrix.entries.back().push_back(
          {j, phases * std::conj(root_of_unity(std::uint64_t{frequency} * j % p, p))});
    }
  }
  matrix.rows.push_back({p, 0, 0});
  matrix.entries.push_back({{p, C(0, 1)}});
  return matrix;
}

}  // namespace

TEST_CASE("fourier pieces: frequencies and phases of small and large primes, and what is none") {
  PrimeDfts dfts;
  for (const std::uint32_t p : {2U, 3U, 13U, 59U, 101U}) {
    CAPTURE(p);
    LevelMatrix matrix = example(p);
    const auto pieces = fourier_pieces(matrix, dfts);
    REQUIRE(pieces.has_value());
    REQUIRE(pieces->size() == 2);
    for (const FourierPiece& piece : *pieces) {
      const std::size_t size = piece.columns.size();
      for (std::size_t frequency = 0; frequency < size; ++frequency) {
        const auto& entries = matrix.entries[piece.rows[frequency]];
        for (std::size_t c = 0; c < size; ++c) {
          const C value = piece.row_phases[frequency] * piece.column_phases[c] *
                          std::conj(root_of_unity(frequency * c % size, size));
          CHECK(std::abs(value - entries[c].value) < 1e-12);
        }
      }
    }
    matrix.entries[0][1].value *= root_of_unity(1, 5);  // no multiple of a Fourier matrix any more
    if (p > 2) CHECK(!fourier_pieces(matrix, dfts).has_value());
  }
  CHECK(!fourier_pieces(example(15), dfts).has_value());
  CHECK(snapped(C(1e-14, -1)) == C(0, -1));
  CHECK(snapped(C(0.6, 0.8)) == C(0.6, 0.8));
}
