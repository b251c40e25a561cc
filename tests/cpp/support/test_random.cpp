#include "support/random.hpp"

#include <doctest/doctest.h>

using namespace peterweyl;

TEST_CASE("random: the same stream for a seed, another for another") {
  Random a(7);
  Random b(7);
  Random c(8);
  bool differs = false;
  for (int i = 0; i < 100; ++i) {
    const std::uint64_t value = a.next();
    CHECK(value == b.next());
    differs = differs || value != c.next();
  }
  CHECK(differs);
}

TEST_CASE("random: moments of the normal, range of the uniform") {
  Random random(3);
  double sum = 0;
  double squares = 0;
  constexpr int kDraws = 200000;
  for (int i = 0; i < kDraws; ++i) {
    const double x = random.normal();
    sum += x;
    squares += x * x;
    CHECK(random.below(10) < 10);
  }
  CHECK(sum / kDraws == doctest::Approx(0).epsilon(0.01).scale(1));
  CHECK(squares / kDraws == doctest::Approx(1).epsilon(0.02));
}
