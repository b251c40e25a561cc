// A breadth-first spanning tree of the right Cayley graph of a group: shortest words, and what is known of a
// product from its factors carried from each element to the next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "groups/cayley_table.hpp"

namespace peterweyl {

struct SpanningTree {
  std::vector<Element> sequence;  // the identity first, every other element after its parent
  std::vector<Element> parent;    // element = parent * generators[step]; of the identity: itself and 0
  std::vector<std::uint32_t> step;
};

// `right(x, k)` is x * generators[k]. O(order * rank).
template <typename Right>
SpanningTree spanning_tree(Element order, Element identity, std::uint32_t rank, const Right& right) {
  constexpr std::uint32_t kUnseen = ~0U;
  SpanningTree tree{
      {identity}, std::vector<Element>(order, identity), std::vector<std::uint32_t>(order, kUnseen)};
  tree.sequence.reserve(order);
  tree.step[identity] = 0;
  for (std::size_t i = 0; i < tree.sequence.size(); ++i) {
    const Element x = tree.sequence[i];
    for (std::uint32_t k = 0; k < rank; ++k) {
      const Element product = right(x, k);
      if (tree.step[product] != kUnseen) continue;
      tree.parent[product] = x;
      tree.step[product] = k;
      tree.sequence.push_back(product);
    }
  }
  return tree;
}

}  // namespace peterweyl
