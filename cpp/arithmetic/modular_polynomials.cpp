#include "arithmetic/modular_polynomials.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace peterweyl {
namespace {

using Scalar = PrimeField::Scalar;

void trim(ModularPolynomial& f) {
  while (!f.empty() && f.back() == 0) f.pop_back();
}

// f modulo the monic m, in place.
void reduce(const PrimeField& field, ModularPolynomial& f, const ModularPolynomial& m) {
  const std::size_t degree = m.size() - 1;
  for (std::size_t top = f.size(); top-- > degree;) {
    const Scalar lead = f[top];
    if (lead == 0) continue;
    field.add_multiple(std::span(f).subspan(top - degree, degree), field.negate(lead),
                       std::span(m).first(degree));
  }
  f.resize(std::min(f.size(), degree));
  trim(f);
}

void make_monic(const PrimeField& field, ModularPolynomial& f) {
  if (!f.empty() && f.back() != 1) field.scale(f, field.inverse(f.back()));
}

ModularPolynomial greatest_common_divisor(const PrimeField& field, ModularPolynomial a, ModularPolynomial b) {
  make_monic(field, a);
  make_monic(field, b);
  while (!b.empty()) {
    reduce(field, a, b);
    make_monic(field, a);
    std::swap(a, b);
  }
  return a;
}

// f / g for monic g that divides f.
ModularPolynomial quotient(const PrimeField& field, ModularPolynomial f, const ModularPolynomial& g) {
  const std::size_t degree = g.size() - 1;
  ModularPolynomial result(f.size() - degree, 0);
  for (std::size_t top = f.size(); top-- > degree;) {
    const Scalar lead = f[top];
    result[top - degree] = lead;
    field.add_multiple(std::span(f).subspan(top - degree, degree + 1), field.negate(lead), g);
  }
  return result;
}

// base^exponent modulo the monic m, for a linear base x + shift: left to right, so that the multiplications
// by the base are cheap.
ModularPolynomial linear_power(const PrimeField& field, Scalar shift, std::uint64_t exponent,
                               const ModularPolynomial& m) {
  unsigned bits = 0;
  while ((exponent >> bits) > 1) ++bits;
  ModularPolynomial result{1};
  ModularPolynomial square;
  for (unsigned bit = bits + 1; bit-- > 0;) {
    square.assign(result.empty() ? 0 : 2 * result.size() - 1, 0);
    for (std::size_t i = 0; i < result.size(); ++i) {
      field.add_multiple(std::span(square).subspan(i, result.size()), result[i], result);
    }
    if ((exponent >> bit & 1) != 0) {
      square.push_back(0);
      for (std::size_t i = square.size(); i-- > 0;) {
        square[i] = field.add(i > 0 ? square[i - 1] : 0, field.multiply(square[i], shift));
      }
    }
    reduce(field, square, m);
    std::swap(result, square);
  }
  return result;
}

// Appends the roots of a product of linear factors.
void collect_roots(const PrimeField& field, const ModularPolynomial& f, Random& random,
                   std::vector<Scalar>& roots) {
  if (f.size() <= 1) return;
  if (f.size() == 2) {
    roots.push_back(field.negate(f[0]));
    return;
  }
  for (;;) {
    // The roots r with r + shift a square go to one side.
    const auto shift = static_cast<Scalar>(random.below(field.modulus()));
    ModularPolynomial power = linear_power(field, shift, (field.modulus() - 1) / 2, f);
    if (power.empty()) power.push_back(0);
    power[0] = field.subtract(power[0], 1);
    trim(power);
    if (power.empty()) continue;
    const ModularPolynomial part = greatest_common_divisor(field, f, std::move(power));
    if (part.size() <= 1 || part.size() == f.size()) continue;
    collect_roots(field, part, random, roots);
    collect_roots(field, quotient(field, f, part), random, roots);
    return;
  }
}

}  // namespace

ModularPolynomial shortest_recurrence(const PrimeField& field, std::span<const Scalar> sequence) {
  // connection: 1 + b_1 x + ... with s_i + b_1 s_(i-1) + ... = 0.
  std::vector<Scalar> connection{1}, previous{1}, saved;
  std::size_t length = 0;
  std::size_t gap = 1;
  Scalar previous_discrepancy = 1;
  for (std::size_t i = 0; i < sequence.size(); ++i) {
    Scalar discrepancy = 0;
    for (std::size_t j = 0; j < connection.size() && j <= i; ++j) {
      discrepancy = field.add(discrepancy, field.multiply(connection[j], sequence[i - j]));
    }
    if (discrepancy == 0) {
      ++gap;
      continue;
    }
    const bool grows = 2 * length <= i;
    if (grows) saved = connection;
    const Scalar factor = field.negate(field.multiply(discrepancy, field.inverse(previous_discrepancy)));
    connection.resize(std::max(connection.size(), previous.size() + gap), 0);
    field.add_multiple(std::span(connection).subspan(gap, previous.size()), factor, previous);
    if (grows) {
      length = i + 1 - length;
      previous = std::move(saved);
      previous_discrepancy = discrepancy;
      gap = 1;
    } else {
      ++gap;
    }
  }
  ModularPolynomial result(length + 1, 0);
  for (std::size_t j = 0; j < connection.size() && j <= length; ++j) result[length - j] = connection[j];
  return result;
}

bool split_into_roots(const PrimeField& field, const ModularPolynomial& polynomial, Random& random,
                      std::vector<Scalar>& roots) {
  roots.clear();
  if (polynomial.size() <= 1) return true;
  // A product of different linear factors divides x^p - x.
  ModularPolynomial power = linear_power(field, 0, field.modulus(), polynomial);
  if (polynomial.size() > 2) {
    power.resize(std::max<std::size_t>(power.size(), 2), 0);
    power[1] = field.subtract(power[1], 1);
    trim(power);
    if (!power.empty()) return false;
  }
  collect_roots(field, polynomial, random, roots);
  std::ranges::sort(roots);
  return true;
}

Scalar evaluate(const PrimeField& field, const ModularPolynomial& polynomial, Scalar point) {
  Scalar value = 0;
  for (std::size_t i = polynomial.size(); i-- > 0;) {
    value = field.add(field.multiply(value, point), polynomial[i]);
  }
  return value;
}

ModularPolynomial divide_by_root(const PrimeField& field, const ModularPolynomial& polynomial, Scalar root) {
  ModularPolynomial result(polynomial.size() - 1, 0);
  Scalar carry = 0;
  for (std::size_t i = polynomial.size(); i-- > 1;) {
    carry = field.add(field.multiply(carry, root), polynomial[i]);
    result[i - 1] = carry;
  }
  return result;
}

}  // namespace peterweyl
