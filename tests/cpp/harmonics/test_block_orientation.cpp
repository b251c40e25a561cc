#include "harmonics/block_orientation.hpp"

#include <doctest/doctest.h>

#include "groups/families.hpp"
#include "reconstruction_data.hpp"

using namespace peterweyl;
using namespace peterweyl::reconstruction_test;

TEST_CASE("block orientation: blocks of one reading are left alone, turned ones are found, with noise too") {
  const std::vector<Group> groups{symmetric_group(4), cyclic_by_cyclic_group(7, 3)};
  for (const double noise : {0.0, 0.3}) {
    for (const Group& group : groups) {
      BlockRecipe recipe;
      recipe.noise = noise;
      std::vector<WhitenedBlock> straight = make_blocks(group, recipe).whitened();
      CHECK(align_orientations(straight, 1) == 0);
      const std::size_t last = straight.size() - 1;
      recipe.turn = [last](std::size_t i) { return i == last; };
      std::vector<WhitenedBlock> turned = make_blocks(group, recipe).whitened();
      CHECK(align_orientations(turned, 1) == 1);
      CHECK(turned[last].flipped);
    }
  }
}

TEST_CASE("block orientation: what cannot be told is left as it is") {
  // Without the irreps of degree 4 the two factors of S3 x S3 may be read in opposite orders.
  const std::vector<Group> factors{symmetric_group(3), symmetric_group(3)};
  BlockRecipe recipe;
  recipe.keep = [](const Irrep& irrep) { return irrep.degree <= 2; };
  std::vector<WhitenedBlock> blocks = make_blocks(direct_product(factors), recipe).whitened();
  int turned = 0;
  for (WhitenedBlock& block : blocks) {
    const Element rotation = 3 * 6;  // (120, 1)
    if (block.degree == 1 || !(block.matrix(rotation) - block.matrix(0)).isZero(1e-6)) continue;
    flip(block);
    ++turned;
  }
  CHECK(turned == 2);
  CHECK(align_orientations(blocks, 1) == 0);
}
