#include "representations/subgroup_chain.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <utility>

#include "arithmetic/integers.hpp"
#include "support/random.hpp"

namespace peterweyl {
namespace {

struct Subgroup {
  std::vector<Element> elements;  // the identity first
  std::vector<Element> generators;
  std::vector<char> contains;  // one flag an element of the whole group
  Element order() const { return static_cast<Element>(elements.size()); }
};

// Products from the table where there can be one, else as the group makes them.
class Products {
 public:
  explicit Products(const Group& group)
      : group_(group), table_(group.order() <= CayleyTable::kMaximalOrder ? &group.table() : nullptr) {}

  Element operator()(Element a, Element b) const {
    return table_ != nullptr ? (*table_)(a, b) : group_.multiply(a, b);
  }
  Element inverse(Element a) const { return table_ != nullptr ? table_->inverse(a) : group_.inverse(a); }
  Element order() const { return group_.order(); }
  Element identity() const { return group_.identity(); }

 private:
  const Group& group_;
  const CayleyTable* table_;
};

// Tested on generators: x^-1 N x = N.
bool is_normal(const Products& product, const Subgroup& subgroup, const Subgroup& above) {
  for (const Element g : above.generators) {
    for (const Element x : subgroup.generators) {
      if (subgroup.contains[product(product(product.inverse(g), x), g)] == 0) return false;
    }
  }
  return true;
}

class ChainFinder {
 public:
  ChainFinder(const Group& group, const Interrupt& interrupt)
      : group_(group), product_(group), interrupt_(interrupt) {}

  // Ascending, the trivial subgroup first and `top` last.
  std::vector<Subgroup> chain(const Subgroup& top) {
    interrupt_.poll();
    if (top.order() == 1) return {top};
    if (is_solvable(top)) return chief_chain(top);
    const Subgroup derived = derived_subgroup(top);
    if (derived.order() == top.order()) {
      const bool is_inside = std::exchange(inside_perfect_, true);
      std::vector<Subgroup> result = chain(large_subgroup(top));
      result.push_back(top);
      if (!is_inside) {
        std::optional<std::vector<Subgroup>> other = chain_from_abelian(top, largest_index(result));
        if (other) return std::move(*other);
      }
      return result;
    }
    std::vector<Subgroup> result = chain(derived);
    fill_by_prime_steps(result, top);
    return result;
  }

  Subgroup whole() const {
    Subgroup result = trivial();
    for (const Element g : group_.generators()) extend(result, g, product_.order());
    return result;
  }

 private:
  Subgroup trivial() const {
    Subgroup result{{product_.identity()}, {}, std::vector<char>(product_.order(), 0)};
    result.contains[product_.identity()] = 1;
    return result;
  }

  // Adds a generator: cosets K r of the old subgroup K (Dimino's method). False, with `subgroup` left
  // unusable, when the order would pass `limit`. O(order).
  bool extend(Subgroup& subgroup, Element x, Element limit) const {
    if (subgroup.contains[x] != 0) return true;
    const std::size_t width = subgroup.elements.size();
    subgroup.generators.push_back(x);
    for (std::size_t start = 0; start < subgroup.elements.size(); start += width) {
      for (const Element g : subgroup.generators) {
        const Element y = product_(subgroup.elements[start], g);
        if (subgroup.contains[y] != 0) continue;
        if (subgroup.elements.size() + width > limit) return false;
        for (std::size_t i = 0; i < width; ++i) {
          const Element z = product_(subgroup.elements[i], y);
          subgroup.elements.push_back(z);
          subgroup.contains[z] = 1;
        }
      }
    }
    return true;
  }

  Element conjugate(Element x, Element g) const { return product_(product_(product_.inverse(g), x), g); }

  // Grows `subgroup` to its normal closure in `top`; false as in extend.
  bool close_normally(Subgroup& subgroup, const Subgroup& top, Element limit) const {
    for (std::size_t i = 0; i < subgroup.generators.size(); ++i) {
      for (const Element g : top.generators) {
        if (!extend(subgroup, conjugate(subgroup.generators[i], g), limit)) return false;
      }
    }
    return true;
  }

  Subgroup derived_subgroup(const Subgroup& top) const {
    Subgroup result = trivial();
    for (const Element a : top.generators) {
      for (const Element b : top.generators) {
        extend(result, product_(product_.inverse(a), conjugate(a, b)), top.order());
      }
    }
    close_normally(result, top, top.order());
    return result;
  }

  bool is_solvable(const Subgroup& top) const {
    Subgroup current = top;
    while (current.order() > 1) {
      Subgroup next = derived_subgroup(current);
      if (next.order() == current.order()) return false;
      current = std::move(next);
    }
    return true;
  }

  // The order of x modulo a normal subgroup.
  std::uint64_t order_modulo(Element x, const Subgroup& normal) const {
    std::uint64_t order = 1;
    for (Element y = x; normal.contains[y] == 0; y = product_(y, x)) ++order;
    return order;
  }

  // A smallest normal subgroup of `top` above `below`: the normal closure of an element of prime order modulo
  // it.
  Subgroup next_normal(const Subgroup& below, const Subgroup& top) const {
    const std::uint64_t smallest_prime = factorize(top.order() / below.order()).front().first;
    std::vector<char> tried = below.contains;
    Subgroup best = top;
    std::vector<Element> orbit;
    for (const Element x : top.elements) {
      if (tried[x] != 0) continue;
      interrupt_.poll();
      // Conjugate elements have the same normal closure.
      orbit.assign(1, x);
      tried[x] = 1;
      for (std::size_t i = 0; i < orbit.size(); ++i) {
        for (const Element g : top.generators) {
          const Element y = conjugate(orbit[i], g);
          if (std::exchange(tried[y], char{1}) == 0) orbit.push_back(y);
        }
      }
      if (!is_prime(order_modulo(x, below))) continue;
      Subgroup candidate = below;
      const Element limit = best.order() - 1;
      if (!extend(candidate, x, limit) || !close_normally(candidate, top, limit)) continue;
      best = std::move(candidate);
      if (best.order() / below.order() == smallest_prime) break;
    }
    return best;
  }

  // Appends subgroups of prime index between the last one and `top`, whose quotient is abelian.
  void fill_by_prime_steps(std::vector<Subgroup>& chain, const Subgroup& top) const {
    while (chain.back().order() < top.order()) {
      Subgroup next = chain.back();
      const Element x = *std::ranges::find_if(top.elements, [&](Element y) { return next.contains[y] == 0; });
      const std::uint64_t order = order_modulo(x, next);
      const std::uint64_t prime = factorize(order).front().first;
      extend(next, group_.power(x, static_cast<std::int64_t>(order / prime)), top.order());
      chain.push_back(std::move(next));
    }
  }

  std::vector<Subgroup> chief_chain(const Subgroup& top) const {
    std::vector<Subgroup> result{trivial()};
    while (result.back().order() < top.order()) fill_by_prime_steps(result, next_normal(result.back(), top));
    return result;
  }

  // --- chains that begin with a large abelian subgroup, for the double cosets of it ---

  static Element largest_index(const std::vector<Subgroup>& chain) {
    Element largest = 1;
    for (std::size_t k = 1; k < chain.size(); ++k) {
      largest = std::max(largest, chain[k].order() / chain[k - 1].order());
    }
    return largest;
  }

  // Of the abelian subgroups that make few double cosets the largest with a chain above it whose indices are
  // not much larger than those of a chain without regard to it.
  std::optional<std::vector<Subgroup>> chain_from_abelian(const Subgroup& top, Element largest) const {
    constexpr Element kWorse = 2;
    for (const Subgroup& abelian : abelian_subgroups(top)) {
      std::vector<Subgroup> result = chain_above(abelian, top, kWorse * largest);
      if (!result.empty()) return result;
    }
    return std::nullopt;
  }

  // Some abelian subgroups that no element commutes with, one of each order, the largest first.
  std::vector<Subgroup> abelian_subgroups(const Subgroup& top) const {
    constexpr std::uint64_t kMostValues = std::uint64_t{1} << 18;  // of the products of double cosets
    constexpr std::uint64_t kLargestPrime = 61;                    // that butterflies are made for
    constexpr int kElementsAnOrder = 3;
    constexpr std::size_t kDraws = 200;
    const auto orders = group_.element_orders();
    std::map<std::uint32_t, int> tried;
    std::map<Element, Subgroup, std::greater<>> found;
    Random random(top.order());
    for (std::size_t draw = 0; draw < kDraws; ++draw) {
      const Element x = top.elements[random.below(top.order())];
      if (orders[x] == 1 || ++tried[orders[x]] > kElementsAnOrder) continue;
      interrupt_.poll();
      Subgroup abelian = trivial();
      std::vector<Element> commuting{x};
      while (!commuting.empty()) {
        const Element y = commuting[random.below(commuting.size())];
        if (abelian.order() == 1) commuting = top.elements;
        extend(abelian, y, top.order());
        std::erase_if(commuting, [&](Element z) {
          return product_(y, z) != product_(z, y) || abelian.contains[z] != 0;
        });
      }
      const std::uint64_t order = abelian.order();
      const std::uint64_t n = product_.order();
      if (n * n / (order * order) > kMostValues || factorize(order).back().first > kLargestPrime) continue;
      found.try_emplace(abelian.order(), std::move(abelian));
    }
    std::vector<Subgroup> result;
    for (auto& [order, subgroup] : found) result.push_back(std::move(subgroup));
    return result;
  }

  // A chain of `top` through `abelian`; empty where one of its indices would pass `worst`.
  std::vector<Subgroup> chain_above(const Subgroup& abelian, const Subgroup& top, Element worst) const {
    interrupt_.poll();
    std::vector<Subgroup> result{trivial()};
    if (top.order() == abelian.order() || (is_normal(product_, abelian, top) && is_solvable(top))) {
      fill_by_prime_steps(result, abelian);
      while (result.back().order() < top.order()) {
        fill_by_prime_steps(result, next_normal(result.back(), top));
      }
      return result;
    }
    const Subgroup below = large_subgroup_above(abelian, top, worst);
    if (below.order() * worst < top.order()) return {};
    result = chain_above(abelian, below, worst);
    if (!result.empty()) result.push_back(top);
    return result;
  }

  // A large proper subgroup with a given subgroup in it: a random element lies in one of index m with
  // probability 1/m.
  Subgroup large_subgroup_above(const Subgroup& lower, const Subgroup& top, Element worst) const {
    constexpr Element kElementsAnIndex = 6;
    Random random(top.order());
    Subgroup best = lower;
    const auto enough = [&] {
      return kElementsAnIndex * std::min(worst, static_cast<Element>(top.order() / best.order()));
    };
    for (Element draw = 0; draw < enough(); ++draw) {
      interrupt_.poll();
      Subgroup candidate = lower;
      const Element x = top.elements[random.below(top.order())];
      if (candidate.contains[x] != 0 || !extend(candidate, x, top.order() / 2)) continue;
      if (candidate.order() > best.order()) best = std::move(candidate);
    }
    return best;
  }

  // A large proper subgroup of a perfect group. Two elements generate a given subgroup of index m with
  // probability 1/m^2 times that of generating it, and it has m conjugates: twelve times the best index found
  // is enough to meet a better one but for one case in thousands.
  Subgroup large_subgroup(const Subgroup& top) const {
    constexpr Element kFewestPairs = 100;
    constexpr Element kMostPairs = 1000;
    constexpr Element kPairsAnIndex = 12;
    Subgroup normal = trivial();
    for (;;) {
      Subgroup next = next_normal(normal, top);
      if (next.order() == top.order()) break;
      normal = std::move(next);
    }
    Random random(top.order());
    const auto draw = [&] { return top.elements[random.below(top.order())]; };
    Subgroup best = normal;
    const auto enough = [&] {
      return std::clamp(kPairsAnIndex * (top.order() / best.order()), kFewestPairs, kMostPairs);
    };
    for (Element pair = 0; pair < enough(); ++pair) {
      interrupt_.poll();
      Subgroup candidate = normal;
      const Element limit = top.order() / 2;
      if (!extend(candidate, draw(), limit) || !extend(candidate, draw(), limit)) continue;
      if (candidate.order() > best.order()) best = std::move(candidate);
    }
    return best;
  }

  const Group& group_;
  Products product_;
  const Interrupt& interrupt_;
  bool inside_perfect_ = false;
};

}  // namespace

SubgroupChain::SubgroupChain(const Group& group, const Interrupt& interrupt) : group_(group) {
  group.check_listed("a chain of subgroups");
  const Products product(group);
  const Element n = group.order();
  ChainFinder finder(group, interrupt);
  const std::vector<Subgroup> chain = finder.chain(finder.whole());

  elements_.reserve(n);
  elements_.push_back(product.identity());
  for (std::size_t k = 1; k < chain.size(); ++k) {
    const Subgroup& lower = chain[k - 1];
    const Subgroup& upper = chain[k];
    const Element width = lower.order();
    Step step;
    step.order = upper.order();
    step.index = upper.order() / width;
    step.normal_of_prime_index = is_prime(step.index) && is_normal(product, lower, upper);

    std::vector<char> seen(n, 0);
    for (const Element x : elements_) seen[x] = 1;
    const auto append_coset = [&](Element t) {
      for (Element j = 0; j < width; ++j) {
        const Element x = product(t, elements_[j]);
        seen[x] = 1;
        elements_.push_back(x);
      }
    };
    if (step.normal_of_prime_index) {
      // An element of least order keeps t^p simple, often the identity.
      const auto orders = group.element_orders();
      Element t = n;
      for (const Element x : upper.elements) {
        if (lower.contains[x] == 0 && (t == n || std::pair(orders[x], x) < std::pair(orders[t], t))) t = x;
      }
      Element power = t;
      for (Element i = 1; i < step.index; ++i, power = product(power, t)) append_coset(power);
    } else {
      std::vector<Element> ascending = upper.elements;
      std::ranges::sort(ascending);
      for (const Element x : ascending) {
        if (seen[x] == 0) append_coset(x);
      }
    }
    steps_.push_back(std::move(step));
  }

  labels_.resize(n);
  for (Element i = 0; i < n; ++i) labels_[elements_[i]] = i;
  for (std::size_t k = 1; k < chain.size(); ++k) {
    for (const Element g : chain[k].generators) steps_[k - 1].generators.push_back(labels_[g]);
  }
  inverses_.resize(n);
  for (Element i = 0; i < n; ++i) inverses_[i] = labels_[product.inverse(elements_[i])];
}

std::string SubgroupChain::describe() const {
  std::string text;
  for (const Step& step : steps_) {
    text += (text.empty() ? "" : ", ") + std::to_string(step.index) +
            (step.normal_of_prime_index ? " normal" : "");
  }
  return text;
}

LabelClasses classes_of_step(const SubgroupChain& chain, Element order, std::span<const Element> generators) {
  constexpr std::uint32_t kUnseen = ~0U;
  LabelClasses classes;
  classes.of_label.assign(order, kUnseen);
  std::vector<Element> orbit;
  for (Element x = 0; x < order; ++x) {
    if (classes.of_label[x] != kUnseen) continue;
    const auto name = static_cast<std::uint32_t>(classes.count());
    orbit.assign(1, x);
    classes.of_label[x] = name;
    for (std::size_t i = 0; i < orbit.size(); ++i) {
      for (const Element g : generators) {
        const Element y = chain.product(chain.product(chain.inverse(g), orbit[i]), g);
        if (classes.of_label[y] != kUnseen) continue;
        classes.of_label[y] = name;
        orbit.push_back(y);
      }
    }
    classes.representatives.push_back(x);
    classes.sizes.push_back(static_cast<std::uint32_t>(orbit.size()));
  }
  return classes;
}

}  // namespace peterweyl
