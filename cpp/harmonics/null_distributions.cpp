#include "harmonics/null_distributions.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <numbers>

namespace peterweyl {
namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
constexpr double kTiny = 1e-300;  // keeps the denominators of Lentz's continued fractions away from zero
constexpr int kMaximalSteps = 200000;

// x^a e^-x / Gamma(a + 1)
double gamma_prefactor(double a, double x) {
  return std::exp(a * std::log(x) - x - log_gamma(a + 1));
}

double gamma_series(double a, double x) {
  double term = 1;
  double sum = 1;
  for (int k = 1; k < kMaximalSteps && term > sum * kEpsilon; ++k) {
    term *= x / (a + k);
    sum += term;
  }
  return gamma_prefactor(a, x) * sum;
}

double gamma_upper_fraction(double a, double x) {
  double b = x + 1 - a;
  double c = 1 / kTiny;
  double d = 1 / b;
  double value = d;
  for (int k = 1; k < kMaximalSteps; ++k) {
    const double numerator = -k * (k - a);
    b += 2;
    d = numerator * d + b;
    if (std::abs(d) < kTiny) d = kTiny;
    c = b + numerator / c;
    if (std::abs(c) < kTiny) c = kTiny;
    d = 1 / d;
    value *= d * c;
    if (std::abs(d * c - 1) < kEpsilon) break;
  }
  return gamma_prefactor(a, x) * a * value;
}

// I_x(a, b) for x below the mean, where the fraction converges fast; `complement` is 1 - x.
double beta_fraction(double a, double b, double x, double complement) {
  const double log_front =
      log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * std::log(x) + b * std::log(complement);
  double c = 1;
  double d = 1 - (a + b) * x / (a + 1);
  if (std::abs(d) < kTiny) d = kTiny;
  d = 1 / d;
  double value = d;
  const auto step = [&](double numerator) {
    d = 1 + numerator * d;
    if (std::abs(d) < kTiny) d = kTiny;
    c = 1 + numerator / c;
    if (std::abs(c) < kTiny) c = kTiny;
    d = 1 / d;
    value *= d * c;
    return std::abs(d * c - 1);
  };
  for (int k = 1; k < kMaximalSteps; ++k) {
    step(k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k)));
    if (step(-(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1))) < kEpsilon) break;
  }
  return std::exp(log_front) * value / a;
}

constexpr std::size_t kNodes = 20;

struct GaussLegendre {
  std::array<double, kNodes> nodes{};
  std::array<double, kNodes> weights{};
};

// Nodes on (-1, 1) by Newton's method on the Legendre recurrence.
GaussLegendre gauss_legendre() {
  GaussLegendre rule;
  constexpr double n = kNodes;
  for (std::size_t i = 0; i < kNodes; ++i) {
    double x = std::cos(std::numbers::pi * (static_cast<double>(i) + 0.75) / (n + 0.5));
    double derivative = 1;
    for (int iteration = 0; iteration < 100; ++iteration) {
      double previous = 1;
      double current = x;
      for (std::size_t k = 2; k <= kNodes; ++k) {
        const auto order = static_cast<double>(k);
        const double next = ((2 * order - 1) * x * current - (order - 1) * previous) / order;
        previous = current;
        current = next;
      }
      derivative = n * (x * current - previous) / (x * x - 1);
      const double change = current / derivative;
      x -= change;
      if (std::abs(change) < 1e-16) break;
    }
    rule.nodes[i] = x;
    rule.weights[i] = 2 / ((1 - x * x) * derivative * derivative);
  }
  return rule;
}

}  // namespace

double log_gamma(double x) {
  // Stirling's series is exact to the last digits beyond 12; the recurrence brings smaller arguments there.
  double shift = 1;
  while (x < 12) shift *= x++;
  const double y = 1 / (x * x);
  const double series =
      (1.0 / 12 +
       y * (-1.0 / 360 + y * (1.0 / 1260 + y * (-1.0 / 1680 + y * (1.0 / 1188 - y * 691.0 / 360360))))) /
      x;
  return (x - 0.5) * std::log(x) - x + 0.5 * std::log(2 * std::numbers::pi) + series - std::log(shift);
}

double gamma_distribution(double shape, double x) {
  if (!(x > 0)) return 0;
  if (x < shape + 1) return std::fmin(1.0, gamma_series(shape, x));
  return std::fmax(0.0, 1 - gamma_upper_fraction(shape, x));
}

double gamma_upper_tail(double shape, double x) {
  if (!(x > 0)) return 1;
  if (x < shape + 1) return std::fmax(0.0, 1 - gamma_series(shape, x));
  return std::fmin(1.0, gamma_upper_fraction(shape, x));
}

double beta_upper_tail(double a, double b, double x) {
  if (!(x > 0)) return 1;
  if (!(a > 0)) return 0;
  if (!(b > 0)) return 1;
  if (x >= 1) return 0;
  if (x < (a + 1) / (a + b + 2)) return std::fmax(0.0, 1 - beta_fraction(a, b, x, 1 - x));
  return std::fmin(1.0, beta_fraction(b, a, 1 - x, x));
}

double expected_largest_share(std::span<const double> shapes) {
  if (shapes.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::map<double, int> counts;
  double total = 0;
  double largest = 0;
  for (const double shape : shapes) {
    ++counts[shape];
    total += shape;
    largest = std::fmax(largest, shape);
  }
  // x = t^2 turns the half-integer powers of x at 0 into polynomials, so that the rule converges fast
  // everywhere.
  const GaussLegendre rule = gauss_legendre();
  const double end =
      std::sqrt(largest + 12 * std::sqrt(largest) + 60 + std::log(static_cast<double>(shapes.size())));
  const int panels = static_cast<int>(std::ceil(end / 0.5));
  const double half = end / (2 * panels);
  double integral = 0;
  for (int panel = 0; panel < panels; ++panel) {
    for (std::size_t i = 0; i < kNodes; ++i) {
      const double t = half * (2 * panel + 1 + rule.nodes[i]);
      double product = 1;
      for (const auto& [shape, count] : counts) product *= std::pow(gamma_distribution(shape, t * t), count);
      integral += rule.weights[i] * half * (1 - product) * 2 * t;
    }
  }
  return integral / total;
}

}  // namespace peterweyl
