// Normal subgroups and factor groups, read off a character table.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "characters/character_table.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// The classes on which a character takes its degree: the kernel of its representation, ascending.
std::vector<std::uint32_t> kernel_classes(const CharacterTable& table, std::size_t row);

// All normal subgroups as sets of classes, ascending by order, then by their classes: the intersections of
// kernels. Throws EnumerationLimitError beyond `limit` of them.
std::vector<std::vector<std::uint32_t>> normal_subgroups(const CharacterTable& table,
                                                         std::size_t limit = 100'000,
                                                         const Interrupt& interrupt = {});

// The table of G/N: the rows of G with N in their kernel, on the classes that they tell apart.
struct FactorTable {
  CharacterTable table;
  std::vector<std::uint32_t> projection;  // the class of G/N for each class of G
};

// Throws ArgumentError unless the classes are those of a normal subgroup.
FactorTable factor_table(const CharacterTable& table, std::span<const std::uint32_t> normal_classes,
                         const Interrupt& interrupt = {});

}  // namespace peterweyl
