#include "arithmetic/cyclotomic_text.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numbers>
#include <numeric>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "arithmetic/integers.hpp"

namespace peterweyl {
namespace {

std::string digits(std::uint64_t value, bool raised) {
  static constexpr std::string_view kRaised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  static constexpr std::string_view kLowered[] = {"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"};
  std::string text;
  for (const char digit : std::to_string(value)) {
    const auto d = static_cast<std::size_t>(digit - '0');
    text += raised ? kRaised[d] : kLowered[d];
  }
  return text;
}

std::string root_text(std::uint64_t n, std::uint64_t exponent, CyclotomicStyle style) {
  const std::string order = std::to_string(n);
  const std::string power = std::to_string(exponent);
  switch (style) {
    case CyclotomicStyle::kGap:
      return "E(" + order + ")" + (exponent == 1 ? "" : "^" + power);
    case CyclotomicStyle::kText:
      if (n == 4 && exponent == 1) return "i";
      return "ζ" + digits(n, false) + (exponent == 1 ? "" : digits(exponent, true));
    case CyclotomicStyle::kLatex:
      if (n == 4 && exponent == 1) return "i";
      return "\\zeta_{" + order + "}" + (exponent == 1 ? "" : "^{" + power + "}");
  }
  return {};
}

std::string square_root_text(std::int64_t radicand, CyclotomicStyle style) {
  const std::string text = std::to_string(radicand);
  return style == CyclotomicStyle::kLatex ? "\\sqrt{" + text + "}" : "√" + text;
}

// A sum of coefficient * symbol; an empty symbol is 1.
std::string sum_text(const std::vector<std::pair<std::int64_t, std::string>>& terms, CyclotomicStyle style) {
  std::string text;
  for (const auto& [coefficient, symbol] : terms) {
    if (coefficient == 0) continue;
    if (coefficient > 0 && !text.empty()) text += "+";
    if (symbol.empty()) {
      text += std::to_string(coefficient);
      continue;
    }
    if (coefficient == -1) {
      text += "-";
    } else if (coefficient != 1) {
      text += std::to_string(coefficient) + (style == CyclotomicStyle::kGap ? "*" : "");
    }
    text += symbol;
  }
  return text.empty() ? "0" : text;
}

std::string basis_text(const Cyclotomic& number, CyclotomicStyle style) {
  const std::uint64_t n = number.conductor();
  std::vector<std::pair<std::int64_t, std::string>> terms;
  // With a prime conductor all n roots add up to zero: what most coefficients have in common can go.
  std::int64_t common = 0;
  if (style != CyclotomicStyle::kGap && n > 2 && is_prime(n)) {
    std::map<std::int64_t, std::size_t> times;
    times[0] = static_cast<std::size_t>(n) - number.terms().size();
    for (const CyclotomicTerm& term : number.terms()) ++times[term.coefficient];
    for (const auto& [value, count] : times) {
      if (count > times[common]) common = value;
    }
  }
  if (common == 0) {
    for (const auto& [exponent, coefficient] : number.terms()) {
      terms.emplace_back(coefficient, exponent == 0 ? "" : root_text(n, exponent, style));
    }
  } else {
    std::vector<std::int64_t> dense(n, -common);
    for (const auto& [exponent, coefficient] : number.terms()) dense[exponent] += coefficient;
    for (std::uint64_t i = 0; i < n; ++i) {
      terms.emplace_back(dense[i], i == 0 ? "" : root_text(n, i, style));
    }
  }
  return sum_text(terms, style);
}

// c * root of unity with c > 0, as (c, sign, order, exponent).
std::optional<std::string> multiple_of_root(const Cyclotomic& number, CyclotomicStyle style) {
  const std::complex<double> z = number.value();
  const auto size = static_cast<std::int64_t>(std::llround(std::abs(z)));
  if (size == 0 || std::abs(std::abs(z) - static_cast<double>(size)) > 1e-6) return std::nullopt;
  const auto n = std::int64_t{number.conductor()};
  const std::int64_t order = n % 2 == 0 ? n : 2 * n;
  const double turns = std::arg(z) / (2 * std::numbers::pi) * static_cast<double>(order);
  const std::int64_t exponent = (std::llround(turns) % order + order) % order;
  if (Cyclotomic::root_of_unity(static_cast<std::uint64_t>(order), exponent) * Cyclotomic(size) != number) {
    return std::nullopt;
  }
  // Minus signs instead of roots of even order where that is possible, and in the lower half of the turn of
  // the fourth roots.
  std::int64_t sign = 1;
  std::int64_t power = exponent;
  if (n % 2 != 0) {
    if (power % 2 != 0) {
      sign = -1;
      power = (power + n) % order;
    }
    power /= 2;
  } else if (power > order / 2) {
    sign = -1;
    power -= order / 2;
  }
  return sum_text(
      {{sign * size, root_text(static_cast<std::uint64_t>(n), static_cast<std::uint64_t>(power), style)}},
      style);
}

// (a + b sqrt(d))/c for real numbers of degree 2, and b i sqrt(d).
std::optional<std::string> quadratic(const Cyclotomic& number, CyclotomicStyle style) {
  std::vector<Cyclotomic> conjugates{number};
  for (std::uint32_t k = 2; k < number.conductor(); ++k) {
    if (std::gcd(k, number.conductor()) != 1) continue;
    Cyclotomic image = number.galois(k);
    if (std::ranges::find(conjugates, image) != conjugates.end()) continue;
    if (conjugates.size() == 2) return std::nullopt;
    conjugates.push_back(std::move(image));
  }
  const Cyclotomic difference = conjugates[0] - conjugates[1];
  const std::int64_t sum = (conjugates[0] + conjugates[1]).integer();
  const std::int64_t discriminant = (difference * difference).integer();
  const bool imaginary = discriminant < 0;
  if (imaginary && sum != 0) return std::nullopt;
  std::int64_t factor = 1;
  std::int64_t radicand = imaginary ? -discriminant : discriminant;
  for (const auto& [p, exponent] : factorize(static_cast<std::uint64_t>(radicand))) {
    for (unsigned i = 0; i + 1 < exponent; i += 2) {
      factor *= static_cast<std::int64_t>(p);
      radicand /= static_cast<std::int64_t>(p * p);
    }
  }
  const std::complex<double> z = difference.value();
  if ((imaginary ? z.imag() : z.real()) < 0) factor = -factor;
  const std::string root = (imaginary ? "i" : "") + square_root_text(radicand, style);
  if (sum % 2 == 0 && factor % 2 == 0) return sum_text({{sum / 2, ""}, {factor / 2, root}}, style);
  const std::string numerator = sum_text({{sum, ""}, {factor, root}}, style);
  return style == CyclotomicStyle::kLatex ? "\\frac{" + numerator + "}{2}" : "(" + numerator + ")/2";
}

}  // namespace

std::string to_text(const Cyclotomic& number, CyclotomicStyle style) {
  if (number.is_rational()) return std::to_string(number.integer());
  if (style != CyclotomicStyle::kGap) {
    if (auto text = multiple_of_root(number, style)) return *text;
    if (auto text = quadratic(number, style)) return *text;
  }
  return basis_text(number, style);
}

}  // namespace peterweyl
