#include "fourier/factored_levels.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "fourier/chain_plan.hpp"
#include "fourier/direct_sum.hpp"
#include "transform_checks.hpp"

using namespace peterweyl;
using namespace peterweyl::testing;

namespace {

// Column `column` of the product of the blocks, at the rows of the matrix. What has not been touched is read
// where the numbers are given, everything else where they end up: a wrong `fresh` gives a wrong column.
std::vector<double> column_of(const FactoredMatrix& matrix, std::size_t column) {
  std::vector<double> given(matrix.place_of_row.size(), 0.0);
  std::vector<double> data(given.size(), std::nan(""));
  given[column] = 1;
  for (const FactoredMatrix::Block& block : matrix.blocks) {
    const std::size_t size = block.places.size();
    std::vector<double> x;
    for (std::size_t k = 0; k < size; ++k) x.push_back((k < block.fresh ? given : data)[block.places[k]]);
    for (std::size_t r = 0; r < size; ++r) {
      double sum = 0;
      for (std::size_t c = 0; c < size; ++c) sum += block.values[r * size + c] * x[c];
      data[block.places[r]] = sum;
    }
  }
  std::vector<double> rows;
  for (const std::uint32_t place : matrix.place_of_row) rows.push_back(data[place]);
  return rows;
}

}  // namespace

TEST_CASE("factored levels: the product of the blocks is the matrix") {
  std::size_t made = 0;
  for (const std::string spec : {"S7", "S4 x S3"}) {
    CAPTURE(spec);
    const AdaptedIrreps irreps = adapted_irreps(group_from_specification(spec));
    REQUIRE(irreps.is_real());
    FactoredLevels levels;
    for (std::size_t k = 1; k < irreps.levels.size(); ++k) {
      const std::vector<LevelMatrix> matrices = level_matrices(irreps.levels[k], irreps.levels[k - 1]);
      const auto factored = levels.next(irreps.levels[k], irreps.levels[k - 1], matrices, {});
      REQUIRE(factored.size() == matrices.size());
      for (std::size_t s = 0; s < matrices.size(); ++s) {
        if (factored[s].blocks.empty()) continue;
        ++made;
        for (std::uint32_t column = 0; column < matrices[s].rows.size(); ++column) {
          const std::vector<double> found = column_of(factored[s], column);
          double worst = 0;
          for (std::size_t r = 0; r < found.size(); ++r) {
            double expected = 0;
            for (const LevelMatrix::Entry& entry : matrices[s].entries[r]) {
              if (entry.column == column) expected = entry.value.real();
            }
            worst = std::max(worst, std::isnan(found[r]) ? 1.0 : std::abs(found[r] - expected));
          }
          CHECK(worst < 1e-14);
        }
      }
      // Every matrix of the larger symmetric groups has factors.
      if (k >= 6) CHECK(std::ranges::none_of(factored, [](const auto& f) { return f.blocks.size() == 1; }));
    }
  }
  CHECK(made > 15);
}

TEST_CASE("factored levels: a number that is only moved, with a sign, is written where it ends up") {
  LevelMatrix matrix;
  matrix.rows = {{0, 0, 0}, {0, 0, 1}};
  matrix.entries = {{{1, -1.0}}, {{0, 1.0}}};
  FactoredLevels levels;
  const auto factored = levels.next(AdaptedLevel{2, {}}, AdaptedLevel{}, {matrix}, {});
  CHECK(column_of(factored.at(0), 0) == std::vector<double>{0, 1});
  CHECK(column_of(factored.at(0), 1) == std::vector<double>{-1, 0});
}

TEST_CASE("factored levels: nothing is done where the representatives do not fit together") {
  for (const char* spec : {"A5", "S3 x S3", "GL(2,3)", "PSL(2,7)"}) {
    CAPTURE(spec);
    const auto program = compile_chain<double>(adapted_irreps(group_from_specification(spec)));
    for (const auto& level : program.levels) CHECK(level.factored.empty());
  }
}

TEST_CASE("factored levels: transforms of S6 equal the direct sum on each instruction set") {
  const Irreps irreps = irreducible_representations(symmetric_group(6));
  const auto program = compile_chain<double>(*irreps.adapted);
  REQUIRE_FALSE(program.levels.back().factored.empty());
  constexpr std::size_t kOrder = 720;
  const std::vector<double> ones(irreps.all.size(), 1.0);
  for (const InstructionSet set :
       {InstructionSet::kBaseline, InstructionSet::kAvx2, InstructionSet::kAvx512}) {
    if (!is_available(set)) continue;
    const ChainPlan<double> plan(program, set);
    for (const std::size_t rows : {1, 2, 9}) {
      CAPTURE(rows);
      const auto f = random_function(rows * kOrder, rows);
      std::vector<std::complex<double>> spectra(f.size());
      plan.forward(contiguous_rows(std::span(f), kOrder), contiguous_rows(std::span(spectra), kOrder), ones,
                   1, {});
      for (std::size_t r = 0; r < rows; ++r) {
        const auto expected = direct_sum_forward(irreps, std::span(f).subspan(r * kOrder, kOrder));
        CHECK(relative_distance(std::span(spectra).subspan(r * kOrder, kOrder), expected) < 1e-13);
      }
      // <F f, h> = <f, F* h>
      const auto h = random_function(rows * kOrder, 77);
      std::vector<std::complex<double>> back(f.size());
      plan.adjoint(contiguous_rows(std::span(h), kOrder), contiguous_rows(std::span(back), kOrder), ones, 1,
                   {});
      std::complex<double> left = 0;
      std::complex<double> right = 0;
      for (std::size_t k = 0; k < f.size(); ++k) {
        left += std::conj(spectra[k]) * h[k];
        right += std::conj(f[k]) * back[k];
      }
      CHECK(std::abs(left - right) < 1e-11 * std::abs(left));
    }
  }
}
