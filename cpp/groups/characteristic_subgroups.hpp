// Subgroups that every automorphism keeps (and Sylow subgroups, which they permute).
#pragma once

#include <cstdint>

#include "groups/subgroups.hpp"

namespace peterweyl {

// A Sylow p-subgroup, the same one on every run: grown by elements of its normaliser. Trivial when p does not
// divide.
Subgroup sylow_subgroup(const Group& group, std::uint64_t p);

// The largest normal p-subgroup: the core of a Sylow subgroup.
Subgroup p_core(const Group& group, std::uint64_t p);

// The largest nilpotent normal subgroup: the product of the p-cores.
Subgroup fitting_subgroup(const Group& group);

// The intersection of the maximal subgroups. A minimal normal subgroup lies in it exactly when it is abelian
// without a complement; then one goes on in the quotient (Gaschuetz 1953).
Subgroup frattini_subgroup(const Group& group);

}  // namespace peterweyl
