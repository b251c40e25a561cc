// A name for every group from its structure: "C2 x S4", "(C4 x C2) : C2", "C2 . A5".
//
// A named family where one is isomorphic to the group, else the direct product of its factors, else a split
// extension N : G/N, else an extension N . G/N that is not claimed to split. N and G/N are named in the same
// way. Of several readings the shortest name is taken, then the first in the alphabet, so the name depends on
// the isomorphism type alone wherever the catalogue of small groups covers the group. A name with ':' or '.'
// states facts, but need not determine the group: its number in the catalogue does.
//
// Cost: the normal subgroups, one complement test each and the names of the factors; milliseconds to order
// 100, up to a second for groups with very many normal subgroups.
#pragma once

#include <cstddef>
#include <string>

#include "groups/group.hpp"
#include "groups/subgroups.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// Throws GroupTooLargeError beyond order kMaximalStructuralOrder.
inline constexpr std::uint64_t kMaximalStructuralOrder = 5040;
std::string structural_name(const Group& group, const Interrupt& interrupt = {});

// A name as an operand of a longer one: "(C2 x C4)", "S4".
std::string bracketed(const std::string& name);

// What is known about the splitting of a normal subgroup.
enum class Splitting { kSplit, kNotSplit, kUndecided };

// Whether a normal subgroup has a complement: by the theorem of Schur and Zassenhaus, by linear algebra for
// an elementary abelian one, by element orders for a cyclic quotient, else by trying at most `attempts` lifts
// of generators of the quotient.
Splitting splitting(const Group& group, const Subgroup& normal, std::size_t attempts = 20'000);

}  // namespace peterweyl
