// The language of group specs: "S5", "C2^3", "C4 x S3", "C7 : C3", "(C2 x D4) x C3", "PSL(2,7)", "C2 wr S4".
//
//   spec     := term (operator term)*      operators bind to the left, all alike
//   operator := 'x'                        direct product
//             | ':'                        semidirect product of two cyclic groups, faithful action
//             | ':' number                 the same with b a b^-1 = a^number, faithful or not
//             | 'wr'                       wreath product with a permutation group
//   term     := atom ('^' number)?         direct power
//   atom     := '(' spec ')' | C<n> | D<n> (order 2n) | S<n> | A<n> | Dic<n> (order 4n) | Q<4k> | SD<2^e> |
//   V4 | He<p>
//             | M<n> | GL(n,q) | SL(n,q) | PGL(n,q) | PSL(n,q) | AGL(n,q) | p^(1+2n)+ | p^(1+2n)-
//
// White space is free, letters are as written. The order of the whole is known before anything is built, so a
// spec that is too large costs nothing.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "groups/group.hpp"

namespace peterweyl {

// Throws GroupSpecError (unreadable; with the nearest known specs), ArgumentError (a parameter out of range)
// or GroupTooLargeError.
Group group_from_specification(std::string_view text);

// The forms of the language, for messages and help: pairs (form, meaning).
std::vector<std::pair<std::string, std::string>> known_specifications();

}  // namespace peterweyl
