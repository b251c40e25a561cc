#include "groups/generation_chain.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace peterweyl {

GenerationChain::GenerationChain(const CayleyTable& table, std::vector<Element> base)
    : base_(std::move(base)) {
  std::vector<Element> reached{table.identity()};
  std::vector<char> seen(table.order(), 0);
  seen[table.identity()] = 1;
  for (std::uint32_t level = 0; level < base_.size(); ++level) {
    std::vector<Edge>& edges = edges_.emplace_back();
    const std::size_t old = reached.size();
    for (std::size_t i = 0; i < reached.size(); ++i) {
      // Old elements already have their edges with the generators below this level.
      for (std::uint32_t k = i < old ? level : 0; k <= level; ++k) {
        const Element to = table(reached[i], base_[k]);
        const bool defines = seen[to] == 0;
        edges.push_back({reached[i], to, k, defines});
        if (!defines) continue;
        seen[to] = 1;
        reached.push_back(to);
      }
    }
  }
}

namespace {

// Replaces two elements by their product wherever that still generates and offers no more images: a shorter
// base fails earlier.
void merge_pairs(const CayleyTable& table, std::span<const std::uint32_t> colours,
                 std::span<const std::uint32_t> count, std::vector<Element>& base) {
  const auto images = [&](Element x) { return std::uint64_t{count[colours[x]]}; };
  for (std::size_t i = 0; i < base.size(); ++i) {
    for (std::size_t j = i + 1; j < base.size();) {
      const Element product = table(base[i], base[j]);
      std::vector<Element> merged = base;
      merged[i] = product;
      merged.erase(merged.begin() + static_cast<std::ptrdiff_t>(j));
      if (images(product) <= images(base[i]) * images(base[j]) &&
          table.subgroup(merged).size() == table.order()) {
        base = std::move(merged);
      } else {
        ++j;
      }
    }
  }
  std::ranges::stable_sort(base, {}, images);
}

// The orbit of x, and some permutations made of the generators that fix x (Schreier's lemma): enough of them
// to prune a search, not always all that are needed to generate the stabiliser.
std::vector<Element> orbit_with_stabiliser(Element x, const std::vector<std::vector<Element>>& generators,
                                           std::vector<std::vector<Element>>& stabiliser) {
  constexpr std::size_t kEnough = 24;
  std::vector<Element> orbit{x};
  if (generators.empty()) return orbit;
  const std::size_t n = generators.front().size();
  std::vector<std::vector<Element>> path(n);  // a permutation that sends x to each point of the orbit
  path[x].resize(n);
  std::iota(path[x].begin(), path[x].end(), Element{0});
  for (std::size_t i = 0; i < orbit.size(); ++i) {
    for (const std::vector<Element>& g : generators) {
      const Element y = g[orbit[i]];
      if (!path[y].empty() && stabiliser.size() == kEnough) continue;
      std::vector<Element> step(n);
      for (std::size_t z = 0; z < n; ++z) step[z] = g[path[orbit[i]][z]];
      if (path[y].empty()) {
        path[y] = std::move(step);
        orbit.push_back(y);
        continue;
      }
      // First along the new path, then back along the old one.
      std::vector<Element> back(n);
      for (std::size_t z = 0; z < n; ++z) back[path[y][z]] = static_cast<Element>(z);
      bool trivial = true;
      for (std::size_t z = 0; z < n; ++z) {
        step[z] = back[step[z]];
        trivial = trivial && step[z] == z;
      }
      if (!trivial && std::ranges::find(stabiliser, step) == stabiliser.end())
        stabiliser.push_back(std::move(step));
    }
  }
  return orbit;
}

}  // namespace

std::vector<Element> rare_base(const CayleyTable& table, std::span<const std::uint32_t> colours) {
  std::vector<std::uint32_t> count(table.order(), 0);
  for (const std::uint32_t colour : colours) ++count[colour];
  std::vector<Element> by_rarity(table.order());
  std::iota(by_rarity.begin(), by_rarity.end(), Element{0});
  std::ranges::stable_sort(by_rarity, {}, [&](Element x) { return count[colours[x]]; });

  std::vector<Element> base;
  std::vector<Element> reached{table.identity()};
  while (reached.size() < table.order()) {
    constexpr int kCandidates = 16;
    int tried = 0;
    Element best = table.identity();
    std::vector<Element> best_reached;
    std::uint32_t best_count = 0;
    for (const Element x : by_rarity) {
      if (std::ranges::binary_search(reached, x)) continue;
      // Far commoner colours are not worth the wider search.
      if (best_count != 0 && count[colours[x]] > 2 * best_count) break;
      base.push_back(x);
      std::vector<Element> closure = table.subgroup(base);
      base.pop_back();
      if (closure.size() > best_reached.size()) {
        best = x;
        best_reached = std::move(closure);
        best_count = count[colours[x]];
      }
      if (++tried == kCandidates || best_reached.size() == table.order()) break;
    }
    base.push_back(best);
    reached = std::move(best_reached);
  }
  // Elements that the others make superfluous (central ones, squares) only add levels to search.
  for (std::size_t i = 0; i < base.size();) {
    std::vector<Element> others = base;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
    if (table.subgroup(others).size() == table.order()) {
      base = std::move(others);
    } else {
      ++i;
    }
  }
  merge_pairs(table, colours, count, base);
  return base;
}

MapExtension::MapExtension(const GenerationChain& chain, const CayleyTable& source,
                           std::span<const std::uint32_t> source_colours, const CayleyTable& target,
                           std::span<const std::uint32_t> target_colours, const Interrupt& interrupt)
    : chain_(chain),
      source_colours_(source_colours),
      target_(target),
      target_colours_(target_colours),
      interrupt_(interrupt),
      by_colour_(target.order()),
      source_relative_(chain.length()),
      target_relative_(chain.length()),
      images_(chain.length()),
      map_(target.order()) {
  for (Element y = 0; y < target.order(); ++y) by_colour_[target_colours_[y]].push_back(y);
  map_[source.identity()] = target.identity();
  for (std::size_t level = 0; level < chain.length(); ++level) {
    if (level == 0) {
      source_relative_[0].colours.assign(source_colours.begin(), source_colours.end());
      target_relative_[0].colours.assign(target_colours.begin(), target_colours.end());
    } else {
      refine(source, source_relative_[level - 1], chain.base()[level - 1], source_relative_[level]);
    }
  }
}

void MapExtension::refine(const CayleyTable& table, const Relative& before, Element x, Relative& after) {
  const auto row = table.row(x);
  const auto inverse_row = table.row(table.inverse(x));
  after.colours.resize(table.order());
  after.sum = 0;
  for (Element z = 0; z < table.order(); ++z) {
    const Element conjugate = table(inverse_row[z], x);
    const Element commutator = table(table.inverse(z), conjugate);
    std::uint64_t hash = before.colours[z] * 0x9e3779b97f4a7c15ULL + before.colours[row[z]];
    hash = (hash ^ (hash >> 29)) * 0xbf58476d1ce4e5b9ULL + before.colours[conjugate];
    hash = (hash ^ (hash >> 31)) * 0xc2b2ae3d27d4eb4fULL + before.colours[commutator];
    hash = (hash ^ (hash >> 32)) * 0xd6e8feb86659fd93ULL;
    after.colours[z] = hash;
    after.sum += hash ^ (hash >> 29);
  }
}

bool MapExtension::assign(std::size_t level, Element image) {
  images_[level] = image;
  for (const GenerationChain::Edge& edge : chain_.edges(level)) {
    const Element product = target_(map_[edge.from], images_[edge.generator]);
    if (edge.defines) {
      if (source_colours_[edge.to] != target_colours_[product]) return false;
      map_[edge.to] = product;
    } else if (map_[edge.to] != product) {
      return false;
    }
  }
  if (level + 1 == chain_.length()) return true;
  refine(target_, target_relative_[level], image, target_relative_[level + 1]);
  return target_relative_[level + 1].sum == source_relative_[level + 1].sum;
}

bool MapExtension::complete(std::size_t level) {
  if (level == chain_.length()) return true;
  const std::uint64_t wanted = source_relative_[level].colours[chain_.base()[level]];
  for (const Element image : candidates(level)) {
    if (target_relative_[level].colours[image] != wanted) continue;
    if (exhausted()) return false;
    --attempts_left_;
    interrupt_.poll();
    if (assign(level, image) && complete(level + 1)) return true;
  }
  return false;
}

bool MapExtension::complete_up_to(std::size_t level, const std::vector<std::vector<Element>>& automorphisms) {
  if (level == chain_.length()) return true;
  const std::uint64_t wanted = source_relative_[level].colours[chain_.base()[level]];
  std::vector<char> tried(target_.order(), 0);
  for (const Element image : candidates(level)) {
    if (tried[image] != 0 || target_relative_[level].colours[image] != wanted) continue;
    interrupt_.poll();
    std::vector<std::vector<Element>> stabiliser;
    for (const Element x : orbit_with_stabiliser(image, automorphisms, stabiliser)) tried[x] = 1;
    if (assign(level, image) && complete_up_to(level + 1, stabiliser)) return true;
  }
  return false;
}

void MapExtension::fix_below(std::size_t level) {
  for (std::size_t i = 0; i < level; ++i) assign(i, chain_.base()[i]);
}

}  // namespace peterweyl
