#include "harmonics/kernel_symmetries.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <complex>
#include <cstddef>
#include <numeric>
#include <vector>

#include "groups/group.hpp"
#include "groups/specification.hpp"
#include "support/random.hpp"

using namespace peterweyl;

namespace {

// All permutations that keep the colours, by trying every one.
std::size_t count_symmetries(const std::vector<std::uint32_t>& colours, std::size_t n) {
  std::vector<std::uint32_t> map(n);
  std::iota(map.begin(), map.end(), 0U);
  std::size_t count = 0;
  do {
    bool keeps = true;
    for (std::size_t x = 0; keeps && x < n; ++x) {
      for (std::size_t y = 0; keeps && y < n; ++y) {
        keeps = colours[x * n + y] == colours[map[x] * n + map[y]];
      }
    }
    count += keeps ? 1 : 0;
  } while (std::ranges::next_permutation(map).found);
  return count;
}

std::vector<std::complex<double>> real_kernel(const CayleyTable& table, std::uint64_t seed, double noise) {
  Random random(seed);
  const std::size_t n = table.order();
  std::vector<double> f(n);
  for (Element x = 0; x < n; ++x) {
    const double value = random.normal();
    f[x] += value;
    f[table.inverse(x)] += value;
  }
  std::vector<std::complex<double>> kernel(n * n);
  for (Element x = 0; x < n; ++x) {
    for (Element y = 0; y <= x; ++y) {
      kernel[x * n + y] = f[table(table.inverse(x), y)] + noise * random.normal();
      kernel[y * n + x] = kernel[x * n + y];
    }
  }
  return kernel;
}

}  // namespace

TEST_CASE("kernel symmetries: the chain has the order that counting all permutations gives") {
  Random random(8);
  for (int trial = 0; trial < 60; ++trial) {
    const std::size_t n = 2 + random.below(6);
    std::vector<std::uint32_t> colours(n * n);
    for (auto& c : colours) c = static_cast<std::uint32_t>(random.below(2));
    if (trial % 2 == 0) {
      for (std::size_t x = 0; x < n; ++x) {
        for (std::size_t y = 0; y < x; ++y) colours[x * n + y] = colours[y * n + x];
      }
    }
    const SymmetryChain chain = symmetries_of_colours(colours, n, 100000);
    REQUIRE(chain.complete);
    CHECK(chain.order() == static_cast<double>(count_symmetries(colours, n)));
  }
}

TEST_CASE(
    "kernel symmetries: generic real kernels have the translations, with inversion for abelian groups") {
  const auto order = [](const char* spec) {
    const Group group = group_from_specification(spec);
    const auto found = symmetries_of_kernel(real_kernel(group.table(), 3, 0), group.order());
    REQUIRE(found.transitive);
    CHECK(found.residual < 1e-12);
    CHECK(found.radius > 0);
    return found.chain.order();
  };
  CHECK(order("S3") == 6);
  CHECK(order("A4") == 12);
  CHECK(order("D4") == 8);
  CHECK(order("C2^3") == 8);
  CHECK(order("C7") == 14);
  CHECK(order("C6") == 12);
  CHECK(order("C4 x C2") == 16);
  CHECK(order("Q8") == 64);
}

TEST_CASE("kernel symmetries: noise is averaged out; a kernel of noise has none") {
  const Group group = group_from_specification("S4");
  const auto kernel = real_kernel(group.table(), 4, 0.02);
  const KernelSymmetries found = symmetries_of_kernel(kernel, 24);
  REQUIRE(found.transitive);
  CHECK(found.chain.order() == 24);
  CHECK(found.residual > 0);
  CHECK(found.residual < 0.1);
  Random random(1);
  std::vector<std::complex<double>> noise(24 * 24);
  for (std::size_t x = 0; x < 24; ++x) {
    for (std::size_t y = 0; y <= x; ++y) noise[x * 24 + y] = noise[y * 24 + x] = random.normal();
  }
  CHECK_FALSE(symmetries_of_kernel(noise, 24).transitive);
}
