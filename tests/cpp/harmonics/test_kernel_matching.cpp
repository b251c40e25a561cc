#include "harmonics/kernel_matching.hpp"

#include <doctest/doctest.h>

#include <array>
#include <complex>
#include <cstddef>
#include <vector>

#include "groups/group.hpp"
#include "groups/specification.hpp"
#include "support/random.hpp"

using namespace peterweyl;

namespace {

// K(x, y) = f(x^-1 y) with f(x^-1) the conjugate of f(x), and noise.
std::vector<std::complex<double>> invariant_kernel(const CayleyTable& table, std::uint64_t seed, bool real,
                                                   double noise) {
  Random random(seed);
  const std::size_t n = table.order();
  std::vector<std::complex<double>> f(n);
  for (Element x = 0; x < n; ++x) {
    const std::complex<double> value = real ? std::complex<double>(random.normal()) : random.complex_normal();
    f[x] += value;
    f[table.inverse(x)] += std::conj(value);
  }
  std::vector<std::complex<double>> kernel(n * n);
  for (Element x = 0; x < n; ++x) {
    for (Element y = 0; y < n; ++y) {
      kernel[x * n + y] = f[table(table.inverse(x), y)];
    }
  }
  for (Element x = 0; x < n; ++x) {
    for (Element y = 0; y <= x; ++y) {
      const std::complex<double> e =
          noise * (real ? std::complex<double>(random.normal()) : random.complex_normal());
      kernel[x * n + y] += e;
      kernel[y * n + x] = std::conj(kernel[x * n + y]);
    }
  }
  return kernel;
}

}  // namespace

TEST_CASE("kernel matching: the map that carries the identity to h is the translation by h") {
  for (const char* spec : {"S4", "D6", "A4"}) {
    const Group group = group_from_specification(spec);
    const CayleyTable& table = group.table();
    const std::size_t n = table.order();
    for (const double noise : {0.0, 0.02}) {
      const auto kernel = invariant_kernel(table, 5, false, noise);
      KernelMatcher matcher(kernel, n, noise == 0 ? 1e-9 : 0.25, noise > 0);
      for (Element h = 0; h < n; ++h) {
        const std::array<std::uint32_t, 1> image{h};
        const auto map = matcher.find(image);
        REQUIRE(map.has_value());
        for (Element x = 0; x < n; ++x) CHECK((*map)[x] == table(h, x));
      }
    }
  }
}

TEST_CASE("kernel matching: a kernel without symmetries has the identity alone") {
  Random random(2);
  const std::size_t n = 9;
  std::vector<std::complex<double>> kernel(n * n);
  for (std::size_t x = 0; x < n; ++x) {
    for (std::size_t y = 0; y <= x; ++y) {
      kernel[x * n + y] = x == y ? 1.0 : random.normal();
      kernel[y * n + x] = kernel[x * n + y];
    }
  }
  KernelMatcher matcher(kernel, n, 1e-9, false);
  CHECK(matcher.separates());
  for (std::uint32_t h = 0; h < n; ++h) {
    const std::array<std::uint32_t, 1> image{h};
    CHECK(matcher.find(image).has_value() == (h == 0));
  }
}

TEST_CASE("kernel matching: the identity matrix has no base that is short") {
  const std::size_t n = 40;
  std::vector<std::complex<double>> kernel(n * n);
  for (std::size_t x = 0; x < n; ++x) kernel[x * n + x] = 1.0;
  CHECK_FALSE(KernelMatcher(kernel, n, 1e-9, false).separates());
}
