#include "arithmetic/partitions.hpp"

#include <doctest/doctest.h>

using namespace peterweyl;

TEST_CASE("partitions: in their order, and as many as there are") {
  CHECK(partitions(0) == std::vector<Partition>{{}});
  CHECK(partitions(4) == std::vector<Partition>{{4}, {3, 1}, {2, 2}, {2, 1, 1}, {1, 1, 1, 1}});
  // Euler's recurrence over the pentagonal numbers.
  std::vector<std::int64_t> count{1};
  for (std::int64_t n = 1; n <= 20; ++n) {
    std::int64_t sum = 0;
    for (std::int64_t k = 1; k * (3 * k - 1) / 2 <= n; ++k) {
      const std::int64_t sign = k % 2 == 1 ? 1 : -1;
      sum += sign * count[static_cast<std::size_t>(n - k * (3 * k - 1) / 2)];
      if (k * (3 * k + 1) / 2 <= n) sum += sign * count[static_cast<std::size_t>(n - k * (3 * k + 1) / 2)];
    }
    count.push_back(sum);
    CHECK(partitions(static_cast<std::uint32_t>(n)).size() == static_cast<std::size_t>(sum));
  }
}
