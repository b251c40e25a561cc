#include "harmonics/null_distributions.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "support/random.hpp"

using namespace peterweyl;

namespace {

// Largest share of independent Gamma(k/2) variables, as sums of k squared normals; mean over `draws` rows.
double sampled_largest_share(const std::vector<double>& shapes, int draws, std::uint64_t seed) {
  Random random(seed);
  double sum = 0;
  for (int draw = 0; draw < draws; ++draw) {
    double largest = 0;
    double total = 0;
    for (const double shape : shapes) {
      double energy = 0;
      for (int k = 0; k < static_cast<int>(2 * shape); ++k) {
        const double x = random.normal();
        energy += x * x;
      }
      largest = std::max(largest, energy);
      total += energy;
    }
    sum += largest / total;
  }
  return sum / draws;
}

}  // namespace

TEST_CASE("null distributions: log_gamma is exact at integers and half-integers") {
  double factorial = 1;
  for (int k = 1; k < 20; ++k) {
    CHECK(log_gamma(k) == doctest::Approx(std::log(factorial)).epsilon(1e-14));
    factorial *= k;
  }
  CHECK(log_gamma(0.5) == doctest::Approx(0.5 * std::log(std::numbers::pi)).epsilon(1e-14));
  CHECK(log_gamma(1e6) == doctest::Approx(std::lgamma(1e6)).epsilon(1e-15));
}

TEST_CASE("null distributions: the gamma law where it is elementary") {
  for (const double x : {1e-6, 0.1, 0.9, 2.0, 7.5, 40.0}) {
    CAPTURE(x);
    CHECK(gamma_distribution(1, x) == doctest::Approx(-std::expm1(-x)).epsilon(1e-13));
    CHECK(gamma_distribution(0.5, x) == doctest::Approx(std::erf(std::sqrt(x))).epsilon(1e-13));
    CHECK(gamma_distribution(3, x) == doctest::Approx(1 - std::exp(-x) * (1 + x + x * x / 2)).epsilon(1e-9));
  }
  CHECK(gamma_distribution(2.5, 0) == 0);
  CHECK(gamma_upper_tail(2.5, 0) == 1);
  CHECK(gamma_upper_tail(1, 600) == doctest::Approx(std::exp(-600.0)).epsilon(1e-9));
  CHECK(gamma_upper_tail(4, 2.5) + gamma_distribution(4, 2.5) == doctest::Approx(1).epsilon(1e-13));
  CHECK(gamma_distribution(1000, 1000) == doctest::Approx(0.504205244).epsilon(1e-8));
}

TEST_CASE("null distributions: the beta law where it is elementary, in both tails") {
  for (const double x : {1e-9, 0.01, 0.3, 0.5, 0.77, 0.999}) {
    CAPTURE(x);
    CHECK(beta_upper_tail(1, 4, x) == doctest::Approx(std::pow(1 - x, 4)).epsilon(1e-12));
    CHECK(beta_upper_tail(3, 1, x) == doctest::Approx(1 - x * x * x).epsilon(1e-12));
    CHECK(beta_upper_tail(0.5, 0.5, x) ==
          doctest::Approx(1 - 2 / std::numbers::pi * std::asin(std::sqrt(x))).epsilon(1e-11));
    CHECK(beta_upper_tail(2.5, 7, x) + beta_upper_tail(7, 2.5, 1 - x) == doctest::Approx(1).epsilon(1e-12));
  }
  CHECK(beta_upper_tail(1, 200, 0.9) == doctest::Approx(1e-200).epsilon(1e-9));  // no cancellation far out
  CHECK(beta_upper_tail(4e6, 4e6, 0.5) == doctest::Approx(0.5).epsilon(1e-8));
  CHECK(beta_upper_tail(2, 0, 0.5) == 1);
  CHECK(beta_upper_tail(0, 2, 0.5) == 0);
  CHECK(beta_upper_tail(2, 3, 0) == 1);
  CHECK(beta_upper_tail(2, 3, 1) == 0);
}

TEST_CASE("null distributions: the largest share where it is known in closed form") {
  CHECK(expected_largest_share(std::vector<double>{4.5}) == doctest::Approx(1).epsilon(1e-12));
  // Uniform spacings: the largest of k has the mean H_k / k.
  for (const int k : {2, 3, 12, 113}) {
    double harmonic = 0;
    for (int i = 1; i <= k; ++i) harmonic += 1.0 / i;
    CHECK(expected_largest_share(std::vector<double>(static_cast<std::size_t>(k), 1.0)) ==
          doctest::Approx(harmonic / k).epsilon(1e-11));
  }
  // cos^2 of a uniform angle against sin^2: mean of the larger is 1/2 + 1/pi.
  CHECK(expected_largest_share(std::vector<double>{0.5, 0.5}) ==
        doctest::Approx(0.5 + std::numbers::inv_pi).epsilon(1e-11));
  CHECK(std::isnan(expected_largest_share({})));
}

TEST_CASE("null distributions: the largest share agrees with seeded samples") {
  const std::vector<std::vector<double>> cases{{0.5, 0.5, 2},
                                               {0.5, 1, 1, 1, 1, 1, 1},
                                               {0.5, 0.5, 0.5, 0.5, 2, 2, 2},
                                               {0.5, 4.5, 4.5, 8, 12.5},
                                               {1, 1, 1, 9}};
  for (const auto& shapes : cases) {
    CHECK(expected_largest_share(shapes) ==
          doctest::Approx(sampled_largest_share(shapes, 40000, 7)).epsilon(0.005));
  }
}
