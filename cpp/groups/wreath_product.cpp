#include "groups/wreath_product.hpp"

#include <bit>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "arithmetic/integers.hpp"
#include "groups/element_arithmetic.hpp"
#include "groups/families.hpp"
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

// K wr S_n: conjugate elements are those whose cycles agree in lengths and in the classes of the products of
// the base components along them, which tells classes apart without a search. (Kerber 1971.)
class SymmetricWreathElements final : public ElementArithmetic {
 public:
  SymmetricWreathElements(std::shared_ptr<const ElementArithmetic> products, const Group& base,
                          const Group& top, std::vector<Element> a_of, std::vector<Element> place)
      : products_(std::move(products)),
        base_(base),
        top_(top),
        a_of_(std::move(a_of)),
        place_(std::move(place)) {}

  Element order() const override { return products_->order(); }
  Element multiply(Element a, Element b) const override { return products_->multiply(a, b); }
  Element inverse(Element a) const override { return products_->inverse(a); }

  ConjugacyClasses conjugacy_classes(std::span<const Element> generators,
                                     const std::function<std::uint32_t(Element)>& element_order,
                                     const Interrupt& interrupt) const override {
    const std::size_t m = place_.size();
    const ConjugacyClasses& classes = base_.conjugacy_classes(interrupt);
    // How many cycles there are of each length and class, in as many bits as that needs.
    std::vector<unsigned> shifts{0};
    for (std::size_t length = 1; length <= m; ++length) {
      for (std::size_t c = 0; c < classes.count(); ++c) {
        shifts.push_back(shifts.back() + static_cast<unsigned>(std::bit_width(m / length)));
      }
    }
    if (shifts.back() > 64 || classes.of_element.empty()) {
      return ElementArithmetic::conjugacy_classes(generators, element_order, interrupt);
    }
    const PermutationAction& action = *top_.action();
    std::vector<Element> f(m);
    return classes_by_invariant(
        order(),
        [&](Element x) {
          const auto images = action.image(x % top_.order());
          for (std::size_t i = 0; i < m; ++i) f[i] = a_of_[x / place_[i] % base_.order()];
          std::uint64_t invariant = 0;
          std::uint64_t seen = 0;
          for (std::size_t first = 0; first < m; ++first) {
            Element product = base_.identity();
            std::size_t length = 0;
            for (std::size_t i = first; (seen >> i & 1U) == 0; i = images[i], ++length) {
              seen |= std::uint64_t{1} << i;
              product = base_.multiply(product, f[i]);
            }
            if (length == 0) continue;
            invariant += std::uint64_t{1}
                         << shifts[(length - 1) * classes.count() + classes.of_element[product]];
          }
          return invariant;
        },
        element_order, interrupt);
  }

 private:
  std::shared_ptr<const ElementArithmetic> products_;
  Group base_;
  Group top_;
  std::vector<Element> a_of_;   // the elements of the base, its identity first
  std::vector<Element> place_;  // of each coordinate in the number of an element
};

std::string bracketed(const std::string& name) {
  return name.find(' ') == std::string::npos ? name : "(" + name + ")";
}

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

  std::shared_ptr<const ElementArithmetic> elements = formula_elements(
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
  if (std::holds_alternative<Construction::Symmetric>(top.construction().how)) {
    elements = std::make_shared<SymmetricWreathElements>(std::move(elements), base, top, a_of, place);
  }
  std::string name;
  if (!base.name().empty() && !top.name().empty())
    name = bracketed(base.name()) + " wr " + bracketed(top.name());
  return {std::move(elements), std::move(generators), std::move(name),
          Construction{Construction::WreathProduct{{base, top}}}};
}

}  // namespace peterweyl
