#include "fourier/conjugate_pairs.hpp"

#include <doctest/doctest.h>

#include <numbers>
#include <set>
#include <utility>

#include "fourier/chain_plan.hpp"
#include "fourier/direct_sum.hpp"
#include "transform_checks.hpp"

using namespace peterweyl;
using namespace peterweyl::testing;
using C = std::complex<double>;

namespace {

std::vector<double> random_real(std::size_t size, std::uint64_t seed) {
  std::vector<double> values;
  for (const C& x : random_function(size, seed)) values.push_back(x.real());
  return values;
}

}  // namespace

TEST_CASE("conjugate pairs: frequencies k and -k of real functions on a cyclic group") {
  constexpr std::size_t kOrder = 6;
  const std::vector<double> f = random_real(3 * kOrder, 1);
  std::vector<C> spectra;
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t k = 0; k < kOrder; ++k) {
      C sum = 0;
      for (std::size_t x = 0; x < kOrder; ++x) {
        sum += f[row * kOrder + x] *
               std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(k * x) / kOrder);
      }
      // A frequency that is turned by i: its pair's phase is -1, or i where both are turned by half of it.
      spectra.push_back(k == 1 || k == 5 ? sum * C(0, 1) : sum);
    }
  }
  const ConjugatePairs<double> pairs = conjugate_pairs<double>(spectra, kOrder);
  std::set<std::set<std::uint32_t>> found;
  for (std::size_t k = 0; k < pairs.entries.size(); k += 2) {
    found.insert({pairs.entries[k], pairs.entries[k + 1]});
    CHECK(pairs.half_phases[k] == (pairs.entries[k] % 4 == 1 ? -0.5 : 0.5));
    CHECK(pairs.half_phases[k + 1] == 0.0);
  }
  CHECK(found == std::set<std::set<std::uint32_t>>{{0}, {3}, {1, 5}, {2, 4}});
}

TEST_CASE("conjugate pairs: none where a coefficient has no partner") {
  const std::vector<C> spectra = random_function(3 * 8, 5);
  CHECK(conjugate_pairs<double>(spectra, 8).entries.empty());
}

TEST_CASE("conjugate pairs: batches of real rows equal the direct sum, for any number of workers") {
  std::size_t paired = 0;
  for (const Group& group : varied_groups()) {
    CAPTURE(group.name());
    const Irreps irreps = irreducible_representations(group);
    const std::size_t n = group.order();
    const std::vector<double> ones(irreps.all.size(), 1.0);
    for (const InstructionSet set :
         {InstructionSet::kBaseline, InstructionSet::kAvx2, InstructionSet::kAvx512}) {
      if (!is_available(set)) continue;
      const ChainPlan<double> plan(compile_chain<double>(*irreps.adapted), set);
      paired += plan.pairs_real_rows() ? 1 : 0;
      for (const std::size_t rows : {2, 3, 9, 16, 27}) {
        CAPTURE(rows);
        const std::vector<double> f = random_real(rows * n, rows);
        std::vector<C> spectra(f.size());
        std::vector<C> again(f.size());
        for (const auto& [output, workers] : {std::pair(&spectra, 1U), std::pair(&again, 2U)}) {
          plan.forward(contiguous_rows(std::span(f), n), contiguous_rows(std::span(*output), n), ones,
                       workers, {});
        }
        CHECK(spectra == again);
        for (std::size_t r = 0; r < rows; r += rows < 4 ? 1 : 4) {
          const std::vector<C> row(f.begin() + static_cast<std::ptrdiff_t>(r * n),
                                   f.begin() + static_cast<std::ptrdiff_t>((r + 1) * n));
          CHECK(relative_distance(std::span(spectra).subspan(r * n, n), direct_sum_forward(irreps, row)) <
                1e-13);
        }
      }
    }
  }
  CHECK(paired > 10);
}
