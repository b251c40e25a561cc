#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "groups/group.hpp"
#include "representations/adapted_irreps.hpp"

namespace peterweyl {

void add_left_products(const Group& group, AdaptedIrreps& adapted) {
  constexpr std::size_t kMostDoubleCosets = 1000;  // about: more never pay
  adapted.left_products.clear();                   // a product of groups may bring those of a factor
  std::size_t width = 1;
  std::vector<Element> steps;  // t_1 of each level
  for (const AdaptedLevel& level : adapted.levels) {
    if (std::ranges::any_of(level.irreps, [](const AdaptedIrrep& irrep) { return irrep.degree > 1; })) break;
    if (level.index > 1) steps.push_back(adapted.elements[width]);
    width *= level.index;
  }
  const std::size_t order = adapted.order();
  if (width == 1 || width == order || order / width / width > kMostDoubleCosets) return;
  std::vector<Element> labels(order);
  for (Element label = 0; label < order; ++label) labels[adapted.elements[label]] = label;
  width = 1;
  for (std::size_t k = 0; k < steps.size(); ++k) {
    std::vector<Element> products(order);
    for (Element label = 0; label < order; ++label) {
      products[label] = labels[group.multiply(steps[k], adapted.elements[label])];
    }
    // The representatives have to be the powers of t_1, which steps of prime index are made of.
    const Element index = adapted.levels[k + 1].index;
    Element power = 0;
    for (Element i = 0; i < index; ++i, power = products[power]) {
      if (power != i * width) {
        adapted.left_products.clear();
        return;
      }
    }
    adapted.left_products.push_back(std::move(products));
    width *= index;
  }
}

}  // namespace peterweyl
