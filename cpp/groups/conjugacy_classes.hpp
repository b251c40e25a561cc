// Conjugacy classes of a group given by its table.
//
// Order: identity first, then by (element order, class size, smallest element).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "groups/cayley_table.hpp"

namespace peterweyl {

struct ConjugacyClasses {
  std::vector<std::uint32_t> of_element;  // n: the class of each element
  std::vector<Element> representatives;   // k: the smallest element of each class
  std::vector<std::uint32_t> sizes;       // k
  std::vector<std::uint32_t> orders;      // k: the order of the elements of each class
  std::size_t count() const { return representatives.size(); }
};

// Orbits of conjugation by the generators: O(n * number of generators).
ConjugacyClasses conjugacy_classes(const CayleyTable& table, std::span<const Element> generators,
                                   std::span<const std::uint32_t> element_orders);

}  // namespace peterweyl
