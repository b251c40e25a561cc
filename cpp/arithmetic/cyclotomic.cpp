#include "arithmetic/cyclotomic.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <string>
#include <utility>

#include "arithmetic/integers.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

[[noreturn]] void overflow() {
  throw NumericalError("cyclotomic integer: a coefficient passes 64 bit");
}

std::int64_t checked_sum(std::int64_t a, std::int64_t b) {
  using Limits = std::numeric_limits<std::int64_t>;
  if (b > 0 ? a > Limits::max() - b : a < Limits::min() - b) overflow();
  return a + b;
}

std::int64_t checked_product(std::int64_t a, std::int64_t b) {
  if (a == 0 || b == 0) return 0;
  const auto magnitude = [](std::int64_t x) {
    return x < 0 ? 0 - static_cast<std::uint64_t>(x) : static_cast<std::uint64_t>(x);
  };
  // The one product of magnitude 2^63 is given up.
  if (magnitude(a) > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) / magnitude(b)) {
    overflow();
  }
  return a * b;
}

std::uint64_t inverse_modulo_prime_power(std::uint64_t a, std::uint64_t q) {
  for (std::uint64_t x = 1; x < q; ++x) {
    if (a % q * x % q == 1) return x;
  }
  return 1;  // q = 1
}

// Coefficients of zeta_n^0 ... zeta_n^(n-1), to be rewritten in the basis.
class Dense {
 public:
  explicit Dense(std::uint64_t n) : n_(n), coefficients_(n, 0) {}

  std::int64_t& operator[](std::uint64_t exponent) { return coefficients_[exponent]; }
  std::uint64_t order() const { return n_; }

  // Rewrites by zeta^i = -sum of zeta^(i + k n/p), k = 1 ... p-1, one prime after another: the sum of all p
  // of them is zero.
  void reduce_to_basis() {
    for (const auto& [p, exponent] : factorize(n_)) {
      std::uint64_t q = 1;
      for (unsigned i = 0; i < exponent; ++i) q *= p;
      const std::uint64_t unit = inverse_modulo_prime_power(n_ / q, q);
      const std::uint64_t step = n_ / p;
      const std::uint64_t half = (q / p - 1) / 2;
      for (std::uint64_t i = 0; i < n_; ++i) {
        const std::int64_t c = coefficients_[i];
        if (c == 0) continue;
        const std::uint64_t t = i % q * unit % q;
        if (p == 2 ? t < q / 2 : t > half && t < q - half) continue;
        coefficients_[i] = 0;
        for (std::uint64_t k = 1, j = i; k < p; ++k) {
          j = j + step < n_ ? j + step : j + step - n_;
          coefficients_[j] = checked_sum(coefficients_[j], -c);
        }
      }
    }
  }

  // Goes down to a subfield of index p where the number lies in one; coefficients must be in the basis.
  bool shrink() {
    for (const auto& [p, exponent] : factorize(n_)) {
      if (exponent > 1 || p == 2 ? divisible_by(p) : constant_along(p)) return true;
    }
    return false;
  }

  std::vector<CyclotomicTerm> terms() const {
    std::vector<CyclotomicTerm> result;
    for (std::uint64_t i = 0; i < n_; ++i) {
      if (coefficients_[i] != 0) result.push_back({static_cast<std::uint32_t>(i), coefficients_[i]});
    }
    return result;
  }

 private:
  bool divisible_by(std::uint64_t p) {
    for (std::uint64_t i = 0; i < n_; ++i) {
      if (i % p != 0 && coefficients_[i] != 0) return false;
    }
    for (std::uint64_t i = 0; i < n_ / p; ++i) coefficients_[i] = coefficients_[i * p];
    n_ /= p;
    coefficients_.resize(n_);
    return true;
  }

  // p divides n once: a basis element of the subfield is minus the sum of the p-1 above it.
  bool constant_along(std::uint64_t p) {
    const std::uint64_t m = n_ / p;
    std::vector<std::int64_t> shrunk(m, 0);
    for (std::uint64_t r = 0; r < m; ++r) {
      std::uint64_t bottom = r;
      while (bottom % p != 0) bottom += m;
      bottom %= n_;
      const std::int64_t value = coefficients_[(bottom + m) % n_];
      for (std::uint64_t k = 2; k < p; ++k) {
        if (coefficients_[(bottom + k * m) % n_] != value) return false;
      }
      shrunk[bottom / p] = -value;
    }
    n_ = m;
    coefficients_ = std::move(shrunk);
    return true;
  }

  std::uint64_t n_;
  std::vector<std::int64_t> coefficients_;
};

}  // namespace

Cyclotomic::Cyclotomic(std::int64_t value) {
  if (value != 0) terms_.push_back({0, value});
}

Cyclotomic Cyclotomic::from_terms(std::uint64_t n, std::span<const CyclotomicTerm> terms) {
  if (n == 0) throw ArgumentError("cyclotomic integer: expected the order of a root of unity, got 0");
  // The roots that occur may be of a smaller order.
  std::uint64_t common = n;
  for (const CyclotomicTerm& term : terms) {
    if (term.coefficient != 0) common = std::gcd(common, std::uint64_t{term.exponent});
  }
  n /= common;
  Cyclotomic result;
  if (n == 1) {
    std::int64_t sum = 0;
    for (const CyclotomicTerm& term : terms) sum = checked_sum(sum, term.coefficient);
    return {sum};
  }
  if (n > kMaximalOrder) {
    throw ArgumentError("cyclotomic integer: expected roots of unity of an order up to " +
                        std::to_string(kMaximalOrder) + ", got " + std::to_string(n));
  }
  Dense dense(n);
  for (const CyclotomicTerm& term : terms) {
    if (term.coefficient == 0) continue;
    std::int64_t& c = dense[term.exponent / common % n];
    c = checked_sum(c, term.coefficient);
  }
  dense.reduce_to_basis();
  while (dense.shrink()) {
  }
  result.conductor_ = static_cast<std::uint32_t>(dense.order());
  result.terms_ = dense.terms();
  return result;
}

Cyclotomic Cyclotomic::root_of_unity(std::uint64_t n, std::int64_t exponent) {
  if (n == 0 || n > kMaximalOrder) {
    throw ArgumentError("n: expected the order of a root of unity in 1 ... " + std::to_string(kMaximalOrder) +
                        ", got " + std::to_string(n));
  }
  const auto order = static_cast<std::int64_t>(n);
  const CyclotomicTerm term{static_cast<std::uint32_t>((exponent % order + order) % order), 1};
  return from_terms(n, std::span(&term, 1));
}

std::complex<double> Cyclotomic::value() const {
  std::complex<double> sum = 0.0;
  const auto n = static_cast<double>(conductor_);
  for (const auto& [exponent, coefficient] : terms_) {
    const double angle = 2.0 * std::numbers::pi * static_cast<double>(exponent) / n;
    const auto c = static_cast<double>(coefficient);
    sum +=
        exponent == 0 ? std::complex<double>(c) : c * std::complex<double>(std::cos(angle), std::sin(angle));
  }
  return sum;
}

Cyclotomic Cyclotomic::operator-() const {
  Cyclotomic result = *this;
  for (CyclotomicTerm& term : result.terms_) term.coefficient = checked_product(term.coefficient, -1);
  return result;
}

Cyclotomic Cyclotomic::operator+(const Cyclotomic& other) const {
  const std::uint64_t n = std::lcm(std::uint64_t{conductor_}, std::uint64_t{other.conductor_});
  std::vector<CyclotomicTerm> sum;
  for (const auto* part : {this, &other}) {
    const auto factor = static_cast<std::uint32_t>(n / part->conductor_);
    for (const auto& [exponent, coefficient] : part->terms_) sum.push_back({exponent * factor, coefficient});
  }
  return from_terms(n, sum);
}

Cyclotomic Cyclotomic::operator-(const Cyclotomic& other) const {
  return *this + (-other);
}

Cyclotomic Cyclotomic::operator*(const Cyclotomic& other) const {
  const std::uint64_t n = std::lcm(std::uint64_t{conductor_}, std::uint64_t{other.conductor_});
  std::vector<CyclotomicTerm> product;
  product.reserve(terms_.size() * other.terms_.size());
  for (const auto& a : terms_) {
    for (const auto& b : other.terms_) {
      const std::uint64_t exponent =
          (a.exponent * (n / conductor_) + b.exponent * (n / other.conductor_)) % n;
      product.push_back(
          {static_cast<std::uint32_t>(exponent), checked_product(a.coefficient, b.coefficient)});
    }
  }
  return from_terms(n, product);
}

Cyclotomic Cyclotomic::power(std::int64_t exponent) const {
  if (exponent < 0) {
    throw ArgumentError("exponent: expected one that is not negative, got " + std::to_string(exponent));
  }
  Cyclotomic result = 1;
  Cyclotomic square = *this;
  for (;;) {
    if ((exponent & 1) != 0) result = result * square;
    exponent >>= 1;
    if (exponent == 0) return result;
    square = square * square;
  }
}

Cyclotomic Cyclotomic::galois(std::int64_t k) const {
  const auto n = std::int64_t{conductor_};
  const std::int64_t residue = (k % n + n) % n;
  if (std::gcd(residue, n) != 1) {
    throw ArgumentError("k: expected a number prime to the conductor " + std::to_string(n) + ", got " +
                        std::to_string(k));
  }
  // Automorphisms keep the conductor and need not keep the basis.
  std::vector<CyclotomicTerm> terms;
  terms.reserve(terms_.size());
  for (const auto& [exponent, coefficient] : terms_) {
    terms.push_back({static_cast<std::uint32_t>(exponent * static_cast<std::uint64_t>(residue) %
                                                static_cast<std::uint64_t>(n)),
                     coefficient});
  }
  return from_terms(conductor_, terms);
}

std::vector<Cyclotomic> Cyclotomic::galois_conjugates() const {
  std::vector<Cyclotomic> found;
  for (std::uint32_t k = 1; k <= conductor_; ++k) {
    if (std::gcd(k, conductor_) != 1) continue;
    Cyclotomic image = galois(k);
    if (std::ranges::find(found, image) == found.end()) found.push_back(std::move(image));
  }
  return found;
}

std::int64_t Cyclotomic::trace() const {
  // The trace of a primitive m-th root of unity from Q(zeta_n) is moebius(m) phi(n)/phi(m).
  std::int64_t sum = 0;
  for (const auto& [exponent, coefficient] : terms_) {
    std::uint64_t degree = 1;
    std::int64_t sign = 1;
    const std::uint64_t m = conductor_ / std::gcd(exponent, conductor_);
    for (const auto& [p, power] : factorize(conductor_)) {
      std::uint64_t q = 1;
      for (unsigned i = 0; i < power; ++i) q *= p;
      if (m % p != 0) {
        degree *= q / p * (p - 1);
      } else {
        if (m % (p * p) == 0) sign = 0;
        sign = -sign;
        degree *= q / p;  // phi(q) / phi(p); where p^2 divides m the sign is zero anyway
      }
    }
    sum = checked_sum(sum, checked_product(coefficient, sign * static_cast<std::int64_t>(degree)));
  }
  return sum;
}

std::int64_t Cyclotomic::norm() const {
  Cyclotomic product = 1;
  for (std::uint32_t k = 1; k <= conductor_; ++k) {
    if (std::gcd(k, conductor_) == 1) product = product * galois(k);
  }
  return product.integer();
}

Cyclotomic Cyclotomic::divided_by(std::int64_t divisor) const {
  Cyclotomic result = *this;
  for (CyclotomicTerm& term : result.terms_) {
    if (divisor == 0 || term.coefficient % divisor != 0) {
      throw ArgumentError("divisor: expected a divisor of every coefficient, got " + std::to_string(divisor));
    }
    term.coefficient /= divisor;
  }
  return result;
}

std::size_t Cyclotomic::hash() const {
  std::uint64_t h = conductor_;
  for (const auto& [exponent, coefficient] : terms_) {
    h = (h ^ exponent) * 0x9e3779b97f4a7c15ULL;
    h = (h ^ static_cast<std::uint64_t>(coefficient) ^ (h >> 31)) * 0xbf58476d1ce4e5b9ULL;
  }
  return static_cast<std::size_t>(h ^ (h >> 29));
}

}  // namespace peterweyl
