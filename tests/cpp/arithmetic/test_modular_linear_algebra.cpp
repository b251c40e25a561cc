#include "arithmetic/modular_linear_algebra.hpp"

#include <doctest/doctest.h>

#include "support/random.hpp"

using namespace peterweyl;

TEST_CASE("inverse_modulo") {
  for (std::uint32_t p : {2U, 3U, 5U, 251U}) {
    for (std::uint32_t a = 1; a < p; ++a) CHECK(inverse_modulo(a, p) * a % p == 1);
  }
}

TEST_CASE("ModularSubspace: dimensions add up and the annihilator annihilates") {
  Random random(1);
  for (const std::uint32_t p : {2U, 3U, 7U}) {
    ModularSubspace space(p, 9);
    std::vector<ModularVector> inserted;
    for (int k = 0; k < 6; ++k) {
      ModularVector v(9);
      for (std::uint8_t& entry : v) entry = static_cast<std::uint8_t>(random.below(p));
      space.insert(v);
      inserted.push_back(v);
    }
    const auto annihilator = space.annihilator();
    CHECK(space.dimension() + annihilator.size() == 9);
    for (ModularVector v : inserted) {
      for (const ModularVector& w : annihilator) {
        std::uint32_t sum = 0;
        for (std::size_t i = 0; i < 9; ++i) sum += std::uint32_t{v[i]} * w[i];
        CHECK(sum % p == 0);
      }
      space.reduce(v);
      CHECK(v == ModularVector(9, 0));
    }
  }
}
