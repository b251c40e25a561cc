#include "characters/cycle_types.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <numeric>

namespace peterweyl {

std::uint64_t factorial(std::uint32_t n) {
  std::uint64_t result = 1;
  for (std::uint64_t k = 2; k <= n; ++k) result *= k;
  return result;
}

std::uint32_t size_of(const Partition& partition) {
  return std::accumulate(partition.begin(), partition.end(), 0U);
}

Partition cycle_type(std::span<const std::uint16_t> permutation) {
  Partition lengths;
  std::vector<char> seen(permutation.size(), 0);
  for (std::size_t first = 0; first < permutation.size(); ++first) {
    std::uint32_t length = 0;
    for (std::size_t i = first; seen[i] == 0; i = permutation[i]) {
      seen[i] = 1;
      ++length;
    }
    if (length > 0) lengths.push_back(length);
  }
  std::ranges::sort(lengths, std::greater<>{});
  return lengths;
}

std::uint32_t order_of_type(const Partition& type) {
  std::uint32_t order = 1;
  for (const std::uint32_t part : type) order = std::lcm(order, part);
  return order;
}

std::uint64_t symmetric_class_size(const Partition& type) {
  std::uint64_t centralizer = 1;
  std::uint64_t times = 0;
  for (std::size_t i = 0; i < type.size(); ++i) {
    times = i > 0 && type[i] == type[i - 1] ? times + 1 : 1;
    centralizer *= type[i] * times;
  }
  return factorial(size_of(type)) / centralizer;
}

Partition power_of_type(const Partition& type, std::uint32_t exponent) {
  Partition result;
  for (const std::uint32_t part : type) {
    const std::uint32_t count = std::gcd(part, exponent);
    result.insert(result.end(), count, part / count);
  }
  std::ranges::sort(result, std::greater<>{});
  return result;
}

std::vector<std::uint32_t> smallest_images(const Partition& type) {
  std::vector<std::uint32_t> images;
  for (std::size_t i = type.size(); i-- > 0;) {
    const auto first = static_cast<std::uint32_t>(images.size());
    for (std::uint32_t k = 1; k < type[i]; ++k) images.push_back(first + k);
    images.push_back(first);
  }
  return images;
}

}  // namespace peterweyl
