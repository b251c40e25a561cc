// The catalogue of small groups: every group of order n <= 511 except 256 and 384, one of each isomorphism
// type, under the number (n, k) that it has in GAP's library of small groups.
//
// The groups were computed by group_enumeration.hpp; GAP contributed the numbering only. What is stored of a
// solvable group is a consistent power-conjugate presentation, and its elements are in the order of
// polycyclic_presentation.hpp (normal words g_1^e_1 ... g_k^e_k, the last generator fastest); of the others,
// permutations that generate it, elements breadth-first. Beside them there are 32 bits of the fingerprint of
// each group. tools/catalogue/generate.py makes the data; a test recomputes small orders and compares.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "groups/group.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

inline constexpr std::uint64_t kCatalogueMaximalOrder = 511;

// How many groups of this order there are, 1 <= order <= 511; for 256 and 384 a fact from the literature.
// Throws ArgumentError for other orders.
std::uint64_t number_of_groups(std::uint64_t order);

// Whether the groups of this order are in the catalogue.
bool catalogue_covers(std::uint64_t order);

// The group "SmallGroup(order,number)", numbers from 1. Throws ArgumentError for an order that is not covered
// or a number out of range. O(order^2) for the table; the first use of an order decodes it (well below 1 ms).
Group small_group(std::uint64_t order, std::uint64_t number);

struct SmallGroupId {
  std::uint64_t order;
  std::uint64_t number;
  bool operator==(const SmallGroupId&) const = default;
};

// The number of a group of a covered order, else nothing. Because the catalogue is complete, a fingerprint
// that occurs once in the order proves the answer; where it occurs more often an isomorphism is found and
// checked.
std::optional<SmallGroupId> identify_small_group(const Group& group, const Interrupt& interrupt = {});

}  // namespace peterweyl
