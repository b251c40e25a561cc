#include "groups/group.hpp"

#include <atomic>
#include <mutex>
#include <numeric>
#include <sstream>
#include <type_traits>
#include <utility>

#include "groups/element_arithmetic.hpp"
#include "groups/large_conjugacy_classes.hpp"
#include "groups/spanning_tree.hpp"
#include "groups/stabilizer_chain.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

[[noreturn]] void refuse_numbering(std::uint64_t order) {
  throw GroupTooLargeError("the elements of a group of order " + std::to_string(order) +
                               " are not numbered: the limit is order " +
                               std::to_string(Group::kMaximalNumberedOrder) +
                               "; what needs no elements, such as the order and the character table, works",
                           order, Group::kMaximalNumberedOrder);
}

}  // namespace

struct Group::Data {
  std::uint64_t order = 1;
  Element identity = 0;
  std::shared_ptr<const ElementArithmetic> arithmetic;
  std::vector<Element> generators;
  Construction construction;
  std::optional<PermutationAction> given_action;

  mutable std::optional<CayleyTable> table;
  mutable std::atomic<const CayleyTable*> ready{nullptr};  // &*table as soon as it is written
  mutable std::once_flag table_once, action_once, orders_once, inverses_once, classes_once, large_once,
      tree_once;
  mutable PermutationAction action;
  mutable std::vector<std::uint32_t> orders;
  mutable std::vector<Element> inverses;
  mutable ConjugacyClasses classes;
  mutable std::optional<LargeConjugacyClasses> large;
  mutable SpanningTree tree;
};

Group::Group(std::shared_ptr<const Data> data, std::string name)
    : data_(std::move(data)), name_(std::make_shared<const std::string>(std::move(name))) {}

Group::Group(CayleyTable table, std::vector<Element> generators, std::string name, Construction construction,
             std::optional<PermutationAction> action)
    : name_(std::make_shared<const std::string>(std::move(name))) {
  if (generators.empty()) generators = table.greedy_generators();
  auto data = std::make_shared<Data>();
  data->order = table.order();
  data->identity = table.identity();
  data->generators = std::move(generators);
  data->construction = std::move(construction);
  data->given_action = std::move(action);
  data->table = std::move(table);
  data->ready = &*data->table;
  data_ = std::move(data);
}

Group::Group(CayleyTable table) : Group(std::move(table), {}, "", Construction{}) {}

Group::Group(std::shared_ptr<const ElementArithmetic> elements, std::vector<Element> generators,
             std::string name, Construction construction)
    : name_(std::make_shared<const std::string>(std::move(name))) {
  auto data = std::make_shared<Data>();
  data->order = elements->order();
  data->arithmetic = std::move(elements);
  data->generators = std::move(generators);
  data->construction = std::move(construction);
  data_ = std::move(data);
  if (data_->order <= kEagerTableOrder) table();
}

Group::Group(std::uint64_t order, std::string name, Construction construction)
    : name_(std::make_shared<const std::string>(std::move(name))) {
  auto data = std::make_shared<Data>();
  data->order = order;
  data->construction = std::move(construction);
  data_ = std::move(data);
}

Group Group::renamed(std::string name) const {
  return {data_, std::move(name)};
}

std::uint64_t Group::exact_order() const {
  return data_->order;
}

Element Group::order() const {
  if (data_->order > kMaximalNumberedOrder) refuse_numbering(data_->order);
  return static_cast<Element>(data_->order);
}

Element Group::identity() const {
  return data_->identity;
}

const CayleyTable& Group::table() const {
  if (const CayleyTable* ready = data_->ready.load(std::memory_order_acquire)) return *ready;
  CayleyTable::check_order(data_->order);
  std::call_once(data_->table_once, [this] {
    data_->table = data_->arithmetic->table(data_->generators);
    data_->ready.store(&*data_->table, std::memory_order_release);
  });
  return *data_->table;
}

bool Group::has_table() const {
  return data_->ready.load(std::memory_order_acquire) != nullptr;
}

const ElementArithmetic* Group::arithmetic() const {
  return data_->arithmetic.get();
}

Element Group::multiply(Element a, Element b) const {
  const CayleyTable* ready = data_->ready.load(std::memory_order_acquire);
  if (ready != nullptr) return (*ready)(a, b);
  order();
  return data_->arithmetic->multiply(a, b);
}

Element Group::inverse(Element a) const {
  const CayleyTable* ready = data_->ready.load(std::memory_order_acquire);
  if (ready != nullptr) return ready->inverse(a);
  order();
  return data_->arithmetic->inverse(a);
}

Element Group::conjugate(Element x, Element g) const {
  const CayleyTable* ready = data_->ready.load(std::memory_order_acquire);
  if (ready != nullptr) return (*ready)((*ready)(ready->inverse(g), x), g);
  order();
  return data_->arithmetic->conjugate(x, g);
}

Element Group::power(Element a, std::int64_t exponent) const {
  const auto order = static_cast<std::int64_t>(element_order(a));
  Element result = identity();
  for (std::int64_t e = (exponent % order + order) % order; e > 0; e >>= 1) {
    if ((e & 1) != 0) result = multiply(result, a);
    a = multiply(a, a);
  }
  return result;
}

std::uint32_t Group::element_order(Element a) const {
  if (data_->arithmetic && data_->arithmetic->degree() > 0) return data_->arithmetic->element_order(a);
  return element_orders()[a];
}

std::span<const Element> Group::generators() const {
  order();
  return data_->generators;
}

const std::string& Group::name() const {
  return *name_;
}

const Construction& Group::construction() const {
  return data_->construction;
}

std::size_t Group::degree() const {
  if (data_->arithmetic) return data_->arithmetic->degree();
  return data_->given_action ? data_->given_action->degree : 0;
}

std::vector<std::uint16_t> Group::permutation(Element a) const {
  if (data_->given_action) {
    const auto image = data_->given_action->image(a);
    return {image.begin(), image.end()};
  }
  std::vector<std::uint16_t> images(degree());
  if (!images.empty()) data_->arithmetic->image(a, images);
  return images;
}

std::optional<Element> Group::find(std::span<const std::uint16_t> permutation) const {
  if (data_->arithmetic) return data_->arithmetic->find(permutation);
  if (!data_->given_action || permutation.size() != degree()) return std::nullopt;
  for (Element x = 0; x < order(); ++x) {
    const auto image = data_->given_action->image(x);
    if (std::equal(image.begin(), image.end(), permutation.begin())) return x;
  }
  return std::nullopt;
}

const PermutationAction* Group::action() const {
  if (data_->given_action) return &*data_->given_action;
  if (degree() == 0) return nullptr;
  check_listed("the permutations of all elements");
  std::call_once(data_->action_once, [this] {
    const std::size_t points = degree();
    data_->action = {static_cast<std::uint32_t>(points), std::vector<std::uint16_t>(order() * points)};
    for (Element x = 0; x < order(); ++x) {
      data_->arithmetic->image(x, std::span(data_->action.images).subspan(std::size_t{x} * points, points));
    }
  });
  return &data_->action;
}

void Group::check_listed(const char* what) const {
  if (data_->order <= kMaximalListedOrder) return;
  throw GroupTooLargeError(std::string(what) + " in a group of order " + std::to_string(data_->order) +
                               ": arrays over the elements are limited to order " +
                               std::to_string(kMaximalListedOrder),
                           data_->order, kMaximalListedOrder);
}

std::vector<std::uint32_t> Group::word(Element a) const {
  check_listed("words for elements");
  std::call_once(data_->tree_once, [this] {
    const std::vector<Element>& generators = data_->generators;
    data_->tree = spanning_tree(order(), identity(), static_cast<std::uint32_t>(generators.size()),
                                [&](Element x, std::uint32_t k) { return multiply(x, generators[k]); });
  });
  std::vector<std::uint32_t> letters;
  for (; a != identity(); a = data_->tree.parent[a]) letters.push_back(data_->tree.step[a]);
  return {letters.rbegin(), letters.rend()};
}

std::span<const std::uint32_t> Group::element_orders() const {
  check_listed("the orders of all elements");
  std::call_once(data_->orders_once, [this] {
    const Element n = order();
    std::vector<std::uint32_t> orders(n, 0);
    if (!has_table() && data_->arithmetic->degree() > 0) {
      for (Element x = 0; x < n; ++x) orders[x] = data_->arithmetic->element_order(x);
    } else {
      std::vector<Element> cycle;
      for (Element x = 0; x < n; ++x) {
        if (orders[x] != 0) continue;
        cycle.assign(1, identity());
        for (Element y = x; y != identity(); y = multiply(y, x)) cycle.push_back(y);
        // One walk settles every power of x.
        const auto m = static_cast<std::uint32_t>(cycle.size());
        for (std::uint32_t k = 0; k < m; ++k) orders[cycle[k]] = m / std::gcd(m, k);
      }
    }
    data_->orders = std::move(orders);
  });
  return data_->orders;
}

std::span<const Element> Group::inverses() const {
  if (const CayleyTable* ready = data_->ready.load(std::memory_order_acquire)) return ready->inverses();
  check_listed("the inverses of all elements");
  std::call_once(data_->inverses_once, [this] {
    std::vector<Element> inverses(order());
    for (Element x = 0; x < order(); ++x) inverses[x] = data_->arithmetic->inverse(x);
    data_->inverses = std::move(inverses);
  });
  return data_->inverses;
}

std::uint64_t Group::exponent() const {
  std::uint64_t result = 1;
  const auto& how = data_->construction.how;
  const auto* symmetric = std::get_if<Construction::Symmetric>(&how);
  const auto* alternating = std::get_if<Construction::Alternating>(&how);
  if (symmetric != nullptr || alternating != nullptr) {
    const std::uint64_t n = symmetric != nullptr ? symmetric->degree : alternating->degree;
    for (std::uint64_t k = 2; k <= n; ++k) {
      // A cycle of even length is odd: in A_n it needs a transposition on two points more.
      const bool fits = symmetric != nullptr || k % 2 == 1 || k + 2 <= n;
      if (fits) result = std::lcm(result, k);
    }
    return result;
  }
  if (data_->order > kMaximalListedOrder) {
    for (const std::uint32_t order : conjugacy_classes().orders)
      result = std::lcm(result, std::uint64_t{order});
    return result;
  }
  for (const std::uint32_t order : element_orders()) result = std::lcm(result, std::uint64_t{order});
  return result;
}

const LargeConjugacyClasses& Group::large_classes(const Interrupt& interrupt) const {
  if (degree() == 0) check_listed("conjugacy classes without permutations");
  std::call_once(data_->large_once, [&] {
    std::vector<Permutation> generators;
    for (const Element g : this->generators()) generators.push_back(permutation(g));
    data_->large =
        LargeConjugacyClasses::compute(StabilizerChain::build(degree(), generators, interrupt), interrupt);
  });
  return *data_->large;
}

const ConjugacyClasses& Group::conjugacy_classes(const Interrupt& interrupt) const {
  order();
  std::call_once(data_->classes_once, [&] {
    if (data_->order > kMaximalListedOrder) {
      const LargeConjugacyClasses& large = large_classes(interrupt);
      ConjugacyClasses classes;
      for (std::size_t c = 0; c < large.count(); ++c) {
        classes.representatives.push_back(find(large.representative(c)).value_or(0));
        classes.sizes.push_back(static_cast<std::uint32_t>(large.size(c)));
        classes.orders.push_back(static_cast<std::uint32_t>(large.element_order(c)));
      }
      data_->classes = std::move(classes);
    } else if (has_table()) {
      data_->classes = peterweyl::conjugacy_classes(table(), data_->generators, element_orders());
    } else {
      // Formulas find orders by walking: one walk settles a whole cyclic subgroup, so all orders come first.
      if (degree() == 0) element_orders();
      data_->classes = data_->arithmetic->conjugacy_classes(
          data_->generators, [this](Element x) { return element_order(x); }, interrupt);
    }
  });
  return data_->classes;
}

std::uint32_t Group::class_of(Element a) const {
  const ConjugacyClasses& classes = conjugacy_classes();
  return classes.of_element.empty() ? large_classes({}).identify(permutation(a)) : classes.of_element[a];
}

std::vector<std::uint32_t> Group::power_map(std::int64_t exponent) const {
  const ConjugacyClasses& classes = conjugacy_classes();
  if (classes.of_element.empty()) return large_classes({}).power_map(exponent);
  std::vector<std::uint32_t> map;
  map.reserve(classes.count());
  for (const Element x : classes.representatives) map.push_back(classes.of_element[power(x, exponent)]);
  return map;
}

bool Group::is_abelian() const {
  const auto& how = data_->construction.how;
  if (const auto* symmetric = std::get_if<Construction::Symmetric>(&how)) return symmetric->degree <= 2;
  if (const auto* alternating = std::get_if<Construction::Alternating>(&how)) return alternating->degree <= 3;
  for (const Element a : generators()) {
    for (const Element b : generators()) {
      if (multiply(a, b) != multiply(b, a)) return false;
    }
  }
  return true;
}

std::vector<Element> Group::center() const {
  check_listed("the centre by elements");
  std::vector<Element> central;
  for (Element a = 0; a < order(); ++a) {
    bool commutes = true;
    for (const Element g : generators()) commutes = commutes && multiply(a, g) == multiply(g, a);
    if (commutes) central.push_back(a);
  }
  return central;
}

}  // namespace peterweyl
