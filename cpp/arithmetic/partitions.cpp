#include "arithmetic/partitions.hpp"

#include <algorithm>

namespace peterweyl {
namespace {

void append_partitions(std::uint32_t rest, std::uint32_t largest, Partition& parts,
                       std::vector<Partition>& all) {
  if (rest == 0) all.push_back(parts);
  for (std::uint32_t part = std::min(rest, largest); part > 0; --part) {
    parts.push_back(part);
    append_partitions(rest - part, part, parts, all);
    parts.pop_back();
  }
}

}  // namespace

std::vector<Partition> partitions(std::uint32_t n) {
  std::vector<Partition> all;
  Partition parts;
  append_partitions(n, n, parts, all);
  return all;
}

}  // namespace peterweyl
