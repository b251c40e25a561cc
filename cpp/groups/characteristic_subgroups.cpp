#include "groups/characteristic_subgroups.hpp"

#include <algorithm>

#include "arithmetic/integers.hpp"
#include "groups/complements.hpp"
#include "groups/normal_subgroups.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

bool is_power_of(std::uint64_t value, std::uint64_t p) {
  while (value % p == 0) value /= p;
  return value == 1;
}

bool is_abelian(const Group& group, const Subgroup& subgroup) {
  for (const Element a : subgroup.generators()) {
    for (const Element b : subgroup.generators()) {
      if (group.multiply(a, b) != group.multiply(b, a)) return false;
    }
  }
  return true;
}

}  // namespace

Subgroup sylow_subgroup(const Group& group, std::uint64_t p) {
  if (!is_prime(p)) throw ArgumentError("p: expected a prime, got " + std::to_string(p));
  std::uint64_t target = 1;
  for (std::uint64_t rest = group.order(); rest % p == 0; rest /= p) target *= p;
  Subgroup sylow = Subgroup::trivial(group);
  // A p-subgroup that is not Sylow is smaller than its normaliser in a Sylow subgroup.
  for (Element x = 0; sylow.order() < target;) {
    const bool extends = !sylow.contains(x) && is_power_of(group.element_orders()[x], p) &&
                         std::ranges::all_of(sylow.generators(), [&](Element h) {
                           return sylow.contains(group.multiply(group.multiply(group.inverse(x), h), x));
                         });
    if (extends) {
      sylow = sylow.joined(group, std::span(&x, 1));
      x = 0;
    } else {
      ++x;
    }
  }
  return sylow;
}

Subgroup p_core(const Group& group, std::uint64_t p) {
  return normal_core(group, sylow_subgroup(group, p));
}

Subgroup fitting_subgroup(const Group& group) {
  Subgroup result = Subgroup::trivial(group);
  for (const auto& prime : factorize(group.order())) {
    result = result.joined(group, p_core(group, prime.first).generators());
  }
  return result;
}

Subgroup frattini_subgroup(const Group& group) {
  for (const Subgroup& minimal : minimal_normal_subgroups_above(group, Subgroup::trivial(group))) {
    if (!is_abelian(group, minimal) || has_complement(group, minimal)) continue;
    const Quotient quotient = quotient_group(group, minimal);
    const Subgroup above = frattini_subgroup(quotient.group);
    std::vector<Element> generators;
    for (Element x = 0; x < group.order(); ++x) {
      if (above.contains(quotient.of_element[x])) generators.push_back(x);
    }
    return Subgroup::generated(group, generators);
  }
  return Subgroup::trivial(group);
}

}  // namespace peterweyl
