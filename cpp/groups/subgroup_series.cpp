#include "groups/subgroup_series.hpp"

#include <algorithm>

#include "arithmetic/integers.hpp"
#include "groups/normal_subgroups.hpp"
#include "groups/recognition.hpp"

namespace peterweyl {
namespace {

// Goes down by `next` until a step changes nothing.
template <typename Next>
std::vector<Subgroup> descend(const Group& group, Next next) {
  std::vector<Subgroup> series{Subgroup::whole(group)};
  for (;;) {
    Subgroup below = next(series.back());
    if (below == series.back()) return series;
    series.push_back(std::move(below));
  }
}

}  // namespace

Subgroup derived_subgroup(const Group& group) {
  const Subgroup whole = Subgroup::whole(group);
  return commutator_subgroup(group, whole, whole);
}

std::vector<Subgroup> derived_series(const Group& group) {
  return descend(group, [&](const Subgroup& term) { return commutator_subgroup(group, term, term); });
}

std::vector<Subgroup> lower_central_series(const Group& group) {
  const Subgroup whole = Subgroup::whole(group);
  return descend(group, [&](const Subgroup& term) { return commutator_subgroup(group, term, whole); });
}

std::vector<Subgroup> upper_central_series(const Group& group) {
  std::vector<Subgroup> series{Subgroup::trivial(group)};
  for (;;) {
    const Subgroup& term = series.back();
    Subgroup above = term;
    for (Element x = 0; x < group.order(); ++x) {
      if (above.contains(x)) continue;
      const bool central = std::ranges::all_of(group.generators(), [&](Element g) {
        const Element conjugate = group.multiply(group.multiply(group.inverse(g), x), g);
        return term.contains(group.multiply(group.inverse(x), conjugate));
      });
      if (central) above = above.joined(group, std::span(&x, 1));
    }
    if (above == term) return series;
    series.push_back(std::move(above));
  }
}

std::vector<Subgroup> chief_series(const Group& group) {
  std::vector<Subgroup> series{Subgroup::trivial(group)};
  while (series.back().order() < group.order()) {
    series.push_back(minimal_normal_subgroups_above(group, series.back()).front());
  }
  std::ranges::reverse(series);
  return series;
}

std::vector<Subgroup> composition_series(const Group& group) {
  std::vector<Subgroup> series{Subgroup::whole(group)};
  while (series.back().order() > 1) {
    const Subgroup& term = series.back();
    const Subgroup below = maximal_normal_subgroup(as_group(group, term));
    std::vector<Element> generators;
    for (const Element g : below.generators()) generators.push_back(term.elements()[g]);
    series.push_back(Subgroup::generated(group, generators));
  }
  return series;
}

bool is_nilpotent(const Group& group) {
  return lower_central_series(group).back().order() == 1;
}

bool is_solvable(const Group& group) {
  return derived_series(group).back().order() == 1;
}

bool is_supersolvable(const Group& group) {
  if (is_nilpotent(group)) return true;  // chief factors of a nilpotent group are central
  if (!is_solvable(group)) return false;
  const std::vector<Subgroup> series = chief_series(group);
  for (std::size_t i = 1; i < series.size(); ++i) {
    if (!is_prime(series[i - 1].order() / series[i].order())) return false;
  }
  return true;
}

bool is_perfect(const Group& group) {
  return derived_subgroup(group).order() == group.order();
}

bool is_simple(const Group& group) {
  return group.order() > 1 && maximal_normal_subgroup(group).order() == 1;
}

std::vector<std::uint64_t> abelian_invariants(const Group& group) {
  std::vector<std::uint64_t> prime_powers;
  for (const std::uint64_t factor : invariant_factors(quotient_group(group, derived_subgroup(group)).group)) {
    for (const auto& [p, exponent] : factorize(factor)) {
      std::uint64_t power = 1;
      for (unsigned e = 0; e < exponent; ++e) power *= p;
      prime_powers.push_back(power);
    }
  }
  std::ranges::sort(prime_powers);
  return prime_powers;
}

}  // namespace peterweyl
