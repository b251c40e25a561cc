// The checks that every character table passes before it leaves; see character_table.hpp for what they are.
#pragma once

#include <cstdint>
#include <vector>

#include "characters/character_table.hpp"
#include "characters/class_structure.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

struct VerifiedFacts {
  std::vector<std::uint64_t> degrees;  // a row each
  std::vector<int> indicators;
};

// Throws NumericalError, saying what is wrong, unless the rows are the irreducible characters as far as the
// checks can tell.
VerifiedFacts verify_characters(const ClassStructure& classes, const CharacterRows& rows,
                                const Interrupt& interrupt = {});

}  // namespace peterweyl
