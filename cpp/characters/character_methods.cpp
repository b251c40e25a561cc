#include "characters/character_methods.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "characters/dixon_schneider.hpp"
#include "characters/elementary_subgroups.hpp"
#include "characters/induce_and_reduce.hpp"
#include "characters/linear_characters.hpp"
#include "characters/listed_group.hpp"
#include "characters/monomial_characters.hpp"
#include "characters/product_characters.hpp"
#include "characters/symmetric_characters.hpp"
#include "groups/element_enumeration.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

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

CharacterTable table_of_symmetric(const std::vector<Partition>& types, const Interrupt& interrupt) {
  return {symmetric_class_structure(types), symmetric_characters(types, interrupt), "Murnaghan-Nakayama rule",
          CharacterOrder::kByCharacter, interrupt};
}

// The cycle types of the classes of a group that was made as a symmetric group on its points.
std::optional<std::vector<Partition>> symmetric_types(const Group& group, const Interrupt& interrupt) {
  const auto* symmetric = std::get_if<Construction::Symmetric>(&group.construction().how);
  if (symmetric == nullptr) return std::nullopt;
  if (symmetric->degree > kMaximalSymmetricDegree) {
    throw GroupTooLargeError("character table: expected a symmetric group of degree up to " +
                                 std::to_string(kMaximalSymmetricDegree) + ", got degree " +
                                 std::to_string(symmetric->degree),
                             group.exact_order(), std::uint64_t{1} << 63);
  }
  if (group.exact_order() > Group::kMaximalNumberedOrder) return symmetric_cycle_types(symmetric->degree);
  std::vector<Partition> types;
  for (const Element x : group.conjugacy_classes(interrupt).representatives) {
    types.push_back(cycle_type(group.permutation(x)));
  }
  return types;
}

// The same for a group of permutations that is all of the symmetric group on the points it moves.
std::optional<std::vector<Partition>> symmetric_types(const StabilizerChain& group,
                                                      const LargeConjugacyClasses& classes) {
  std::vector<char> moved(group.degree(), 0);
  for (const Permutation& g : group.generators()) {
    for (std::size_t i = 0; i < g.size(); ++i) moved[i] |= static_cast<char>(g[i] != i);
  }
  std::vector<std::size_t> points;
  for (std::size_t i = 0; i < moved.size(); ++i) {
    if (moved[i] != 0) points.push_back(i);
  }
  std::uint64_t order = 1;
  if (points.empty() || points.size() > kMaximalSymmetricDegree) return std::nullopt;
  for (std::uint64_t k = 2; k <= points.size(); ++k) order *= k;
  if (order != classes.group_order()) return std::nullopt;
  std::vector<Partition> types;
  for (std::size_t c = 0; c < classes.count(); ++c) {
    Partition type = cycle_type(classes.representative(c));
    type.resize(type.size() - (group.degree() - points.size()));  // fixed points come last
    types.push_back(std::move(type));
  }
  return types;
}

CharacterTable table_by_listing(const StabilizerChain& group, const LargeConjugacyClasses& classes,
                                const Interrupt& interrupt) {
  const std::vector<Permutation> generators(group.generators().begin(), group.generators().end());
  const ElementEnumeration elements =
      enumerate_elements(group.degree(), generators, ElementEnumeration::kDefaultLimit, interrupt);
  const ConjugacyClasses listed = listed_classes(elements, classes, interrupt);
  const ListedByEnumeration with_elements(elements, listed);
  return table_of_listed(with_elements, class_structure(with_elements), interrupt);
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
  return table_of_symmetric(symmetric_cycle_types(degree), interrupt);
}

CharacterTable character_table(const Group& group, const Interrupt& interrupt) {
  if (const auto types = symmetric_types(group, interrupt)) return table_of_symmetric(*types, interrupt);
  if (group.conjugacy_classes(interrupt).of_element.empty()) {
    std::vector<Permutation> generators;
    for (const Element g : group.generators()) generators.push_back(group.permutation(g));
    const auto chain = StabilizerChain::build(group.degree(), generators, interrupt);
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
    return {std::move(classes), std::move(*rows), "products of the characters of the factors",
            CharacterOrder::kByCharacter, interrupt};
  }
  return table_of_listed(listed, std::move(classes), interrupt);
}

CharacterTable character_table(const StabilizerChain& group, const LargeConjugacyClasses& classes,
                               const Interrupt& interrupt) {
  if (const auto types = symmetric_types(group, classes)) return table_of_symmetric(*types, interrupt);
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
  if (!rows) return table_by_listing(group, classes, interrupt);
  return {std::move(structure), std::move(*rows), "induction and lattice reduction",
          CharacterOrder::kByCharacter, interrupt};
}

}  // namespace peterweyl
