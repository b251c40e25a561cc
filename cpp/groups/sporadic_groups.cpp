#include "groups/sporadic_groups.hpp"

#include <array>
#include <initializer_list>
#include <numeric>
#include <string>

#include "arithmetic/integers.hpp"
#include "groups/families.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

struct Mathieu {
  std::uint64_t degree;
  std::uint64_t order;
};

constexpr std::array<Mathieu, 5> kMathieu{
    {{11, 7920}, {12, 95040}, {22, 443520}, {23, 10200960}, {24, 244823040}}};

Permutation from_cycles(std::size_t degree,
                        std::initializer_list<std::initializer_list<std::uint16_t>> cycles) {
  Permutation images = identity_permutation(degree);
  for (const auto& cycle : cycles) {
    for (const std::uint16_t* point = cycle.begin(); point != cycle.end(); ++point)
      images[*point] = point + 1 == cycle.end() ? *cycle.begin() : *(point + 1);
  }
  return images;
}

// 0 -> 1 -> ... -> length - 1 -> 0, the points from there on fixed.
Permutation rotation(std::size_t degree, std::size_t length) {
  Permutation images = identity_permutation(degree);
  for (std::size_t i = 0; i < length; ++i) images[i] = static_cast<std::uint16_t>((i + 1) % length);
  return images;
}

// x^3 / 9 for the squares modulo 23 and 9 x^3 for the others; 0 is fixed. Restricted to 0 ... 22.
std::array<std::uint16_t, 23> cubes() {
  std::array<std::uint16_t, 23> images{};
  for (std::uint64_t x = 1; x < 23; ++x) {
    const bool square = power_modulo(x, 11, 23) == 1;
    images[x] = static_cast<std::uint16_t>(x * x % 23 * x % 23 * (square ? 18 : 9) % 23);  // 1/9 = 18
  }
  return images;
}

Permutation cubes_on(std::size_t degree) {
  Permutation images = identity_permutation(degree);
  const auto map = cubes();
  for (std::size_t i = 0; i < map.size(); ++i) images[i] = map[i];
  return images;
}

// The points 1 ... 22 of the projective line, renumbered from 0.
Permutation cubes_without_zero() {
  Permutation images;
  const auto map = cubes();
  for (std::size_t i = 1; i < map.size(); ++i) images.push_back(static_cast<std::uint16_t>(map[i] - 1));
  return images;
}

// x -> -1/x on the projective line over GF(23).
Permutation negative_reciprocal() {
  Permutation images{23};
  for (std::uint64_t x = 1; x < 23; ++x)
    images.push_back(static_cast<std::uint16_t>(23 - power_modulo(x, 21, 23)));
  images.push_back(0);
  return images;
}

}  // namespace

std::uint64_t mathieu_order(std::uint64_t n) {
  for (const Mathieu& group : kMathieu) {
    if (group.degree == n) return group.order;
  }
  throw ArgumentError("M<n>: expected a Mathieu group M11, M12, M22, M23 or M24, got M" + std::to_string(n));
}

std::vector<Permutation> mathieu_generators(std::uint64_t n) {
  mathieu_order(n);
  if (n == 11) return {rotation(11, 11), from_cycles(11, {{2, 6, 10, 7}, {3, 9, 4, 5}})};
  if (n == 12) {
    return {rotation(12, 11), from_cycles(12, {{2, 6, 10, 7}, {3, 9, 4, 5}}),
            from_cycles(12, {{0, 11}, {1, 10}, {2, 5}, {3, 7}, {4, 8}, {6, 9}})};
  }
  if (n == 22) {
    return {
        cubes_without_zero(),
        from_cycles(22, {{1, 9}, {2, 4, 18, 5}, {3, 21, 10, 17}, {6, 7, 13, 15}, {8, 14}, {11, 20, 12, 16}})};
  }
  if (n == 23) return {rotation(23, 23), cubes_on(23)};
  return {rotation(24, 23), cubes_on(24), negative_reciprocal()};
}

Group mathieu_group(std::uint64_t n) {
  return renamed(permutation_group(mathieu_generators(n)), "M" + std::to_string(n));
}

}  // namespace peterweyl
