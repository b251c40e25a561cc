#include "groups/group.hpp"

#include <mutex>
#include <numeric>
#include <utility>

namespace peterweyl {

struct Group::Data {
  Data(CayleyTable t, std::vector<Element> g, std::string n, Construction c,
       std::optional<PermutationAction> a)
      : table(std::move(t)),
        generators(std::move(g)),
        name(std::move(n)),
        construction(std::move(c)),
        action(std::move(a)) {}

  CayleyTable table;
  std::vector<Element> generators;
  std::string name;
  Construction construction;
  std::optional<PermutationAction> action;

  mutable std::once_flag orders_once;
  mutable std::vector<std::uint32_t> orders;
  mutable std::once_flag classes_once;
  mutable ConjugacyClasses classes;
};

Group::Group(CayleyTable table, std::vector<Element> generators, std::string name, Construction construction,
             std::optional<PermutationAction> action) {
  if (generators.empty()) generators = table.greedy_generators();
  data_ = std::make_shared<const Data>(std::move(table), std::move(generators), std::move(name),
                                       std::move(construction), std::move(action));
}

Group::Group(CayleyTable table) : Group(std::move(table), {}, "", Construction{}) {}

const CayleyTable& Group::table() const {
  return data_->table;
}
std::span<const Element> Group::generators() const {
  return data_->generators;
}
const std::string& Group::name() const {
  return data_->name;
}
const Construction& Group::construction() const {
  return data_->construction;
}
const PermutationAction* Group::action() const {
  return data_->action ? &*data_->action : nullptr;
}

Element Group::power(Element a, std::int64_t exponent) const {
  const auto order = static_cast<std::int64_t>(element_orders()[a]);
  Element result = identity();
  for (std::int64_t e = (exponent % order + order) % order; e > 0; e >>= 1) {
    if ((e & 1) != 0) result = multiply(result, a);
    a = multiply(a, a);
  }
  return result;
}

std::span<const std::uint32_t> Group::element_orders() const {
  std::call_once(data_->orders_once, [this] {
    const CayleyTable& t = data_->table;
    std::vector<std::uint32_t> orders(t.order(), 0);
    std::vector<Element> cycle;
    for (Element x = 0; x < t.order(); ++x) {
      if (orders[x] != 0) continue;
      cycle.assign(1, t.identity());
      for (Element y = x; y != t.identity(); y = t(y, x)) cycle.push_back(y);
      // One walk settles every power of x.
      const auto m = static_cast<std::uint32_t>(cycle.size());
      for (std::uint32_t k = 0; k < m; ++k) orders[cycle[k]] = m / std::gcd(m, k);
    }
    data_->orders = std::move(orders);
  });
  return data_->orders;
}

std::uint64_t Group::exponent() const {
  std::uint64_t result = 1;
  for (const std::uint32_t order : element_orders()) result = std::lcm(result, std::uint64_t{order});
  return result;
}

const ConjugacyClasses& Group::conjugacy_classes() const {
  std::call_once(data_->classes_once, [this] {
    data_->classes = peterweyl::conjugacy_classes(data_->table, data_->generators, element_orders());
  });
  return data_->classes;
}

std::vector<std::uint32_t> Group::power_map(std::int64_t exponent) const {
  const ConjugacyClasses& classes = conjugacy_classes();
  std::vector<std::uint32_t> map;
  map.reserve(classes.count());
  for (const Element x : classes.representatives) map.push_back(classes.of_element[power(x, exponent)]);
  return map;
}

bool Group::is_abelian() const {
  for (const Element a : generators()) {
    for (const Element b : generators()) {
      if (multiply(a, b) != multiply(b, a)) return false;
    }
  }
  return true;
}

std::vector<Element> Group::center() const {
  std::vector<Element> central;
  for (Element a = 0; a < order(); ++a) {
    bool commutes = true;
    for (const Element g : generators()) commutes = commutes && multiply(a, g) == multiply(g, a);
    if (commutes) central.push_back(a);
  }
  return central;
}

}  // namespace peterweyl
