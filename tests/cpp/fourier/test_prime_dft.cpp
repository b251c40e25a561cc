#include "fourier/prime_dft.hpp"

#include <doctest/doctest.h>

#include <set>

#include "arithmetic/roots_of_unity.hpp"
#include "transform_checks.hpp"

using namespace peterweyl;
using namespace peterweyl::testing;
using C = std::complex<double>;

TEST_CASE("prime dft: stages of every length equal the sum, and touch a slot once each") {
  // Smooth lengths, primes above smooth ones (17, 29), two and three steps down (59, 47, 83), prime squares.
  for (const std::uint32_t n : {1U, 2U, 3U, 4U, 12U, 16U, 17U, 29U, 34U, 47U, 59U, 83U, 289U, 493U, 1009U}) {
    CAPTURE(n);
    const DftStages dft = dft_stages(n);
    REQUIRE(dft.places.size() == n);
    CHECK(std::set<std::uint32_t>(dft.places.begin(), dft.places.end()).size() == n);
    for (const auto& stage : dft.stages) {
      std::set<std::uint32_t> touched;
      for (const auto& operation : stage) {
        CHECK(operation.slots.size() <= 13);
        CHECK(operation.twiddles.size() == std::max<std::size_t>(operation.slots.size(), 2) - 1);
        for (const std::uint32_t slot : operation.slots) CHECK(touched.insert(slot).second);
      }
    }
    const std::vector<C> x = random_function(n, n);
    std::vector<C> data = x;
    dft.apply(data);
    std::vector<C> found;
    std::vector<C> expected(n);
    for (std::size_t k = 0; k < n; ++k) {
      found.push_back(data[dft.places[k]]);
      for (std::size_t j = 0; j < n; ++j) expected[k] += x[j] * std::conj(root_of_unity(j * k % n, n));
    }
    CHECK(relative_distance(found, expected) < 2e-15 * std::max(10.0, std::log2(n) * 3));
  }
}

TEST_CASE("prime dft: large primes only, and only where it is worth it") {
  PrimeDfts dfts;
  for (const std::uint32_t n : {1U, 2U, 13U, 16U, 17U, 289U}) CHECK(dfts.find(n) == nullptr);
  const DftStages* large = dfts.find(1009);
  REQUIRE(large != nullptr);
  CHECK(large->places.size() == 1009);
  CHECK(dfts.find(59) != nullptr);
  CHECK(dfts.find(1009) == large);
}
