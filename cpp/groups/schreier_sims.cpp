#include "groups/schreier_sims.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

#include "arithmetic/integers.hpp"

namespace peterweyl {
namespace {

// Rows of a level (8 MiB) and of all levels (128 MiB) in entries of two bytes; beyond, a Schreier tree.
constexpr std::size_t kLevelRowImages = std::size_t{1} << 22;
constexpr std::size_t kAllRowImages = std::size_t{1} << 26;
constexpr unsigned kTreeDepth = 3;
// Random elements in a row that must sift to nothing before the check begins.
constexpr int kQuietElements = 8;

}  // namespace

SchreierSims::SchreierSims(std::size_t degree, const Interrupt& interrupt, std::uint64_t seed)
    : interrupt_(interrupt), random_(seed), scratch_(degree) {
  chain_.degree_ = degree;
}

StabilizerChain SchreierSims::from_generators(std::span<const Permutation> generators) {
  for (const Permutation& g : generators) {
    if (!is_identity(g) && std::ranges::find(chain_.generators_, g) == chain_.generators_.end()) {
      chain_.generators_.push_back(g);
    }
  }
  if (chain_.generators_.empty()) return std::move(chain_);
  products_ = RandomProducts(chain_.degree_, chain_.generators_, random_);

  const PointPartition parts = orbits(chain_.degree_, chain_.generators_);
  std::vector<std::uint32_t> sizes(parts.count, 0);
  for (const std::uint32_t part : parts.part_of) ++sizes[part];
  std::vector<std::uint16_t> moved;
  for (std::size_t p = 0; p < chain_.degree_; ++p) {
    if (sizes[parts.part_of[p]] > 1) moved.push_back(static_cast<std::uint16_t>(p));
  }
  if (sizes[parts.part_of[moved[0]]] == moved.size()) {
    if (const auto kind = recognise_giant(moved)) {
      StabilizerChain result = StabilizerChain::giant(*kind, chain_.degree_, moved);
      result.generators_ = std::move(chain_.generators_);
      return result;
    }
  }
  // Long orbits first: a short base, and levels that shrink.
  preferred_ = moved;
  std::ranges::stable_sort(preferred_, std::ranges::greater{},
                           [&](std::uint16_t p) { return sizes[parts.part_of[p]]; });
  Permutation element(chain_.degree_);
  for (const Permutation& g : chain_.generators_) {
    std::ranges::copy(g, element.begin());
    insert(element, 0);
  }
  do {
    for (int quiet = 0; quiet < kQuietElements; ++quiet) {
      interrupt_.poll();
      std::ranges::copy(products_.next(random_), element.begin());
      if (insert(element, 0)) quiet = -1;
    }
  } while (!verify(chain_.generators_));
  return std::move(chain_);
}

StabilizerChain SchreierSims::from_chain(const StabilizerChain& source, std::span<const std::uint16_t> points,
                                         bool exact) {
  chain_.generators_ = source.generators_;
  preferred_.assign(points.begin(), points.end());
  if (exact) {
    for (const std::uint16_t p : points) add_level(p);
    preferred_.resize(chain_.degree_);
    std::iota(preferred_.begin(), preferred_.end(), std::uint16_t{0});
  }
  double remaining = 0;
  for (const std::size_t length : source.orbit_lengths()) remaining += std::log2(static_cast<double>(length));
  const std::string order = source.order_text();
  while (true) {
    double found = 0;
    for (const Level& level : chain_.levels_) found += std::log2(static_cast<double>(level.orbit.size()));
    if (found > remaining - 0.5 && product_text(chain_.orbit_lengths()) == order) break;
    interrupt_.poll();
    Permutation element = source.random(random_);
    insert(element, 0);
  }
  return std::move(chain_);
}

std::optional<StabilizerChain::Kind> SchreierSims::recognise_giant(std::span<const std::uint16_t> moved) {
  const std::size_t m = moved.size();
  if (m < 8) return std::nullopt;
  const int tries = 16 * static_cast<int>(std::bit_width(m));
  std::vector<char> seen(chain_.degree_);
  for (int i = 0; i < tries; ++i) {
    interrupt_.poll();
    const Permutation& a = products_.next(random_);
    std::ranges::fill(seen, 0);
    std::size_t longest = 0;
    std::size_t visited = 0;
    // A cycle longer than m/2 is found before half of the points are spent.
    for (std::size_t k = 0; k < m && 2 * visited <= m; ++k) {
      std::size_t length = 0;
      for (std::uint16_t p = moved[k]; std::exchange(seen[p], 1) == 0; p = a[p]) ++length;
      visited += length;
      longest = std::max(longest, length);
    }
    if (2 * longest <= m || longest + 2 >= m || !is_prime(longest)) continue;
    const auto is_odd = [&](const Permutation& g) {
      const PointPartition cycles = orbits(g.size(), std::span(&g, 1));
      return (g.size() - cycles.count) % 2 != 0;
    };
    return std::ranges::any_of(chain_.generators_, is_odd) ? StabilizerChain::Kind::kSymmetric
                                                           : StabilizerChain::Kind::kAlternating;
  }
  return std::nullopt;
}

void SchreierSims::add_level(std::uint16_t base_point) {
  const std::size_t degree = chain_.degree_;
  Level level;
  level.base_point = base_point;
  level.orbit.assign(1, base_point);
  level.position.assign(degree, 0);
  level.position[base_point] = 1;
  level.rows.resize(degree);
  std::iota(level.rows.begin(), level.rows.end(), std::uint16_t{0});
  row_images_ += degree;
  chain_.levels_.push_back(std::move(level));
  chain_.base_.push_back(base_point);
}

std::uint32_t SchreierSims::add_to_pool(std::span<const std::uint16_t> a) {
  chain_.pool_.emplace_back(a.begin(), a.end());
  chain_.pool_inverse_.push_back(inverse_permutation(a));
  return static_cast<std::uint32_t>(chain_.pool_.size() - 1);
}

// Sifts `a`, an element that fixes the base points before level `from`; what is left becomes a strong
// generator.
bool SchreierSims::insert(std::span<std::uint16_t> a, std::size_t from) {
  const std::size_t stop = chain_.sift(a, from);
  if (stop == chain_.length()) {
    const auto moved = std::ranges::find_if(preferred_, [&](std::uint16_t p) { return a[p] != p; });
    if (moved == preferred_.end()) return false;
    add_level(*moved);
  }
  const std::uint32_t generator = add_to_pool(a);
  for (std::size_t i = 0; i <= stop; ++i) extend_orbit(chain_.levels_[i], generator);
  return true;
}

void SchreierSims::extend_orbit(Level& level, std::uint32_t generator) {
  level.generators.push_back(generator);
  const std::size_t old_size = level.orbit.size();
  if (level.rows.empty()) return rebuild_tree(level);
  for (std::size_t index = 0; index < old_size; ++index) {
    if (!append_image(level, index, generator)) return rebuild_tree(level);
  }
  for (std::size_t index = old_size; index < level.orbit.size(); ++index) {
    for (const std::uint32_t g : level.generators) {
      if (!append_image(level, index, g)) return rebuild_tree(level);
    }
  }
}

// False when a new row would pass the memory limit.
bool SchreierSims::append_image(Level& level, std::size_t index, std::uint32_t generator) {
  const std::size_t degree = chain_.degree_;
  const Permutation& g = chain_.pool_[generator];
  const std::uint16_t image = g[level.orbit[index]];
  if (level.position[image] != 0) return true;
  const std::size_t size = level.rows.size();
  if (size + degree > kLevelRowImages || row_images_ + degree > kAllRowImages) return false;
  level.rows.resize(size + degree);
  row_images_ += degree;
  // v_(d g) = g^-1 v_d
  const std::uint16_t* from = level.rows.data() + index * degree;
  std::uint16_t* to = level.rows.data() + size;
  for (std::size_t p = 0; p < degree; ++p) to[g[p]] = from[p];
  level.orbit.push_back(image);
  level.position[image] = static_cast<std::uint16_t>(level.orbit.size());
  return true;
}

void SchreierSims::rebuild_tree(Level& level) {
  row_images_ -= level.rows.size();
  std::vector<std::uint16_t>().swap(level.rows);
  // About 2 sqrt(orbit) random labels reach everything in two or three steps.
  const std::size_t most = 2 * static_cast<std::size_t>(std::sqrt(level.orbit.size())) + 16;
  while (true) {
    std::vector<std::uint32_t> labels = level.generators;
    labels.insert(labels.end(), level.shortcuts.begin(), level.shortcuts.end());
    if (grow_tree(level, labels) <= kTreeDepth || level.shortcuts.size() >= most) return;
    for (std::size_t added = level.shortcuts.size() + 4; added > 0; --added) {
      interrupt_.poll();
      // The inverse of the transversal element for a random point.
      Permutation shortcut = identity_permutation(chain_.degree_);
      for (std::size_t i = random_.below(level.orbit.size()); i != 0; i = level.parent[i]) {
        const Permutation& step = chain_.pool_inverse_[level.label[i]];
        for (std::uint16_t& image : shortcut) image = step[image];
      }
      level.shortcuts.push_back(add_to_pool(shortcut));
    }
  }
}

// Breadth-first over `labels`; returns the depth.
unsigned SchreierSims::grow_tree(Level& level, std::span<const std::uint32_t> labels) {
  for (const std::uint16_t p : level.orbit) level.position[p] = 0;
  level.orbit.assign(1, level.base_point);
  level.position[level.base_point] = 1;
  level.parent.assign(1, 0);
  level.label.assign(1, 0);
  std::vector<unsigned> depth{0};
  for (std::size_t index = 0; index < level.orbit.size(); ++index) {
    for (const std::uint32_t k : labels) {
      const std::uint16_t image = chain_.pool_[k][level.orbit[index]];
      if (level.position[image] != 0) continue;
      level.orbit.push_back(image);
      level.position[image] = static_cast<std::uint16_t>(level.orbit.size());
      level.parent.push_back(static_cast<std::uint16_t>(index));
      level.label.push_back(k);
      depth.push_back(depth[index] + 1);
    }
  }
  return depth.back();
}

// Proves the chain level by level from the deepest, or finds an element that makes it grow.
bool SchreierSims::verify(std::span<const Permutation> generators) {
  std::vector<std::uint32_t> reduced;
  for (std::size_t i = chain_.length(); i-- > 0;) {
    reduced = reduced_generators(i, std::move(reduced));
    if (!verify_level(i, reduced)) return false;
  }
  Permutation element(chain_.degree_);
  for (const Permutation& g : generators) {
    std::ranges::copy(g, element.begin());
    if (insert(element, 0)) return false;
  }
  return true;
}

// Generators that, with those of the level below, already have the whole orbit; the fewer, the less to
// verify.
std::vector<std::uint32_t> SchreierSims::reduced_generators(std::size_t i,
                                                            std::vector<std::uint32_t> below) const {
  const Level& level = chain_.levels_[i];
  std::vector<std::uint16_t> orbit{level.base_point};
  std::vector<char> seen(chain_.degree_, 0);
  seen[level.base_point] = 1;
  const auto extend = [&] {
    for (std::size_t index = 0; index < orbit.size(); ++index) {
      for (const std::uint32_t k : below) {
        const std::uint16_t image = chain_.pool_[k][orbit[index]];
        if (std::exchange(seen[image], 1) == 0) orbit.push_back(image);
      }
    }
  };
  extend();
  for (auto k = level.generators.begin(); orbit.size() < level.orbit.size(); ++k) {
    const bool new_point = std::ranges::any_of(orbit, [&](auto p) { return seen[chain_.pool_[*k][p]] == 0; });
    if (!new_point) continue;
    below.push_back(*k);
    extend();
  }
  return below;
}

// Sifts u_d g u_(d g)^-1 for every point d of the orbit and each of `generators`.
bool SchreierSims::verify_level(std::size_t i, std::span<const std::uint32_t> generators) {
  const std::size_t degree = chain_.degree_;
  if (i + 1 == chain_.length() && is_semiregular(i, generators)) return true;
  std::vector<std::uint16_t> inverse(degree);
  for (std::size_t index = 0; index < chain_.levels_[i].orbit.size(); ++index) {
    interrupt_.poll();
    const std::uint16_t point = chain_.levels_[i].orbit[index];
    std::iota(inverse.begin(), inverse.end(), std::uint16_t{0});
    chain_.strip_level(i, point, inverse);
    for (const std::uint32_t k : generators) {
      const Permutation& g = chain_.pool_[k];
      for (std::size_t p = 0; p < degree; ++p) scratch_[inverse[p]] = g[p];
      chain_.strip_level(i, g[point], scratch_);
      if (insert(scratch_, i + 1)) return false;
    }
  }
  return true;
}

// Whether the stabiliser of the base point of level i in the group H of `generators` is trivial. It is when
// it fixes the images of the base point under the generators, since then every generator normalises it and it
// fixes the whole orbit, and a point of each other orbit. It fixes c when d = b^h -> c^h is well defined on
// the orbit of b.
bool SchreierSims::is_semiregular(std::size_t i, std::span<const std::uint32_t> generators) const {
  const Level& level = chain_.levels_[i];
  std::vector<Permutation> images;
  std::vector<std::uint16_t> fixed_points;
  for (const std::uint32_t k : generators) {
    images.push_back(chain_.pool_[k]);
    fixed_points.push_back(chain_.pool_[k][level.base_point]);
  }
  const PointPartition parts = orbits(chain_.degree_, images);
  std::vector<char> seen(parts.count, 0);
  seen[parts.part_of[level.base_point]] = 1;
  for (std::size_t p = 0; p < chain_.degree_; ++p) {
    if (std::exchange(seen[parts.part_of[p]], 1) == 0) fixed_points.push_back(static_cast<std::uint16_t>(p));
  }
  std::vector<std::uint16_t> reached(level.orbit.size());
  std::vector<std::uint16_t> partner(level.orbit.size());
  for (const std::uint16_t c : fixed_points) {
    interrupt_.poll();
    std::vector<char> known(level.orbit.size(), 0);
    reached.assign(1, level.base_point);
    partner[0] = c;
    known[0] = 1;
    for (std::size_t step = 0; step < reached.size(); ++step) {
      const std::uint16_t from = partner[level.position[reached[step]] - std::size_t{1}];
      for (const Permutation& g : images) {
        const std::uint16_t point = g[reached[step]];
        const std::size_t index = level.position[point] - std::size_t{1};
        if (std::exchange(known[index], 1) != 0) {
          if (partner[index] != g[from]) return false;
          continue;
        }
        partner[index] = g[from];
        reached.push_back(point);
      }
    }
  }
  return true;
}

std::string SchreierSims::product_text(std::span<const std::size_t> factors) {
  // Digits to the base 10^9, the lowest first.
  constexpr std::uint64_t kBase = 1'000'000'000;
  std::vector<std::uint64_t> digits{1};
  for (const std::size_t factor : factors) {
    std::uint64_t carry = 0;
    for (std::uint64_t& digit : digits) {
      carry += digit * factor;
      digit = carry % kBase;
      carry /= kBase;
    }
    for (; carry > 0; carry /= kBase) digits.push_back(carry % kBase);
  }
  std::string text = std::to_string(digits.back());
  for (auto digit = digits.rbegin() + 1; digit != digits.rend(); ++digit) {
    const std::string part = std::to_string(*digit);
    text += std::string(9 - part.size(), '0') + part;
  }
  return text;
}

}  // namespace peterweyl
