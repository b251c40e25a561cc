// What every group that is written unchecked must pass in its test.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

#include "groups/group.hpp"
#include "groups/isomorphism.hpp"

namespace peterweyl {

inline void check_valid(const Group& group) {
  CAPTURE(group.name());
  const std::vector<std::int64_t> entries(group.table().entries().begin(), group.table().entries().end());
  const CayleyTable validated = CayleyTable::from_entries(entries, group.order(), group.order());
  CHECK(validated == group.table());
  CHECK(group.identity() == 0);
  CHECK(group.table().subgroup(group.generators()).size() == group.order());
}

inline bool isomorphic(const Group& a, const Group& b) {
  return find_isomorphism(a, b).has_value();
}

inline std::size_t count_of_order(const Group& group, std::uint32_t order) {
  std::size_t count = 0;
  for (const std::uint32_t o : group.element_orders()) count += o == order ? 1 : 0;
  return count;
}

}  // namespace peterweyl
