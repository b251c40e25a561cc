#include "characters/cycle_types.hpp"

#include <doctest/doctest.h>

#include <map>

#include "groups/families.hpp"
#include "groups/permutation.hpp"

using namespace peterweyl;

TEST_CASE("cycle_types: sizes, orders, powers and smallest arrays, counted in S_6") {
  const Group group = symmetric_group(6);
  std::map<Partition, std::uint64_t> sizes;
  std::map<Partition, std::vector<std::uint16_t>> smallest;
  for (Element x = 0; x < group.order(); ++x) {
    const auto images = group.permutation(x);
    const Partition type = cycle_type(images);
    ++sizes[type];
    smallest.try_emplace(type, images);  // elements ascend
    CHECK(order_of_type(type) == group.element_order(x));
    for (std::uint32_t t = 0; t < 7; ++t) {
      CHECK(cycle_type(permutation_power(images, t)) == power_of_type(type, t));
    }
  }
  CHECK(sizes.size() == 11);
  for (const auto& [type, size] : sizes) {
    CHECK(symmetric_class_size(type) == size);
    const auto images = smallest_images(type);
    CHECK(std::vector<std::uint16_t>(images.begin(), images.end()) == smallest[type]);
  }
  CHECK(size_of({3, 2, 1}) == 6);
  CHECK(factorial(20) == 2432902008176640000ULL);
}
