// Character tables of supersolvable groups (all groups of prime power order among them): every irreducible
// character is induced from a linear character of a subgroup, and all of these are found without a matrix.
//
// Along a chief series 1 = G_0 < G_1 < ... < G_m = G with factors of prime order a pair (H, lambda) stands
// for the characters of G above lambda, a linear character of H intersected with G_i that H stabilises. One
// step up, lambda has p extensions or, where H does not reach further, itself; H permutes them, and an orbit
// with stabiliser T gives the pair (T, extension). At the top the characters induced from the pairs are the
// irreducible ones, each once (Clifford). Subgroups are kept as polycyclic sequences along the series, and
// stabilisers are found along them. (Baum and Clausen 1994; Conlon 1990.)
//
// Values are exact sums of roots of unity: the sum over H intersected with the class of g of lambda(h), times
// |C_G(g)|/|H|. Cost: O(m) products for each pair, plus sum of |H| over all irreducible characters, which is
// at most k |G|. Memory O(|G|) beyond the table.
#pragma once

#include <optional>

#include "characters/character_table.hpp"
#include "characters/class_structure.hpp"
#include "characters/listed_group.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// The rows of the table, unordered and not verified; none when the group is not supersolvable.
std::optional<CharacterRows> monomial_characters(const ListedGroup& group, const ClassStructure& classes,
                                                 const Interrupt& interrupt = {});

}  // namespace peterweyl
