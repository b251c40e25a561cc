#include "groups/conjugacy_classes.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace peterweyl {

ConjugacyClasses conjugacy_classes(const CayleyTable& table, std::span<const Element> generators,
                                   std::span<const std::uint32_t> element_orders) {
  const Element n = table.order();
  constexpr std::uint32_t kUnseen = ~0U;
  ConjugacyClasses found;
  found.of_element.assign(n, kUnseen);
  std::vector<Element> orbit;
  for (Element x = 0; x < n; ++x) {
    if (found.of_element[x] != kUnseen) continue;
    const auto label = static_cast<std::uint32_t>(found.representatives.size());
    orbit.assign(1, x);
    found.of_element[x] = label;
    for (std::size_t i = 0; i < orbit.size(); ++i) {
      for (const Element g : generators) {
        const Element y = table(table(table.inverse(g), orbit[i]), g);
        if (found.of_element[y] != kUnseen) continue;
        found.of_element[y] = label;
        orbit.push_back(y);
      }
    }
    found.representatives.push_back(x);
    found.sizes.push_back(static_cast<std::uint32_t>(orbit.size()));
    found.orders.push_back(element_orders[x]);
  }

  std::vector<std::uint32_t> rank(found.count());
  std::iota(rank.begin(), rank.end(), 0U);
  std::ranges::sort(rank, {}, [&](std::uint32_t c) {
    return std::tuple(found.orders[c], found.sizes[c], found.representatives[c]);
  });
  ConjugacyClasses sorted;
  std::vector<std::uint32_t> position(found.count());
  for (const std::uint32_t c : rank) {
    position[c] = static_cast<std::uint32_t>(sorted.representatives.size());
    sorted.representatives.push_back(found.representatives[c]);
    sorted.sizes.push_back(found.sizes[c]);
    sorted.orders.push_back(found.orders[c]);
  }
  sorted.of_element.resize(n);
  std::ranges::transform(found.of_element, sorted.of_element.begin(),
                         [&](std::uint32_t c) { return position[c]; });
  return sorted;
}

}  // namespace peterweyl
