#include "harmonics/score_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <utility>

#include "harmonics/score_kernel.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

constexpr std::array<std::pair<std::string_view, Activation>, 9> kActivations{{
    {"relu", Activation::kRelu},
    {"quadratic", Activation::kSquare},
    {"square", Activation::kSquare},
    {"abs", Activation::kAbsolute},
    {"gelu", Activation::kGelu},
    {"silu", Activation::kSilu},
    {"tanh", Activation::kTanh},
    {"sigmoid", Activation::kSigmoid},
    {"identity", Activation::kIdentity},
}};

float apply(Activation activation, float x) {
  switch (activation) {
    case Activation::kRelu:
      return x > 0 ? x : 0;
    case Activation::kSquare:
      return x * x;
    case Activation::kAbsolute:
      return std::abs(x);
    case Activation::kGelu:
      return 0.5F * x * (1 + std::erf(x * (std::numbers::sqrt2_v<float> / 2)));
    case Activation::kSilu:
      return x / (1 + std::exp(-x));
    case Activation::kTanh:
      return std::tanh(x);
    case Activation::kSigmoid:
      return 1 / (1 + std::exp(-x));
    case Activation::kIdentity:
      return x;
  }
  return x;
}

// order x hidden to hidden x order.
std::vector<float> transposed(std::span<const float> values, std::size_t order, std::size_t hidden) {
  std::vector<float> result(values.size());
  for (std::size_t g = 0; g < order; ++g) {
    for (std::size_t m = 0; m < hidden; ++m) result[m * order + g] = values[g * hidden + m];
  }
  return result;
}

void centre_one(std::vector<float>& values, std::size_t order, std::size_t hidden) {
  std::vector<double> mean(hidden, 0.0);
  double largest = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    mean[i % hidden] += static_cast<double>(values[i]) / static_cast<double>(order);
    largest = std::max(largest, std::abs(static_cast<double>(values[i])));
  }
  double squared = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double centred = static_cast<double>(values[i]) - mean[i % hidden];
    squared += (centred / std::max(largest, 1e-300)) * (centred / std::max(largest, 1e-300));
  }
  const double size = largest * std::sqrt(squared / static_cast<double>(values.size()));
  // What is left of a constant is its rounding.
  const double scale = size > 1e-6 * largest && largest > 0 ? 1 / size : 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = static_cast<float>((static_cast<double>(values[i]) - mean[i % hidden]) * scale);
  }
}

// The logarithm of P(X >= x) for X of the Beta distribution (a, b), bounded from above for x above the mean:
// the density beyond x falls at least geometrically, so the tail is at most density / rate.
double log_beta_tail(double a, double b, double x) {
  if (x >= 1) return -std::numeric_limits<double>::infinity();
  const double density =
      std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + (a - 1) * std::log(x) + (b - 1) * std::log1p(-x);
  const double rate = (b - 1) / (1 - x) - (a - 1) / x;
  return rate > 0 ? std::min(0.0, density - std::log(rate)) : 0.0;
}

}  // namespace

Activation activation_named(std::string_view name) {
  for (const auto& [known, activation] : kActivations) {
    if (known == name) return activation;
  }
  std::string names;
  for (const auto& [known, activation] : kActivations)
    names += (names.empty() ? "" : ", ") + std::string(known);
  throw ArgumentError("activation: expected one of " + names + ", got '" + std::string(name) + "'");
}

void centre(CompositionFactors& factors) {
  for (auto* values : {&factors.left, &factors.right, &factors.out}) {
    centre_one(*values, factors.order, factors.hidden);
  }
}

ScoreRow trilinear_scores(const CompositionFactors& factors) {
  return [&factors, out = transposed(factors.out, factors.order, factors.hidden),
          scaled = std::vector<float>(factors.right.size())](Element a, std::span<float> scores) mutable {
    const float* u = factors.left.data() + a * factors.hidden;
    for (std::size_t b = 0; b < factors.order; ++b) {
      const float* v = factors.right.data() + b * factors.hidden;
      float* target = scaled.data() + b * factors.hidden;
      for (std::size_t m = 0; m < factors.hidden; ++m) target[m] = u[m] * v[m];
    }
    multiply_scores(scaled, out, scores, factors.order, factors.hidden, factors.order);
  };
}

ScoreRow network_scores(const CompositionFactors& factors, Activation activation) {
  return [&factors, activation, out = transposed(factors.out, factors.order, factors.hidden),
          hidden = std::vector<float>(factors.right.size())](Element a, std::span<float> scores) mutable {
    const float* u = factors.left.data() + a * factors.hidden;
    for (std::size_t b = 0; b < factors.order; ++b) {
      const float* v = factors.right.data() + b * factors.hidden;
      float* target = hidden.data() + b * factors.hidden;
      for (std::size_t m = 0; m < factors.hidden; ++m) target[m] = apply(activation, u[m] + v[m]);
    }
    multiply_scores(hidden, out, scores, factors.order, factors.hidden, factors.order);
    for (std::size_t i = 0; !factors.out_bias.empty() && i < scores.size(); ++i) {
      scores[i] += factors.out_bias[i % factors.order];
    }
  };
}

double trilinear_alignment(const CompositionFactors& centred, const CayleyTable& table) {
  const std::size_t n = centred.order;
  const std::size_t hidden = centred.hidden;
  std::vector<float> products(n * hidden, 0.0F);
  for (Element a = 0; a < n; ++a) {
    const float* u = centred.left.data() + a * hidden;
    const auto row = table.row(a);
    for (Element b = 0; b < n; ++b) {
      const float* v = centred.right.data() + b * hidden;
      float* target = products.data() + row[b] * hidden;
      for (std::size_t m = 0; m < hidden; ++m) target[m] += u[m] * v[m];
    }
  }
  double inner = 0;
  double products_squared = 0;
  double out_squared = 0;
  for (std::size_t i = 0; i < products.size(); ++i) {
    const auto z = static_cast<double>(products[i]);
    const auto w = static_cast<double>(centred.out[i]);
    inner += z * w;
    products_squared += z * z;
    out_squared += w * w;
  }
  const double norm = std::sqrt(products_squared * out_squared);
  return norm > 0 ? inner / norm : 0.0;
}

double log_labelled_tables(std::size_t order) {
  // At most n! labellings of each group; the number of groups of order n is below exp(2 + 0.0514 log2(n)^3)
  // for every n up to 2047 (Besche, Eick and O'Brien 2002 list them).
  const auto n = static_cast<double>(order);
  const double log2n = std::log2(n);
  return std::lgamma(n + 1) + 2 + 0.0514 * log2n * log2n * log2n;
}

double log10_alignment_chance(double cosine, std::size_t order, std::size_t hidden) {
  // w lies in the space of centred rows; half of the tail is on the side of positive cosines.
  const double dimensions = static_cast<double>(order - 1) * static_cast<double>(hidden);
  if (cosine <= 0 || dimensions < 2) return 0;
  const double tail = log_beta_tail(0.5, (dimensions - 1) / 2, std::min(1.0, cosine * cosine));
  return std::min(0.0, (tail - std::numbers::ln2 + log_labelled_tables(order)) / std::numbers::ln10);
}

}  // namespace peterweyl
