// Character tables of direct products from those of the factors.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "characters/character_table.hpp"
#include "characters/class_structure.hpp"
#include "groups/group.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// The tensor products of the rows of some tables, the last table fastest; not verified. parts[c][f] is the
// class of factor f that class c of the product projects to. O(k^2 r) products of values for r factors.
CharacterRows product_characters(std::span<const CharacterTable> tables,
                                 const std::vector<std::vector<std::uint32_t>>& parts,
                                 const ClassStructure& classes, const Interrupt& interrupt = {});

// The rows of the table of a group that was made as a direct product. `table_of` makes the tables of the
// factors. None when the group was not made so.
std::optional<CharacterRows> product_characters(const Group& group, const ClassStructure& classes,
                                                const std::function<CharacterTable(const Group&)>& table_of,
                                                const Interrupt& interrupt = {});

}  // namespace peterweyl
