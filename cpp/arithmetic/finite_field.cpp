#include "arithmetic/finite_field.hpp"

#include <cstddef>
#include <string>
#include <utility>

#include "arithmetic/integers.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

using Scalar = FiniteField::Scalar;

// Coefficient by coefficient; only while the tables are made.
Scalar digitwise_sum(Scalar a, Scalar b, Scalar p) {
  Scalar sum = 0;
  for (Scalar place = 1; a > 0 || b > 0; a /= p, b /= p, place *= p) sum += (a % p + b % p) % p * place;
  return sum;
}

Scalar digitwise_multiple(Scalar a, Scalar factor, Scalar p) {
  Scalar product = 0;
  for (Scalar place = 1; a > 0; a /= p, place *= p) product += a % p * factor % p * place;
  return product;
}

// 1, x, x^2, ... modulo x^k + lower, until 1 comes again.
std::vector<Scalar> powers_of_x(Scalar q, Scalar p, Scalar lower) {
  const Scalar minus_lower = digitwise_multiple(lower, p - 1, p);
  std::vector<Scalar> multiples;  // of minus_lower: what a leading coefficient turns into
  for (Scalar c = 0; c < p; ++c) multiples.push_back(digitwise_multiple(minus_lower, c, p));
  std::vector<Scalar> powers{1};
  for (Scalar value = p; value != 1;
       value = digitwise_sum(value % (q / p) * p, multiples[value / (q / p)], p))
    powers.push_back(value);
  return powers;
}

std::vector<Scalar> powers_of_root(Scalar p, Scalar root) {
  std::vector<Scalar> powers{1};
  for (std::uint64_t value = root; value != 1; value = value * root % p)
    powers.push_back(static_cast<Scalar>(value));
  return powers;
}

}  // namespace

FiniteField::FiniteField(std::uint64_t q) {
  const auto factors = q >= 2 && q <= kMaximalOrder ? factorize(q) : decltype(factorize(q)){};
  if (factors.size() != 1) {
    throw ArgumentError("GF(q): expected a prime power q in 2 ... " + std::to_string(kMaximalOrder) +
                        ", got " + std::to_string(q));
  }
  auto tables = std::make_shared<Tables>();
  const auto order = static_cast<Scalar>(q);
  const auto p = static_cast<Scalar>(factors[0].first);
  tables->order = order;
  tables->characteristic = p;
  tables->degree = factors[0].second;

  // x is primitive exactly when its powers are all q - 1 of the non-zero labels; a root of unity likewise.
  std::vector<Scalar> powers;
  if (tables->degree == 1) {
    Scalar root = p == 2 ? 1 : 2;
    while ((powers = powers_of_root(p, root)).size() != order - 1) ++root;
    tables->polynomial = {p - root, 1};
  } else {
    Scalar lower = 1;
    for (;; ++lower) {
      if (lower % p == 0) continue;  // divisible by x
      powers = powers_of_x(order, p, lower);
      if (powers.size() == order - 1) break;
    }
    for (unsigned i = 0; i < tables->degree; ++i, lower /= p) tables->polynomial.push_back(lower % p);
    tables->polynomial.push_back(1);
  }

  tables->logarithms.assign(order, 0);
  for (Scalar i = 0; i + 1 < order; ++i) tables->logarithms[powers[i]] = i;
  if (p != 2 && tables->degree > 1) {
    for (const Scalar power : powers) {
      const Scalar sum = digitwise_sum(power, 1, p);
      tables->zech.push_back(sum == 0 ? order : tables->logarithms[sum]);  // order: the sum is zero
    }
  }
  tables->exponentials = powers;
  tables->exponentials.insert(tables->exponentials.end(), powers.begin(), powers.end());
  tables_ = std::move(tables);
}

Scalar FiniteField::add(Scalar a, Scalar b) const {
  const Tables& t = *tables_;
  if (t.characteristic == 2) return a ^ b;
  if (t.degree == 1) {
    const Scalar sum = a + b;
    return sum >= t.order ? sum - t.order : sum;
  }
  if (a == 0) return b;
  if (b == 0) return a;
  // g^i + g^j = g^i (1 + g^(j - i)).
  const Scalar i = t.logarithms[a];
  const Scalar j = t.logarithms[b];
  const Scalar zech = t.zech[j >= i ? j - i : j + t.order - 1 - i];
  return zech == t.order ? 0 : t.exponentials[i + zech];
}

Scalar FiniteField::negate(Scalar a) const {
  const Tables& t = *tables_;
  if (a == 0 || t.characteristic == 2) return a;
  return t.exponentials[t.logarithms[a] + (t.order - 1) / 2];  // -1 = g^((q-1)/2)
}

Scalar FiniteField::power(Scalar a, std::int64_t exponent) const {
  if (a == 0) return exponent == 0 ? 1 : 0;
  const std::int64_t period = std::int64_t{order()} - 1;
  const std::int64_t reduced = (exponent % period + period) % period;
  return tables_->exponentials[static_cast<std::size_t>(tables_->logarithms[a] * reduced % period)];
}

}  // namespace peterweyl
