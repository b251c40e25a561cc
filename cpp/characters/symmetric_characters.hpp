// Character tables of symmetric groups by the rule of Murnaghan and Nakayama, from partitions alone.
//
// chi^lambda(mu) is the coefficient of the Schur function s_lambda in the product of the power sums p_r over
// the parts r of mu, and multiplication by p_r adds rim hooks of r boxes, each with a sign. Columns share the
// products of their common parts. A partition is a set of beads (its beta numbers) in a word; a rim hook of r
// boxes moves a bead by r places, with the sign of the number of beads it jumps over (James and Kerber 1981).
//
// Cost: O(p(n)^2 sqrt n) steps for p(n) partitions: S_20, 627 classes, takes milliseconds. The order must fit
// into 64 bit, so n <= 20.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "arithmetic/partitions.hpp"
#include "characters/character_table.hpp"
#include "characters/class_structure.hpp"
#include "characters/cycle_types.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// The classes of S_n in the documented order of the group S<n>: by element order, size and the smallest image
// array.
std::vector<Partition> symmetric_cycle_types(std::uint32_t n);

// For cycle types in any order, each once.
ClassStructure symmetric_class_structure(std::span<const Partition> cycle_types);

// chi^lambda at cycle types in any order: a column each, indexed by the place of lambda in partitions(n).
std::vector<std::vector<std::int64_t>> symmetric_columns(std::span<const Partition> cycle_types,
                                                         const Interrupt& interrupt = {});

// The rows of the table, one for each partition, with these columns; not verified.
CharacterRows symmetric_characters(std::span<const Partition> cycle_types, const Interrupt& interrupt = {});

}  // namespace peterweyl
