#include "fourier/level_matrix.hpp"

#include <doctest/doctest.h>

#include <complex>
#include <vector>

#include "transform_checks.hpp"

using namespace peterweyl;
using namespace peterweyl::testing;

TEST_CASE("level matrix: square, with orthogonal rows of Schur's norms") {
  for (const char* spec : {"S5", "A5", "GL(2,3)", "He3", "C12"}) {
    CAPTURE(spec);
    const AdaptedIrreps irreps = adapted_irreps(group_from_specification(spec));
    for (std::size_t k = 1; k < irreps.levels.size(); ++k) {
      const AdaptedLevel& level = irreps.levels[k];
      const std::vector<LevelMatrix> matrices = level_matrices(level, irreps.levels[k - 1]);
      for (std::size_t s = 0; s < matrices.size(); ++s) {
        const std::uint32_t degree = irreps.levels[k - 1].irreps[s].degree;
        const std::size_t size = std::size_t{level.index} * degree;
        REQUIRE(matrices[s].rows.size() == size);
        std::vector<std::vector<std::complex<double>>> dense(size, std::vector<std::complex<double>>(size));
        for (std::size_t r = 0; r < size; ++r) {
          for (const LevelMatrix::Entry& entry : matrices[s].entries[r]) dense[r][entry.column] = entry.value;
        }
        double worst = 0;
        for (std::size_t r = 0; r < size; ++r) {
          for (std::size_t other = 0; other <= r; ++other) {
            std::complex<double> product = 0;
            for (std::size_t c = 0; c < size; ++c) product += dense[r][c] * std::conj(dense[other][c]);
            // index * d_sigma / d_rho on the diagonal.
            const std::uint32_t above = level.irreps[matrices[s].rows[r].irrep].degree;
            const double expected = r == other ? static_cast<double>(size) / above : 0.0;
            worst = std::max(worst, std::abs(product - expected));
          }
        }
        CHECK(worst < 1e-12);
      }
    }
  }
}
