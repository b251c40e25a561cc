#include "characters/induce_and_reduce.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <utility>

#include "arithmetic/lattice_reduction.hpp"
#include "arithmetic/prime_field.hpp"
#include "characters/modular_lifting.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

using Scalar = PrimeField::Scalar;
constexpr std::size_t kPrimes = 2;
// The values of a class function modulo both primes.
using Values = std::array<std::vector<Scalar>, kPrimes>;

class InduceAndReduce {
 public:
  InduceAndReduce(const ClassStructure& classes, std::span<const std::vector<std::int64_t>> known,
                  const Interrupt& interrupt)
      : classes_(classes),
        known_(known),
        interrupt_(interrupt),
        k_(classes.count()),
        roots_(classes.exponent()),
        fields_(primes(roots_)),
        inverses_(classes.power_map(-1)) {
    for (std::size_t f = 0; f < kPrimes; ++f) {
      const PrimeField& field = fields_[f];
      const Scalar inverse = field.inverse(field.residue(classes.group_order));
      for (const std::uint64_t size : classes.sizes) {
        weights_[f].push_back(field.multiply(field.residue(size), inverse));
      }
      root_[f] = field.root_of_unity(roots_);
    }
    inverse_of_first_ = fields_[1].inverse(fields_[0].modulus() % fields_[1].modulus());
  }

  std::optional<CharacterRows> run(const std::function<std::optional<FusedSubgroup>()>& subgroups) {
    add_irreducible(integers(std::vector<std::int64_t>(k_, 1)));
    for (const auto& character : known_) add(integers(character));
    add_induced();
    reduce();
    multiply_until_complete();
    while (irreducibles_.size() < k_) {
      const std::optional<FusedSubgroup> subgroup = subgroups ? subgroups() : std::nullopt;
      if (!subgroup) return std::nullopt;
      const std::size_t before = irreducibles_.size();
      add_induced(*subgroup);
      if (irreducibles_.size() > before) multiply_until_complete();
    }
    std::vector<Scalar> rows;
    for (const Values& chi : irreducibles_) rows.insert(rows.end(), chi[0].begin(), chi[0].end());
    return lift_characters(fields_[0], roots_, rows, classes_, interrupt_);
  }

 private:
  static std::array<PrimeField, kPrimes> primes(std::uint64_t roots) {
    const PrimeField first = PrimeField::with_roots_of_unity(roots);
    return {first, PrimeField::with_roots_of_unity(roots, first.modulus())};
  }

  Values integers(const std::vector<std::int64_t>& values) const {
    Values result;
    for (std::size_t f = 0; f < kPrimes; ++f) {
      for (const std::int64_t value : values) result[f].push_back(fields_[f].residue(value));
    }
    return result;
  }

  // For the conjugate, times the class sizes over the order of the group.
  Values dual(const Values& v) const {
    Values result;
    for (std::size_t f = 0; f < kPrimes; ++f) {
      result[f].resize(k_);
      for (std::size_t c = 0; c < k_; ++c) {
        result[f][c] = fields_[f].multiply(v[f][inverses_[c]], weights_[f][c]);
      }
    }
    return result;
  }

  // The integer <v, w>, by its residues; `w_dual` is that of w.
  std::int64_t product(const Values& v, const Values& w_dual) const {
    const Scalar a = fields_[0].dot(v[0], w_dual[0]);
    const Scalar b = fields_[1].dot(v[1], w_dual[1]);
    const PrimeField& second = fields_[1];
    const Scalar difference = second.subtract(b, second.residue(std::uint64_t{a}));
    const auto p = std::int64_t{fields_[0].modulus()};
    return std::int64_t{a} + p * second.symmetric(second.multiply(difference, inverse_of_first_));
  }

  void add_multiple(Values& v, std::int64_t factor, const Values& w) const {
    for (std::size_t f = 0; f < kPrimes; ++f) fields_[f].add_multiple(v[f], fields_[f].residue(factor), w[f]);
  }

  void remove_known(Values& v) const {
    for (std::size_t i = 0; i < irreducibles_.size(); ++i) {
      const std::int64_t multiplicity = product(v, duals_[i]);
      if (multiplicity != 0) add_multiple(v, -multiplicity, irreducibles_[i]);
    }
  }

  void add_irreducible(Values chi) {
    if (fields_[0].symmetric(chi[0][0]) < 0) {
      Values negative = integers(std::vector<std::int64_t>(k_, 0));
      add_multiple(negative, -1, chi);
      chi = std::move(negative);
    }
    duals_.push_back(dual(chi));
    irreducibles_.push_back(std::move(chi));
  }

  // Adds a virtual character to the generators of the lattice; true unless nothing new is left of it.
  bool add(Values v) {
    remove_known(v);
    const Values own = dual(v);
    const std::int64_t norm = product(v, own);
    if (norm == 0) return false;
    if (norm == 1) {
      split_off(std::move(v));
      return true;
    }
    std::vector<std::int64_t> row;
    for (std::size_t i = 0; i < basis_.size(); ++i) {
      row.push_back(product(basis_[i], own));
      gram_[i].push_back(row.back());
    }
    row.push_back(norm);
    gram_.push_back(std::move(row));
    basis_.push_back(std::move(v));
    return true;
  }

  // Takes an irreducible character out of all generators.
  void split_off(Values chi) {
    add_irreducible(std::move(chi));
    const Values& found = irreducibles_.back();
    std::vector<std::int64_t> products;
    for (Values& v : basis_) {
      products.push_back(product(v, duals_.back()));
      if (products.back() != 0) add_multiple(v, -products.back(), found);
    }
    for (std::size_t i = 0; i < basis_.size(); ++i) {
      for (std::size_t j = 0; j < basis_.size(); ++j) gram_[i][j] -= products[i] * products[j];
    }
  }

  void reduce() {
    LatticeReduction reduction(
        gram_,
        [&](std::size_t i, std::int64_t factor, std::size_t j) {
          add_multiple(basis_[i], factor, basis_[j]);
        },
        [&](std::size_t i, std::size_t j) { std::swap(basis_[i], basis_[j]); },
        [&](std::size_t i) { basis_.erase(basis_.begin() + static_cast<std::ptrdiff_t>(i)); });
    while (!reduction.run(interrupt_)) {
      std::size_t unit = 0;
      while (gram_[unit][unit] != 1) ++unit;
      Values chi = std::move(basis_[unit]);
      basis_.erase(basis_.begin() + static_cast<std::ptrdiff_t>(unit));
      gram_.erase(gram_.begin() + static_cast<std::ptrdiff_t>(unit));
      for (auto& row : gram_) row.erase(row.begin() + static_cast<std::ptrdiff_t>(unit));
      split_off(std::move(chi));
    }
  }

  // All characters induced from the maximal cyclic subgroups, small ones first.
  void add_induced() {
    std::vector<char> is_power(k_, 0);
    for (std::size_t c = 0; c < k_; ++c) {
      for (std::uint32_t t = 2; t < classes_.orders[c]; ++t) {
        const std::uint32_t power = classes_.powers(c)[t];
        if (classes_.orders[power] < classes_.orders[c]) is_power[power] = 1;
      }
    }
    const auto galois = classes_.galois_classes();
    std::vector<std::uint32_t> maximal;
    for (std::uint32_t c = 1; c < k_; ++c) {
      if (is_power[c] == 0 && galois[c].first == c) maximal.push_back(c);
    }
    std::ranges::stable_sort(maximal, std::greater<>{}, [&](std::uint32_t c) { return classes_.orders[c]; });
    for (const std::uint32_t c : maximal) {
      // lambda and its images under automorphisms of the cyclic group that are inner in the whole group
      // induce alike.
      const std::uint32_t order = classes_.orders[c];
      std::vector<char> seen(order, 0);
      for (std::uint32_t j = 0; j < order; ++j) {
        if (seen[j] != 0) continue;
        for (std::uint32_t t = 1; t < order; ++t) {
          if (classes_.powers(c)[t] == c) seen[std::uint64_t{j} * t % order] = 1;
        }
        interrupt_.poll();
        add(induced(c, j));
        if (irreducibles_.size() == k_) return;
        if (basis_.size() > kBatch + rank_) {
          reduce();
          rank_ = basis_.size();
        }
      }
    }
  }

  // From the cyclic group of an element g of class c, the character that takes g to zeta^exponent.
  Values induced(std::uint32_t c, std::uint32_t exponent) const {
    const std::uint32_t order = classes_.orders[c];
    const auto powers = classes_.powers(c);
    Values result;
    for (std::size_t f = 0; f < kPrimes; ++f) {
      const PrimeField& field = fields_[f];
      std::vector<Scalar>& values = result[f];
      values.assign(k_, 0);
      const Scalar step = field.power(root_[f], roots_ / order * exponent);
      Scalar root = 1;
      for (std::uint32_t t = 0; t < order; ++t) {
        values[powers[t]] = field.add(values[powers[t]], root);
        root = field.multiply(root, step);
      }
      const Scalar inverse = field.inverse(order % field.modulus());
      for (std::size_t d = 0; d < k_; ++d) {
        if (values[d] == 0) continue;
        values[d] =
            field.multiply(values[d], field.multiply(field.residue(classes_.centralizer_order(d)), inverse));
      }
    }
    return result;
  }

  // All characters induced from a subgroup.
  void add_induced(const FusedSubgroup& subgroup) {
    const std::size_t columns = subgroup.classes.count();
    for (std::size_t i = 0; i < columns; ++i) {
      interrupt_.poll();
      Values v;
      for (std::size_t f = 0; f < kPrimes; ++f) {
        const PrimeField& field = fields_[f];
        v[f].assign(k_, 0);
        for (std::size_t d = 0; d < columns; ++d) {
          const std::uint64_t step = roots_ / subgroup.classes.orders[d];
          Scalar value = 0;
          for (const auto& [exponent, coefficient] : subgroup.rows.terms(i, d)) {
            const Scalar root = exponent == 0 ? 1 : field.power(root_[f], exponent * step);
            value = field.add(value, field.multiply(field.residue(coefficient), root));
          }
          const std::uint32_t c = subgroup.fusion[d];
          const std::uint64_t index = classes_.centralizer_order(c) / subgroup.classes.centralizer_order(d);
          v[f][c] = field.add(v[f][c], field.multiply(value, field.residue(index)));
        }
      }
      add(std::move(v));
      if (irreducibles_.size() == k_) return;
      if (basis_.size() > kBatch + rank_) {
        reduce();
        rank_ = basis_.size();
      }
    }
    reduce();
    rank_ = basis_.size();
  }

  Values multiplied(const Values& v, const Values& w) const {
    Values result;
    for (std::size_t f = 0; f < kPrimes; ++f) {
      result[f].resize(k_);
      for (std::size_t c = 0; c < k_; ++c) result[f][c] = fields_[f].multiply(v[f][c], w[f][c]);
    }
    return result;
  }

  // (v^2 + psi^2 v)/2.
  Values symmetric_square(const Values& v) const {
    Values result = multiplied(v, v);
    for (std::size_t f = 0; f < kPrimes; ++f) {
      const Scalar half = fields_[f].inverse(2);
      for (std::size_t c = 0; c < k_; ++c) {
        result[f][c] = fields_[f].multiply(fields_[f].add(result[f][c], v[f][classes_.power(c, 2)]), half);
      }
    }
    return result;
  }

  // Enlarges the lattice by symmetric squares and products of irreducible characters, low degrees first,
  // until it holds all irreducible ones or none of this helps.
  void multiply_until_complete() {
    std::vector<std::pair<std::size_t, std::size_t>> done;
    for (bool progress = true; progress && irreducibles_.size() < k_;) {
      progress = false;
      std::vector<std::size_t> by_degree(irreducibles_.size());
      std::iota(by_degree.begin(), by_degree.end(), std::size_t{0});
      std::ranges::sort(by_degree, {}, [&](std::size_t i) { return irreducibles_[i][0][0]; });
      for (std::size_t sum = 0; sum < 2 * by_degree.size() && !progress; ++sum) {
        for (std::size_t a = sum / 2 + 1; a-- > 0 && !progress;) {
          const std::size_t b = sum - a;
          if (b >= by_degree.size()) break;
          const std::pair pair = std::minmax(by_degree[a], by_degree[b]);
          if (std::ranges::find(done, std::pair{pair.first, pair.second}) != done.end()) continue;
          done.emplace_back(pair);
          interrupt_.poll();
          const std::size_t before = irreducibles_.size();
          bool added = add(multiplied(irreducibles_[pair.first], irreducibles_[pair.second]));
          if (pair.first == pair.second) added = add(symmetric_square(irreducibles_[pair.first])) || added;
          if (added) reduce();
          progress = irreducibles_.size() > before;
        }
      }
    }
  }

  static constexpr std::size_t kBatch = 8;
  const ClassStructure& classes_;
  std::span<const std::vector<std::int64_t>> known_;
  const Interrupt& interrupt_;
  std::size_t k_;
  std::uint64_t roots_;
  std::array<PrimeField, kPrimes> fields_;
  std::vector<std::uint32_t> inverses_;               // classes
  std::array<std::vector<Scalar>, kPrimes> weights_;  // class sizes over the order of the group
  std::array<Scalar, kPrimes> root_{};
  Scalar inverse_of_first_ = 0;  // of the first prime modulo the second
  std::vector<Values> irreducibles_;
  std::vector<Values> duals_;
  std::vector<Values> basis_;
  std::vector<std::vector<std::int64_t>> gram_;
  std::size_t rank_ = 0;
};

}  // namespace

std::optional<CharacterRows> induce_and_reduce(const ClassStructure& classes,
                                               std::span<const std::vector<std::int64_t>> known,
                                               const std::function<std::optional<FusedSubgroup>()>& subgroups,
                                               const Interrupt& interrupt) {
  return InduceAndReduce(classes, known, interrupt).run(subgroups);
}

}  // namespace peterweyl
