// Does a minimal normal abelian subgroup have a complement? Linear algebra over GF(p), no search.
#pragma once

#include "groups/subgroups.hpp"

namespace peterweyl {

// Whether G has a subgroup H with HN = G and H meeting N trivially, for a normal elementary abelian N.
//
// Generators g_i of G may be changed by elements m_i of N; the changed ones generate a complement exactly
// when they satisfy the relations of G/N, one for each edge of its Cayley graph outside a spanning tree, and
// these are linear in the m_i. O(|G/N| r^2 k^3) for r generators and |N| = p^k (Holt, Eick, O'Brien 2005,
// section 8.7.2). Throws ArgumentError unless N is normal and elementary abelian.
bool has_complement(const Group& group, const Subgroup& normal);

}  // namespace peterweyl
