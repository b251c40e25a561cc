// Centralisers and conjugating elements in permutation groups, by backtracking over the images of a base that
// follows the cycles of the element.
//
// If g conjugates x to y and maps b to c, it maps b^x to c^y: one choice fixes the images of a whole cycle.
// So base points are taken along cycles, those with the fewest candidates a point first, and a search runs
// over the images of one point a cycle; points whose images the base points so far determine are checked at
// once. The centraliser is found level by level from the deepest; images that lie in an orbit of what is
// found already are not tried again. (Butler 1982; Holt, Eick and O'Brien 2005, section 4.6.)
//
// Exponential in the worst case (many short cycles in a group with a long base); microseconds where a few
// images determine an element.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "groups/permutation_orbits.hpp"
#include "groups/stabilizer_chain.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// Partitions of the points that a group keeps: its orbits, and minimal block systems on each of them.
struct InvariantPartitions {
  InvariantPartitions(std::size_t degree, std::span<const Permutation> generators,
                      const Interrupt& interrupt = {});

  std::vector<std::uint32_t> orbit_of;
  // Each: the blocks of a system on one orbit.
  std::vector<std::vector<std::vector<std::uint16_t>>> systems;
};

// The cycles of a permutation, and for each point its type: a hash of the orbit of the group it lies in, the
// length of its cycle and the cycles of the points in its blocks. Conjugation in the group keeps types.
struct CycleStructure {
  CycleStructure(std::span<const std::uint16_t> a, const InvariantPartitions& partitions);

  std::size_t length(std::uint32_t cycle) const { return starts[cycle + 1] - starts[cycle]; }
  // The image of `point` under the k-th power.
  std::uint16_t walk(std::uint16_t point, std::size_t k) const;

  std::vector<std::uint32_t> cycle_of;  // degree
  std::vector<std::uint32_t> index_of;  // degree: the place of the point in its cycle
  std::vector<std::uint64_t> type_of;   // degree
  std::vector<std::uint32_t> starts;    // cycles + 1: where each cycle begins in `points`
  std::vector<std::uint16_t> points;    // degree
  std::uint64_t order = 1;              // of the permutation
  // Equal for conjugate elements: a hash of how many points have each type.
  std::uint64_t invariant = 0;

 private:
  void refine(const std::vector<std::vector<std::uint16_t>>& system);
};

class ConjugationSearch {
 public:
  // Finds the centraliser of `element` in `group`, which it must lie in.
  ConjugationSearch(const StabilizerChain& group, Permutation element, const InvariantPartitions& partitions,
                    const Interrupt& interrupt);

  const Permutation& element() const { return element_; }
  const CycleStructure& cycles() const { return cycles_; }
  // Orbit lengths along a base: their product is the order of the centraliser.
  std::span<const std::size_t> centralizer_orbits() const { return centralizer_orbits_; }
  // A strong generating set of the centraliser.
  std::span<const Permutation> centralizer_generators() const { return centralizer_; }

  // Some g in the group with g^-1 element g = y, if there is one. `cycles` are those of y.
  std::optional<Permutation> conjugator_to(std::span<const std::uint16_t> y, const CycleStructure& cycles,
                                           const Interrupt& interrupt) const;

 private:
  // A base point in the cycle of an earlier one has no choice: its image is a step of y from the earlier
  // image.
  struct Place {
    std::size_t earlier = 0;
    std::size_t steps = 0;
    bool forced = false;
    // Points p such that the images of p and p^x are settled by the base points up to this one, and not
    // before.
    std::vector<std::uint16_t> settled;
  };
  struct State {
    std::span<const std::uint16_t> y;
    const CycleStructure& cycles;
    const Interrupt& interrupt;
    std::vector<std::uint16_t> images;  // of the base points so far
    std::vector<Permutation> inverses;  // of an element with these images, a row a level
    Permutation scratch;
  };

  void find_places();
  State start(std::span<const std::uint16_t> y, const CycleStructure& cycles,
              const Interrupt& interrupt) const;
  bool place(State& state, std::size_t level, std::uint16_t image) const;
  bool search(State& state, std::size_t level) const;
  void find_centralizer(const Interrupt& interrupt);
  std::size_t centralizer_level(State& state, std::size_t level);

  Permutation element_;
  CycleStructure cycles_;
  StabilizerChain chain_;  // the group, over a base along the cycles
  std::vector<Place> places_;
  std::vector<Permutation> centralizer_;
  std::vector<std::size_t> centralizer_orbits_;
};

}  // namespace peterweyl
