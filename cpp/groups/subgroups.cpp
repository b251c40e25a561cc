#include "groups/subgroups.hpp"

#include <algorithm>
#include <utility>

#include "support/error.hpp"

namespace peterweyl {
namespace {

Element commutator(const Group& group, Element a, Element b) {
  return group.multiply(group.multiply(group.inverse(a), group.inverse(b)), group.multiply(a, b));
}

Element conjugate(const Group& group, Element x, Element by) {
  return group.multiply(group.multiply(group.inverse(by), x), by);
}

// Both kinds of cosets by one walk over the elements in ascending order.
template <typename Product>
Cosets cosets(const Group& group, const Subgroup& subgroup, Product product) {
  const Element n = group.order();
  Cosets result;
  result.of_element.assign(n, n);
  for (Element x = 0; x < n; ++x) {
    if (result.of_element[x] != n) continue;
    const auto number = static_cast<Element>(result.transversal.size());
    result.transversal.push_back(x);
    for (const Element h : subgroup.elements()) result.of_element[product(x, h)] = number;
  }
  return result;
}

}  // namespace

Subgroup Subgroup::generated(const Group& group, std::span<const Element> generators) {
  group.check_listed("subgroups by their elements");
  Subgroup result;
  result.mask_.assign(group.order(), 0);
  result.elements_ = {group.identity()};
  result.mask_[group.identity()] = 1;
  return result.joined(group, generators);
}

Subgroup Subgroup::whole(const Group& group) {
  return generated(group, group.generators());
}

bool Subgroup::contains(const Subgroup& other) const {
  return std::ranges::all_of(other.generators_, [this](Element g) { return contains(g); });
}

Subgroup Subgroup::joined(const Group& group, std::span<const Element> more) const {
  Subgroup result = *this;
  for (const Element g : more) {
    if (result.contains(g)) continue;
    // Dimino's step: the new subgroup is a union of cosets H*r of what is there, found by multiplying
    // representatives.
    result.generators_.push_back(g);
    const std::vector<Element> base = result.elements_;
    std::vector<Element> representatives{group.identity()};
    for (std::size_t i = 0; i < representatives.size(); ++i) {
      for (const Element s : result.generators_) {
        const Element r = group.multiply(representatives[i], s);
        if (result.contains(r)) continue;
        representatives.push_back(r);
        for (const Element h : base) {
          const Element x = group.multiply(h, r);
          result.mask_[x] = 1;
          result.elements_.push_back(x);
        }
      }
    }
  }
  std::ranges::sort(result.elements_);
  return result;
}

Subgroup normal_closure(const Group& group, std::span<const Element> elements) {
  Subgroup closure = Subgroup::generated(group, elements);
  for (std::size_t i = 0; i < closure.generators().size(); ++i) {
    for (const Element g : group.generators()) {
      const Element x = conjugate(group, closure.generators()[i], g);
      if (!closure.contains(x)) closure = closure.joined(group, std::span(&x, 1));
    }
  }
  return closure;
}

Subgroup commutator_subgroup(const Group& group, const Subgroup& left, const Subgroup& right) {
  std::vector<Element> commutators;
  for (const Element a : left.generators()) {
    for (const Element b : right.generators()) commutators.push_back(commutator(group, a, b));
  }
  return normal_closure(group, commutators);
}

bool is_normal(const Group& group, const Subgroup& subgroup) {
  for (const Element h : subgroup.generators()) {
    for (const Element g : group.generators()) {
      if (!subgroup.contains(conjugate(group, h, g))) return false;
    }
  }
  return true;
}

Subgroup normalizer(const Group& group, const Subgroup& subgroup) {
  Subgroup result = subgroup;
  for (Element g = 0; g < group.order(); ++g) {
    if (result.contains(g)) continue;
    const bool normalises = std::ranges::all_of(
        subgroup.generators(), [&](Element h) { return subgroup.contains(conjugate(group, h, g)); });
    if (normalises) result = result.joined(group, std::span(&g, 1));
  }
  return result;
}

Subgroup centralizer(const Group& group, std::span<const Element> elements) {
  Subgroup result = Subgroup::trivial(group);
  for (Element g = 0; g < group.order(); ++g) {
    if (result.contains(g)) continue;
    const bool commutes = std::ranges::all_of(
        elements, [&](Element x) { return group.multiply(x, g) == group.multiply(g, x); });
    if (commutes) result = result.joined(group, std::span(&g, 1));
  }
  return result;
}

Subgroup intersection(const Group& group, const Subgroup& left, const Subgroup& right) {
  Subgroup result = Subgroup::trivial(group);
  for (const Element x : left.elements()) {
    if (right.contains(x) && !result.contains(x)) result = result.joined(group, std::span(&x, 1));
  }
  return result;
}

Subgroup normal_core(const Group& group, const Subgroup& subgroup) {
  // x lies in the core exactly when its class lies in the subgroup.
  const ConjugacyClasses& classes = group.conjugacy_classes();
  std::vector<Element> inside(classes.count(), 0);
  for (const Element x : subgroup.elements()) ++inside[classes.of_element[x]];
  Subgroup result = Subgroup::trivial(group);
  for (const Element x : subgroup.elements()) {
    const std::uint32_t c = classes.of_element[x];
    if (inside[c] == classes.sizes[c] && !result.contains(x)) result = result.joined(group, std::span(&x, 1));
  }
  return result;
}

Cosets left_cosets(const Group& group, const Subgroup& subgroup) {
  return cosets(group, subgroup, [&](Element x, Element h) { return group.multiply(x, h); });
}

Cosets right_cosets(const Group& group, const Subgroup& subgroup) {
  return cosets(group, subgroup, [&](Element x, Element h) { return group.multiply(h, x); });
}

Quotient quotient_group(const Group& group, const Subgroup& normal) {
  if (!is_normal(group, normal)) {
    throw ArgumentError("normal: expected a normal subgroup, got one of order " +
                        std::to_string(normal.order()) + " that is not normal");
  }
  Cosets found = left_cosets(group, normal);
  CayleyTable table =
      CayleyTable::from_product_no_checks(found.transversal.size(), [&](Element a, Element b) {
        return found.of_element[group.multiply(found.transversal[a], found.transversal[b])];
      });
  return {Group(std::move(table)), std::move(found.of_element)};
}

Group as_group(const Group& group, const Subgroup& subgroup) {
  std::vector<Element> label(group.order(), 0);
  for (Element k = 0; k < subgroup.order(); ++k) label[subgroup.elements()[k]] = k;
  const auto elements = subgroup.elements();
  return Group(CayleyTable::from_product_no_checks(subgroup.order(), [&](Element a, Element b) {
    return label[group.multiply(elements[a], elements[b])];
  }));
}

}  // namespace peterweyl
