// Character tables of wreath products K wr P from the table of K and those of subgroups of P.
//
// The irreducible characters of K^m are products of those of K, one a coordinate: colourings of the m points
// by Irr(K). A colouring extends to K^m : T, T its stabiliser in P, where (f; b) acts by f and permutes the
// factors; its trace is the product over the cycles of b of the colour's value at the product of f along the
// cycle. Times each irreducible character of T, induced to K wr P, for one colouring of each orbit of P:
// these are all, each once (Clifford; Kerber 1971). At (f; b) that is a sum over the colourings in the orbit
// that b fixes. O(k^m classes m) steps, for k classes of K, besides the values themselves.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "characters/character_table.hpp"
#include "characters/class_structure.hpp"
#include "groups/conjugacy_classes.hpp"
#include "groups/element_enumeration.hpp"
#include "groups/group.hpp"
#include "groups/permutation.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// How the tables that are needed are made.
struct WreathTables {
  std::function<CharacterTable(const Group&)> of_group;
  std::function<CharacterTable(const ElementEnumeration&, const ConjugacyClasses&)> of_permutations;
};

// The rows of the table of a group that was made as a wreath product; not verified. None when the group was
// not made so, or has so many colourings that other ways are better.
std::optional<CharacterRows> wreath_characters(const Group& group, const ClassStructure& classes,
                                               const WreathTables& tables, const Interrupt& interrupt = {});

}  // namespace peterweyl
