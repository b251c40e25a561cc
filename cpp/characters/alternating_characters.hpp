// Character tables of alternating groups, from partitions alone.
//
// The even permutations of a cycle type are one class of A_n, except where the parts are odd and different:
// then they are two, told apart by the sign of the permutation that writes the cycles one after another, the
// longest first. chi^lambda and chi^lambda' restrict to the same irreducible character of A_n; where lambda
// is its own conjugate, the restriction is the sum of two. They differ only on the two classes whose parts
// are the diagonal hooks h of lambda, where they are (e +- sqrt(e h_1 h_2 ...))/2 with the sign e =
// chi^lambda there (Frobenius 1901; James and Kerber 1981, 2.5). The root is a product of quadratic Gauss
// sums, sum over x of zeta_h^(x^2) for each hook, so the values are exact.
//
// Powers of a class that is one of two: g -> g^t permutes the points of an r-cycle with the sign (t/r).
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include "arithmetic/partitions.hpp"
#include "characters/character_table.hpp"
#include "characters/class_structure.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

struct AlternatingClass {
  Partition type;
  int sign = 0;  // +1 and -1 for the two classes of a type, else 0
  auto operator<=>(const AlternatingClass&) const = default;
};

// The classes of A_n, n >= 2, in the documented order of the group A<n>: by element order, size and the
// smallest image array.
std::vector<AlternatingClass> alternating_classes(std::uint32_t n);

// The class of an even permutation of n >= 2 points.
AlternatingClass alternating_class(std::span<const std::uint16_t> permutation);

// For the classes of A_n in any order, each once.
ClassStructure alternating_class_structure(std::span<const AlternatingClass> classes);

// The rows of the table with these columns; not verified.
CharacterRows alternating_characters(std::span<const AlternatingClass> classes,
                                     const Interrupt& interrupt = {});

}  // namespace peterweyl
