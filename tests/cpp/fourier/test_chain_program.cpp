#include "fourier/chain_program.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "transform_checks.hpp"

using namespace peterweyl;
using namespace peterweyl::testing;

namespace {

bool is_permutation(std::vector<std::uint32_t> values) {
  std::ranges::sort(values);
  for (std::uint32_t k = 0; k < values.size(); ++k) {
    if (values[k] != k) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("chain program: slots are used once each, and blocks divide the order") {
  for (const Group& group : varied_groups()) {
    CAPTURE(group.name());
    const auto program = compile_chain<double>(adapted_irreps(group));
    CHECK(program.order == group.order());
    CHECK(is_permutation(program.elements));
    CHECK(is_permutation(program.coefficients));
    std::size_t squares = 0;
    for (const std::uint32_t d : program.degrees) squares += std::size_t{d} * d;
    CHECK(squares == group.order());
    std::size_t before = 1;
    for (const auto& level : program.levels) {
      CHECK(level.block == before * level.index);
      before = level.block;
      CHECK(level.forward.size() == level.adjoint.size());
    }
    CHECK(before == group.order());
  }
}

TEST_CASE("chain program: supersolvable groups need butterflies alone, and few operations") {
  for (const char* spec : {"C30", "D9", "Q8 x C15", "2^(1+6)+", "C7 : C3", "C3 x D4"}) {
    CAPTURE(spec);
    const auto program = compile_chain<double>(adapted_irreps(group_from_specification(spec)));
    for (const auto& level : program.levels) CHECK(level.in_place());
  }
  // One addition or subtraction of a complex number an element and level; no multiplication at all.
  const auto program = compile_chain<double>(adapted_irreps(group_from_specification("C2^5")));
  CHECK_FALSE(program.complex);
  CHECK(program.operations() == 32 * 5);
}

TEST_CASE("chain program: symmetric groups are real, within Maslen's bound") {
  // At most 3/4 n (n - 1) multiplications an element (Maslen 1998).
  for (const std::uint32_t n : {5U, 6U, 7U}) {
    const auto program = compile_chain<double>(adapted_irreps(symmetric_group(n)));
    CHECK_FALSE(program.complex);
    CHECK(program.operations() / static_cast<double>(program.order) < 0.75 * n * (n - 1));
    CHECK(program.bytes() > 0);
  }
}
