#include "groups/stabilizer_chain.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "arithmetic/integers.hpp"
#include "groups/schreier_sims.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

bool is_even(std::span<const std::uint16_t> a) {
  std::vector<char> seen(a.size(), 0);
  bool even = true;
  for (std::size_t start = 0; start < a.size(); ++start) {
    if (seen[start] != 0) continue;
    std::size_t length = 0;
    for (std::size_t p = start; std::exchange(seen[p], 1) == 0; p = a[p]) ++length;
    if (length % 2 == 0) even = !even;
  }
  return even;
}

void check_points(std::span<const std::uint16_t> points, std::size_t degree) {
  for (const std::uint16_t p : points) {
    if (p < degree) continue;
    throw ArgumentError("points: expected points in 0 ... degree-1 with degree " + std::to_string(degree) +
                        ", got " + std::to_string(p));
  }
}

}  // namespace

StabilizerChain StabilizerChain::build(std::size_t degree, std::span<const Permutation> generators,
                                       const Interrupt& interrupt, std::uint64_t seed) {
  return SchreierSims(degree, interrupt, seed).from_generators(generators);
}

StabilizerChain StabilizerChain::with_base(std::span<const std::uint16_t> points,
                                           const Interrupt& interrupt) const {
  check_points(points, degree_);
  return SchreierSims(degree_, interrupt, 1).from_chain(*this, points, true);
}

StabilizerChain StabilizerChain::with_base_from(std::span<const std::uint16_t> points,
                                                const Interrupt& interrupt) const {
  check_points(points, degree_);
  if (kind_ == Kind::kGeneral) return SchreierSims(degree_, interrupt, 1).from_chain(*this, points, false);
  std::vector<std::uint16_t> moved;
  std::ranges::copy_if(points, std::back_inserter(moved), [&](auto p) { return giant_rank_[p] != kFixed; });
  StabilizerChain result = giant(kind_, degree_, moved);
  result.generators_ = generators_;
  return result;
}

StabilizerChain StabilizerChain::stabilizer(std::span<const std::uint16_t> points,
                                            const Interrupt& interrupt) const {
  check_points(points, degree_);
  if (kind_ != Kind::kGeneral) {
    std::vector<std::uint16_t> moved;
    std::ranges::copy_if(giant_points_, std::back_inserter(moved),
                         [&](std::uint16_t p) { return std::ranges::find(points, p) == points.end(); });
    return giant(kind_, degree_, moved);
  }
  StabilizerChain result = with_base(points, interrupt);
  const auto skipped = static_cast<std::ptrdiff_t>(points.size());
  result.base_.erase(result.base_.begin(), result.base_.begin() + skipped);
  result.levels_.erase(result.levels_.begin(), result.levels_.begin() + skipped);
  result.generators_.clear();
  if (!result.levels_.empty()) {
    for (const std::uint32_t k : result.levels_[0].generators) result.generators_.push_back(result.pool_[k]);
  }
  return result;
}

StabilizerChain StabilizerChain::giant(Kind kind, std::size_t degree, std::span<const std::uint16_t> points) {
  StabilizerChain chain;
  chain.kind_ = kind;
  chain.degree_ = degree;
  chain.giant_points_.assign(points.begin(), points.end());
  chain.giant_rank_.assign(degree, kFixed);
  for (std::size_t r = 0; r < points.size(); ++r)
    chain.giant_rank_[points[r]] = static_cast<std::uint16_t>(r);
  const std::size_t top = kind == Kind::kSymmetric ? 1 : 2;
  if (points.size() > top)
    chain.base_.assign(points.begin(), points.end() - static_cast<std::ptrdiff_t>(top));

  // A short cycle, and a cycle of even or odd length as the group allows.
  const auto add_cycle = [&](std::size_t from, std::size_t to) {
    Permutation cycle = identity_permutation(degree);
    for (std::size_t r = from; r < to; ++r) cycle[points[r]] = points[r + 1 < to ? r + 1 : from];
    chain.generators_.push_back(std::move(cycle));
  };
  if (!chain.base_.empty()) {
    add_cycle(0, top + 1);
    if (points.size() > top + 1) add_cycle(top == 2 && points.size() % 2 == 0 ? 1 : 0, points.size());
  }
  return chain;
}

std::size_t StabilizerChain::orbit_length(std::size_t level) const {
  return kind_ == Kind::kGeneral ? levels_[level].orbit.size() : giant_points_.size() - level;
}

std::vector<std::size_t> StabilizerChain::orbit_lengths() const {
  std::vector<std::size_t> lengths(length());
  for (std::size_t level = 0; level < length(); ++level) lengths[level] = orbit_length(level);
  return lengths;
}

std::optional<std::uint64_t> StabilizerChain::order() const {
  std::uint64_t product = 1;
  for (const std::size_t factor : orbit_lengths()) {
    if (product > ~std::uint64_t{0} / factor) return std::nullopt;
    product *= factor;
  }
  return product;
}

std::string StabilizerChain::order_text() const {
  return SchreierSims::product_text(orbit_lengths());
}

std::vector<std::pair<std::uint64_t, unsigned>> StabilizerChain::order_factors() const {
  std::map<std::uint64_t, unsigned> exponents;
  for (const std::size_t factor : orbit_lengths()) {
    for (const auto& [prime, exponent] : factorize(factor)) exponents[prime] += exponent;
  }
  return {exponents.begin(), exponents.end()};
}

std::vector<std::uint16_t> StabilizerChain::basic_orbit(std::size_t level) const {
  if (kind_ == Kind::kGeneral) return levels_[level].orbit;
  return {giant_points_.begin() + static_cast<std::ptrdiff_t>(level), giant_points_.end()};
}

bool StabilizerChain::in_basic_orbit(std::size_t level, std::uint16_t point) const {
  if (kind_ == Kind::kGeneral) return levels_[level].position[point] != 0;
  return giant_rank_[point] != kFixed && giant_rank_[point] >= level;
}

bool StabilizerChain::is_fixed_from(std::size_t level, std::uint16_t point) const {
  if (kind_ != Kind::kGeneral) return !in_basic_orbit(level, point);
  return std::ranges::all_of(levels_[level].generators, [&](auto k) { return pool_[k][point] == point; });
}

std::vector<Permutation> StabilizerChain::transversal(std::size_t level) const {
  std::vector<Permutation> result;
  for (const std::uint16_t point : basic_orbit(level)) {
    Permutation inverse = identity_permutation(degree_);
    strip_level(level, point, inverse);
    result.push_back(inverse_permutation(inverse));
  }
  return result;
}

void StabilizerChain::strip_level(std::size_t level, std::uint16_t point, std::span<std::uint16_t> a) const {
  if (kind_ == Kind::kGeneral) {
    const Level& l = levels_[level];
    std::size_t index = l.position[point] - std::size_t{1};
    if (index == 0) return;
    if (!l.rows.empty()) {
      const std::uint16_t* row = l.rows.data() + index * degree_;
      for (std::uint16_t& image : a) image = row[image];
      return;
    }
    for (; index != 0; index = l.parent[index]) {
      const std::uint16_t* step = pool_inverse_[l.label[index]].data();
      for (std::uint16_t& image : a) image = step[image];
    }
    return;
  }
  const std::uint16_t base_point = giant_points_[level];
  if (point == base_point) return;
  // (base point, point), or point -> base point -> third -> point.
  std::uint16_t third = point;
  if (kind_ == Kind::kAlternating) {
    third = giant_points_.back() != point ? giant_points_.back() : giant_points_[giant_points_.size() - 2];
  }
  for (std::uint16_t& image : a) {
    if (image == point) {
      image = base_point;
    } else if (image == base_point) {
      image = third;
    } else if (image == third) {
      image = point;
    }
  }
}

std::size_t StabilizerChain::sift(std::span<std::uint16_t> a, std::size_t from) const {
  for (std::size_t level = from; level < base_.size(); ++level) {
    const std::uint16_t image = a[base_[level]];
    if (!in_basic_orbit(level, image)) return level;
    strip_level(level, image, a);
  }
  return base_.size();
}

bool StabilizerChain::contains(std::span<const std::uint16_t> a) const {
  if (a.size() != degree_) return false;
  if (kind_ != Kind::kGeneral) {
    for (std::size_t p = 0; p < degree_; ++p) {
      if (giant_rank_[p] == kFixed && a[p] != p) return false;
    }
    return kind_ == Kind::kSymmetric || is_even(a);
  }
  Permutation rest(a.begin(), a.end());
  return sift(rest) == base_.size() && is_identity(rest);
}

Permutation StabilizerChain::random(Random& random) const {
  Permutation result = identity_permutation(degree_);
  if (kind_ != Kind::kGeneral) {
    // Fisher and Yates over the moved points; the two last places carry the parity.
    for (std::size_t i = 0; i < base_.size(); ++i) {
      const std::size_t j = i + random.below(giant_points_.size() - i);
      std::swap(result[giant_points_[i]], result[giant_points_[j]]);
    }
    if (kind_ == Kind::kAlternating && !is_even(result)) {
      std::swap(result[giant_points_[giant_points_.size() - 2]], result[giant_points_.back()]);
    }
    return result;
  }
  // Products of inverses run over the inverses of all elements, so over all elements.
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    const auto& orbit = levels_[level].orbit;
    strip_level(level, orbit[random.below(orbit.size())], result);
  }
  return result;
}

std::optional<Permutation> StabilizerChain::from_base_images(std::span<const std::uint16_t> images) const {
  if (images.size() != base_.size()) {
    throw ArgumentError("images: expected one image for each of " + std::to_string(base_.size()) +
                        " base points, got " + std::to_string(images.size()));
  }
  check_points(images, degree_);
  Permutation inverse = identity_permutation(degree_);
  for (std::size_t level = 0; level < base_.size(); ++level) {
    const std::uint16_t point = inverse[images[level]];
    if (!in_basic_orbit(level, point)) return std::nullopt;
    strip_level(level, point, inverse);
  }
  return inverse_permutation(inverse);
}

}  // namespace peterweyl
