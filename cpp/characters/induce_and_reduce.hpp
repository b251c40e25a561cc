// Character tables from induced characters and lattice reduction: needs the class structure alone, so groups
// far too large to list are open to it.
//
// The characters induced from cyclic subgroups span a lattice of full rank in the virtual characters (Artin);
// products and symmetrised squares of what is found enlarge it, and where they do not suffice the characters
// induced from elementary subgroups, as the caller supplies them, do (Brauer). Irreducible characters are its
// vectors of norm 1, up to sign: they are found by LLL reduction and split off. (Unger 2006.)
//
// Class functions are held modulo two 31-bit primes = 1 modulo the exponent, which gives inner products
// exactly up to 2^60. Cost: O(k) a reduction step; O(k^2) for each induced character.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "characters/character_table.hpp"
#include "characters/class_structure.hpp"
#include "characters/elementary_subgroups.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// `known`: characters with integer values, one a class, that are known beforehand, such as permutation
// characters. `subgroups`: is asked for one subgroup after another while irreducible characters are missing;
// may be empty. The rows of the table, unordered and not verified; none when the subgroups have run out.
std::optional<CharacterRows> induce_and_reduce(
    const ClassStructure& classes, std::span<const std::vector<std::int64_t>> known,
    const std::function<std::optional<FusedSubgroup>()>& subgroups = {}, const Interrupt& interrupt = {});

}  // namespace peterweyl
