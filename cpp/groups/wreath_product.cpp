#include "groups/wreath_product.hpp"

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "arithmetic/integers.hpp"
#include "groups/element_arithmetic.hpp"
#include "groups/families.hpp"
#include "groups/structural_name.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

// The image of a point under an element of a group that acts naturally.
class NaturalAction {
 public:
  explicit NaturalAction(const Group& group) : group_(group) {
    if (group.degree() > 0) {
      action_ = group_.action();
      points_ = action_->degree;
    } else if (const auto* cyclic = std::get_if<Construction::Cyclic>(&group.construction().how)) {
      points_ = cyclic->order;
    } else {
      throw ArgumentError(
          "A wr B: expected B to act on natural points (S<n>, A<n>, C<n>, PGL, PSL, AGL, M11, or made from "
          "permutations), got " +
          (group.name().empty() ? "a group of order " + std::to_string(group.order()) : group.name()));
    }
  }

  Element points() const { return points_; }
  Element image(Element point, Element g) const {
    return action_ != nullptr ? action_->image(g)[point] : (point + g) % points_;
  }

 private:
  Group group_;  // keeps the action alive
  const PermutationAction* action_ = nullptr;
  Element points_ = 0;
};

}  // namespace

std::uint64_t wreath_product_order(std::uint64_t base_order, std::uint64_t top_order, std::uint64_t points) {
  return saturating_product(saturating_power(base_order, points), top_order);
}

Group wreath_product(const Group& base, const Group& top) {
  const NaturalAction action(top);
  const std::uint64_t order = wreath_product_order(base.order(), top.order(), action.points());
  if (order > Group::kMaximalNumberedOrder) {
    throw GroupTooLargeError("A wr B: the product is too large to number its elements; the limit is order " +
                                 std::to_string(Group::kMaximalNumberedOrder),
                             order, Group::kMaximalNumberedOrder);
  }

  const std::vector<Element> a_of = identity_first(base);
  std::vector<Element> a_label(base.order());
  for (Element i = 0; i < base.order(); ++i) a_label[a_of[i]] = i;
  // The cosets of the identity of B are numbered as B numbers its elements, which has its identity at 0 when
  // it acts.
  const Element height = base.order();
  const Element width = top.order();
  const std::size_t m = action.points();
  std::vector<Element> place(m, width);  // of coordinate i
  for (std::size_t i = m; i-- > 1;) place[i - 1] = place[i] * height;

  std::vector<Element> generators;
  if (m > 0 && height > 1) {
    // One coordinate of each orbit of B carries a copy of the generators of A.
    std::vector<char> seen(m, 0);
    for (Element i = 0; i < m; ++i) {
      if (seen[i] != 0) continue;
      for (Element b = 0; b < width; ++b) seen[action.image(i, b)] = 1;
      for (const Element g : base.generators()) generators.push_back(a_label[g] * place[i]);
    }
  }
  for (const Element b : top.generators()) generators.push_back(b);

  auto elements = formula_elements(
      order,
      [=](Element x, Element y) {
        const Element b = x % width;
        Element result = top.multiply(b, y % width);
        for (Element i = 0; i < m; ++i) {
          const Element f = a_of[x / place[i] % height];
          const Element g = a_of[y / place[action.image(i, b)] % height];
          result += a_label[base.multiply(f, g)] * place[i];
        }
        return result;
      },
      [=](Element x) {
        const Element b = x % width;
        Element result = top.inverse(b);
        for (Element i = 0; i < m; ++i)
          result += a_label[base.inverse(a_of[x / place[i] % height])] * place[action.image(i, b)];
        return result;
      });
  std::string name;
  if (!base.name().empty() && !top.name().empty())
    name = bracketed(base.name()) + " wr " + bracketed(top.name());
  return {std::move(elements), std::move(generators), std::move(name),
          Construction{Construction::WreathProduct{{base, top}}}};
}

}  // namespace peterweyl
