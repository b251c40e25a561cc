// The automorphism group of a group given by its table: its exact order, and generators.
//
// An automorphism is determined by the images of a base b_1, ..., b_r that generates. As in Sims' stabiliser
// chains (Sims 1970; Seress 2003, chapter 4) |Aut G| is the product of the lengths of the orbits of b_i under
// the automorphisms that fix b_1, ..., b_(i-1); these orbits are found from the last to the first, and an
// image is tried by backtracking only when it has the right colour and the automorphisms already found settle
// nothing about it. No list of automorphisms is ever formed: the work is a few hundred partial maps even for
// C2^6, which has 20,158,709,760 automorphisms.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "groups/fingerprint.hpp"
#include "groups/group.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

struct AutomorphismGroup {
  std::vector<Element> base;                 // generates the group; fixed pointwise only by the identity
  std::vector<std::uint64_t> orbit_lengths;  // r: their product is the order
  std::vector<std::vector<Element>>
      generators;  // images of all elements; a strong generating set for the base

  // The order, or nothing if it does not fit 64 bits (it fits for every group of order <= 511).
  std::optional<std::uint64_t> order() const;
};

AutomorphismGroup automorphism_group(const Group& group, const Interrupt& interrupt = {});
AutomorphismGroup automorphism_group(const Group& group, const ClassColours& colours,
                                     const Interrupt& interrupt = {});

}  // namespace peterweyl
