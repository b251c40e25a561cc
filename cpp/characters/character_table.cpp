#include "characters/character_table.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include "arithmetic/roots_of_unity.hpp"
#include "characters/character_verification.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

// Values as doubles, with the roots of unity of each order made once.
class Evaluator {
 public:
  explicit Evaluator(const ClassStructure& classes) {
    for (const std::uint32_t order : classes.orders) {
      columns_.push_back(&tables_.try_emplace(order, order).first->second);
    }
  }

  std::complex<double> operator()(std::span<const CyclotomicTerm> terms, std::size_t column) const {
    std::complex<double> sum = 0.0;
    const RootsOfUnity& roots = *columns_[column];
    for (const auto& [exponent, coefficient] : terms) {
      sum += static_cast<double>(coefficient) * roots[exponent];
    }
    return sum;
  }

 private:
  std::map<std::uint32_t, RootsOfUnity> tables_;
  std::vector<const RootsOfUnity*> columns_;
};

// Rounding in sums of roots must not hide that a coordinate is an integer or a half.
double snapped(double x) {
  constexpr double kTolerance = 1e-11;
  const double half = std::round(2 * x) / 2;
  return std::abs(x - half) < kTolerance ? half + 0.0 : x;
}

}  // namespace

void CharacterRows::append(std::span<const CyclotomicTerm> value) {
  terms_.insert(terms_.end(), value.begin(), value.end());
  starts_.push_back(terms_.size());
}

void CharacterRows::append_integer(std::int64_t value) {
  if (value != 0) terms_.push_back({0, value});
  starts_.push_back(terms_.size());
}

CharacterTable::CharacterTable(ClassStructure classes, CharacterRows rows, std::string method,
                               CharacterOrder order, const Interrupt& interrupt)
    : classes_(std::move(classes)), rows_(std::move(rows)), method_(std::move(method)) {
  const VerifiedFacts facts = verify_characters(classes_, rows_, interrupt);
  order_.resize(count());
  std::iota(order_.begin(), order_.end(), 0U);
  if (order == CharacterOrder::kByCharacter) sort(facts.degrees);
  for (const std::uint32_t row : order_) {
    degrees_.push_back(facts.degrees[row]);
    indicators_.push_back(facts.indicators[row]);
  }
}

CharacterTable::CharacterTable(ClassStructure classes, LinearCharacters characters)
    : classes_(std::move(classes)),
      rows_(1),
      linear_(std::move(characters)),
      degrees_(classes_.count(), 1),
      method_("linear characters by formula") {
  linear_->verify();
  order_.resize(count());
  std::iota(order_.begin(), order_.end(), 0U);
  if (!linear_->has_own_order()) sort(degrees_);
  for (const std::uint32_t row : order_) {
    bool is_real = true;
    for (std::size_t c = 0; c < count() && is_real; ++c) {
      is_real = 2 * linear_->exponent(row, c) % classes_.orders[c] == 0;
    }
    indicators_.push_back(is_real ? 1 : 0);
  }
}

void CharacterTable::sort(std::span<const std::uint64_t> degrees) {
  const Evaluator evaluate(classes_);
  std::ranges::sort(order_, [&](std::uint32_t a, std::uint32_t b) {
    constexpr double kUnit = 1e6;
    if (a == b) return false;
    if (degrees[a] != degrees[b]) return degrees[a] < degrees[b];
    CyclotomicTerm left_scratch;
    CyclotomicTerm right_scratch;
    for (std::size_t c = 0; c < count(); ++c) {
      const auto left = stored_terms(a, c, left_scratch);
      const auto right = stored_terms(b, c, right_scratch);
      if (std::ranges::equal(left, right)) continue;
      const std::complex<double> x = evaluate(left, c);
      const std::complex<double> y = evaluate(right, c);
      const auto real = std::llround(x.real() * kUnit) - std::llround(y.real() * kUnit);
      if (real != 0) return real > 0;
      const auto imaginary = std::llround(x.imag() * kUnit) - std::llround(y.imag() * kUnit);
      if (imaginary != 0) return imaginary > 0;
    }
    return false;
  });
}

Cyclotomic CharacterTable::exact(std::size_t row, std::size_t column) const {
  CyclotomicTerm scratch;
  return Cyclotomic::from_terms(classes_.orders[column], stored_terms(order_[row], column, scratch));
}

std::vector<std::complex<double>> CharacterTable::values() const {
  const std::uint64_t bytes = std::uint64_t{count()} * count() * sizeof(std::complex<double>);
  if (bytes > kValueBytes) {
    throw GroupTooLargeError("values: all values of a table of " + std::to_string(count()) +
                                 " classes take " + std::to_string(bytes >> 20) + " MiB, the limit is " +
                                 std::to_string(kValueBytes >> 20) + " MiB; exact values are made one by one",
                             count(), std::uint64_t{1} << 14);
  }
  const Evaluator evaluate(classes_);
  CyclotomicTerm scratch;
  std::vector<std::complex<double>> result;
  result.reserve(count() * count());
  for (std::size_t i = 0; i < count(); ++i) {
    for (std::size_t c = 0; c < count(); ++c) {
      const std::complex<double> value = evaluate(stored_terms(order_[i], c, scratch), c);
      result.emplace_back(snapped(value.real()), snapped(value.imag()));
    }
  }
  return result;
}

}  // namespace peterweyl
