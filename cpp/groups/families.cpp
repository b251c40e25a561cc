#include "groups/families.hpp"

#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "arithmetic/integers.hpp"
#include "groups/element_arithmetic.hpp"
#include "groups/permutation.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

void require(bool condition, const std::string& expectation, std::uint64_t value) {
  if (!condition) throw ArgumentError(expectation + ", got " + std::to_string(value));
}

// Tables by a product rule know their generators by label.
Group named(CayleyTable table, std::vector<Element> generators, std::string name,
            Construction construction = {}) {
  std::erase(generators, table.identity());
  return {std::move(table), std::move(generators), std::move(name), std::move(construction)};
}

Group named(std::shared_ptr<const ElementArithmetic> elements, std::vector<Element> generators,
            std::string name, Construction construction) {
  std::erase(generators, Element{0});
  return {std::move(elements), std::move(generators), std::move(name), std::move(construction)};
}

// The same group with its elements breadth-first over its generators, from the identity.
Group breadth_first(const Group& group) {
  const Element n = group.order();
  std::vector<Element> reached{group.identity()};
  std::vector<Element> label(n, n);
  label[group.identity()] = 0;
  for (std::size_t i = 0; i < reached.size(); ++i) {
    for (const Element g : group.generators()) {
      const Element product = group.multiply(reached[i], g);
      if (label[product] != n) continue;
      label[product] = static_cast<Element>(reached.size());
      reached.push_back(product);
    }
  }
  std::vector<Element> generators;
  for (const Element g : group.generators()) generators.push_back(label[g]);
  CayleyTable table = CayleyTable::from_product_no_checks(
      n, [&](Element a, Element b) { return label[group.multiply(reached[a], reached[b])]; });
  return {std::move(table), std::move(generators), group.name(), group.construction()};
}

Group with_identity_first(const Group& group) {
  const std::vector<Element> old = identity_first(group);
  std::vector<Element> label(old.size());
  for (Element i = 0; i < group.order(); ++i) label[old[i]] = i;
  std::vector<Element> generators;
  for (const Element g : group.generators()) generators.push_back(label[g]);
  CayleyTable table = CayleyTable::from_product_no_checks(
      group.order(), [&](Element a, Element b) { return label[group.multiply(old[a], old[b])]; });
  return {std::move(table), std::move(generators), group.name(), Construction{}};
}

void check_numbered(std::uint64_t order) {
  if (order <= Group::kMaximalNumberedOrder) return;
  throw GroupTooLargeError("a group of order " +
                               (order == kSaturated ? "2^64 or more" : std::to_string(order)) +
                               " is too large to number its elements; the limit is order " +
                               std::to_string(Group::kMaximalNumberedOrder),
                           order, Group::kMaximalNumberedOrder);
}

// n-cycle, transposition of the first two points: generators of S_n.
std::vector<Permutation> symmetric_generators(std::size_t n) {
  Permutation identity(n);
  std::iota(identity.begin(), identity.end(), std::uint16_t{0});
  Permutation transposition = identity;
  if (n >= 2) std::swap(transposition[0], transposition[1]);
  Permutation cycle = identity;
  std::ranges::rotate(cycle, cycle.begin() + (n >= 2 ? 1 : 0));
  return {std::move(transposition), std::move(cycle)};
}

// The 3-cycles (0 1 k): generators of A_n.
std::vector<Permutation> alternating_generators(std::size_t n) {
  Permutation identity(n);
  std::iota(identity.begin(), identity.end(), std::uint16_t{0});
  std::vector<Permutation> generators{identity};
  for (std::size_t k = 2; k < n; ++k) {
    Permutation g = identity;
    g[0] = 1;
    g[1] = static_cast<std::uint16_t>(k);
    g[k] = 0;
    generators.push_back(std::move(g));
  }
  return generators;
}

// S_n or A_n. Beyond LexicographicElements::kMaximalDegree no element has a number, up to n = 20 the order is
// known.
Group lexicographic_group(std::uint64_t n, bool even_only) {
  const std::uint64_t symmetric = symmetric_order(n);
  std::string name = (even_only ? "A" : "S") + std::to_string(n);
  if (symmetric == kSaturated || n > 20) check_numbered(kSaturated);
  const auto degree = static_cast<std::uint32_t>(n);
  Construction construction{Construction::Symmetric{degree}};
  if (even_only) construction = {Construction::Alternating{degree}};
  if (n > LexicographicElements::kMaximalDegree) {
    return {even_only ? symmetric / 2 : symmetric, std::move(name), std::move(construction)};
  }
  auto elements = std::make_shared<const LexicographicElements>(n, even_only);
  std::vector<Element> generators;
  for (const Permutation& g : even_only ? alternating_generators(n) : symmetric_generators(n)) {
    const Element label = elements->find(g).value_or(0);
    if (label != 0 && std::ranges::find(generators, label) == generators.end()) generators.push_back(label);
  }
  return {std::move(elements), std::move(generators), std::move(name), std::move(construction)};
}

}  // namespace

Group renamed(const Group& group, std::string name) {
  return group.renamed(std::move(name));
}

std::vector<Element> identity_first(const Group& group) {
  std::vector<Element> labels{group.identity()};
  for (Element x = 0; x < group.order(); ++x) {
    if (x != group.identity()) labels.push_back(x);
  }
  return labels;
}

std::uint64_t symmetric_order(std::uint64_t n) {
  std::uint64_t order = 1;
  for (std::uint64_t k = 2; k <= std::min<std::uint64_t>(n, 21); ++k) order = saturating_product(order, k);
  return order;
}

Group cyclic_group(std::uint64_t n) {
  require(n >= 1, "C<n>: expected n >= 1", n);
  check_numbered(n);
  const auto order = static_cast<Element>(n);
  auto elements = formula_elements(
      n,
      [order](Element a, Element b) {
        const std::uint64_t sum = std::uint64_t{a} + b;
        return static_cast<Element>(sum < order ? sum : sum - order);
      },
      [order](Element a) { return a == 0 ? a : order - a; });
  return named(std::move(elements), {1 % order}, "C" + std::to_string(n), {Construction::Cyclic{order}});
}

Group dihedral_group(std::uint64_t n) {
  require(n >= 1, "D<n>: expected n >= 1", n);
  check_numbered(saturating_product(2, n));
  const auto m = static_cast<Element>(n);
  auto elements = formula_elements(
      2 * n,
      [m](Element a, Element b) {
        const std::uint64_t i = a % m;
        const std::uint64_t j = b % m;
        const auto rotation = static_cast<Element>((a < m ? i + j : i + m - j) % m);  // r^i s r^j = r^(i-j) s
        return (a < m) == (b < m) ? rotation : rotation + m;
      },
      [m](Element a) { return a == 0 || a >= m ? a : m - a; });
  return named(std::move(elements), {1 % m, m}, "D" + std::to_string(n), {Construction::Dihedral{m}});
}

Group symmetric_group(std::uint64_t n) {
  require(n >= 1, "S<n>: expected n >= 1", n);
  return lexicographic_group(n, false);
}

Group alternating_group(std::uint64_t n) {
  require(n >= 1, "A<n>: expected n >= 1", n);
  return lexicographic_group(n, true);
}

Group dicyclic_group(std::uint64_t n) {
  require(n >= 1, "Dic<n>: expected n >= 1", n);
  CayleyTable::check_order(saturating_product(4, n));
  const auto m = static_cast<Element>(2 * n);
  CayleyTable table = CayleyTable::from_product_no_checks(4 * n, [m](Element a, Element b) {
    const Element i = a % m;
    const Element j = b % m;
    if (a < m) return b < m ? (i + j) % m : (i + j) % m + m;
    const Element difference = (i + m - j) % m;  // a^i x a^j = a^(i-j) x, and x^2 = a^n
    return b < m ? difference + m : (difference + m / 2) % m;
  });
  return breadth_first(named(std::move(table), {1, m}, "Dic" + std::to_string(n)));
}

Group direct_product(std::span<const Group> factors) {
  std::vector<Group> spliced;
  for (const Group& factor : factors) {
    if (const auto* product = std::get_if<Construction::DirectProduct>(&factor.construction().how)) {
      spliced.insert(spliced.end(), product->factors.begin(), product->factors.end());
    } else {
      spliced.push_back(factor.identity() == 0 ? factor : with_identity_first(factor));
    }
  }
  if (spliced.empty()) return cyclic_group(1);
  if (spliced.size() == 1) return spliced.front();

  std::uint64_t order = 1;
  for (const Group& factor : spliced) order = saturating_product(order, factor.exact_order());
  check_numbered(order);

  // Labels of the factors, most significant first.
  std::vector<Element> stride(spliced.size(), 1);
  for (std::size_t i = spliced.size() - 1; i > 0; --i) stride[i - 1] = stride[i] * spliced[i].order();
  std::vector<Element> generators;
  std::string name;
  for (std::size_t i = 0; i < spliced.size(); ++i) {
    for (const Element g : spliced[i].generators()) {
      generators.push_back(stride[i] * g);
    }
    const std::string& part = spliced[i].name();
    name += (i > 0 ? " x " : "") + (part.find(' ') == std::string::npos ? part : "(" + part + ")");
  }
  if (std::ranges::any_of(spliced, [](const Group& factor) { return factor.name().empty(); })) name.clear();

  auto elements = formula_elements(
      order,
      [spliced, stride](Element a, Element b) {
        Element product = 0;
        for (std::size_t i = 0; i < spliced.size(); ++i) {
          const Element x = a / stride[i];
          const Element y = b / stride[i];
          product += spliced[i].multiply(x, y) * stride[i];
          a -= x * stride[i];
          b -= y * stride[i];
        }
        return product;
      },
      [spliced, stride](Element a) {
        Element inverse = 0;
        for (std::size_t i = 0; i < spliced.size(); ++i) {
          const Element x = a / stride[i];
          inverse += spliced[i].inverse(x) * stride[i];
          a -= x * stride[i];
        }
        return inverse;
      });
  return {std::move(elements), std::move(generators), std::move(name),
          Construction{Construction::DirectProduct{std::move(spliced)}}};
}

Group direct_power(const Group& group, std::uint64_t k) {
  require(k >= 1 && k <= 64, "G^<k>: expected k in 1 ... 64", k);
  std::uint64_t order = 1;
  for (std::uint64_t i = 0; i < k; ++i) order = saturating_product(order, group.exact_order());
  check_numbered(order);
  const Group product = direct_product(std::vector<Group>(k, group));
  // "C2^3" reads better than "C2 x C2 x C2".
  std::string name = group.name();
  if (k > 1 && !name.empty()) {
    name =
        (name.find_first_of(" ^") == std::string::npos ? name : "(" + name + ")") + "^" + std::to_string(k);
  }
  return renamed(product, std::move(name));
}

Group cyclic_by_cyclic_group(std::uint64_t m, std::uint64_t k) {
  const std::string name = "C" + std::to_string(m) + " : C" + std::to_string(k);
  CayleyTable::check_order(saturating_product(m, k));
  std::optional<std::uint64_t> multiplier;
  std::set<std::vector<std::uint64_t>> actions;  // the subgroups <r> of the units: each is another group
  for (std::uint64_t r = 1; r < std::max<std::uint64_t>(m, 2); ++r) {
    if (std::gcd(r, m) != 1) continue;
    std::vector<std::uint64_t> powers{1 % m};
    for (std::uint64_t power = r % m; power != 1 % m; power = power * r % m) powers.push_back(power);
    if (powers.size() != k) continue;
    if (!multiplier) multiplier = r;
    std::ranges::sort(powers);
    actions.insert(std::move(powers));
  }
  if (!multiplier) {
    throw ArgumentError(name + ": expected C" + std::to_string(k) + " to act faithfully on C" +
                        std::to_string(m) + ", but no integer has multiplicative order " + std::to_string(k) +
                        " modulo " + std::to_string(m));
  }
  if (actions.size() > 1) {
    throw ArgumentError(name + ": expected one faithful action, but there are " +
                        std::to_string(actions.size()) + " that give different semidirect products");
  }
  std::vector<Element> power_of(k, 1);  // r^j mod m
  for (std::size_t j = 1; j < k; ++j) power_of[j] = static_cast<Element>(power_of[j - 1] * *multiplier % m);
  const auto width = static_cast<Element>(k);
  const auto modulus = static_cast<Element>(m);
  CayleyTable table = CayleyTable::from_product_no_checks(m * k, [&](Element a, Element b) {
    const std::uint64_t shift = std::uint64_t{power_of[a % width]} * (b / width);
    return static_cast<Element>((a / width + shift) % modulus) * width + (a % width + b % width) % width;
  });
  std::vector<Element> generators{width % static_cast<Element>(m * k), 1 % width};
  return named(std::move(table), std::move(generators), name);
}

}  // namespace peterweyl
