// What of a group does not depend on how its elements are labelled: colours of its classes, and one number.
//
// Colours start from (element order, class size) and are refined until no class splits any more. A round
// gives each class C, with representative x, the hash of its colour, of the colours of its powers and roots,
// and of the multiset over all y of the colours of (y, xy, [x, y]): one-dimensional Weisfeiler-Leman
// refinement of the multiplication table (Weisfeiler and Leman 1968; Brachter and Schweitzer 2020 for
// groups), done on classes. An automorphism or isomorphism maps every element to one of the same colour.
//
// The hashes are fixed 64-bit arithmetic: the same on every platform, and stored in the catalogue of small
// groups, so a change here must be followed by a new run of tools/catalogue. Cost: O(classes * n) a round,
// two to four rounds.
#pragma once

#include <cstdint>
#include <vector>

#include "groups/group.hpp"

namespace peterweyl {

struct ClassColours {
  std::vector<std::uint64_t> of_class;  // k: the colour of each class of group.conjugacy_classes()
  std::uint64_t fingerprint = 0;        // of the group: a hash of the sorted colours and class sizes
};

ClassColours class_colours(const Group& group);

// The colours numbered 0 ... c-1 in ascending order of their hashes. Two groups with equal `values` number
// alike.
struct ElementColours {
  std::vector<std::uint32_t> of_element;  // n
  std::vector<std::uint64_t> values;      // c, ascending
};
ElementColours element_colours(const Group& group, const ClassColours& colours);

// Equal for isomorphic groups. Different values prove that groups are not isomorphic; equal values prove
// nothing by themselves.
std::uint64_t fingerprint(const Group& group);

}  // namespace peterweyl
