// The normal subgroups of a group: every one is a join of normal closures of single classes.
#pragma once

#include <cstdint>
#include <vector>

#include "groups/subgroups.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// All normal subgroups, by order, then by their elements. Throws EnumerationLimitError beyond `limit` of them
// (elementary abelian groups have very many). O(number of subgroups * classes) joins.
std::vector<Subgroup> normal_subgroups(const Group& group, std::size_t limit = 100000,
                                       const Interrupt& interrupt = {});

// The minimal normal subgroups above N: those that hold N properly and nothing normal lies between, by order.
std::vector<Subgroup> minimal_normal_subgroups_above(const Group& group, const Subgroup& normal);

// A maximal normal subgroup; the whole group when it is trivial.
Subgroup maximal_normal_subgroup(const Group& group);

}  // namespace peterweyl
