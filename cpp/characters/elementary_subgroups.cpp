#include "characters/elementary_subgroups.hpp"

#include <algorithm>
#include <tuple>

#include "arithmetic/integers.hpp"
#include "characters/listed_group.hpp"
#include "characters/monomial_characters.hpp"
#include "groups/element_enumeration.hpp"

namespace peterweyl {
namespace {

std::uint64_t part(std::uint64_t n, std::uint64_t p) {
  std::uint64_t result = 1;
  for (; n % p == 0; n /= p) result *= p;
  return result;
}

// The subgroup that elements of a list generate.
class ListedSubgroup {
 public:
  explicit ListedSubgroup(const ElementEnumeration& group)
      : group_(group), contains_(group.order(), 0), elements_{0} {
    contains_[0] = 1;
  }

  bool contains(Element x) const { return contains_[x] != 0; }
  std::size_t order() const { return elements_.size(); }
  const std::vector<Element>& generators() const { return generators_; }

  // x must normalise the subgroup.
  void extend(Element x) {
    generators_.push_back(x);
    const std::size_t before = elements_.size();
    for (Element power = x; !contains(power); power = group_.multiply(power, x)) {
      for (std::size_t i = 0; i < before; ++i) {
        const Element y = group_.multiply(power, elements_[i]);
        elements_.push_back(y);
      }
    }
    for (std::size_t i = before; i < elements_.size(); ++i) contains_[elements_[i]] = 1;
  }

  bool is_normalised_by(Element x) const {
    const Element inverse = group_.inverse(x);
    return std::ranges::all_of(
        generators_, [&](Element g) { return contains(group_.multiply(group_.multiply(inverse, g), x)); });
  }

 private:
  const ElementEnumeration& group_;
  std::vector<char> contains_;
  std::vector<Element> elements_;
  std::vector<Element> generators_;
};

}  // namespace

ElementarySubgroups::ElementarySubgroups(const LargeConjugacyClasses& classes,
                                         const ClassStructure& structure, const Interrupt& interrupt)
    : classes_(classes), structure_(structure), interrupt_(interrupt) {
  const auto galois = structure.galois_classes();
  for (const auto& [p, exponent] : factorize(structure.group_order)) {
    for (std::uint32_t c = 0; c < structure.count(); ++c) {
      if (galois[c].first != c || structure.orders[c] % p == 0) continue;
      // With a Sylow subgroup of prime order it would be cyclic.
      if (part(structure.centralizer_order(c), p) >= p * p) add_candidates(c, p);
    }
  }
  std::ranges::sort(candidates_, {},
                    [](const Candidate& x) { return std::tuple(x.sylow_order, x.z, x.p, x.through); });
}

void ElementarySubgroups::add_candidates(std::uint32_t z, std::uint64_t p) {
  const auto galois = structure_.galois_classes();
  const std::uint64_t sylow_order = part(structure_.centralizer_order(z), p);
  // Elements z w, w of p-power order: those in the centre of a Sylow subgroup of the centraliser of z have a
  // centraliser that still holds the whole of P, and the smallest of these is listed.
  std::vector<Candidate> found;
  for (std::uint32_t c = 0; c < structure_.count(); ++c) {
    if (structure_.orders[c] % structure_.orders[z] != 0) continue;
    const std::uint32_t power = structure_.orders[c] / structure_.orders[z];
    if (part(power, p) != power) continue;
    // The part of order prime to p must be conjugate to z, up to a power.
    if (galois[structure_.power(c, power)].first != z) continue;
    const std::uint64_t centralizer = structure_.centralizer_order(c);
    if (centralizer <= kListedLimit && part(centralizer, p) >= p * p) {
      found.push_back({z, p, part(centralizer, p), c});
    }
  }
  std::ranges::stable_sort(found, [&](const Candidate& x, const Candidate& y) {
    if (x.sylow_order != y.sylow_order) return x.sylow_order > y.sylow_order;
    return structure_.centralizer_order(x.through) < structure_.centralizer_order(y.through);
  });
  // Where none holds the whole of P, subgroups of it take its place.
  const bool is_whole = !found.empty() && found[0].sylow_order == sylow_order;
  const std::size_t count = is_whole ? 1 : kParts;
  if (found.size() > count) found.resize(count);
  is_complete_ = is_complete_ && is_whole;
  candidates_.insert(candidates_.end(), found.begin(), found.end());
}

std::optional<FusedSubgroup> ElementarySubgroups::next() {
  while (!candidates_.empty()) {
    interrupt_.poll();
    const Candidate candidate = candidates_.back();
    candidates_.pop_back();
    if (auto subgroup = fused(elementary_generators(candidate))) return subgroup;
  }
  return std::nullopt;
}

// Generators of <z> x P.
std::vector<Permutation> ElementarySubgroups::elementary_generators(const Candidate& candidate) {
  const std::size_t degree = classes_.representative(0).size();
  const auto given = classes_.centralizer_generators(candidate.through);
  const std::vector<Permutation> generators(given.begin(), given.end());
  const ElementEnumeration group = enumerate_elements(degree, generators, kListedLimit, interrupt_);
  ListedSubgroup sylow(group);
  while (sylow.order() < candidate.sylow_order) {
    interrupt_.poll();
    Element x = static_cast<Element>(random_.below(group.order()));
    std::uint64_t rest = group.element_order(x);
    rest /= part(rest, candidate.p);
    Element power = 0;
    for (Element square = x; rest > 0; rest >>= 1, square = group.multiply(square, square)) {
      if ((rest & 1) != 0) power = group.multiply(power, square);
    }
    if (!sylow.contains(power) && sylow.is_normalised_by(power)) sylow.extend(power);
  }
  std::vector<Permutation> result;
  for (const Element x : sylow.generators()) result.push_back(group.image(x));
  // These commute with the part of the listed element that is prime to p, a conjugate of a power of z.
  const std::int64_t order = structure_.orders[candidate.z];
  const std::int64_t step = structure_.orders[candidate.through] / order;
  std::int64_t exponent = step;
  while (exponent % order != 1 % order) exponent += step;
  result.push_back(permutation_power(classes_.representative(candidate.through), exponent));
  return result;
}

std::optional<FusedSubgroup> ElementarySubgroups::fused(const std::vector<Permutation>& generators) const {
  const std::size_t degree = classes_.representative(0).size();
  const ElementEnumeration elements = enumerate_elements(degree, generators, kListedLimit, interrupt_);
  const ConjugacyClasses classes = conjugacy_classes(elements, interrupt_);
  const ListedByEnumeration listed(elements, classes);
  ClassStructure structure = class_structure(listed);
  auto rows = monomial_characters(listed, structure, interrupt_);
  if (!rows) return std::nullopt;
  std::vector<std::uint32_t> fusion;
  for (const Element x : classes.representatives)
    fusion.push_back(classes_.identify(elements.image(x), interrupt_));
  return FusedSubgroup{std::move(structure), std::move(*rows), std::move(fusion)};
}

}  // namespace peterweyl
