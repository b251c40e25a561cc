// Character tables of direct products from those of the factors.
#pragma once

#include <functional>
#include <optional>

#include "characters/character_table.hpp"
#include "characters/class_structure.hpp"
#include "groups/group.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// The rows of the table of a group that was made as a direct product: the tensor products of the rows of its
// factors, the last factor fastest; not verified. `table_of` makes the tables of the factors. None when the
// group was not made so. O(k^2 r) products of values for r factors.
std::optional<CharacterRows> product_characters(const Group& group, const ClassStructure& classes,
                                                const std::function<CharacterTable(const Group&)>& table_of,
                                                const Interrupt& interrupt = {});

}  // namespace peterweyl
