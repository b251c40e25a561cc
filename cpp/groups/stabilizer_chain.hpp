// A permutation group by a base and strong generating set: order, membership and random elements of groups
// far too large to list.
//
// Level i holds the orbit of base point b_i under the pointwise stabiliser of b_0 ... b_{i-1} and, for each
// point d of it, the inverse of an element u_d of that stabiliser with b_i^(u_d) = d: as image rows while
// they fit in memory, else as a shallow Schreier tree. Each element is u_k ... u_1 u_0 in exactly one way.
//
// How it is built, and why its order is proven: schreier_sims.hpp. A group that contains the alternating
// group on the points it moves is kept by formula, without rows.
//
// Memory: at most 128 MiB of rows, then O(degree * base length). Time for a base of b points and s strong
// generators: O(s * sum of orbit lengths * b * degree). Immutable; safe to read from several threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "groups/permutation_orbits.hpp"
#include "support/interrupt.hpp"
#include "support/random.hpp"

namespace peterweyl {

class StabilizerChain {
 public:
  // The trivial group on no points.
  StabilizerChain() = default;

  // The group that `generators`, all of this degree, generate. The answer does not depend on `seed`; base and
  // transversals may.
  static StabilizerChain build(std::size_t degree, std::span<const Permutation> generators,
                               const Interrupt& interrupt = {}, std::uint64_t seed = 1);

  // The same group over a base that begins with `points` in this order, redundant ones included.
  StabilizerChain with_base(std::span<const std::uint16_t> points, const Interrupt& interrupt = {}) const;
  // The same group; a new base point is the first in the order of `points` (all points, once) that is needed.
  StabilizerChain with_base_from(std::span<const std::uint16_t> points,
                                 const Interrupt& interrupt = {}) const;
  // The subgroup that fixes each of `points`.
  StabilizerChain stabilizer(std::span<const std::uint16_t> points, const Interrupt& interrupt = {}) const;

  std::size_t degree() const { return degree_; }
  // Generators, a subset of a strong generating set, none of them trivial.
  std::span<const Permutation> generators() const { return generators_; }

  // The order, unless it passes 64 bit.
  std::optional<std::uint64_t> order() const;
  std::string order_text() const;  // decimal
  // Primes with exponents, ascending; empty for the trivial group.
  std::vector<std::pair<std::uint64_t, unsigned>> order_factors() const;

  std::size_t length() const { return base_.size(); }
  std::span<const std::uint16_t> base() const { return base_; }
  std::size_t orbit_length(std::size_t level) const;
  // The base point first.
  std::vector<std::uint16_t> basic_orbit(std::size_t level) const;
  bool in_basic_orbit(std::size_t level, std::uint16_t point) const;
  // Whether the stabiliser of the base points before `level` fixes `point`.
  bool is_fixed_from(std::size_t level, std::uint16_t point) const;
  // An element that fixes the base points before `level` and maps its own to each point of
  // basic_orbit(level).
  std::vector<Permutation> transversal(std::size_t level) const;

  // Multiplies `a` from the right by the inverse of the transversal element for `point`, which must lie in
  // the basic orbit of `level`.
  void strip_level(std::size_t level, std::uint16_t point, std::span<std::uint16_t> a) const;
  // Strips `a` in place as far as it goes, from level `from` on: returns the level whose orbit missed it, or
  // length(). It is an element of the group exactly when the result is length() and what is left is the
  // identity.
  std::size_t sift(std::span<std::uint16_t> a, std::size_t from = 0) const;
  bool contains(std::span<const std::uint16_t> a) const;

  // A uniformly distributed element.
  Permutation random(Random& random) const;
  // The element with these images of the base points, if there is one.
  std::optional<Permutation> from_base_images(std::span<const std::uint16_t> images) const;

 private:
  friend class SchreierSims;
  // The natural symmetric and alternating groups need no rows: u_d is (b_i d), or a 3-cycle.
  enum class Kind : std::uint8_t { kGeneral, kSymmetric, kAlternating };
  static constexpr std::uint16_t kFixed = 0xffff;

  struct Level {
    std::uint16_t base_point = 0;
    std::vector<std::uint16_t> orbit;       // the base point first
    std::vector<std::uint16_t> position;    // degree: 1 + index in the orbit, 0 outside of it
    std::vector<std::uint16_t> rows;        // orbit x degree, inverse transversal; empty with a tree
    std::vector<std::uint16_t> parent;      // tree: index in the orbit
    std::vector<std::uint32_t> label;       // tree: index into pool_; point = parent^label
    std::vector<std::uint32_t> generators;  // indices into pool_ of strong generators
    std::vector<std::uint32_t> shortcuts;   // tree: indices into pool_ of further labels
  };

  // The symmetric or alternating group on `points`, which fixes all others.
  static StabilizerChain giant(Kind kind, std::size_t degree, std::span<const std::uint16_t> points);
  std::vector<std::size_t> orbit_lengths() const;

  Kind kind_ = Kind::kGeneral;
  std::size_t degree_ = 0;
  std::vector<Permutation> generators_;
  std::vector<std::uint16_t> base_;
  std::vector<Level> levels_;      // general groups only
  std::vector<Permutation> pool_;  // strong generators and shortcuts of trees
  std::vector<Permutation> pool_inverse_;
  std::vector<std::uint16_t> giant_points_;  // giants: the moved points, the base first
  std::vector<std::uint16_t> giant_rank_;    // giants: the index of a point in giant_points_, or kFixed
};

}  // namespace peterweyl
