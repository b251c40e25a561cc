#include "groups/conjugation_search.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

namespace peterweyl {
namespace {

std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

// Systems looked at on one orbit; elementary abelian groups have a great many.
constexpr std::size_t kSystems = 4;

// Points cycle by cycle. The cycles that meet a chain of common blocks stay together; otherwise those with
// the fewest candidates for each point they settle come first.
std::vector<std::uint16_t> points_along_cycles(const CycleStructure& cycles,
                                               const InvariantPartitions& partitions) {
  std::map<std::uint64_t, std::size_t> candidates;
  for (const std::uint64_t type : cycles.type_of) ++candidates[type];
  const std::size_t count = cycles.starts.size() - 1;
  std::vector<double> cost(count);
  for (std::size_t c = 0; c < count; ++c) {
    const auto choices = static_cast<double>(candidates[cycles.type_of[cycles.points[cycles.starts[c]]]]);
    cost[c] = std::log(choices) / static_cast<double>(cycles.length(static_cast<std::uint32_t>(c)));
  }
  std::vector<std::uint32_t> cluster(count);
  std::iota(cluster.begin(), cluster.end(), 0U);
  const auto root = [&](std::uint32_t c) {
    while (cluster[c] != c) c = cluster[c] = cluster[cluster[c]];
    return c;
  };
  for (const auto& system : partitions.systems) {
    for (const auto& block : system) {
      for (const std::uint16_t p : block) cluster[root(cycles.cycle_of[p])] = root(cycles.cycle_of[block[0]]);
    }
  }
  std::vector<double> cluster_cost(count, 1e300);
  for (std::uint32_t c = 0; c < count; ++c) {
    cluster_cost[root(c)] = std::min(cluster_cost[root(c)], cost[c]);
  }
  std::vector<std::tuple<double, std::uint32_t, double, std::uint32_t>> ranked;
  for (std::uint32_t c = 0; c < count; ++c) ranked.emplace_back(cluster_cost[root(c)], root(c), cost[c], c);
  std::ranges::sort(ranked);
  std::vector<std::uint16_t> result;
  result.reserve(cycles.points.size());
  for (const auto& entry : ranked) {
    const std::uint32_t c = std::get<3>(entry);
    for (std::size_t i = cycles.starts[c]; i < cycles.starts[c + 1]; ++i) result.push_back(cycles.points[i]);
  }
  return result;
}

}  // namespace

InvariantPartitions::InvariantPartitions(std::size_t degree, std::span<const Permutation> generators,
                                         const Interrupt& interrupt) {
  const PointPartition all = orbits(degree, generators);
  orbit_of = all.part_of;
  std::vector<std::uint16_t> place(degree);
  for (const auto& orbit : all.parts()) {
    if (orbit.size() < 4) continue;
    for (std::size_t i = 0; i < orbit.size(); ++i) place[orbit[i]] = static_cast<std::uint16_t>(i);
    std::vector<Permutation> induced;
    for (const Permutation& g : generators) {
      induced.emplace_back();
      for (const std::uint16_t p : orbit) induced.back().push_back(place[g[p]]);
    }
    auto found = minimal_block_systems(orbit.size(), induced, interrupt);
    if (found.size() > kSystems) found.resize(kSystems);
    for (const PointPartition& system : found) {
      systems.push_back(system.parts());
      for (auto& block : systems.back()) {
        for (std::uint16_t& p : block) p = orbit[p];
      }
    }
  }
}

CycleStructure::CycleStructure(std::span<const std::uint16_t> a, const InvariantPartitions& partitions)
    : cycle_of(a.size(), ~0U), index_of(a.size()), type_of(a.size()), starts{0} {
  points.reserve(a.size());
  for (std::size_t start = 0; start < a.size(); ++start) {
    if (cycle_of[start] != ~0U) continue;
    const auto label = static_cast<std::uint32_t>(starts.size() - 1);
    auto p = static_cast<std::uint16_t>(start);
    do {
      cycle_of[p] = label;
      index_of[p] = static_cast<std::uint32_t>(points.size()) - starts.back();
      points.push_back(p);
      p = a[p];
    } while (p != start);
    const std::uint64_t cycle_length = points.size() - starts.back();
    const std::uint64_t type = mix(std::uint64_t{partitions.orbit_of[start]} << 32 | cycle_length);
    for (std::size_t i = starts.back(); i < points.size(); ++i) type_of[points[i]] = type;
    starts.push_back(static_cast<std::uint32_t>(points.size()));
    if (order % cycle_length != 0) order = std::lcm(order, cycle_length);
  }
  // Twice, so that what one system tells reaches the blocks of another.
  for (int round = 0; round < 2; ++round) {
    for (const auto& system : partitions.systems) refine(system);
  }
  for (const std::uint64_t type : type_of) invariant += mix(type);
}

// Adds to the type of each point the types in its block, and how far along its own cycle they are.
void CycleStructure::refine(const std::vector<std::vector<std::uint16_t>>& system) {
  std::vector<std::uint64_t> sums;
  for (const auto& block : system) {
    sums.clear();
    for (const std::uint16_t p : block) {
      std::uint64_t sum = 0;
      for (const std::uint16_t q : block) {
        const bool together = cycle_of[p] == cycle_of[q];
        const std::size_t cycle_length = length(cycle_of[p]);
        const std::uint64_t steps =
            together ? (index_of[q] + cycle_length - index_of[p]) % cycle_length : cycle_length;
        sum += mix(type_of[q] + steps * 0x9e3779b97f4a7c15ULL);
      }
      sums.push_back(sum);
    }
    for (std::size_t i = 0; i < block.size(); ++i) type_of[block[i]] = mix(type_of[block[i]] ^ sums[i]);
  }
}

std::uint16_t CycleStructure::walk(std::uint16_t point, std::size_t k) const {
  const std::uint32_t cycle = cycle_of[point];
  return points[starts[cycle] + (index_of[point] + k) % length(cycle)];
}

ConjugationSearch::ConjugationSearch(const StabilizerChain& group, Permutation element,
                                     const InvariantPartitions& partitions, const Interrupt& interrupt)
    : element_(std::move(element)),
      cycles_(element_, partitions),
      chain_(group.with_base_from(points_along_cycles(cycles_, partitions), interrupt)) {
  find_places();
  find_centralizer(interrupt);
}

void ConjugationSearch::find_places() {
  const auto base = chain_.base();
  std::map<std::uint32_t, std::size_t> level_of_cycle;
  for (std::size_t level = 0; level < base.size(); ++level) {
    const std::uint32_t cycle = cycles_.cycle_of[base[level]];
    const auto [found, is_new] = level_of_cycle.try_emplace(cycle, level);
    Place place;
    if (!is_new) {
      const std::size_t length = cycles_.length(cycle);
      const std::size_t from = cycles_.index_of[base[found->second]];
      place = {found->second, (cycles_.index_of[base[level]] + length - from) % length, true, {}};
    }
    places_.push_back(std::move(place));
  }
  // An image is settled by the first base points whose stabiliser fixes the point.
  std::vector<std::size_t> settled_by(element_.size());
  for (std::size_t p = 0; p < element_.size(); ++p) {
    std::size_t level = base.size();
    while (level > 0 && chain_.is_fixed_from(level - 1, static_cast<std::uint16_t>(p))) --level;
    settled_by[p] = level;
  }
  for (std::size_t p = 0; p < element_.size(); ++p) {
    const std::size_t level = std::max(settled_by[p], settled_by[element_[p]]);
    if (level > 0) places_[level - 1].settled.push_back(static_cast<std::uint16_t>(p));
  }
}

ConjugationSearch::State ConjugationSearch::start(std::span<const std::uint16_t> y,
                                                  const CycleStructure& cycles,
                                                  const Interrupt& interrupt) const {
  State state{y, cycles, interrupt, std::vector<std::uint16_t>(chain_.length()), {}, {}};
  state.inverses.assign(chain_.length() + 1, identity_permutation(y.size()));
  state.scratch.resize(y.size());
  return state;
}

// Gives base point number `level` this image, if the group allows it and what it settles agrees with y.
bool ConjugationSearch::place(State& state, std::size_t level, std::uint16_t image) const {
  const std::uint16_t point = state.inverses[level][image];
  if (!chain_.in_basic_orbit(level, point)) return false;
  state.images[level] = image;
  Permutation& inverse = state.inverses[level + 1];
  std::ranges::copy(state.inverses[level], inverse.begin());
  chain_.strip_level(level, point, inverse);
  if (places_[level].settled.empty()) return true;
  for (std::size_t p = 0; p < inverse.size(); ++p) state.scratch[inverse[p]] = static_cast<std::uint16_t>(p);
  return std::ranges::all_of(places_[level].settled, [&](std::uint16_t p) {
    return state.scratch[element_[p]] == state.y[state.scratch[p]];
  });
}

bool ConjugationSearch::search(State& state, std::size_t level) const {
  state.interrupt.poll();
  for (; level < places_.size() && places_[level].forced; ++level) {
    const Place& forced = places_[level];
    if (!place(state, level, state.cycles.walk(state.images[forced.earlier], forced.steps))) return false;
  }
  // Every point is settled by the whole base, so nothing is left to check.
  if (level == places_.size()) return true;
  const std::uint64_t type = cycles_.type_of[chain_.base()[level]];
  for (std::size_t c = 0; c < state.y.size(); ++c) {
    const auto image = static_cast<std::uint16_t>(c);
    if (state.cycles.type_of[image] != type) continue;
    // Different cycles go to different cycles.
    const std::uint32_t cycle = state.cycles.cycle_of[image];
    const bool used =
        std::any_of(state.images.begin(), state.images.begin() + static_cast<std::ptrdiff_t>(level),
                    [&](std::uint16_t earlier) { return state.cycles.cycle_of[earlier] == cycle; });
    if (!used && place(state, level, image) && search(state, level + 1)) return true;
  }
  return false;
}

std::optional<Permutation> ConjugationSearch::conjugator_to(std::span<const std::uint16_t> y,
                                                            const CycleStructure& cycles,
                                                            const Interrupt& interrupt) const {
  if (cycles.invariant != cycles_.invariant) return std::nullopt;
  State state = start(y, cycles, interrupt);
  if (!search(state, 0)) return std::nullopt;
  return inverse_permutation(state.inverses.back());
}

void ConjugationSearch::find_centralizer(const Interrupt& interrupt) {
  State state = start(element_, cycles_, interrupt);
  for (std::size_t level = 0; level < places_.size(); ++level) state.images[level] = chain_.base()[level];
  for (std::size_t level = places_.size(); level-- > 0;) {
    // An element that fixes a point of a cycle and centralises fixes the whole cycle.
    if (!places_[level].forced) centralizer_orbits_.push_back(centralizer_level(state, level));
  }
}

// Adds centralising elements that fix the base points before `level` until they reach every image that such
// an element can give to its own; returns how many there are.
std::size_t ConjugationSearch::centralizer_level(State& state, std::size_t level) {
  const std::uint16_t base_point = chain_.base()[level];
  const std::uint64_t type = cycles_.type_of[base_point];
  PointPartition known = orbits(element_.size(), centralizer_);
  std::vector<std::uint16_t> refuted;
  for (std::size_t c = 0; c < element_.size(); ++c) {
    const auto image = static_cast<std::uint16_t>(c);
    if (cycles_.type_of[image] != type || known.part_of[image] == known.part_of[base_point]) continue;
    if (!chain_.in_basic_orbit(level, image)) continue;
    if (std::ranges::any_of(refuted, [&](auto p) { return known.part_of[p] == known.part_of[image]; }))
      continue;
    const bool used = std::any_of(
        state.images.begin(), state.images.begin() + static_cast<std::ptrdiff_t>(level),
        [&](std::uint16_t earlier) { return cycles_.cycle_of[earlier] == cycles_.cycle_of[image]; });
    if (!used && place(state, level, image) && search(state, level + 1)) {
      centralizer_.push_back(inverse_permutation(state.inverses.back()));
      known = orbits(element_.size(), centralizer_);
    } else {
      refuted.push_back(image);
    }
  }
  state.images[level] = base_point;
  return static_cast<std::size_t>(std::ranges::count(known.part_of, known.part_of[base_point]));
}

}  // namespace peterweyl
