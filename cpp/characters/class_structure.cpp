#include "characters/class_structure.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

namespace peterweyl {
namespace {

// Lists the powers of all classes. `walk` writes the classes of the powers of one; large orders go first,
// because a walk settles the classes of all powers it meets.
template <typename Walk>
void fill_powers(ClassStructure& classes, const Walk& walk) {
  const std::size_t k = classes.count();
  classes.power_starts.assign(k + 1, 0);
  for (std::size_t c = 0; c < k; ++c) {
    classes.power_starts[c + 1] = classes.power_starts[c] + classes.orders[c];
  }
  classes.power_classes.resize(classes.power_starts[k]);
  const auto list = [&](std::size_t c) {
    return std::span(classes.power_classes).subspan(classes.power_starts[c], classes.orders[c]);
  };
  std::vector<std::uint32_t> by_order(k);
  std::iota(by_order.begin(), by_order.end(), 0U);
  std::ranges::stable_sort(by_order, std::greater<>{}, [&](std::uint32_t c) { return classes.orders[c]; });
  std::vector<char> known(k, 0);
  for (const std::uint32_t c : by_order) {
    if (known[c] != 0) continue;
    known[c] = 1;
    const std::span<std::uint32_t> powers = list(c);
    walk(c, powers);
    for (std::size_t t = 0; t < powers.size(); ++t) {
      const std::uint32_t d = powers[t];
      if (std::exchange(known[d], char{1}) != 0) continue;
      std::size_t at = 0;
      for (std::uint32_t& power : list(d)) {
        power = powers[at];
        at = at + t < powers.size() ? at + t : at + t - powers.size();
      }
    }
  }
}

}  // namespace

std::uint32_t ClassStructure::power(std::size_t c, std::int64_t exponent) const {
  const auto order = std::int64_t{orders[c]};
  if (power_rule) return power_rule(c, (exponent % order + order) % order);
  return powers(c)[static_cast<std::size_t>((exponent % order + order) % order)];
}

std::vector<std::uint32_t> ClassStructure::power_map(std::int64_t exponent) const {
  std::vector<std::uint32_t> map(count());
  for (std::size_t c = 0; c < count(); ++c) map[c] = power(c, exponent);
  return map;
}

std::uint64_t ClassStructure::exponent() const {
  std::uint64_t result = 1;
  for (const std::uint32_t order : orders) result = std::lcm(result, std::uint64_t{order});
  return result;
}

bool ClassStructure::is_rational(std::size_t c) const {
  for (std::uint32_t t = 2; t < orders[c]; ++t) {
    if (std::gcd(t, orders[c]) == 1 && power(c, t) != c) return false;
  }
  return true;
}

std::vector<ClassStructure::GaloisClass> ClassStructure::galois_classes() const {
  constexpr std::uint32_t kUnknown = ~0U;
  std::vector<GaloisClass> result(count(), {kUnknown, 1});
  for (std::uint32_t c = 0; c < count(); ++c) {
    if (result[c].first != kUnknown) continue;
    result[c].first = c;
    for (std::uint32_t t = 2; t < orders[c]; ++t) {
      if (std::gcd(t, orders[c]) != 1) continue;
      GaloisClass& image = result[power(c, t)];
      if (image.first == kUnknown) image = {c, t};
    }
  }
  return result;
}

ClassStructure class_structure(const ListedGroup& group) {
  const ConjugacyClasses& classes = group.classes();
  ClassStructure result;
  result.group_order = group.order();
  result.sizes.assign(classes.sizes.begin(), classes.sizes.end());
  result.orders = classes.orders;
  fill_powers(result, [&](std::size_t c, std::span<std::uint32_t> powers) {
    const Element x = classes.representatives[c];
    Element power = group.identity();
    for (std::size_t t = 0; t < powers.size(); ++t) {
      powers[t] = classes.of_element[power];
      if (t + 1 < powers.size()) power = group.multiply(power, x);
    }
  });
  return result;
}

ClassStructure abelian_class_structure(const Group& group) {
  const ConjugacyClasses& classes = group.conjugacy_classes();
  ClassStructure result;
  result.group_order = group.order();
  result.sizes.assign(classes.count(), 1);
  result.orders = classes.orders;
  result.power_rule = [group](std::size_t c, std::int64_t exponent) {
    const ConjugacyClasses& known = group.conjugacy_classes();
    return known.of_element[group.power(known.representatives[c], exponent)];
  };
  return result;
}

ClassStructure class_structure(const LargeConjugacyClasses& classes, const Interrupt& interrupt) {
  ClassStructure result;
  result.group_order = classes.group_order();
  for (std::size_t c = 0; c < classes.count(); ++c) {
    result.sizes.push_back(classes.size(c));
    result.orders.push_back(static_cast<std::uint32_t>(classes.element_order(c)));
  }
  fill_powers(result, [&](std::size_t c, std::span<std::uint32_t> powers) {
    const Permutation& x = classes.representative(c);
    Permutation power = identity_permutation(x.size());
    for (std::size_t t = 0; t < powers.size(); ++t) {
      interrupt.poll();
      powers[t] = t == 1 ? static_cast<std::uint32_t>(c) : classes.identify(power, interrupt);
      if (t + 1 < powers.size()) power = compose(power, x);
    }
  });
  return result;
}

}  // namespace peterweyl
