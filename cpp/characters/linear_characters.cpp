#include "characters/linear_characters.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>
#include <variant>

#include "arithmetic/integers.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

// The orders of the factors of C_n or of a direct product of cyclic groups.
std::optional<std::vector<std::uint32_t>> cyclic_factors(const Group& group) {
  const auto& how = group.construction().how;
  if (const auto* cyclic = std::get_if<Construction::Cyclic>(&how)) return std::vector{cyclic->order};
  const auto* product = std::get_if<Construction::DirectProduct>(&how);
  if (product == nullptr) return std::nullopt;
  std::vector<std::uint32_t> orders;
  for (const Group& factor : product->factors) {
    const auto* cyclic = std::get_if<Construction::Cyclic>(&factor.construction().how);
    if (cyclic == nullptr) return std::nullopt;
    orders.push_back(cyclic->order);
  }
  return orders;
}

}  // namespace

LinearCharacters::LinearCharacters(const Group& group) {
  orders_ = group.conjugacy_classes().orders;
  for (const std::uint32_t order : orders_) exponent_ = std::lcm(exponent_, std::uint64_t{order});
  if (const auto orders = cyclic_factors(group)) {
    from_factors(group, *orders);
  } else {
    from_series(group);
  }
}

// Elements are numbered row-major.
void LinearCharacters::from_factors(const Group& group, const std::vector<std::uint32_t>& orders) {
  has_own_order_ = true;
  generators_ = orders.size();
  digits_.resize(count() * generators_);
  weights_.resize(count() * generators_);
  for (std::size_t c = 0; c < count(); ++c) {
    Element x = group.conjugacy_classes().representatives[c];
    auto frequency = static_cast<std::uint32_t>(c);
    for (std::size_t j = generators_; j-- > 0;) {
      digits_[c * generators_ + j] = x % orders[j];
      weights_[c * generators_ + j] =
          frequency % orders[j] * static_cast<std::uint32_t>(exponent_ / orders[j]);
      x /= orders[j];
      frequency /= orders[j];
    }
  }
  for (const std::uint32_t order : orders) relations_.push_back({order, {}});
}

// Along a chain of subgroups of prime indices, as in any abelian group.
void LinearCharacters::from_series(const Group& group) {
  const ConjugacyClasses& classes = group.conjugacy_classes();
  constexpr std::uint32_t kNone = ~0U;
  std::vector<std::uint32_t> label(group.order(), kNone);
  std::vector<Element> elements{group.identity()};
  label[group.identity()] = 0;
  std::vector<std::uint32_t> primes;
  std::vector<std::uint32_t> powers;  // labels of b_j^(p_j)
  for (const Element first : classes.representatives) {
    while (label[first] == kNone) {
      // A power of the element with a p-th power that lies in the subgroup.
      Element x = first;
      std::uint64_t p = 0;
      for (std::uint64_t order = classes.orders[classes.of_element[x]]; p == 0;) {
        const std::uint64_t q = factorize(order).front().first;
        const Element next = group.power(x, static_cast<std::int64_t>(q));
        if (label[next] != kNone)
          p = q;
        else
          x = next;
        order /= q;
      }
      const auto size = static_cast<std::uint32_t>(elements.size());
      for (std::uint32_t e = 1; e < p; ++e) {
        for (std::uint32_t i = 0; i < size; ++i) {
          const Element y = group.multiply(x, elements[(e - 1) * size + i]);
          label[y] = static_cast<std::uint32_t>(elements.size());
          elements.push_back(y);
        }
      }
      primes.push_back(static_cast<std::uint32_t>(p));
      powers.push_back(label[group.power(x, static_cast<std::int64_t>(p))]);
    }
  }
  generators_ = primes.size();
  const auto digits_of = [&](std::uint32_t value) {
    std::vector<std::uint32_t> digits;
    for (const std::uint32_t p : primes) {
      digits.push_back(value % p);
      value /= p;
    }
    return digits;
  };
  for (const Element x : classes.representatives) {
    const auto digits = digits_of(label[x]);
    digits_.insert(digits_.end(), digits.begin(), digits.end());
  }
  for (std::size_t j = 0; j < generators_; ++j) relations_.push_back({primes[j], digits_of(powers[j])});
  // The p_j extensions to each generator in turn.
  std::vector<std::vector<std::uint32_t>> rows{{}};
  for (std::size_t j = 0; j < generators_; ++j) {
    std::vector<std::vector<std::uint32_t>> extended;
    for (const auto& row : rows) {
      std::uint64_t at_power = 0;
      for (std::size_t i = 0; i < j; ++i) at_power += std::uint64_t{relations_[j].exponents[i]} * row[i];
      const std::uint64_t least = at_power % exponent_ / primes[j];
      for (std::uint32_t s = 0; s < primes[j]; ++s) {
        extended.push_back(row);
        extended.back().push_back(static_cast<std::uint32_t>(least + s * (exponent_ / primes[j])));
      }
    }
    rows = std::move(extended);
  }
  for (const auto& row : rows) weights_.insert(weights_.end(), row.begin(), row.end());
}

std::uint32_t LinearCharacters::exponent(std::size_t row, std::size_t column) const {
  std::uint64_t sum = 0;
  for (std::size_t j = 0; j < generators_; ++j) {
    sum += std::uint64_t{digits_[column * generators_ + j]} * weights_[row * generators_ + j];
  }
  return static_cast<std::uint32_t>(sum % exponent_ / (exponent_ / orders_[column]));
}

void LinearCharacters::verify() const {
  const auto fail = [](const char* what) {
    throw NumericalError(std::string("linear characters: ") + what + "; this is a fault of peterweyl");
  };
  if (weights_.size() != count() * generators_ || digits_.size() != weights_.size()) {
    fail("there are not as many as elements");
  }
  std::vector<std::span<const std::uint32_t>> rows;
  std::vector<std::span<const std::uint32_t>> elements;
  for (std::size_t i = 0; i < count(); ++i) {
    rows.push_back(std::span(weights_).subspan(i * generators_, generators_));
    elements.push_back(std::span(digits_).subspan(i * generators_, generators_));
    for (std::size_t j = 0; j < generators_; ++j) {
      std::uint64_t sum = 0;
      for (std::size_t l = 0; l < relations_[j].exponents.size(); ++l) {
        sum += std::uint64_t{relations_[j].exponents[l]} * rows[i][l];
      }
      if ((relations_[j].power * rows[i][j] + exponent_ - sum % exponent_) % exponent_ != 0) {
        fail("a relation does not hold");
      }
    }
  }
  for (auto* list : {&rows, &elements}) {
    const auto less = [](const auto& a, const auto& b) { return std::ranges::lexicographical_compare(a, b); };
    std::ranges::sort(*list, less);
    for (std::size_t i = 1; i < list->size(); ++i) {
      if (!less((*list)[i - 1], (*list)[i])) fail("two are equal");
    }
  }
}

}  // namespace peterweyl
