#include "harmonics/score_rows.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <vector>

#include "groups/group.hpp"
#include "groups/specification.hpp"
#include "support/error.hpp"
#include "support/random.hpp"

using namespace peterweyl;

namespace {

CompositionFactors gaussian_factors(std::size_t n, std::size_t hidden, std::uint64_t seed) {
  Random random(seed);
  CompositionFactors factors;
  factors.order = n;
  factors.hidden = hidden;
  for (auto* values : {&factors.left, &factors.right, &factors.out}) {
    values->resize(n * hidden);
    for (float& x : *values) x = static_cast<float>(random.normal());
  }
  return factors;
}

}  // namespace

TEST_CASE("score rows: rows of the network and of the trilinear form are the sums they are") {
  const std::size_t n = 6;
  const std::size_t hidden = 5;
  CompositionFactors factors = gaussian_factors(n, hidden, 1);
  factors.out_bias = {1, 2, 3, 4, 5, 6};
  std::vector<float> scores(n * n);
  network_scores(factors, Activation::kSquare)(2, scores);
  for (std::size_t b = 0; b < n; ++b) {
    for (std::size_t c = 0; c < n; ++c) {
      double sum = factors.out_bias[c];
      for (std::size_t m = 0; m < hidden; ++m) {
        const double x = factors.left[2 * hidden + m] + factors.right[b * hidden + m];
        sum += x * x * factors.out[c * hidden + m];
      }
      CHECK(scores[b * n + c] == doctest::Approx(sum).epsilon(1e-5));
    }
  }
  centre(factors);
  for (std::size_t m = 0; m < hidden; ++m) {
    double sum = 0;
    for (std::size_t g = 0; g < n; ++g) sum += factors.left[g * hidden + m];
    CHECK(std::abs(sum) < 1e-5);
  }
  trilinear_scores(factors)(3, scores);
  for (std::size_t b = 0; b < n; ++b) {
    for (std::size_t c = 0; c < n; ++c) {
      double sum = 0;
      for (std::size_t m = 0; m < hidden; ++m) {
        sum += static_cast<double>(factors.left[3 * hidden + m]) * factors.right[b * hidden + m] *
               factors.out[c * hidden + m];
      }
      CHECK(scores[b * n + c] == doctest::Approx(sum).epsilon(1e-4));
    }
  }
}

TEST_CASE("score rows: a constant factor becomes zero") {
  CompositionFactors factors = gaussian_factors(4, 3, 2);
  for (float& x : factors.right) x = 1.7F;
  centre(factors);
  for (const float x : factors.right) CHECK(x == 0.0F);
}

TEST_CASE("score rows: the cosine is that of w with the products, and chance explains Gaussian weights") {
  const Group group = group_from_specification("S3");
  CompositionFactors factors = gaussian_factors(6, 20, 3);
  centre(factors);
  const double by_chance = trilinear_alignment(factors, group.table());
  CHECK(std::abs(by_chance) < 0.4);
  CHECK(log10_alignment_chance(by_chance, 6, 20) == 0);
  // w made of u and v by the table: the cosine is 1.
  std::vector<float> products(factors.out.size(), 0.0F);
  for (Element a = 0; a < 6; ++a) {
    for (Element b = 0; b < 6; ++b) {
      for (std::size_t m = 0; m < 20; ++m) {
        products[group.table()(a, b) * 20 + m] += factors.left[a * 20 + m] * factors.right[b * 20 + m];
      }
    }
  }
  factors.out = products;
  CHECK(trilinear_alignment(factors, group.table()) == doctest::Approx(1.0));
  CHECK(log10_alignment_chance(0.9, 6, 20) < -20);
}

TEST_CASE("score rows: the bound on chance is above the share of random directions") {
  // Two dimensions of centred rows and three units: the cosine of a random direction in six dimensions.
  Random random(4);
  const double log_tables = log_labelled_tables(3);
  for (const double cosine : {0.7, 0.85, 0.95}) {
    int above = 0;
    const int trials = 200000;
    for (int t = 0; t < trials; ++t) {
      double first = 0;
      double squared = 0;
      for (int k = 0; k < 6; ++k) {
        const double x = random.normal();
        if (k == 0) first = x;
        squared += x * x;
      }
      above += first > cosine * std::sqrt(squared) ? 1 : 0;
    }
    const double bound = std::exp(log10_alignment_chance(cosine, 3, 3) * std::log(10.0) - log_tables);
    const double seen = static_cast<double>(above) / trials;
    if (log10_alignment_chance(cosine, 3, 3) < 0) {
      CHECK(bound >= 0.9 * seen);
      CHECK(bound <= 4 * seen + 1e-4);
    }
  }
}

TEST_CASE("score rows: activations have names") {
  CHECK(activation_named("square") == Activation::kSquare);
  CHECK_THROWS_AS(activation_named("cube"), ArgumentError);
}
