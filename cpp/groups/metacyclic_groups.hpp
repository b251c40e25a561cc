// Split extensions of a cyclic group by a cyclic group with any action, and the 2-groups and p-groups among
// them that have a name.
//
// Elements a^i b^j row-major (j fastest), with b a b^-1 = a^r: label i * k + j. O(order^2) for the table.
#pragma once

#include <cstdint>

#include "groups/group.hpp"

namespace peterweyl {

// C_m :_r C_k for r^k = 1 modulo m, faithful or not; r is taken modulo m. C_3 :_2 C_4 is dicyclic, C_8 :_3
// C_2 semidihedral, C_p :_r C_k with r of order k a Frobenius group.
Group split_metacyclic_group(std::uint64_t m, std::uint64_t r, std::uint64_t k);

// SD_n of order n = 2^e >= 16: C_(n/2) : C_2 with r = n/4 - 1.
Group semidihedral_group(std::uint64_t order);

// The modular maximal-cyclic group of order n = p^e, e >= 3 (e >= 4 for p = 2): C_(n/p) : C_p with r = 1 +
// n/p^2.
Group modular_group(std::uint64_t order);

// Throw ArgumentError for an order that the family does not have.
void check_semidihedral_order(std::uint64_t order);
void check_modular_order(std::uint64_t order);

}  // namespace peterweyl
