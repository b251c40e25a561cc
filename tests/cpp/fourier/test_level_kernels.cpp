#include "fourier/level_kernels.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "transform_checks.hpp"

using namespace peterweyl;
using namespace peterweyl::testing;

TEST_CASE("level kernels: the first level of S3 adds and subtracts neighbours in every block") {
  const auto program = compile_chain<double>(adapted_irreps(symmetric_group(3)));
  const auto& level = program.levels.front();
  REQUIRE(level.block == 2);
  REQUIRE(level.in_place());
  constexpr std::size_t kWide = kLanes<double>;
  alignas(kSlotBytes) double data[4 * kWide];
  for (std::size_t k = 0; k < 4 * kWide; ++k) data[k] = static_cast<double>(k * k);
  double before[4 * kWide];
  std::ranges::copy(data, before);
  apply_level(program, level, kernels<double>(best_instruction_set()), data, data, 2, false);
  for (std::size_t block = 0; block < 2; ++block) {
    for (std::size_t lane = 0; lane < kWide; ++lane) {
      const double* x = before + 2 * block * kWide + lane;
      CHECK(data[2 * block * kWide + lane] == x[0] + x[kWide]);
      CHECK(data[(2 * block + 1) * kWide + lane] == x[0] - x[kWide]);
    }
  }
}

TEST_CASE("level kernels: buffers alternate at the levels that are not in place") {
  const auto program = compile_chain<double>(adapted_irreps(symmetric_group(5)));
  const std::vector<std::uint8_t> parities = buffer_parities(program);
  REQUIRE(parities.size() == program.levels.size() + 1);
  for (std::size_t k = 0; k < program.levels.size(); ++k) {
    CHECK((parities[k] != parities[k + 1]) == !program.levels[k].in_place());
  }
}
