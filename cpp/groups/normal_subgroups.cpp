#include "groups/normal_subgroups.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "support/error.hpp"

namespace peterweyl {
namespace {

// By order, then by elements: the order in which they are returned, and the key that finds a known one again.
bool comes_before(const Subgroup& a, const Subgroup& b) {
  if (a.order() != b.order()) return a.order() < b.order();
  return std::ranges::lexicographical_compare(a.elements(), b.elements());
}

// <N, x^G> for each class outside N, without repetition.
std::vector<Subgroup> closures_above(const Group& group, const Subgroup& normal) {
  std::vector<Subgroup> closures;
  for (const Element x : group.conjugacy_classes().representatives) {
    if (normal.contains(x)) continue;
    // A class inside a closure that came before adds nothing smaller than its own closure, which is still
    // computed.
    const Subgroup closure = normal_closure(group, std::span(&x, 1));
    closures.push_back(normal.joined(group, closure.generators()));
  }
  std::ranges::sort(closures, comes_before);
  const auto repeated = std::ranges::unique(closures);
  closures.erase(repeated.begin(), repeated.end());
  return closures;
}

}  // namespace

std::vector<Subgroup> normal_subgroups(const Group& group, std::size_t limit, const Interrupt& interrupt) {
  const std::vector<Subgroup> atoms = closures_above(group, Subgroup::trivial(group));
  std::vector<Subgroup> found{Subgroup::trivial(group)};
  std::set<std::vector<Element>> known{{group.identity()}};
  for (std::size_t i = 0; i < found.size(); ++i) {
    interrupt.poll();
    for (const Subgroup& atom : atoms) {
      if (found[i].contains(atom)) continue;
      Subgroup join = found[i].joined(group, atom.generators());
      if (!known.emplace(join.elements().begin(), join.elements().end()).second) continue;
      if (found.size() == limit) {
        throw EnumerationLimitError("normal subgroups: more than " + std::to_string(limit) + " of them",
                                    limit, limit);
      }
      found.push_back(std::move(join));
    }
  }
  std::ranges::sort(found, comes_before);
  return found;
}

std::vector<Subgroup> minimal_normal_subgroups_above(const Group& group, const Subgroup& normal) {
  std::vector<Subgroup> minimal;
  for (Subgroup& closure : closures_above(group, normal)) {
    const bool holds_a_smaller_one =
        std::ranges::any_of(minimal, [&](const Subgroup& smaller) { return closure.contains(smaller); });
    if (!holds_a_smaller_one) minimal.push_back(std::move(closure));
  }
  return minimal;
}

Subgroup maximal_normal_subgroup(const Group& group) {
  Subgroup result = Subgroup::trivial(group);
  if (group.order() == 1) return result;
  // Growing while the join stays proper ends at a maximal one: the join with any class outside is then
  // everything.
  for (const Element x : group.conjugacy_classes().representatives) {
    if (result.contains(x)) continue;
    Subgroup join = result.joined(group, normal_closure(group, std::span(&x, 1)).generators());
    if (join.order() < group.order()) result = std::move(join);
  }
  return result;
}

}  // namespace peterweyl
