#include "characters/modular_lifting.hpp"

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include "arithmetic/power_basis.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

using Scalar = PrimeField::Scalar;

// Multiplicities of the m-th roots of unity from the values at the powers of one element.
class PowerTransform {
 public:
  PowerTransform(const PrimeField& field, Scalar root, std::uint32_t order)
      : field_(field), order_(order), factor_(field.inverse(order)), roots_(order, 1) {
    const Scalar inverse = field.inverse(root);
    for (std::size_t t = 1; t < order; ++t) roots_[t] = field.multiply(roots_[t - 1], inverse);
  }

  // The multiplicity of each root, and the roots that occur.
  void run(std::span<const Scalar> values, Scalar degree, std::vector<std::int64_t>& multiplicities,
           std::vector<std::uint32_t>& used) {
    row_.resize(order_);
    multiplicities.assign(order_, 0);
    used.clear();
    std::uint64_t total = 0;
    for (std::uint32_t s = 0; s < order_; ++s) {
      for (std::uint32_t t = 0, at = 0; t < order_; ++t) {
        row_[t] = roots_[at];
        at = at + s < order_ ? at + s : at + s - order_;
      }
      const Scalar multiplicity = field_.multiply(field_.dot(values, row_), factor_);
      if (multiplicity > degree) {
        throw NumericalError("character table: a multiplicity of an eigenvalue passes the degree");
      }
      if (multiplicity == 0) continue;
      total += multiplicity;
      multiplicities[s] = multiplicity;
      used.push_back(s);
    }
    if (total != degree) {
      throw NumericalError("character table: the multiplicities of eigenvalues do not add up to the degree");
    }
  }

 private:
  const PrimeField& field_;
  std::uint32_t order_;
  Scalar factor_;
  std::vector<Scalar> roots_;
  std::vector<Scalar> row_;
};

}  // namespace

std::uint64_t irrational_exponent(const ClassStructure& classes) {
  std::uint64_t result = 1;
  for (std::size_t c = 0; c < classes.count(); ++c) {
    if (!classes.is_rational(c)) result = std::lcm(result, std::uint64_t{classes.orders[c]});
  }
  return result;
}

CharacterRows lift_characters(const PrimeField& field, std::uint64_t roots, std::span<const Scalar> rows,
                              const ClassStructure& classes, const Interrupt& interrupt) {
  const std::size_t k = classes.count();
  const Scalar root = field.root_of_unity(roots);
  const auto galois = classes.galois_classes();
  PowerBases bases;
  std::vector<std::int64_t> coefficients;
  std::vector<std::uint32_t> used;
  // Multiplicities by column and row; one column for each irrational cyclic subgroup.
  std::vector<std::vector<std::vector<CyclotomicTerm>>> irrational(k);
  for (std::size_t c = 0; c < k; ++c) {
    if (galois[c].first != c || classes.is_rational(c)) continue;
    interrupt.poll();
    const std::uint32_t order = classes.orders[c];
    PowerTransform transform(field, field.power(root, roots / order), order);
    const auto powers = classes.powers(c);
    std::vector<Scalar> values(order);
    irrational[c].resize(k);
    for (std::size_t i = 0; i < k; ++i) {
      for (std::uint32_t t = 0; t < order; ++t) values[t] = rows[i * k + powers[t]];
      transform.run(values, rows[i * k], coefficients, used);
      bases.of(order).collect(coefficients, used, irrational[c][i]);
    }
  }
  CharacterRows result(k);
  std::vector<CyclotomicTerm> terms;
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t c = 0; c < k; ++c) {
      const auto [first, exponent] = galois[c];
      if (irrational[first].empty()) {
        result.append_integer(field.symmetric(rows[i * k + c]));
      } else if (first == c) {
        result.append(irrational[c][i]);
      } else {
        const std::uint32_t order = classes.orders[c];
        coefficients.assign(order, 0);
        used.clear();
        for (const CyclotomicTerm& term : irrational[first][i]) {
          used.push_back(static_cast<std::uint32_t>(std::uint64_t{term.exponent} * exponent % order));
          coefficients[used.back()] = term.coefficient;
        }
        terms.clear();
        bases.of(order).collect(coefficients, used, terms);
        result.append(terms);
      }
    }
  }
  return result;
}

}  // namespace peterweyl
