// Random elements of a group given by generating permutations: product replacement with an accumulator.
//
// (Celler, Leedham-Green, Murray, Niemeyer and O'Brien 1995.) Close to uniform after a warm-up, without a
// bound: for searches whose answer is checked, never for statistics. Two products of permutations an element.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "groups/permutation_orbits.hpp"
#include "support/random.hpp"

namespace peterweyl {

class RandomProducts {
 public:
  // The trivial group.
  RandomProducts() = default;

  RandomProducts(std::size_t degree, std::span<const Permutation> generators, Random& random)
      : accumulator_(identity_permutation(degree)), scratch_(degree) {
    constexpr std::size_t kSlots = 10;
    constexpr int kWarmUp = 40;
    if (generators.empty()) return;
    for (std::size_t k = 0; k < std::max(kSlots, generators.size()); ++k) {
      slots_.push_back(generators[k % generators.size()]);
    }
    for (int i = 0; i < kWarmUp; ++i) next(random);
  }

  // Valid until the next call.
  const Permutation& next(Random& random) {
    if (slots_.empty()) return accumulator_;
    const std::size_t a = random.below(slots_.size());
    std::size_t b = random.below(slots_.size() - 1);
    if (b >= a) ++b;
    if ((random.next() >> 63) != 0) {
      for (std::uint16_t& image : slots_[a]) image = slots_[b][image];
    } else {
      for (std::size_t p = 0; p < scratch_.size(); ++p) scratch_[p] = slots_[a][slots_[b][p]];
      std::swap(slots_[a], scratch_);
    }
    for (std::uint16_t& image : accumulator_) image = slots_[a][image];
    return accumulator_;
  }

 private:
  std::vector<Permutation> slots_;
  Permutation accumulator_;
  Permutation scratch_;
};

}  // namespace peterweyl
