// Cycle types of permutations, which are the classes of the symmetric groups: orders, sizes and powers.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "arithmetic/partitions.hpp"

namespace peterweyl {

// The order of S_20 is the last that fits into 64 bit.
inline constexpr std::uint32_t kMaximalSymmetricDegree = 20;

std::uint64_t factorial(std::uint32_t n);

// The number that is divided.
std::uint32_t size_of(const Partition& partition);

// The lengths of the cycles of a permutation, the largest first.
Partition cycle_type(std::span<const std::uint16_t> permutation);

// The order of the permutations of a cycle type, and how many they are.
std::uint32_t order_of_type(const Partition& type);
std::uint64_t symmetric_class_size(const Partition& type);

// The type of the powers of permutations of one type.
Partition power_of_type(const Partition& type, std::uint32_t exponent);

// The lexicographically smallest image array of a type: short cycles first, each on consecutive points.
std::vector<std::uint32_t> smallest_images(const Partition& type);

}  // namespace peterweyl
