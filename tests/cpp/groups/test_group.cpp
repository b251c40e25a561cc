#include "groups/group.hpp"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

#include "groups/families.hpp"

using namespace peterweyl;

TEST_CASE("group: orders, powers and power maps agree with repeated multiplication") {
  const Group group = direct_product(std::vector{dicyclic_group(3), cyclic_group(4)});
  for (Element x = 0; x < group.order(); ++x) {
    Element power = group.identity();
    std::uint32_t order = 0;
    do {
      CHECK(group.power(x, order) == power);
      power = group.multiply(power, x);
      ++order;
    } while (power != group.identity());
    CHECK(group.element_orders()[x] == order);
    CHECK(group.power(x, -1) == group.inverse(x));
  }
  CHECK(group.exponent() == 12);
  const ConjugacyClasses& classes = group.conjugacy_classes();
  for (const int k : {-3, 0, 2, 3, 7}) {
    const std::vector<std::uint32_t> map = group.power_map(k);
    for (Element x = 0; x < group.order(); ++x) {
      CHECK(map[classes.of_element[x]] == classes.of_element[group.power(x, k)]);
    }
  }
}

TEST_CASE("group: centre and commutativity") {
  CHECK(cyclic_group(9).is_abelian());
  CHECK_FALSE(symmetric_group(3).is_abelian());
  CHECK(dihedral_group(4).center() == std::vector<Element>{0, 2});
  CHECK(symmetric_group(4).center() == std::vector<Element>{0});
}

TEST_CASE("group: derived data asked for by many threads at once") {
  const Group group = symmetric_group(5);
  std::vector<std::size_t> counts(8);
  std::vector<std::thread> threads;
  for (std::size_t& count : counts) threads.emplace_back([&] { count = group.conjugacy_classes().count(); });
  for (std::thread& thread : threads) thread.join();
  CHECK(counts == std::vector<std::size_t>(8, 7));
}
