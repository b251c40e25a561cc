#include "support/parallel_for.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

using namespace peterweyl;

TEST_CASE("parallel_for: every piece once, whatever the number of workers") {
  for (const unsigned workers : {1U, 2U, 7U}) {
    std::vector<std::atomic<int>> seen(100);
    parallel_for(seen.size(), workers, {}, [&](std::size_t k) { ++seen[k]; });
    for (const auto& count : seen) CHECK(count == 1);
  }
  parallel_for(0, 3, {}, [](std::size_t) { FAIL("no piece"); });
}

TEST_CASE("parallel_for: the first exception comes out") {
  for (const unsigned workers : {1U, 3U}) {
    CHECK_THROWS_AS(parallel_for(50, workers, {},
                                 [](std::size_t k) {
                                   if (k == 5) throw std::runtime_error("five");
                                 }),
                    std::runtime_error);
  }
}
