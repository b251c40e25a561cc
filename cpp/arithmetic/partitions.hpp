// Partitions of integers.
#pragma once

#include <cstdint>
#include <vector>

namespace peterweyl {

using Partition = std::vector<std::uint32_t>;  // parts, the largest first

// All partitions of n in decreasing lexicographic order; of 0 there is one, without parts.
std::vector<Partition> partitions(std::uint32_t n);

}  // namespace peterweyl
