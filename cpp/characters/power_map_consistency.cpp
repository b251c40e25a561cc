#include "characters/power_map_consistency.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "arithmetic/cyclotomic.hpp"
#include "arithmetic/integers.hpp"
#include "arithmetic/power_basis.hpp"

namespace peterweyl {
namespace {

using Terms = std::span<const CyclotomicTerm>;

class PowerMapConsistency {
 public:
  PowerMapConsistency(const ClassStructure& classes, const CharacterRows& rows, const Interrupt& interrupt)
      : classes_(classes), rows_(rows), interrupt_(interrupt), k_(classes.count()), rational_(k_, 1) {
    for (std::size_t i = 0; i < rows.rows(); ++i) {
      for (std::size_t c = 0; c < k_; ++c) {
        for (const CyclotomicTerm& term : rows.terms(i, c)) {
          if (term.exponent != 0) rational_[c] = 0;
        }
      }
    }
  }

  std::string run() {
    const auto galois = classes_.galois_classes();
    for (std::uint32_t c = 0; c < k_; ++c) {
      const auto [first, exponent] = galois[c];
      if (classes_.sizes[c] != classes_.sizes[first]) return "Galois conjugate classes differ in size";
      if (first != c) {
        add_automorphism(first, exponent, c);
        continue;
      }
      if (rational_[c] == 0) {
        for (const std::uint32_t t : stabilizer_generators(c)) add_automorphism(c, t, c);
      }
      for (const auto& [p, multiplicity] : factorize(classes_.orders[c])) {
        congruences_.push_back(
            {c, classes_.power(c, static_cast<std::int64_t>(p)), static_cast<std::int64_t>(p)});
      }
    }
    for (std::size_t i = 0; i < rows_.rows(); ++i) {
      interrupt_.poll();
      for (const Automorphism& check : automorphisms_) {
        if (!holds(check, rows_.terms(i, check.from), rows_.terms(i, check.to))) {
          return check.from == check.to ? "a value is not fixed by automorphisms that fix its class"
                                        : "a value does not agree with the power maps";
        }
      }
      for (const Congruence& check : congruences_) {
        if (!holds(check, rows_.terms(i, check.c), rows_.terms(i, check.power))) {
          return "a value is not congruent to that at a power of its class of prime exponent";
        }
      }
    }
    return {};
  }

 private:
  // Generators of the t with g^t conjugate to g.
  std::vector<std::uint32_t> stabilizer_generators(std::uint32_t c) const {
    const std::uint32_t order = classes_.orders[c];
    std::vector<std::uint32_t> generators;
    std::vector<char> reached(order, 0);
    std::vector<std::uint32_t> group{1 % order};
    reached[1 % order] = 1;
    for (std::uint32_t t = 2; t < order; ++t) {
      if (reached[t] != 0 || classes_.power(c, t) != c || std::gcd(t, order) != 1) continue;
      generators.push_back(t);
      for (std::size_t i = 0; i < group.size(); ++i) {
        for (const std::uint32_t g : generators) {
          const auto product = static_cast<std::uint32_t>(std::uint64_t{group[i]} * g % order);
          if (reached[product] != 0) continue;
          reached[product] = 1;
          group.push_back(product);
        }
      }
    }
    return generators;
  }

  // zeta -> zeta^t takes values in column `from` to those in column `to`, of the same order.
  struct Automorphism {
    std::uint32_t from;
    std::uint32_t t;
    std::uint32_t to;
    std::uint32_t order;
    const PowerBasis* basis;  // none for integers
  };
  // Values in column c go under zeta -> zeta^p to those in column `power`, modulo p.
  struct Congruence {
    std::uint32_t c;
    std::uint32_t power;
    std::int64_t p;
  };

  void add_automorphism(std::uint32_t from, std::uint32_t t, std::uint32_t to) {
    const std::uint32_t order = classes_.orders[from];
    automorphisms_.push_back({from, t, to, order, rational_[from] != 0 ? nullptr : &bases_.of(order)});
  }

  bool holds(const Automorphism& check, Terms value, Terms expected) {
    const std::uint32_t order = check.order;
    if (value.empty() || (value.size() == 1 && value[0].exponent == 0)) {
      if (std::ranges::equal(value, expected)) return true;
      image_.assign(value.begin(), value.end());
    } else {
      if (value.size() == 2 && expected.size() == 2 && holds_for_two(check, value, expected)) return true;
      add(value, order, check.t, 1);
      image_.clear();
      check.basis->collect(coefficients_, used_, image_);
      used_.clear();
      if (std::ranges::equal(image_, expected)) return true;
    }
    // A basis of a large order is not a basis: the canonical form decides.
    return Cyclotomic::from_terms(order, image_) == Cyclotomic::from_terms(order, expected);
  }

  // The same where two roots of unity go to two, as in characters of degree 2.
  static bool holds_for_two(const Automorphism& check, Terms value, Terms expected) {
    std::array<CyclotomicTerm, 2> images;
    for (std::size_t k = 0; k < 2; ++k) {
      images[k] = check.basis->single(
          static_cast<std::uint32_t>(std::uint64_t{value[k].exponent} * check.t % check.order));
      images[k].coefficient *= value[k].coefficient;
    }
    const std::size_t first = images[0].exponent < images[1].exponent ? 0 : 1;
    return images[first] == expected[0] && images[1 - first] == expected[1];
  }

  bool holds(const Congruence& check, Terms value, Terms other) {
    const auto divisible = [&](const CyclotomicTerm& term) { return term.coefficient % check.p == 0; };
    if (rational_[check.c] != 0 && rational_[check.power] != 0) {
      const std::int64_t a = value.empty() ? 0 : value[0].coefficient;
      const std::int64_t b = other.empty() ? 0 : other[0].coefficient;
      return a == b || (a - b) % check.p == 0;
    }
    // zeta_m^p is zeta_(m/p), and m/p is the order of the p-th powers.
    const std::uint32_t order = classes_.orders[check.power];
    add(value, order, 1, 1);
    add(other, order, 1, -1);
    image_.clear();
    bases_.of(order).collect(coefficients_, used_, image_);
    used_.clear();
    if (std::ranges::all_of(image_, divisible)) return true;
    return std::ranges::all_of(Cyclotomic::from_terms(order, image_).terms(), divisible);
  }

  // Adds factor * sum of c_i zeta_order^(t e_i) to the coefficients.
  void add(Terms value, std::uint32_t order, std::uint32_t t, std::int64_t factor) {
    if (coefficients_.size() < order) coefficients_.resize(order, 0);
    for (const auto& [exponent, coefficient] : value) {
      const auto at = static_cast<std::uint32_t>(std::uint64_t{exponent} * t % order);
      if (coefficients_[at] == 0) used_.push_back(at);
      coefficients_[at] += factor * coefficient;
    }
  }

  const ClassStructure& classes_;
  const CharacterRows& rows_;
  const Interrupt& interrupt_;
  std::size_t k_;
  std::vector<char> rational_;  // columns without roots of unity other than 1
  std::vector<Automorphism> automorphisms_;
  std::vector<Congruence> congruences_;
  PowerBases bases_;
  std::vector<std::int64_t> coefficients_;
  std::vector<std::uint32_t> used_;
  std::vector<CyclotomicTerm> image_;
};

}  // namespace

std::string power_map_fault(const ClassStructure& classes, const CharacterRows& rows,
                            const Interrupt& interrupt) {
  return PowerMapConsistency(classes, rows, interrupt).run();
}

}  // namespace peterweyl
