#include "arithmetic/power_basis.hpp"

#include <algorithm>
#include <utility>

#include "arithmetic/integers.hpp"

namespace peterweyl {
namespace {

// The cyclotomic polynomial of n, lowest coefficient first: the product of (x^d - 1)^moebius(n/d).
std::vector<std::int64_t> cyclotomic_polynomial(std::uint32_t n) {
  std::vector<std::int64_t> polynomial{1};
  std::vector<std::uint32_t> denominators;
  for (const std::uint64_t d : divisors(n)) {
    int moebius = 1;
    for (const auto& [p, exponent] : factorize(n / d)) moebius = exponent > 1 ? 0 : -moebius;
    const auto shift = static_cast<std::size_t>(d);
    if (moebius == 1) {
      polynomial.resize(polynomial.size() + shift, 0);
      for (std::size_t i = polynomial.size(); i-- > 0;) {
        polynomial[i] = (i >= shift ? polynomial[i - shift] : 0) - polynomial[i];
      }
    } else if (moebius == -1) {
      denominators.push_back(static_cast<std::uint32_t>(d));
    }
  }
  for (const std::uint32_t d : denominators) {
    // f = (x^d - 1) g, so g_i = g_(i-d) - f_i.
    for (std::size_t i = 0; i < polynomial.size(); ++i) {
      polynomial[i] = (i >= d ? polynomial[i - d] : 0) - polynomial[i];
    }
    polynomial.resize(polynomial.size() - d);
  }
  return polynomial;
}

}  // namespace

PowerBasis::PowerBasis(std::uint32_t n) : n_(n), degree_(n) {
  const auto factors = factorize(n);
  const bool is_sparse =
      factors.size() <= 1 || (factors.size() == 2 && factors[0] == std::pair{std::uint64_t{2}, 1U});
  if (n == 1 || (n > kDenseLimit && !is_sparse)) return;
  const std::vector<std::int64_t> polynomial = cyclotomic_polynomial(n);
  degree_ = static_cast<std::uint32_t>(polynomial.size() - 1);
  // x^degree, x^(degree+1), ... modulo the polynomial.
  std::vector<std::int64_t> power(degree_, 0);
  power.back() = 1;
  for (std::uint32_t exponent = degree_; exponent < n; ++exponent) {
    const std::int64_t lead = power.back();
    for (std::size_t i = degree_; i-- > 1;) power[i] = power[i - 1] - lead * polynomial[i];
    power[0] = -lead * polynomial[0];
    starts_.push_back(images_.size());
    for (std::uint32_t i = 0; i < degree_; ++i) {
      if (power[i] != 0) images_.push_back({i, power[i]});
    }
  }
  starts_.push_back(images_.size());
}

void PowerBasis::collect(std::span<std::int64_t> coefficients, std::vector<std::uint32_t>& used,
                         std::vector<CyclotomicTerm>& terms) const {
  if (used.size() == 1 && used[0] < degree_) {
    if (coefficients[used[0]] != 0) terms.push_back({used[0], std::exchange(coefficients[used[0]], 0)});
    return;
  }
  const std::size_t given = used.size();
  for (std::size_t u = 0; u < given; ++u) {
    const std::uint32_t exponent = used[u];
    if (exponent < degree_) continue;
    const std::int64_t c = coefficients[exponent];
    coefficients[exponent] = 0;
    if (c == 0) continue;
    for (std::size_t i = starts_[exponent - degree_]; i < starts_[exponent - degree_ + 1]; ++i) {
      std::int64_t& target = coefficients[images_[i].exponent];
      if (target == 0) used.push_back(images_[i].exponent);
      target += c * images_[i].coefficient;
    }
  }
  if (used.size() != 2) {
    std::ranges::sort(used);
  } else if (used[0] > used[1]) {
    std::swap(used[0], used[1]);
  }
  for (const std::uint32_t exponent : used) {
    std::int64_t& c = coefficients[exponent];
    if (c != 0) terms.push_back({exponent, c});
    c = 0;
  }
}

}  // namespace peterweyl
