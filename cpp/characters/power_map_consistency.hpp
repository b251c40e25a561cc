// Whether the values of a character table agree with its power maps: exact, in Z[zeta], no prime field.
//
// Characters are sums of eigenvalues, roots of unity, and the eigenvalues of g^t are their t-th powers. So
// zeta -> zeta^t takes chi(g) to chi(g^t) for t prime to the order of g, and chi(g)^p - chi(g^p) is p times
// an algebraic integer for every prime p; chi(g)^p may be replaced by the image of chi(g) under zeta ->
// zeta^p, sum of c_i zeta^(p e_i), as the two agree modulo p. (GAP's TestConsistencyMaps looks at the same
// congruence.)
//
// O(k^2) values, each with its terms and the primes that divide the order of its class.
#pragma once

#include <string>

#include "characters/character_table.hpp"
#include "characters/class_structure.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// What is wrong, or an empty text. Exponents must be below the orders of their classes.
std::string power_map_fault(const ClassStructure& classes, const CharacterRows& rows,
                            const Interrupt& interrupt = {});

}  // namespace peterweyl
