#include "groups/metacyclic_groups.hpp"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>
#include <vector>

#include "arithmetic/integers.hpp"
#include "groups/generated_table.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

Group build(std::uint64_t m, std::uint64_t r, std::uint64_t k, std::string name) {
  const auto modulus = static_cast<Element>(m);
  const auto width = static_cast<Element>(k);
  std::vector<Element> power_of(k, 1 % modulus);  // r^j mod m
  for (std::size_t j = 1; j < k; ++j) power_of[j] = static_cast<Element>(power_of[j - 1] * r % m);
  const auto product = [&](Element x, Element y) {
    const std::uint64_t shift = std::uint64_t{power_of[x % width]} * (y / width);
    return static_cast<Element>((x / width + shift) % modulus) * width + (x % width + y % width) % width;
  };
  std::vector<Element> generators{width % static_cast<Element>(m * k), 1 % width};
  std::erase(generators, Element{0});
  CayleyTable table = generated_table(m * k, generators, product);
  return {std::move(table), std::move(generators), std::move(name), Construction{}};
}

bool is_too_large(std::uint64_t order) {
  return order > CayleyTable::kMaximalOrder;
}

}  // namespace

Group split_metacyclic_group(std::uint64_t m, std::uint64_t r, std::uint64_t k) {
  if (m == 0 || k == 0) throw ArgumentError("C<m> :<r> C<k>: expected m >= 1 and k >= 1, got 0");
  CayleyTable::check_order(saturating_product(m, k));
  const std::string name = "C" + std::to_string(m) + " :" + std::to_string(r % m) + " C" + std::to_string(k);
  if (power_modulo(r % m, k, m) != 1 % m) {
    throw ArgumentError(name + ": expected r with r^" + std::to_string(k) + " = 1 modulo " +
                        std::to_string(m) + ", got r = " + std::to_string(r) + " with r^" +
                        std::to_string(k) + " = " + std::to_string(power_modulo(r % m, k, m)));
  }
  return build(m, r % m, k, name);
}

void check_semidihedral_order(std::uint64_t order) {
  if (order >= 16 && std::has_single_bit(order)) return;
  throw ArgumentError("SD<n>: expected an order n = 2^e >= 16, got " + std::to_string(order));
}

void check_modular_order(std::uint64_t order) {
  if (is_too_large(order)) return;  // whether it is a prime power no longer matters
  const auto factors = factorize(std::max<std::uint64_t>(order, 1));
  if (factors.size() == 1 && factors[0].second >= (factors[0].first == 2 ? 4U : 3U)) return;
  throw ArgumentError(
      "M<n>: expected an order n = p^e with e >= 3, e >= 4 for p = 2 (or a Mathieu group: 11, 12, 22, " +
      std::string("23, 24), got ") + std::to_string(order));
}

Group semidihedral_group(std::uint64_t order) {
  check_semidihedral_order(order);
  CayleyTable::check_order(order);
  return build(order / 2, order / 4 - 1, 2, "SD" + std::to_string(order));
}

Group modular_group(std::uint64_t order) {
  check_modular_order(order);
  CayleyTable::check_order(order);
  const std::uint64_t p = factorize(order)[0].first;
  return build(order / p, 1 + order / (p * p), p, "M" + std::to_string(order));
}

}  // namespace peterweyl
