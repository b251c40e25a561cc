// The multiplication table of a group whose product rule is known, from products with generators alone.
//
// O(order * generators) products and one gather an entry, instead of order^2 products.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "groups/cayley_table.hpp"

namespace peterweyl {

// Elements 0 ... order-1 with the identity at 0; product(a, b) is called for generators b only, which must
// generate. Throws GroupTooLargeError before it allocates.
template <typename Product>
CayleyTable generated_table(std::uint64_t order, std::span<const Element> generators, Product&& product) {
  CayleyTable::check_order(order);
  std::vector<Element> right;
  right.reserve(order * generators.size());
  for (Element a = 0; a < order; ++a) {
    for (const Element b : generators) right.push_back(std::forward<Product>(product)(a, b));
  }
  return CayleyTable::from_right_cayley_graph_no_checks(order, generators, right);
}

}  // namespace peterweyl
