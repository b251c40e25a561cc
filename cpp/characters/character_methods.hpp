// The character table of a group, by the method that is best for it.
#pragma once

#include <cstdint>

#include "characters/character_table.hpp"
#include "groups/group.hpp"
#include "groups/large_conjugacy_classes.hpp"
#include "groups/stabilizer_chain.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// Throws GroupTooLargeError before anything large is allocated.
CharacterTable character_table(const Group& group, const Interrupt& interrupt = {});

// The same for a group that may be far too large to list; columns in the order of `classes`, which are those
// of the group.
CharacterTable character_table(const StabilizerChain& group, const LargeConjugacyClasses& classes,
                               const Interrupt& interrupt = {});

// The table of S_n, columns in the order of the classes of the group S<n>, without making the group. Throws
// ArgumentError unless n is in 1 ... kMaximalSymmetricDegree.
CharacterTable symmetric_character_table(std::uint32_t degree, const Interrupt& interrupt = {});

}  // namespace peterweyl
