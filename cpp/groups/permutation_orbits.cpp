#include "groups/permutation_orbits.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "support/error.hpp"
#include "support/random.hpp"

namespace peterweyl {
namespace {

// Union-find over points with path halving; the smaller root wins, so a root is the smallest of its part.
class PointUnion {
 public:
  explicit PointUnion(std::size_t degree) : parent_(degree), count_(degree) {
    std::iota(parent_.begin(), parent_.end(), 0U);
  }
  std::uint32_t root(std::uint32_t point) {
    while (parent_[point] != point) point = parent_[point] = parent_[parent_[point]];
    return point;
  }
  bool join(std::uint32_t a, std::uint32_t b) {
    a = root(a);
    b = root(b);
    if (a == b) return false;
    parent_[std::max(a, b)] = std::min(a, b);
    --count_;
    return true;
  }
  std::size_t count() const { return count_; }

  PointPartition partition() {
    PointPartition result;
    result.part_of.resize(parent_.size());
    for (std::uint32_t p = 0; p < parent_.size(); ++p) {
      const std::uint32_t r = root(p);
      result.part_of[p] = r == p ? result.count++ : result.part_of[r];
    }
    return result;
  }

 private:
  std::vector<std::uint32_t> parent_;
  std::size_t count_;
};

// Joins the pairs and everything the generators then force together.
PointUnion close_under(std::size_t degree, std::span<const Permutation> generators,
                       std::span<const std::uint16_t> points) {
  PointUnion parts(degree);
  std::vector<std::pair<std::uint16_t, std::uint16_t>> pending;
  for (const std::uint16_t p : points) {
    if (parts.join(points[0], p)) pending.emplace_back(points[0], p);
  }
  while (!pending.empty() && parts.count() > 1) {
    const auto [a, b] = pending.back();
    pending.pop_back();
    for (const Permutation& g : generators) {
      if (parts.join(g[a], g[b])) pending.emplace_back(g[a], g[b]);
    }
  }
  return parts;
}

// Orbits of a few random Schreier generators of the stabiliser of point 0. Joining 0 with one point of such
// an orbit or another gives the same block system, because the stabiliser fixes every block that holds 0.
PointPartition stabilizer_suborbits(std::size_t degree, std::span<const Permutation> generators) {
  std::vector<std::uint16_t> reached{0};
  std::vector<std::optional<std::pair<std::uint16_t, std::size_t>>> step(degree);
  std::vector<char> seen(degree, 0);
  seen[0] = 1;
  for (std::size_t i = 0; i < reached.size(); ++i) {
    for (std::size_t k = 0; k < generators.size(); ++k) {
      const std::uint16_t image = generators[k][reached[i]];
      if (std::exchange(seen[image], 1) != 0) continue;
      step[image] = {reached[i], k};
      reached.push_back(image);
    }
  }
  const auto transversal = [&](std::uint16_t point) {
    std::vector<std::size_t> word;
    for (; step[point]; point = step[point]->first) word.push_back(step[point]->second);
    Permutation result = identity_permutation(degree);
    for (auto k = word.rbegin(); k != word.rend(); ++k) result = compose(result, generators[*k]);
    return result;
  };
  constexpr int kSchreierGenerators = 6;
  Random random(degree);
  std::vector<Permutation> stabilizer;
  for (int i = 0; i < kSchreierGenerators && !generators.empty(); ++i) {
    const std::uint16_t point = reached[random.below(reached.size())];
    const Permutation& g = generators[random.below(generators.size())];
    stabilizer.push_back(compose(compose(transversal(point), g), inverse_permutation(transversal(g[point]))));
  }
  return orbits(degree, stabilizer);
}

// The distinct systems joining point 0 with one point of each suborbit; stops at the first when `any` is set.
std::vector<PointPartition> systems_through_zero(std::size_t degree, std::span<const Permutation> generators,
                                                 bool any, const Interrupt& interrupt) {
  std::vector<PointPartition> systems;
  if (degree < 3) return systems;
  const PointPartition suborbits = stabilizer_suborbits(degree, generators);
  std::vector<char> tried(suborbits.count, 0);
  for (std::size_t p = 1; p < degree; ++p) {
    if (std::exchange(tried[suborbits.part_of[p]], 1) != 0) continue;
    interrupt.poll();
    const std::uint16_t pair[] = {0, static_cast<std::uint16_t>(p)};
    PointUnion parts = close_under(degree, generators, pair);
    if (parts.count() == 1) continue;
    systems.push_back(parts.partition());
    if (any) break;
  }
  return systems;
}

}  // namespace

Permutation identity_permutation(std::size_t degree) {
  Permutation result(degree);
  std::iota(result.begin(), result.end(), std::uint16_t{0});
  return result;
}

bool is_identity(std::span<const std::uint16_t> a) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != i) return false;
  }
  return true;
}

Permutation compose(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b) {
  Permutation result(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) result[i] = b[a[i]];
  return result;
}

Permutation inverse_permutation(std::span<const std::uint16_t> a) {
  Permutation result(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) result[a[i]] = static_cast<std::uint16_t>(i);
  return result;
}

Permutation permutation_power(std::span<const std::uint16_t> a, std::int64_t exponent) {
  Permutation result(a.size());
  std::vector<char> seen(a.size(), 0);
  std::vector<std::uint16_t> cycle;
  for (std::size_t start = 0; start < a.size(); ++start) {
    if (seen[start] != 0) continue;
    cycle.clear();
    for (auto p = static_cast<std::uint16_t>(start); std::exchange(seen[p], 1) == 0; p = a[p]) {
      cycle.push_back(p);
    }
    const auto length = static_cast<std::int64_t>(cycle.size());
    const auto shift = static_cast<std::size_t>((exponent % length + length) % length);
    for (std::size_t i = 0; i < cycle.size(); ++i) result[cycle[i]] = cycle[(i + shift) % cycle.size()];
  }
  return result;
}

std::vector<std::vector<std::uint16_t>> PointPartition::parts() const {
  std::vector<std::vector<std::uint16_t>> result(count);
  for (std::size_t p = 0; p < part_of.size(); ++p) {
    result[part_of[p]].push_back(static_cast<std::uint16_t>(p));
  }
  return result;
}

PointPartition orbits(std::size_t degree, std::span<const Permutation> generators) {
  PointUnion parts(degree);
  for (const Permutation& g : generators) {
    for (std::uint32_t p = 0; p < degree; ++p) parts.join(p, g[p]);
  }
  return parts.partition();
}

bool is_transitive(std::size_t degree, std::span<const Permutation> generators) {
  return orbits(degree, generators).count <= 1;
}

PointPartition finest_block_system(std::size_t degree, std::span<const Permutation> generators,
                                   std::span<const std::uint16_t> points) {
  return close_under(degree, generators, points).partition();
}

std::vector<PointPartition> minimal_block_systems(std::size_t degree, std::span<const Permutation> generators,
                                                  const Interrupt& interrupt) {
  const PointPartition all = orbits(degree, generators);
  if (all.count > 1) {
    throw ArgumentError("generators: expected a transitive group (block systems need one), got " +
                        std::to_string(all.count) + " orbits");
  }
  std::vector<PointPartition> systems = systems_through_zero(degree, generators, false, interrupt);
  // Systems with more parts first; keep one that refines into none kept before it.
  std::ranges::sort(systems, [](const PointPartition& a, const PointPartition& b) {
    return a.count != b.count ? a.count > b.count : a.part_of < b.part_of;
  });
  std::vector<PointPartition> minimal;
  for (PointPartition& system : systems) {
    const bool coarser = std::ranges::any_of(minimal, [&](const PointPartition& finer) {
      // The block of 0 decides: blocks of a transitive group are images of it.
      for (std::size_t p = 0; p < degree; ++p) {
        if (finer.part_of[p] == 0 && system.part_of[p] != 0) return false;
      }
      return true;
    });
    if (!coarser) minimal.push_back(std::move(system));
  }
  return minimal;
}

bool is_primitive(std::size_t degree, std::span<const Permutation> generators, const Interrupt& interrupt) {
  return is_transitive(degree, generators) &&
         systems_through_zero(degree, generators, true, interrupt).empty();
}

}  // namespace peterweyl
