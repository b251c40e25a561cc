// Character tables by simultaneous eigenvectors of class sums modulo a prime, lifted by the power maps.
//
// Let T_l take a class function f to (T_l f)(g) = sum of f(u g) over u in class l. Characters are its
// eigenvectors, with eigenvalue |C_l| chi(g_l)/chi(1), and all T_l together separate them. Modulo a prime p =
// 1 modulo the exponent, spaces of class functions are split one after another by random combinations of the
// cheapest T_l, of which only the rows at the pivots of the space are computed: d |C_l| products for a space
// of dimension d (the "required columns" of Schneider). A space is split without a search for eigenvalues:
// the minimal polynomial comes from a Krylov sequence (Berlekamp and Massey), its roots by Cantor and
// Zassenhaus, the components by synthetic division.
//
// Lifting: the multiplicity of the eigenvalue zeta_m^s of an element g of order m is the s-th Fourier
// coefficient of chi(g^t) modulo p, an integer in 0 ... chi(1); once for each class of cyclic subgroups, and
// not at all at rational classes, whose values are the symmetric residues. (Dixon 1967; Schneider 1990.)
//
// Cost: O(k^3) modulo p, sum of d |C_l| products, and O(k m^2) for each irrational class of cyclic subgroups.
#pragma once

#include <cstdint>

#include "characters/character_table.hpp"
#include "characters/class_structure.hpp"
#include "characters/listed_group.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// The rows of the table, unordered and not verified. Throws GroupTooLargeError when the order passes 2^31.
CharacterRows dixon_schneider(const ListedGroup& group, const ClassStructure& classes,
                              const Interrupt& interrupt = {});

}  // namespace peterweyl
