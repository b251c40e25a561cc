#include "groups/extension_choice.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "groups/fingerprint.hpp"

namespace peterweyl {
namespace {

bool is_power_of(std::uint64_t value, std::uint64_t prime) {
  while (value % prime == 0) value /= prime;
  return value == 1;
}

ElementSubgroup trivial_subgroup(const CayleyTable& table) {
  return {{}, {table.identity()}};
}

void add(const CayleyTable& table, ElementSubgroup& subgroup, Element x) {
  if (subgroup.contains(x)) return;
  subgroup.generators.push_back(x);
  subgroup.elements = table.subgroup(subgroup.generators);
}

// The smallest normal subgroup that contains the normal subgroup `start` and x.
ElementSubgroup normal_closure(const Group& group, ElementSubgroup start, Element x) {
  const CayleyTable& table = group.table();
  add(table, start, x);
  for (std::size_t i = 0; i < start.generators.size(); ++i) {
    const Element y = start.generators[i];
    for (const Element g : group.generators()) add(table, start, table(table(table.inverse(g), y), g));
  }
  return start;
}

// The last non-trivial term of the series P_1 = P, P_(i+1) = [P_i, P] P_i^p.
std::vector<Element> last_central_term(const CayleyTable& table, const ElementSubgroup& core,
                                       std::uint32_t prime) {
  std::vector<Element> term = core.elements;
  for (;;) {
    ElementSubgroup next = trivial_subgroup(table);
    for (const Element x : term) {
      Element power = table.identity();
      for (std::uint32_t e = 0; e < prime; ++e) power = table(power, x);
      add(table, next, power);
      for (const Element y : core.generators) {
        add(table, next, table(table.inverse(table(y, x)), table(x, y)));
      }
    }
    if (next.is_trivial()) return term;
    term = std::move(next.elements);
  }
}

// What no isomorphism changes about a set of elements: its size and the colours in it.
std::pair<std::size_t, std::uint64_t> invariant_of(std::span<const Element> elements,
                                                   const ConjugacyClasses& classes,
                                                   const ClassColours& colours) {
  std::uint64_t sum = 0;
  for (const Element x : elements) {
    const std::uint64_t colour = colours.of_class[classes.of_element[x]];
    sum += (colour ^ (colour >> 31)) * 0x9e3779b97f4a7c15ULL;
  }
  return {elements.size(), sum};
}

}  // namespace

bool ElementSubgroup::contains(Element x) const {
  return std::ranges::binary_search(elements, x);
}

ElementSubgroup prime_core(const Group& group, std::uint64_t prime) {
  const ConjugacyClasses& classes = group.conjugacy_classes();
  ElementSubgroup core = trivial_subgroup(group.table());
  for (std::size_t c = 0; c < classes.count(); ++c) {
    if (!is_power_of(classes.orders[c], prime) || core.contains(classes.representatives[c])) continue;
    ElementSubgroup larger = normal_closure(group, core, classes.representatives[c]);
    if (is_power_of(larger.elements.size(), prime)) core = std::move(larger);
  }
  return core;
}

ExtensionChoice judge_extension(const Group& group, const ElementSubgroup& core, Element module_size,
                                std::uint32_t prime) {
  using Verdict = ExtensionChoice::Verdict;
  const std::vector<Element> last = last_central_term(group.table(), core, prime);
  // M is minimal normal: one of its elements lies in L if and only if all do.
  if (!std::ranges::binary_search(last, Element{1})) return {Verdict::kOther};
  if (last.size() == module_size) return {Verdict::kOnly};

  const ConjugacyClasses& classes = group.conjugacy_classes();
  const ClassColours colours = class_colours(group);
  std::vector<Element> module(module_size);
  std::iota(module.begin(), module.end(), Element{0});
  const auto own = invariant_of(module, classes, colours);
  std::vector<std::vector<Element>> ties;
  for (const Element x : last) {
    if (x == group.identity() || classes.representatives[classes.of_element[x]] != x) continue;
    std::vector<Element> rival = normal_closure(group, trivial_subgroup(group.table()), x).elements;
    // A larger closure comes later even where it is not minimal, so it need not be looked at.
    if (rival.size() > module_size) continue;
    const auto other = invariant_of(rival, classes, colours);
    if (other < own) return {Verdict::kOther};
    if (other == own && std::ranges::find(ties, rival) == ties.end()) ties.push_back(std::move(rival));
  }
  if (ties.size() == 1) return {Verdict::kOnly};
  return {Verdict::kTied, colours.fingerprint};
}

}  // namespace peterweyl
