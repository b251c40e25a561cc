// The non-solvable groups of a given order, by cyclic extensions upwards from the perfect ones.
//
// A non-solvable group that is not perfect has a normal subgroup N of prime index q that is not solvable
// either, so it is given by N, an automorphism s of N up to inner ones, and an element a of N with s(a) = a
// and s^q = conjugation by a: adjoin g with g^-1 x g = s(x) and g^q = a (Hoelder 1893; Zassenhaus 1958,
// chapter 3). The automorphism groups that occur have at most a few thousand elements and are listed. The
// perfect groups of order 1 < n <= 511 are A5, SL(2,5), PSL(2,7), SL(2,7), A6 and PSL(2,8) (Holt and Plesken,
// Perfect Groups, 1989).
#pragma once

#include <vector>

#include "groups/group.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// All perfect groups of an order from 2 to 511, from permutations; mostly none.
std::vector<Group> perfect_groups(Element order);

// One of each isomorphism type, order from 1 to 511, in a deterministic order.
std::vector<Group> nonsolvable_groups(Element order, const Interrupt& interrupt = {});

}  // namespace peterweyl
