#include "characters/character_methods.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "arithmetic/integers.hpp"
#include "characters/alternating_characters.hpp"
#include "characters/cycle_types.hpp"
#include "characters/dixon_schneider.hpp"
#include "characters/elementary_subgroups.hpp"
#include "characters/induce_and_reduce.hpp"
#include "characters/linear_characters.hpp"
#include "characters/listed_group.hpp"
#include "characters/monomial_characters.hpp"
#include "characters/product_characters.hpp"
#include "characters/symmetric_characters.hpp"
#include "characters/wreath_characters.hpp"
#include "groups/element_enumeration.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

constexpr const char* kProductMethod = "products of the characters of the factors";

// Refuses before anything of size k^2 is allocated.
void check_memory(std::size_t classes) {
  constexpr std::uint64_t kLimit = std::uint64_t{4} << 30;
  constexpr std::uint64_t kBytesAValue = 32;  // a place, a term or two, a residue
  const std::uint64_t bytes = std::uint64_t{classes} * classes * kBytesAValue;
  if (bytes <= kLimit) return;
  const auto largest = static_cast<std::uint64_t>(std::sqrt(static_cast<double>(kLimit / kBytesAValue)));
  throw GroupTooLargeError("character table: " + std::to_string(classes) + " classes take about " +
                               std::to_string(bytes >> 20) + " MiB, the limit is " +
                               std::to_string(kLimit >> 20) + " MiB (" + std::to_string(largest) +
                               " classes)",
                           classes, largest);
}

CharacterTable table_of_listed(const ListedGroup& listed, ClassStructure classes,
                               const Interrupt& interrupt) {
  if (std::optional<CharacterRows> rows = monomial_characters(listed, classes, interrupt)) {
    return {std::move(classes), std::move(*rows), "induced from linear characters of subgroups",
            CharacterOrder::kByCharacter, interrupt};
  }
  CharacterRows rows = dixon_schneider(listed, classes, interrupt);
  return {std::move(classes), std::move(rows), "Dixon-Schneider", CharacterOrder::kByCharacter, interrupt};
}

// The classes of the elements in the order of the classes found without listing them.
ConjugacyClasses listed_classes(const ElementEnumeration& elements, const LargeConjugacyClasses& large,
                                const Interrupt& interrupt) {
  ConjugacyClasses found = conjugacy_classes(elements, interrupt);
  ConjugacyClasses result;
  std::vector<std::uint32_t> rank(found.count());
  for (std::size_t c = 0; c < large.count(); ++c) {
    const Element x = *elements.find(large.representative(c));
    rank[found.of_element[x]] = static_cast<std::uint32_t>(c);
    result.representatives.push_back(x);
    result.sizes.push_back(found.sizes[found.of_element[x]]);
    result.orders.push_back(found.orders[found.of_element[x]]);
  }
  result.of_element = std::move(found.of_element);
  for (std::uint32_t& c : result.of_element) c = rank[c];
  return result;
}

// The classes of a group that is all of the symmetric or of the alternating group on the points it moves.
using NaturalClasses = std::variant<std::vector<Partition>, std::vector<AlternatingClass>>;

CharacterTable table_of_natural(const NaturalClasses& natural, const Interrupt& interrupt) {
  constexpr const char* kMethod = "Murnaghan-Nakayama rule";
  if (const auto* types = std::get_if<std::vector<Partition>>(&natural)) {
    return {symmetric_class_structure(*types), symmetric_characters(*types, interrupt), kMethod,
            CharacterOrder::kByCharacter, interrupt};
  }
  const auto& classes = std::get<std::vector<AlternatingClass>>(natural);
  return {alternating_class_structure(classes), alternating_characters(classes, interrupt), kMethod,
          CharacterOrder::kByCharacter, interrupt};
}

// From a permutation in each class, if a group of this order is one of the two on the points that its
// generators move: A_n from n = 4 on, S_n from n = 3 on, as the others are abelian.
std::optional<NaturalClasses> natural_classes(
    std::uint64_t order, std::span<const Permutation> generators,
    const std::function<std::vector<Permutation>()>& representatives) {
  if (generators.empty()) return std::nullopt;
  std::vector<std::size_t> points;
  for (std::size_t i = 0; i < generators[0].size(); ++i) {
    if (std::ranges::any_of(generators, [i](const Permutation& g) { return g[i] != i; })) points.push_back(i);
  }
  const auto degree = static_cast<std::uint32_t>(points.size());
  if (degree < 3 || degree > kMaximalSymmetricDegree) return std::nullopt;
  const bool is_symmetric = order == factorial(degree);
  if (!is_symmetric && (degree < 4 || 2 * order != factorial(degree))) return std::nullopt;
  std::vector<std::uint16_t> place(generators[0].size(), 0);
  for (std::uint16_t k = 0; k < degree; ++k) place[points[k]] = k;
  std::vector<Partition> types;
  std::vector<AlternatingClass> classes;
  for (const Permutation& x : representatives()) {
    Permutation moved;
    for (const std::size_t point : points) moved.push_back(place[x[point]]);
    if (is_symmetric) {
      types.push_back(cycle_type(moved));
    } else {
      classes.push_back(alternating_class(moved));
    }
  }
  if (is_symmetric) return types;
  return classes;
}

std::vector<Permutation> permutations_of(const Group& group, std::span<const Element> elements) {
  std::vector<Permutation> result;
  for (const Element x : elements) result.push_back(group.permutation(x));
  return result;
}

std::optional<NaturalClasses> natural_classes(const Group& group, const Interrupt& interrupt) {
  const auto& how = group.construction().how;
  const auto* symmetric = std::get_if<Construction::Symmetric>(&how);
  const auto* alternating = std::get_if<Construction::Alternating>(&how);
  const std::uint64_t order = group.exact_order();
  // Groups of permutations that are not listed have their classes in the order in which they were discovered.
  if (order <= Group::kMaximalListedOrder || order > Group::kMaximalNumberedOrder || group.degree() == 0) {
    if (symmetric != nullptr) return symmetric_cycle_types(symmetric->degree);
    if (alternating != nullptr && alternating->degree >= 4) return alternating_classes(alternating->degree);
  }
  if (order > Group::kMaximalNumberedOrder || group.degree() == 0) return std::nullopt;
  return natural_classes(order, permutations_of(group, group.generators()), [&] {
    return permutations_of(group, group.conjugacy_classes(interrupt).representatives);
  });
}

CharacterTable table_of_enumerated(const ElementEnumeration& elements, const ConjugacyClasses& classes,
                                   const Interrupt& interrupt) {
  const auto representatives = [&] {
    std::vector<Permutation> result;
    for (const Element x : classes.representatives) result.push_back(elements.image(x));
    return result;
  };
  const auto generators = elements.chain().generators();
  if (const auto natural = natural_classes(elements.order(), generators, representatives)) {
    return table_of_natural(*natural, interrupt);
  }
  const ListedByEnumeration listed(elements, classes);
  return table_of_listed(listed, class_structure(listed), interrupt);
}

CharacterTable table_by_listing(const StabilizerChain& group, const LargeConjugacyClasses& classes,
                                const Interrupt& interrupt) {
  const std::vector<Permutation> generators(group.generators().begin(), group.generators().end());
  const ElementEnumeration elements =
      enumerate_elements(group.degree(), generators, ElementEnumeration::kDefaultLimit, interrupt);
  const ConjugacyClasses listed = listed_classes(elements, classes, interrupt);
  return table_of_enumerated(elements, listed, interrupt);
}

// The table of a group that is the direct product of what it does on its orbits, if it is.
std::optional<CharacterTable> table_by_orbits(const StabilizerChain& group,
                                              const LargeConjugacyClasses& classes,
                                              const Interrupt& interrupt) {
  std::vector<std::vector<std::uint16_t>> moved;
  for (auto& orbit : orbits(group.degree(), group.generators()).parts()) {
    if (orbit.size() > 1) moved.push_back(std::move(orbit));
  }
  if (moved.size() < 2) return std::nullopt;
  const auto on_orbit = [&](const Permutation& x, std::size_t f) {
    Permutation images;
    for (const std::uint16_t point : moved[f]) {
      const auto place = std::ranges::lower_bound(moved[f], x[point]) - moved[f].begin();
      images.push_back(static_cast<std::uint16_t>(place));
    }
    return images;
  };
  std::vector<StabilizerChain> factors;
  std::uint64_t order = 1;
  for (std::size_t f = 0; f < moved.size(); ++f) {
    std::vector<Permutation> generators;
    for (const Permutation& g : group.generators()) generators.push_back(on_orbit(g, f));
    factors.push_back(StabilizerChain::build(moved[f].size(), generators, interrupt));
    order = saturating_product(order, factors.back().order().value_or(kSaturated));
  }
  if (order != classes.group_order()) return std::nullopt;
  std::vector<CharacterTable> tables;
  std::vector<std::vector<std::uint32_t>> parts(classes.count());
  for (std::size_t f = 0; f < moved.size(); ++f) {
    const auto of_factor = LargeConjugacyClasses::compute(factors[f], interrupt);
    tables.push_back(character_table(factors[f], of_factor, interrupt));
    for (std::size_t c = 0; c < classes.count(); ++c) {
      parts[c].push_back(of_factor.identify(on_orbit(classes.representative(c), f), interrupt));
    }
  }
  ClassStructure structure = class_structure(classes, interrupt);
  CharacterRows rows = product_characters(tables, parts, structure, interrupt);
  return CharacterTable(std::move(structure), std::move(rows), kProductMethod, CharacterOrder::kByCharacter,
                        interrupt);
}

// How many points of each orbit the elements of each class fix.
std::vector<std::vector<std::int64_t>> permutation_characters(const StabilizerChain& group,
                                                              const LargeConjugacyClasses& classes) {
  std::vector<std::vector<std::int64_t>> characters;
  for (const auto& orbit : orbits(group.degree(), group.generators()).parts()) {
    if (orbit.size() == 1) continue;
    std::vector<std::int64_t>& fixed = characters.emplace_back(classes.count(), 0);
    for (std::size_t c = 0; c < classes.count(); ++c) {
      for (const std::uint16_t point : orbit) fixed[c] += classes.representative(c)[point] == point ? 1 : 0;
    }
  }
  return characters;
}

}  // namespace

CharacterTable symmetric_character_table(std::uint32_t degree, const Interrupt& interrupt) {
  if (degree < 1 || degree > kMaximalSymmetricDegree) {
    throw ArgumentError("degree: expected one in 1 ... " + std::to_string(kMaximalSymmetricDegree) +
                        ", where the order of the symmetric group fits into 64 bit, got " +
                        std::to_string(degree));
  }
  return table_of_natural(symmetric_cycle_types(degree), interrupt);
}

CharacterTable character_table(const Group& group, const Interrupt& interrupt) {
  if (const auto classes = natural_classes(group, interrupt)) return table_of_natural(*classes, interrupt);
  if (group.conjugacy_classes(interrupt).of_element.empty()) {
    const auto chain =
        StabilizerChain::build(group.degree(), permutations_of(group, group.generators()), interrupt);
    return character_table(chain, group.large_classes(interrupt), interrupt);
  }
  if (group.conjugacy_classes().count() == group.order()) {
    return {abelian_class_structure(group), LinearCharacters(group)};
  }
  check_memory(group.conjugacy_classes().count());
  const ListedByGroup listed(group);
  ClassStructure classes = class_structure(listed);
  const auto table_of = [&](const Group& factor) { return character_table(factor, interrupt); };
  if (auto rows = product_characters(group, classes, table_of, interrupt)) {
    return {std::move(classes), std::move(*rows), kProductMethod, CharacterOrder::kByCharacter, interrupt};
  }
  const WreathTables tables{table_of, [&](const ElementEnumeration& elements, const ConjugacyClasses& known) {
                              return table_of_enumerated(elements, known, interrupt);
                            }};
  if (auto rows = wreath_characters(group, classes, tables, interrupt)) {
    return {std::move(classes), std::move(*rows), "characters of the factors of a wreath product",
            CharacterOrder::kByCharacter, interrupt};
  }
  return table_of_listed(listed, std::move(classes), interrupt);
}

CharacterTable character_table(const StabilizerChain& group, const LargeConjugacyClasses& classes,
                               const Interrupt& interrupt) {
  const auto representatives = [&] {
    std::vector<Permutation> result;
    for (std::size_t c = 0; c < classes.count(); ++c) result.push_back(classes.representative(c));
    return result;
  };
  if (const auto natural = natural_classes(classes.group_order(), group.generators(), representatives)) {
    return table_of_natural(*natural, interrupt);
  }
  check_memory(classes.count());
  if (auto table = table_by_orbits(group, classes, interrupt)) return std::move(*table);
  // With many classes in a small group the lattice is the harder way.
  constexpr std::uint64_t kListed = 100'000;
  constexpr std::size_t kManyClasses = 32;
  if (classes.group_order() <= kListed && classes.count() > kManyClasses) {
    return table_by_listing(group, classes, interrupt);
  }
  ClassStructure structure = class_structure(classes, interrupt);
  ElementarySubgroups subgroups(classes, structure, interrupt);
  auto rows = induce_and_reduce(
      structure, permutation_characters(group, classes), [&] { return subgroups.next(); }, interrupt);
  if (!rows) {
    if (classes.group_order() > ElementEnumeration::kDefaultLimit) {
      throw GroupTooLargeError(
          "character table: expected a group that induced characters span or of an order up to " +
              std::to_string(ElementEnumeration::kDefaultLimit) + " to list, got order " +
              std::to_string(classes.group_order()) + ", where they span " +
              (subgroups.is_complete() ? "less"
                                       : "less without centralisers of more than " +
                                             std::to_string(ElementarySubgroups::kListedLimit) + " elements"),
          classes.group_order(), ElementEnumeration::kDefaultLimit);
    }
    return table_by_listing(group, classes, interrupt);
  }
  return {std::move(structure), std::move(*rows), "induction and lattice reduction",
          CharacterOrder::kByCharacter, interrupt};
}

}  // namespace peterweyl
