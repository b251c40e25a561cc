#include "characters/class_structure.hpp"

#include <numeric>
#include <utility>

namespace peterweyl {

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
  for (std::size_t c = 0; c < classes.count(); ++c) {
    result.power_starts.push_back(result.power_classes.size());
    const Element x = classes.representatives[c];
    Element power = group.identity();
    for (std::uint32_t t = 0; t < classes.orders[c]; ++t) {
      result.power_classes.push_back(classes.of_element[power]);
      if (t + 1 < classes.orders[c]) power = group.multiply(power, x);
    }
  }
  result.power_starts.push_back(result.power_classes.size());
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
    const auto order = static_cast<std::uint32_t>(classes.element_order(c));
    result.orders.push_back(order);
    result.power_starts.push_back(result.power_classes.size());
    const Permutation& x = classes.representative(c);
    Permutation power = identity_permutation(x.size());
    for (std::uint32_t t = 0; t < order; ++t) {
      interrupt.poll();
      result.power_classes.push_back(t == 1 ? static_cast<std::uint32_t>(c)
                                            : classes.identify(power, interrupt));
      if (t + 1 < order) power = compose(power, x);
    }
  }
  result.power_starts.push_back(result.power_classes.size());
  return result;
}

}  // namespace peterweyl
