#include "fourier/first_levels.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "transform_checks.hpp"

using namespace peterweyl;
using namespace peterweyl::testing;

TEST_CASE("first levels: of symmetric groups they are one, and the slots of coefficients follow") {
  for (const std::uint32_t n : {4U, 5U, 6U}) {
    const auto program = compile_chain<double>(adapted_irreps(symmetric_group(n)));
    CHECK(program.levels.size() == n - 3);
    CHECK(program.levels[0].is_symmetric_four);
    CHECK(program.levels[0].block == 24);
  }
  // Already merged, or of another group: nothing happens.
  auto program = compile_chain<double>(adapted_irreps(symmetric_group(4)));
  std::vector<std::uint32_t> slots{3, 1, 2};
  merge_first_levels(program, slots);
  CHECK(slots == std::vector<std::uint32_t>{3, 1, 2});
  CHECK(program.levels.size() == 1);
}

TEST_CASE("first levels: other groups keep their own") {
  for (const char* spec : {"S3 x C4", "C2 x A4", "D12", "C4 x S3", "C2 x C2 x S3"}) {
    CAPTURE(spec);
    for (const auto& level : compile_chain<double>(adapted_irreps(group_from_specification(spec))).levels) {
      CHECK_FALSE(level.is_symmetric_four);
    }
  }
}
