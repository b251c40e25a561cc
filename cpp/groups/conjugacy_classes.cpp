#include "groups/conjugacy_classes.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <unordered_map>

namespace peterweyl {
namespace {

constexpr std::uint32_t kUnseen = ~0U;

// Classes in the order of their smallest elements: orbits under `visit_conjugates(x, found)`, which calls
// found(y) for the conjugates y of x by the generators. `order_of` is asked once a class.
template <typename Conjugates, typename Order>
ConjugacyClasses orbits_of_conjugation(Element n, const Conjugates& visit_conjugates, const Order& order_of) {
  ConjugacyClasses found;
  found.of_element.assign(n, kUnseen);
  std::vector<Element> orbit(n + std::size_t{1});
  for (Element x = 0; x < n; ++x) {
    if (found.of_element[x] != kUnseen) continue;
    const auto label = static_cast<std::uint32_t>(found.representatives.size());
    std::size_t size = 1;
    orbit[0] = x;
    found.of_element[x] = label;
    for (std::size_t i = 0; i < size; ++i) {
      visit_conjugates(orbit[i], [&](Element y) {
        // Written without a branch: whether y is new cannot be predicted.
        const bool is_new = found.of_element[y] == kUnseen;
        orbit[size] = y;
        size += is_new ? 1 : 0;
        found.of_element[y] = label;
      });
    }
    found.representatives.push_back(x);
    found.sizes.push_back(static_cast<std::uint32_t>(size));
    found.orders.push_back(order_of(x));
  }
  return found;
}

ConjugacyClasses sorted(ConjugacyClasses found) {
  std::vector<std::uint32_t> rank(found.count());
  std::iota(rank.begin(), rank.end(), 0U);
  std::ranges::sort(rank, {}, [&](std::uint32_t c) {
    return std::tuple(found.orders[c], found.sizes[c], found.representatives[c]);
  });
  ConjugacyClasses result;
  std::vector<std::uint32_t> position(found.count());
  for (const std::uint32_t c : rank) {
    position[c] = static_cast<std::uint32_t>(result.representatives.size());
    result.representatives.push_back(found.representatives[c]);
    result.sizes.push_back(found.sizes[c]);
    result.orders.push_back(found.orders[c]);
  }
  result.of_element = std::move(found.of_element);
  for (std::uint32_t& c : result.of_element) c = position[c];
  return result;
}

}  // namespace

ConjugacyClasses conjugacy_classes(const CayleyTable& table, std::span<const Element> generators,
                                   std::span<const std::uint32_t> element_orders) {
  const auto conjugates = [&](Element x, const auto& found) {
    for (const Element g : generators) found(table(table(table.inverse(g), x), g));
  };
  return sorted(
      orbits_of_conjugation(table.order(), conjugates, [&](Element x) { return element_orders[x]; }));
}

ConjugacyClasses conjugacy_classes(const ElementEnumeration& elements, const Interrupt& interrupt) {
  const Element n = elements.order();
  const auto generators = elements.generators();
  const auto right = elements.right_cayley_graph();
  const std::size_t rank = generators.size();
  // conjugate[x * rank + k] = g_k^-1 x g_k
  std::vector<Element> conjugate(n * rank);
  for (std::size_t k = 0; k < rank; ++k) {
    interrupt.poll();
    const std::vector<Element> left = elements.left_multiplication(elements.inverse(generators[k]));
    for (Element x = 0; x < n; ++x) conjugate[x * rank + k] = right[left[x] * rank + k];
  }
  const auto conjugates = [&](Element x, const auto& found) {
    for (std::size_t k = 0; k < rank; ++k) found(conjugate[x * rank + k]);
  };
  return sorted(orbits_of_conjugation(
      n, conjugates, [&](Element x) { return static_cast<std::uint32_t>(elements.element_order(x)); }));
}

ConjugacyClasses classes_by_conjugation(Element order, std::span<const Element> generators,
                                        const std::function<Element(Element, Element)>& conjugate,
                                        const std::function<std::uint32_t(Element)>& element_order,
                                        const Interrupt& interrupt) {
  std::uint32_t visited = 0;
  const auto conjugates = [&](Element x, const auto& found) {
    if ((++visited & 0xffffU) == 0) interrupt.poll();
    for (const Element g : generators) found(conjugate(x, g));
  };
  return sorted(orbits_of_conjugation(order, conjugates, element_order));
}

ConjugacyClasses classes_by_invariant(Element order, const std::function<std::uint64_t(Element)>& invariant,
                                      const std::function<std::uint32_t(Element)>& element_order,
                                      const Interrupt& interrupt) {
  ConjugacyClasses found;
  found.of_element.resize(order);
  std::unordered_map<std::uint64_t, std::uint32_t> labels;
  for (Element x = 0; x < order; ++x) {
    if ((x & 0xffffU) == 0) interrupt.poll();
    const auto [place, is_new] =
        labels.try_emplace(invariant(x), static_cast<std::uint32_t>(found.representatives.size()));
    if (is_new) {
      found.representatives.push_back(x);
      found.sizes.push_back(0);
      found.orders.push_back(element_order(x));
    }
    found.of_element[x] = place->second;
    ++found.sizes[place->second];
  }
  return sorted(std::move(found));
}

}  // namespace peterweyl
