#include "fourier/direct_plan.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "fourier/direct_sum.hpp"
#include "groups/families.hpp"
#include "support/error.hpp"
#include "support/random.hpp"

using namespace peterweyl;
using C = std::complex<double>;

namespace {

std::vector<C> random_values(std::size_t size, std::uint64_t seed) {
  Random random(seed);
  std::vector<C> values(size);
  for (C& value : values) value = random.complex_normal();
  return values;
}

double distance(std::span<const C> a, std::span<const C> b) {
  double worst = 0;
  for (std::size_t i = 0; i < a.size(); ++i) worst = std::max(worst, std::abs(a[i] - b[i]));
  return worst;
}

std::vector<Group> groups() {
  return {cyclic_group(1),
          cyclic_group(12),
          direct_product(std::vector<Group>(3, cyclic_group(2))),
          dihedral_group(7),
          dicyclic_group(3),
          symmetric_group(4),
          alternating_group(5),
          cyclic_by_cyclic_group(7, 3),
          direct_product(std::vector{symmetric_group(3), cyclic_group(4)})};
}

}  // namespace

TEST_CASE("direct plan: equal to the direct sum, row by row, there and back") {
  for (const Group& group : groups()) {
    CAPTURE(group.name());
    const Irreps irreps = irreducible_representations(group);
    const DirectPlan<double> plan(irreps);
    const std::size_t n = group.order();
    const std::size_t rows = 3;
    const std::vector<C> f = random_values(rows * n, 1);
    std::vector<C> spectrum(rows * n);
    plan.forward(std::span<const C>(f), spectrum);
    std::vector<C> back(rows * n);
    plan.inverse(spectrum, back);
    for (std::size_t row = 0; row < rows; ++row) {
      const auto part = [&](const std::vector<C>& all) { return std::span(all).subspan(row * n, n); };
      CHECK(distance(part(spectrum), direct_sum_forward(irreps, part(f))) < 1e-13 * static_cast<double>(n));
      CHECK(distance(part(back), direct_sum_inverse(irreps, part(spectrum))) < 1e-13);
      CHECK(distance(part(back), part(f)) < 1e-13);
    }
  }
}

TEST_CASE("direct plan: real input gives the spectrum of the same numbers as complex input") {
  const DirectPlan<double> plan(irreducible_representations(alternating_group(5)));
  Random random(4);
  std::vector<double> real(2 * 60);
  for (double& x : real) x = random.normal();
  const std::vector<C> complex(real.begin(), real.end());
  for (const Norm norm : {Norm::kBackward, Norm::kOrtho, Norm::kForward}) {
    std::vector<C> a(120);
    std::vector<C> b(120);
    plan.forward(std::span<const double>(real), a, norm);
    plan.forward(std::span<const C>(complex), b, norm);
    CHECK(distance(a, b) < 1e-13);
  }
}

TEST_CASE("direct plan: norms scale as documented, and ortho is unitary") {
  for (const Group& group : groups()) {
    const Irreps irreps = irreducible_representations(group);
    const DirectPlan<double> plan(irreps);
    const std::size_t n = group.order();
    const std::vector<C> f = random_values(n, 2);
    std::vector<C> plain(n);
    std::vector<C> ortho(n);
    std::vector<C> scaled(n);
    std::vector<C> back(n);
    plan.forward(std::span<const C>(f), plain);
    plan.forward(std::span<const C>(f), scaled, Norm::kForward);
    plan.forward(std::span<const C>(f), ortho, Norm::kOrtho);
    double energy = 0;
    double spectral = 0;
    for (std::size_t r = 0; r < irreps.all.size(); ++r) {
      for (std::size_t c = plan.offsets()[r]; c < plan.offsets()[r + 1]; ++c) {
        CHECK(std::abs(scaled[c] - plain[c] / static_cast<double>(n)) < 1e-14);
        CHECK(std::abs(ortho[c] - plain[c] * std::sqrt(plan.degrees()[r] / static_cast<double>(n))) < 1e-13);
        spectral += std::norm(ortho[c]);
      }
    }
    for (const C& value : f) energy += std::norm(value);
    CHECK(std::abs(energy - spectral) < 1e-12 * energy);
    plan.inverse(ortho, back, Norm::kOrtho);
    CHECK(distance(back, f) < 1e-13);
    plan.inverse(scaled, back, Norm::kForward);
    CHECK(distance(back, f) < 1e-13);
  }
}

TEST_CASE("direct plan: the convolution theorem, in the documented order of the factors") {
  for (const Group& group : groups()) {
    const DirectPlan<double> plan(irreducible_representations(group));
    const Element n = group.order();
    const std::vector<C> f = random_values(n, 5);
    const std::vector<C> h = random_values(n, 6);
    std::vector<C> expected(n, 0.0);
    for (Element k = 0; k < n; ++k) {
      for (Element m = 0; m < n; ++m) expected[group.multiply(k, m)] += f[k] * h[m];
    }
    std::vector<C> a(n);
    std::vector<C> b(n);
    std::vector<C> product(n);
    std::vector<C> result(n);
    plan.forward(std::span<const C>(f), a);
    plan.forward(std::span<const C>(h), b);
    plan.multiply(a, b, product);
    plan.inverse(product, result);
    CHECK(distance(result, expected) < 1e-13 * static_cast<double>(n));
  }
}

TEST_CASE("direct plan: the power spectrum adds up to the energy") {
  const DirectPlan<double> plan(irreducible_representations(symmetric_group(4)));
  const std::vector<C> f = random_values(2 * 24, 7);
  std::vector<C> spectrum(48);
  plan.forward(std::span<const C>(f), spectrum);
  std::vector<double> power(2 * 5);
  plan.power(spectrum, power);
  for (std::size_t row = 0; row < 2; ++row) {
    double energy = 0;
    for (std::size_t g = 0; g < 24; ++g) energy += std::norm(f[row * 24 + g]);
    CHECK(std::accumulate(power.begin() + static_cast<std::ptrdiff_t>(row * 5),
                          power.begin() + static_cast<std::ptrdiff_t>(row * 5 + 5),
                          0.0) == doctest::Approx(energy).epsilon(1e-13));
  }
}

TEST_CASE("direct plan: the same bits for every number of workers, and on repetition") {
  const DirectPlan<double> plan(irreducible_representations(symmetric_group(4)));
  const std::vector<C> f = random_values(300 * 24, 8);
  std::vector<C> one(f.size());
  plan.forward(std::span<const C>(f), one);
  for (const unsigned workers : {1U, 2U, 3U, 8U}) {
    std::vector<C> other(f.size());
    plan.forward(std::span<const C>(f), other, Norm::kBackward, workers);
    CHECK(one == other);
  }
}

TEST_CASE("direct plan: single precision") {
  const Irreps irreps = irreducible_representations(alternating_group(5));
  const DirectPlan<float> plan(irreps);
  const std::vector<C> f = random_values(60, 9);
  const std::vector<std::complex<float>> single(f.begin(), f.end());
  std::vector<std::complex<float>> spectrum(60);
  std::vector<std::complex<float>> back(60);
  plan.forward(std::span<const std::complex<float>>(single), spectrum);
  plan.inverse(spectrum, back);
  const std::vector<C> exact = direct_sum_forward(irreps, f);
  CHECK(distance(std::vector<C>(spectrum.begin(), spectrum.end()), exact) < 1e-5 * 20);
  CHECK(distance(std::vector<C>(back.begin(), back.end()), f) < 1e-5);
}

TEST_CASE("direct plan: wrong sizes and too large plans are refused") {
  const Irreps irreps = irreducible_representations(symmetric_group(3));
  const DirectPlan<double> plan(irreps);
  std::vector<C> six(6);
  std::vector<C> seven(7);
  std::vector<C> twelve(12);
  CHECK_THROWS_AS(plan.forward(std::span<const C>(seven), seven), ArgumentError);
  CHECK_THROWS_AS(plan.forward(std::span<const C>(six), twelve), ArgumentError);
  CHECK_THROWS_AS(plan.forward(std::span<const C>(six), six, Norm::kBackward, 0), ArgumentError);
  CHECK_THROWS_AS(plan.multiply(six, twelve, six), ArgumentError);
  std::vector<double> power(2);
  CHECK_THROWS_AS(plan.power(six, power), ArgumentError);
  CHECK_THROWS_AS(DirectPlan<double>(irreps, 16 * 35), GroupTooLargeError);
  CHECK_NOTHROW(DirectPlan<float>(irreps, 8 * 36));
  plan.forward(std::span<const C>(), std::span<C>());  // no rows are no work
}
