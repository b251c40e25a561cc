// Permutation groups that several tests use, and closure by brute force.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "groups/permutation_orbits.hpp"
#include "support/random.hpp"

namespace peterweyl::examples {

inline std::vector<Permutation> symmetric(std::size_t n) {
  std::vector<Permutation> g(2, identity_permutation(n));
  for (std::size_t i = 0; i < n; ++i) g[0][i] = static_cast<std::uint16_t>((i + 1) % n);
  std::swap(g[1][0], g[1][1]);
  return g;
}

inline std::vector<Permutation> cyclic(std::size_t n) {
  return {symmetric(n)[0]};
}

// 3-cycles (0 1 k).
inline std::vector<Permutation> alternating(std::size_t n) {
  std::vector<Permutation> g;
  for (std::uint16_t k = 2; k < n; ++k) {
    g.push_back(identity_permutation(n));
    g.back()[0] = 1;
    g.back()[1] = k;
    g.back()[k] = 0;
  }
  return g;
}

// PSL(2, p) on the p + 1 points of the projective line: x + 1, r^2 x, -1/x for a primitive root r. Order
// p (p^2 - 1) / 2.
inline std::vector<Permutation> projective_special_linear(std::size_t p) {
  const auto order = [&](std::size_t a) {
    std::size_t k = 1;
    for (std::size_t power = a; power != 1; power = power * a % p) ++k;
    return k;
  };
  std::size_t root = 2;
  while (order(root) != p - 1) ++root;
  std::vector<Permutation> g(3, identity_permutation(p + 1));
  for (std::size_t x = 0; x < p; ++x) {
    g[0][x] = static_cast<std::uint16_t>((x + 1) % p);
    g[1][x] = static_cast<std::uint16_t>(x * root % p * root % p);
    std::size_t inverse = 1;
    while (x != 0 && inverse * x % p != 1) ++inverse;
    g[2][x] = static_cast<std::uint16_t>(x == 0 ? p : p - inverse);
  }
  g[2][p] = 0;
  return g;
}

// S_a wr S_b on a b points. Order (a!)^b b!.
inline std::vector<Permutation> wreath(std::size_t a, std::size_t b) {
  std::vector<Permutation> g;
  for (const Permutation& inner : symmetric(a)) {
    g.push_back(identity_permutation(a * b));
    for (std::size_t i = 0; i < a; ++i) g.back()[i] = inner[i];
  }
  for (const Permutation& outer : symmetric(b)) {
    g.emplace_back();
    for (std::size_t i = 0; i < a * b; ++i) {
      g.back().push_back(static_cast<std::uint16_t>(outer[i / a] * a + i % a));
    }
  }
  return g;
}

inline std::vector<Permutation> mathieu11() {
  return {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0}, {0, 1, 6, 9, 5, 3, 10, 2, 8, 4, 7}};
}

inline std::vector<Permutation> mathieu22() {
  return {{7, 4, 12, 2, 0, 21, 16, 6, 18, 3, 5, 8, 9, 17, 11, 1, 19, 13, 20, 15, 10, 14},
          {15, 13, 2, 5, 9, 19, 0, 14, 8, 10, 1, 20, 6, 4, 11, 17, 18, 12, 3, 16, 21, 7}};
}

inline std::vector<Permutation> mathieu24() {
  return {{6, 23, 10, 11, 18, 14, 4, 1, 17, 5, 19, 2, 9, 15, 13, 8, 12, 21, 3, 16, 22, 20, 0, 7},
          {11, 21, 13, 1, 22, 15, 14, 7, 5, 16, 2, 4, 12, 18, 19, 0, 9, 3, 17, 23, 8, 10, 20, 6}};
}

inline Permutation random_permutation(std::size_t degree, Random& random) {
  Permutation p = identity_permutation(degree);
  for (std::size_t i = degree; i > 1; --i) std::swap(p[i - 1], p[random.below(i)]);
  return p;
}

// One to three random permutations; powers of them too, so that small groups are not rare.
inline std::vector<Permutation> random_generators(std::size_t degree, Random& random) {
  std::vector<Permutation> g;
  const std::uint64_t count = 1 + random.below(3);
  for (std::uint64_t k = 0; k < count; ++k) {
    g.push_back(permutation_power(random_permutation(degree, random),
                                  static_cast<std::int64_t>(1 + random.below(3))));
  }
  return g;
}

inline std::set<Permutation> closure(std::size_t degree, const std::vector<Permutation>& generators) {
  std::set<Permutation> found{identity_permutation(degree)};
  std::vector<Permutation> pending(found.begin(), found.end());
  while (!pending.empty()) {
    const Permutation x = std::move(pending.back());
    pending.pop_back();
    for (const Permutation& g : generators) {
      Permutation y = compose(x, g);
      if (found.insert(y).second) pending.push_back(std::move(y));
    }
  }
  return found;
}

}  // namespace peterweyl::examples
