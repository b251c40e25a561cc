#include "groups/large_conjugacy_classes.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>
#include <tuple>
#include <utility>

#include "arithmetic/integers.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

constexpr std::uint32_t kUnknown = ~0U;

// Exponents that, together, take an element of order m to every class its powers can lie in, one step at a
// time: the primes that divide m, and generators of the units modulo m.
std::vector<std::int64_t> power_steps(std::uint64_t m) {
  std::vector<std::int64_t> steps;
  for (const auto& [p, exponent] : factorize(m)) steps.push_back(static_cast<std::int64_t>(p));
  std::vector<char> reached(m, 0);
  std::vector<std::uint64_t> units{1 % m};
  std::vector<std::uint64_t> generators;
  reached[1 % m] = 1;
  for (std::uint64_t k = 2; k < m; ++k) {
    if (reached[k] != 0 || std::gcd(k, m) != 1) continue;
    steps.push_back(static_cast<std::int64_t>(k));
    generators.push_back(k);
    for (std::size_t i = 0; i < units.size(); ++i) {
      for (const std::uint64_t g : generators) {
        const std::uint64_t product = units[i] * g % m;
        if (std::exchange(reached[product], 1) == 0) units.push_back(product);
      }
    }
  }
  return steps;
}

std::uint64_t hash_of(std::span<const std::uint16_t> images) {
  std::uint64_t h = 0;
  for (const std::uint16_t point : images) h = (h ^ (h >> 29) ^ point) * 0x9e3779b97f4a7c15ULL;
  return h;
}

}  // namespace

LargeConjugacyClasses::LargeConjugacyClasses(const StabilizerChain& group, std::uint64_t group_order,
                                             const Interrupt& interrupt, std::uint64_t seed)
    : group_(group),
      group_order_(group_order),
      partitions_(group.degree(), group.generators(), interrupt),
      random_(seed) {}

LargeConjugacyClasses LargeConjugacyClasses::compute(const StabilizerChain& group, const Interrupt& interrupt,
                                                     std::uint64_t class_limit, std::uint64_t seed) {
  const auto order = group.order();
  if (!order) {
    constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
    throw GroupTooLargeError(
        "group: expected an order below 2^64 for its conjugacy classes, got " + group.order_text(), kMost,
        kMost);
  }
  LargeConjugacyClasses classes(group, *order, interrupt, seed);
  classes.add_closure(identity_permutation(group.degree()), class_limit, interrupt);
  for (const Permutation& g : group.generators()) classes.add_closure(g, class_limit, interrupt);
  for (bool uniform = true; classes.elements_found_ < *order; uniform = !uniform) {
    interrupt.poll();
    if (uniform) {
      classes.add_closure(group.random(classes.random_), class_limit, interrupt);
    } else {
      Entry& from = classes.entries_[classes.random_.below(classes.entries_.size())];
      classes.add_closure(from.products.next(classes.random_), class_limit, interrupt);
    }
  }
  if (classes.elements_found_ != *order) {
    throw Error(
        "conjugacy classes: the sizes found pass the order of the group; this is a fault of peterweyl");
  }
  classes.complete_ = true;
  classes.sort();
  return classes;
}

// The entry whose class holds `element`, or kUnknown.
std::uint32_t LargeConjugacyClasses::find(std::span<const std::uint16_t> element,
                                          const Interrupt& interrupt) const {
  const std::uint32_t known = find_listed(element);
  if (known != kUnknown) return known;
  const CycleStructure cycles(element, partitions_);
  const auto bucket = by_invariant_.find(cycles.invariant);
  if (bucket == by_invariant_.end()) return kUnknown;
  const auto& candidates = bucket->second;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    // In a complete list the last candidate is the class.
    if (complete_ && i + 1 == candidates.size()) return candidates[i];
    if (entries_[candidates[i]].search.conjugator_to(element, cycles, interrupt)) return candidates[i];
  }
  return kUnknown;
}

std::uint32_t LargeConjugacyClasses::find_listed(std::span<const std::uint16_t> element) const {
  const auto [first, last] = listed_rows_.equal_range(hash_of(element));
  for (auto row = first; row != last; ++row) {
    const auto images = std::span(listed_).subspan(row->second * element.size(), element.size());
    if (std::ranges::equal(images, element)) return listed_entries_[row->second];
  }
  return kUnknown;
}

// Lists the elements of a class, if it is small: its orbit under conjugation.
bool LargeConjugacyClasses::list(std::uint32_t entry, std::uint64_t size) {
  const std::size_t degree = group_.degree();
  if (size > kListedSize || (listed_.size() + size * degree) * sizeof(std::uint16_t) > kListedBytes) {
    return false;
  }
  const auto add = [&](std::span<const std::uint16_t> images) {
    listed_rows_.emplace(hash_of(images), static_cast<std::uint32_t>(listed_entries_.size()));
    listed_entries_.push_back(entry);
    listed_.insert(listed_.end(), images.begin(), images.end());
  };
  std::size_t row = listed_entries_.size();
  add(entries_[entry].search.element());
  Permutation conjugate(degree);
  for (const std::size_t end = row + size; listed_entries_.size() < end; ++row) {
    for (const Permutation& g : group_.generators()) {
      for (std::size_t i = 0; i < degree; ++i) conjugate[g[i]] = g[listed_[row * degree + i]];
      if (find_listed(conjugate) == kUnknown) add(conjugate);
    }
  }
  return true;
}

// Adds the class of `element`, if it is new, and those of its powers.
void LargeConjugacyClasses::add_closure(Permutation element, std::uint64_t class_limit,
                                        const Interrupt& interrupt) {
  std::vector<Permutation> pending;
  pending.push_back(std::move(element));
  while (!pending.empty()) {
    const Permutation x = std::move(pending.back());
    pending.pop_back();
    if (find(x, interrupt) != kUnknown) continue;
    if (entries_.size() == class_limit) {
      throw EnumerationLimitError("conjugacy classes: more than " + std::to_string(class_limit) +
                                      " of them, with " + std::to_string(elements_found_) + " of " +
                                      std::to_string(group_order_) + " elements in those found",
                                  entries_.size(), class_limit);
    }
    Entry entry{ConjugationSearch(group_, x, partitions_, interrupt), 1, {}};
    for (const std::size_t length : entry.search.centralizer_orbits()) entry.centralizer_order *= length;
    entry.products = RandomProducts(group_.degree(), entry.search.centralizer_generators(), random_);
    const std::uint64_t size = group_order_ / entry.centralizer_order;
    elements_found_ += size;
    const std::uint64_t order = entry.search.cycles().order;
    const std::uint64_t invariant = entry.search.cycles().invariant;
    const auto number = static_cast<std::uint32_t>(entries_.size());
    entries_.push_back(std::move(entry));
    if (!list(number, size)) by_invariant_[invariant].push_back(number);
    if (order == 1) continue;
    for (const std::int64_t k : power_steps(order)) pending.push_back(permutation_power(x, k));
  }
}

void LargeConjugacyClasses::sort() {
  order_.resize(entries_.size());
  std::iota(order_.begin(), order_.end(), 0U);
  std::ranges::sort(order_, {}, [&](std::uint32_t e) {
    const Entry& entry = entries_[e];
    return std::tuple(entry.search.cycles().order, group_order_ / entry.centralizer_order, e);
  });
  rank_.resize(order_.size());
  for (std::size_t c = 0; c < order_.size(); ++c) rank_[order_[c]] = static_cast<std::uint32_t>(c);
}

std::uint32_t LargeConjugacyClasses::identify(std::span<const std::uint16_t> element,
                                              const Interrupt& interrupt) const {
  if (!group_.contains(element)) {
    throw ArgumentError("element: expected an element of the group, got a permutation that is not one");
  }
  return rank_[find(element, interrupt)];
}

std::vector<std::uint32_t> LargeConjugacyClasses::power_map(std::int64_t k,
                                                            const Interrupt& interrupt) const {
  std::vector<std::uint32_t> map;
  map.reserve(count());
  for (std::size_t c = 0; c < count(); ++c) {
    map.push_back(rank_[find(permutation_power(representative(c), k), interrupt)]);
  }
  return map;
}

}  // namespace peterweyl
