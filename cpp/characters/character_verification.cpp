#include "characters/character_verification.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <numeric>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>

#include "arithmetic/integers.hpp"
#include "arithmetic/prime_field.hpp"
#include "characters/power_map_consistency.hpp"
#include "support/error.hpp"
#include "support/random.hpp"

namespace peterweyl {
namespace {

using Scalar = PrimeField::Scalar;

[[noreturn]] void fail(const std::string& what) {
  throw NumericalError("character table: " + what + "; this is a fault of peterweyl");
}

// The methods take primes from the top of the range.
constexpr std::uint64_t kVerificationLimit = (std::uint64_t{1} << 31) - (std::uint64_t{1} << 28);

class Verification {
 public:
  Verification(const ClassStructure& classes, const CharacterRows& rows, const Interrupt& interrupt)
      : classes_(classes),
        rows_(rows),
        interrupt_(interrupt),
        k_(classes.count()),
        irrational_(irrational_columns()),
        exponent_(exponent()),
        field_(prime(kVerificationLimit)),
        inverses_(classes.power_map(-1)) {}

  VerifiedFacts run() {
    if (rows_.rows() != k_) {
      fail(std::to_string(rows_.rows()) + " characters for " + std::to_string(k_) + " classes");
    }
    VerifiedFacts facts;
    facts.degrees = degrees();
    const std::string fault = power_map_fault(classes_, rows_, interrupt_);
    if (!fault.empty()) fail(fault);
    evaluate();
    check_orthogonality();
    facts.indicators = indicators(facts.degrees);
    // One prime more until their product passes what an inner product can be.
    const double bound = norm_bound();
    for (double product = field_.modulus(); product <= bound; product *= field_.modulus()) {
      field_ = prime(field_.modulus());
      evaluate();
      check_orthogonality();
    }
    return facts;
  }

 private:
  // Columns in which roots of unity other than 1 are written.
  std::vector<char> irrational_columns() const {
    std::vector<char> result(k_, 0);
    for (std::size_t i = 0; i < rows_.rows(); ++i) {
      for (std::size_t c = 0; c < k_; ++c) {
        for (const CyclotomicTerm& term : rows_.terms(i, c)) {
          if (term.exponent >= classes_.orders[c]) fail("an exponent passes the order of its class");
          if (term.exponent != 0) result[c] = 1;
        }
      }
    }
    return result;
  }

  std::uint64_t exponent() const {
    std::uint64_t result = 1;
    for (std::size_t c = 0; c < k_; ++c) {
      if (irrational_[c] != 0) result = std::lcm(result, std::uint64_t{classes_.orders[c]});
    }
    return result;
  }

  PrimeField prime(std::uint64_t limit) const {
    PrimeField field = PrimeField::with_roots_of_unity(exponent_, limit);
    while (classes_.group_order % field.modulus() == 0) {
      field = PrimeField::with_roots_of_unity(exponent_, field.modulus());
    }
    return field;
  }

  // At least |G| <chi, psi> for all rows, by the sums of the absolute values of coefficients.
  double norm_bound() const {
    constexpr double kMargin = 1.01;  // far more than what rounding can do
    double bound = static_cast<double>(classes_.group_order);
    for (std::size_t i = 0; i < k_; ++i) {
      double norm = 0;
      for (std::size_t c = 0; c < k_; ++c) {
        double size = 0;
        for (const CyclotomicTerm& term : rows_.terms(i, c)) {
          size += std::abs(static_cast<double>(term.coefficient));
        }
        norm += static_cast<double>(classes_.sizes[c]) * size * size;
      }
      bound = std::max(bound, norm);
    }
    return kMargin * bound;
  }

  std::vector<std::uint64_t> degrees() const {
    std::vector<std::uint64_t> result;
    std::uint64_t squares = 0;
    for (std::size_t i = 0; i < k_; ++i) {
      const auto terms = rows_.terms(i, 0);
      if (terms.size() != 1 || terms[0].coefficient <= 0) fail("a degree is not a positive integer");
      const auto degree = static_cast<std::uint64_t>(terms[0].coefficient);
      if (classes_.group_order % degree != 0) fail("a degree does not divide the order");
      squares += degree * degree;
      result.push_back(degree);
    }
    if (squares != classes_.group_order) fail("the squares of the degrees do not add up to the order");
    return result;
  }

  Scalar value(std::span<const CyclotomicTerm> terms, const std::vector<Scalar>* roots) const {
    Scalar sum = 0;
    for (const auto& [exponent, coefficient] : terms) {
      const Scalar root = exponent == 0 ? 1 : (*roots)[exponent];
      if (coefficient == 1) {
        sum = field_.add(sum, root);
      } else if (coefficient == -1) {
        sum = field_.subtract(sum, root);
      } else {
        sum = field_.add(sum, field_.multiply(field_.residue(coefficient), root));
      }
    }
    return sum;
  }

  void evaluate() {
    const Scalar root = field_.root_of_unity(exponent_);
    std::map<std::uint32_t, std::vector<Scalar>> roots;  // by order
    std::vector<const std::vector<Scalar>*> of_column(k_, nullptr);
    for (std::size_t c = 0; c < k_; ++c) {
      if (irrational_[c] == 0) continue;
      const std::uint32_t order = classes_.orders[c];
      std::vector<Scalar>& powers = roots[order];
      if (powers.empty()) {
        const Scalar step = field_.power(root, exponent_ / order);
        powers.assign(order, 1);
        for (std::size_t t = 1; t < order; ++t) powers[t] = field_.multiply(powers[t - 1], step);
      }
      of_column[c] = &powers;
    }
    values_.resize(k_ * k_);
    for (std::size_t i = 0; i < k_; ++i) {
      for (std::size_t c = 0; c < k_; ++c) values_[i * k_ + c] = value(rows_.terms(i, c), of_column[c]);
    }
  }

  // Rows that power maps take to each other have the same inner products with the set of all rows, because
  // the maps permute the columns and keep their sizes: one row of each orbit is enough.
  void check_orthogonality() const {
    std::vector<Scalar> weights;
    for (const std::uint64_t size : classes_.sizes) weights.push_back(field_.residue(size));
    const Scalar order = field_.residue(classes_.group_order);
    std::vector<Scalar> weighted(k_);  // the conjugate of a row, times the class sizes
    const std::vector<char> is_first = orbit_representatives();
    for (std::size_t i = 0; i < k_; ++i) {
      if (is_first[i] == 0) continue;
      interrupt_.poll();
      for (std::size_t c = 0; c < k_; ++c) {
        weighted[c] = field_.multiply(values_[i * k_ + inverses_[c]], weights[c]);
      }
      // Of two rows that stand for their orbits one product is enough.
      for (std::size_t j = 0; j < k_; ++j) {
        if (j < i && is_first[j] != 0) continue;
        const Scalar product = field_.dot(weighted, row(j));
        if (product != (i == j ? order : 0)) {
          fail(i == j ? "a character is not of norm 1" : "two characters are not orthogonal");
        }
      }
    }
  }

  std::span<const Scalar> row(std::size_t i) const { return std::span(values_).subspan(i * k_, k_); }

  // One row of each orbit under the power maps that permute the rows, which is checked entry by entry.
  std::vector<char> orbit_representatives() const {
    constexpr std::size_t kWorthwhile = 48;
    constexpr std::uint64_t kLargestExponent = 1 << 16;
    std::vector<char> is_first(k_, 1);
    const std::uint64_t exponent = classes_.exponent();
    if (k_ < kWorthwhile || exponent_ == 1 || exponent > kLargestExponent) return is_first;
    Random random(1);
    std::vector<Scalar> key(k_);
    for (Scalar& x : key) x = static_cast<Scalar>(random.below(field_.modulus()));
    std::unordered_map<Scalar, std::uint32_t> by_hash;
    for (std::uint32_t i = 0; i < k_; ++i) by_hash.emplace(field_.dot(row(i), key), i);
    std::vector<std::uint32_t> root(k_);
    std::iota(root.begin(), root.end(), 0U);
    const auto find = [&](std::uint32_t i) {
      while (root[i] != i) i = root[i] = root[root[i]];
      return i;
    };
    std::vector<std::uint32_t> image(k_);
    std::vector<Scalar> moved_key(k_);
    for (const std::uint64_t t : unit_generators(exponent)) {
      interrupt_.poll();
      const auto map = classes_.power_map(static_cast<std::int64_t>(t));
      if (!keeps_sizes(map)) continue;
      for (std::size_t c = 0; c < k_; ++c) moved_key[map[c]] = key[c];
      bool permutes = true;
      for (std::uint32_t i = 0; i < k_ && permutes; ++i) {
        const auto found = by_hash.find(field_.dot(row(i), moved_key));
        permutes = found != by_hash.end();
        if (!permutes) break;
        image[i] = found->second;
        const auto from = row(i);
        const auto to = row(image[i]);
        for (std::size_t c = 0; c < k_ && permutes; ++c) permutes = to[c] == from[map[c]];
      }
      if (!permutes) continue;
      for (std::uint32_t i = 0; i < k_; ++i) root[find(i)] = find(image[i]);
    }
    for (std::uint32_t i = 0; i < k_; ++i) is_first[i] = static_cast<char>(find(i) == i);
    return is_first;
  }

  // A permutation of the classes between classes of one size.
  bool keeps_sizes(const std::vector<std::uint32_t>& map) const {
    std::vector<char> hit(k_, 0);
    for (std::size_t c = 0; c < k_; ++c) {
      if (classes_.sizes[map[c]] != classes_.sizes[c] || std::exchange(hit[map[c]], char{1}) != 0)
        return false;
    }
    return true;
  }

  // Generators of the units modulo m.
  static std::vector<std::uint64_t> unit_generators(std::uint64_t m) {
    std::vector<std::uint64_t> generators;
    std::vector<char> reached(m, 0);
    std::vector<std::uint64_t> units{1 % m};
    reached[1 % m] = 1;
    for (std::uint64_t t = 2; t < m; ++t) {
      if (reached[t] != 0 || std::gcd(t, m) != 1) continue;
      generators.push_back(t);
      for (std::size_t i = 0; i < units.size(); ++i) {
        for (const std::uint64_t g : generators) {
          const std::uint64_t product = units[i] * g % m;
          if (std::exchange(reached[product], char{1}) == 0) units.push_back(product);
        }
      }
    }
    return generators;
  }

  // nu_r of every row: the mean of chi(g^r).
  std::vector<Scalar> indicators_of(std::uint64_t r) const {
    std::vector<Scalar> weights(k_, 0);
    for (std::size_t c = 0; c < k_; ++c) {
      Scalar& weight = weights[classes_.power(c, static_cast<std::int64_t>(r))];
      weight = field_.add(weight, field_.residue(classes_.sizes[c]));
    }
    const Scalar inverse = field_.inverse(field_.residue(classes_.group_order));
    std::vector<Scalar> result(k_);
    for (std::size_t i = 0; i < k_; ++i) {
      result[i] = field_.multiply(field_.dot(std::span(values_).subspan(i * k_, k_), weights), inverse);
    }
    return result;
  }

  std::vector<int> indicators(const std::vector<std::uint64_t>& degrees) const {
    std::vector<int> result(k_, 0);
    auto primes = factorize(classes_.group_order);
    if (primes.empty() || primes[0].first != 2) primes.insert(primes.begin(), {2, 0});
    for (const auto& [r, exponent] : primes) {
      const std::vector<Scalar> found = indicators_of(r);
      Scalar sum = 0;
      for (std::size_t i = 0; i < k_; ++i) {
        sum = field_.add(sum, field_.multiply(found[i], field_.residue(degrees[i])));
        if (r != 2) continue;
        const std::int64_t indicator = field_.symmetric(found[i]);
        if (indicator < -1 || indicator > 1) fail("a Frobenius-Schur indicator is not -1, 0 or 1");
        if ((indicator != 0) != is_real(i)) fail("a Frobenius-Schur indicator disagrees with its character");
        result[i] = static_cast<int>(indicator);
      }
      std::uint64_t solutions = 0;
      for (std::size_t c = 0; c < k_; ++c) {
        if (r % classes_.orders[c] == 0) solutions += classes_.sizes[c];
      }
      if (sum != field_.residue(solutions)) fail("the indicators do not count the roots of the identity");
    }
    return result;
  }

  bool is_real(std::size_t i) const {
    for (std::size_t c = 0; c < k_; ++c) {
      if (values_[i * k_ + c] != values_[i * k_ + inverses_[c]]) return false;
    }
    return true;
  }

  const ClassStructure& classes_;
  const CharacterRows& rows_;
  const Interrupt& interrupt_;
  std::size_t k_;
  std::vector<char> irrational_;
  std::uint64_t exponent_;  // of the roots of unity that occur
  PrimeField field_;
  std::vector<std::uint32_t> inverses_;  // classes
  std::vector<Scalar> values_;           // k x k
};

}  // namespace

VerifiedFacts verify_characters(const ClassStructure& classes, const CharacterRows& rows,
                                const Interrupt& interrupt) {
  return Verification(classes, rows, interrupt).run();
}

}  // namespace peterweyl
