#include "support/interrupt.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <stdexcept>

using namespace peterweyl;

TEST_CASE("interrupt: the callback runs within a fraction of a second and stops the loop by throwing") {
  const auto start = std::chrono::steady_clock::now();
  const Interrupt interrupt([] { throw std::runtime_error("stop"); });
  CHECK_THROWS_AS(
      [&] {
        for (;;) interrupt.poll();
      }(),
      std::runtime_error);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::milliseconds(500));
}

TEST_CASE("interrupt: without a callback nothing happens") {
  const Interrupt interrupt;
  for (int i = 0; i < 1000; ++i) interrupt.poll();
}
