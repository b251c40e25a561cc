// The language of group specs: "S5", "C2^3", "C4 x S3", "C7 : C3", "(C2 x D4) x C3".
//
//   spec   := term (operator term)*        operators bind to the left, all alike
//   operator := 'x' | ':'                  direct product; semidirect product of two cyclic groups, faithful
//   action term   := atom ('^' number)?           direct power atom   := '(' spec ')' | C<n> | D<n> (order
//   2n) | S<n> | A<n> | Dic<n> (order 4n) | Q<4k> | V4
//
// White space is free, letters are as written. Orders are known before anything is built, so a spec that is
// too large costs nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "groups/group.hpp"

namespace peterweyl {

// Throws GroupSpecError (unreadable; with the nearest known specs), ArgumentError (a parameter out of range)
// or GroupTooLargeError.
Group group_from_specification(std::string_view text);

// The forms of the language, for messages and help: pairs (form, meaning).
std::vector<std::pair<std::string, std::string>> known_specifications();

}  // namespace peterweyl
