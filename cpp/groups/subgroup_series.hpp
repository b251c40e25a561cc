// The classical series of subgroups of a group given by its table, each from the whole group down.
#pragma once

#include <vector>

#include "groups/subgroups.hpp"

namespace peterweyl {

Subgroup derived_subgroup(const Group& group);

// G > G' > G'' > ..., until it stops.
std::vector<Subgroup> derived_series(const Group& group);

// G = gamma_1 > gamma_2 = [gamma_1, G] > ..., until it stops.
std::vector<Subgroup> lower_central_series(const Group& group);

// 1 = Z_0 < Z_1 = Z(G) < Z_2 < ..., until it stops; listed from the trivial subgroup up.
std::vector<Subgroup> upper_central_series(const Group& group);

// G > ... > 1, each normal in G with nothing normal between.
std::vector<Subgroup> chief_series(const Group& group);

// G > ... > 1, each normal in the one before with a simple quotient.
std::vector<Subgroup> composition_series(const Group& group);

bool is_nilpotent(const Group& group);      // the lower central series ends at 1
bool is_solvable(const Group& group);       // the derived series ends at 1
bool is_supersolvable(const Group& group);  // every chief factor has prime order
bool is_perfect(const Group& group);        // G = G'
bool is_simple(const Group& group);         // not trivial, and every class generates it normally

// Orders of the cyclic factors of G/G', prime powers, ascending.
std::vector<std::uint64_t> abelian_invariants(const Group& group);

}  // namespace peterweyl
