#include "groups/extraspecial_groups.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "arithmetic/integers.hpp"
#include "groups/generated_table.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

// Beyond this the group is too large whatever the exponent, and trial division would be slow.
constexpr std::uint64_t kLargestTestedPrime = std::uint64_t{1} << 40U;

void check_prime(const std::string& name, std::uint64_t p) {
  if (p >= kLargestTestedPrime || is_prime(p)) return;
  throw ArgumentError(name + ": expected a prime p, got " + std::to_string(p));
}

std::string extraspecial_name(std::uint64_t p, std::uint64_t n, bool plus) {
  return std::to_string(p) + "^(1+" + std::to_string(2 * n) + ")" + (plus ? "+" : "-");
}

Group build(std::uint64_t prime, std::uint64_t n, bool plus, std::string name) {
  const std::uint64_t order = extraspecial_order(prime, n);
  CayleyTable::check_order(order);
  const auto p = static_cast<Element>(prime);
  const std::size_t width = 2 * n + 1;
  std::vector<Element> generators;
  auto place = static_cast<Element>(order);
  for (std::size_t i = 0; i + 1 < width; ++i) generators.push_back(place /= p);
  const auto product = [&](Element a, Element b) {
    // Digits, the last one first: c, then b_n, a_n, ..., b_1, a_1.
    Element result = 0;
    Element scale = p;
    Element central = a % p + b % p;
    a /= p;
    b /= p;
    for (std::size_t i = 0; i < n; ++i) {
      const std::array left{a / p % p, a % p};
      const std::array right{b / p % p, b % p};
      a /= p * p;
      b /= p * p;
      central += left[0] * right[1];
      if (!plus && i + 1 == n)
        central += p == 2 ? left[0] * right[0] + left[1] * right[1] : (left[0] + right[0]) / p;
      result += scale * ((left[1] + right[1]) % p + p * ((left[0] + right[0]) % p));
      scale *= p * p;
    }
    return result + central % p;
  };
  CayleyTable table = generated_table(order, generators, product);
  return {std::move(table), std::move(generators), std::move(name), Construction{}};
}

}  // namespace

std::uint64_t extraspecial_order(std::uint64_t p, std::uint64_t n) {
  check_prime("p^(1+2n)", p);
  if (n == 0) throw ArgumentError("p^(1+2n): expected an exponent 1+2n with n >= 1, got 1+0");
  return saturating_product(p, saturating_power(saturating_product(p, p), n));
}

Group extraspecial_group(std::uint64_t p, std::uint64_t n, bool plus) {
  CayleyTable::check_order(extraspecial_order(p, n));
  return build(p, n, plus, extraspecial_name(p, n, plus));
}

std::uint64_t heisenberg_order(std::uint64_t p) {
  check_prime("He<p>", p);
  return saturating_power(p, 3);
}

Group heisenberg_group(std::uint64_t p) {
  CayleyTable::check_order(heisenberg_order(p));
  return build(p, 1, true, "He" + std::to_string(p));
}

}  // namespace peterweyl
