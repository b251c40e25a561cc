#include "harmonics/table_search.hpp"

#include <doctest/doctest.h>

#include <optional>

#include "groups/families.hpp"
#include "reconstruction_data.hpp"

using namespace peterweyl;
using namespace peterweyl::reconstruction_test;

namespace {

std::optional<CayleyTable> first_table(const std::vector<WhitenedBlock>& blocks) {
  std::optional<CayleyTable> found;
  search_tables(blocks, {}, [&](CayleyTable table) {
    found = std::move(table);
    return true;
  });
  return found;
}

}  // namespace

TEST_CASE("table search: exact blocks give the table of the columns at once") {
  BlockRecipe recipe;
  recipe.shuffle = true;
  for (const Group& group :
       {cyclic_group(12), dicyclic_group(2), symmetric_group(4),
        direct_product(std::vector{cyclic_group(2), dihedral_group(2), cyclic_group(4)})}) {
    const BlockData data = make_blocks(group, recipe);
    const auto table = first_table(data.whitened());
    REQUIRE(table.has_value());
    CHECK(table->identity() == 0);
    CHECK(*table == with_identity(table_of_columns(group, data), 0));
  }
}

TEST_CASE("table search: few permutations have to be right, so much noise is stood") {
  int right = 0;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    BlockRecipe recipe;
    recipe.noise = 0.6;
    recipe.seed = seed;
    const Group group = symmetric_group(4);
    bool found = false;
    search_tables(make_blocks(group, recipe).whitened(), {}, [&](const CayleyTable& table) {
      found = found || table == group.table();
      return false;
    });
    right += found ? 1 : 0;
  }
  CHECK(right == 5);
}

TEST_CASE("table search: another identity column keeps the ternary product") {
  const CayleyTable table = dihedral_group(4).table();
  const CayleyTable moved = with_identity(table, 3);
  CHECK(moved.identity() == 3);
  for (Element a = 0; a < 8; ++a) {
    for (Element b = 0; b < 8; ++b) {
      CHECK(moved(a, b) == table(table(a, table.inverse(3)), b));
      CHECK(moved(moved(a, moved.inverse(5)), b) == table(table(a, table.inverse(5)), b));
    }
  }
  CHECK(with_identity(moved, 0) == table);
}

TEST_CASE("table search: one column, and no blocks at all") {
  CHECK(first_table(random_blocks(1, {1}, 1).whitened())->order() == 1);
  CHECK_FALSE(first_table({}).has_value());
}
