#include "representations/irrep_order.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace peterweyl;
using C = std::complex<double>;

TEST_CASE("irrep order: degree first, then larger real parts, then larger imaginary parts") {
  const std::vector<C> trivial{1.0, 1.0};
  const std::vector<C> sign{1.0, -1.0};
  const std::vector<C> up{1.0, C(0.5, 0.8)};
  const std::vector<C> down{1.0, C(0.5, -0.8)};
  CHECK(compare_characters(1, trivial, 1, sign) < 0);
  CHECK(compare_characters(2, trivial, 1, sign) > 0);
  CHECK(compare_characters(1, up, 1, down) < 0);
  CHECK(compare_characters(1, up, 1, up) == 0);
  CHECK(compare_characters(1, up, 1, down, true) == 0);
  const std::vector<C> noisy{1.0, C(0.5 + 1e-13, 0.8)};
  CHECK(compare_characters(1, up, 1, noisy) == 0);
}

TEST_CASE("irrep order: values near half integers become them") {
  CHECK(snapped_character_value(C(-0.5 + 1e-13, 1e-14)) == C(-0.5, 0.0));
  CHECK(snapped_character_value(C(0.3, 2.0 - 1e-12)) == C(0.3, 2.0));
  CHECK(snapped_character_value(C(0.3, 0.7)) == C(0.3, 0.7));
}
