#include "harmonics/reconstruction.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "groups/families.hpp"
#include "groups/isomorphism.hpp"
#include "reconstruction_data.hpp"
#include "support/error.hpp"

using namespace peterweyl;
using namespace peterweyl::reconstruction_test;

namespace {

bool is_isomorphic(const CayleyTable& table, const Group& group) {
  return find_isomorphism(Group(table), group).has_value();
}

}  // namespace

TEST_CASE("reconstruction: unmixed exact blocks give the table itself, identity included") {
  BlockRecipe recipe;
  recipe.mix = false;
  recipe.shuffle = true;
  const std::vector<Group> groups{cyclic_group(9), dihedral_group(4), dicyclic_group(2), alternating_group(4),
                                  symmetric_group(4)};
  for (const Group& group : groups) {
    const BlockData data = make_blocks(group, recipe);
    const Reconstruction result = reconstruct_from_blocks(data.blocks(), group.order());
    CHECK(result.reason == ReconstructionReason::kCertified);
    REQUIRE(result.table.has_value());
    CHECK(*result.table == table_of_columns(group, data));
    CHECK(result.identity == result.table->identity());
    CHECK(result.published->admissible_defect > 0);
  }
}

TEST_CASE("reconstruction: mixed blocks give the group, whatever the reading of each") {
  BlockRecipe recipe;
  recipe.shuffle = true;
  recipe.noise = 0.05;
  recipe.turn = [](std::size_t i) { return i % 2 == 0; };
  for (const Group& group : {symmetric_group(4), cyclic_by_cyclic_group(7, 3), dihedral_group(6)}) {
    const Reconstruction result = reconstruct_from_blocks(make_blocks(group, recipe).blocks(), group.order());
    CHECK(result.reason == ReconstructionReason::kCertified);
    CHECK(is_isomorphic(*result.table, group));
    CHECK_FALSE(result.identity.has_value());
    CHECK(result.table->identity() == 0);
  }
}

TEST_CASE("reconstruction: D4 and Q8 are told apart") {
  for (const Group& group : {dihedral_group(4), dicyclic_group(2)}) {
    const Reconstruction result = reconstruct_from_blocks(make_blocks(group).blocks(), 8);
    CHECK(result.reason == ReconstructionReason::kCertified);
    CHECK(is_isomorphic(*result.table, group));
  }
}

TEST_CASE("reconstruction: missing irreps lead to the quotient") {
  BlockRecipe recipe;
  recipe.noise = 0.02;
  recipe.keep = [](const Irrep& irrep) { return irrep.degree < 3; };
  const Reconstruction result = reconstruct_from_blocks(make_blocks(symmetric_group(4), recipe).blocks(), 24);
  CHECK(result.reason == ReconstructionReason::kQuotient);
  CHECK(result.cosets.size() == 6);
  CHECK(is_isomorphic(*result.table, symmetric_group(3)));
}

TEST_CASE(
    "reconstruction: dead blocks are set aside, a block that learned nothing leaves the table uncertified") {
  BlockData data = make_blocks(symmetric_group(4));
  data.storage[1].assign(data.storage[1].size(), 0.0);
  Reconstruction result = reconstruct_from_blocks(data.blocks(), 24);
  CHECK(result.blocks[1].state == BlockState::kZero);
  CHECK(result.reason == ReconstructionReason::kCertified);
  data.storage[1] = random_blocks(24, {1}, 3).storage[0];
  result = reconstruct_from_blocks(data.blocks(), 24);
  CHECK(result.reason == ReconstructionReason::kUncertified);
  CHECK_FALSE(result.blocks[1].consistent);
  CHECK(result.blocks[2].consistent);
  CHECK(is_isomorphic(*result.table, symmetric_group(4)));
}

TEST_CASE("reconstruction: random blocks are noise or no group, never certified") {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const std::size_t n = 3 + seed % 10;
    const Reconstruction result = reconstruct_from_blocks(random_blocks(n, {1, 2, 1}, seed).blocks(), n);
    const bool refused =
        result.reason == ReconstructionReason::kNoise || result.reason == ReconstructionReason::kNoGroupFound;
    CHECK(refused);
    CHECK_FALSE(result.certificate.certified);
  }
}

TEST_CASE("reconstruction: nothing to see, and wrong sizes") {
  const std::vector<std::complex<double>> zeros(16, 0.0);
  const std::vector<WeightBlock> dead{{2, zeros}};
  CHECK(reconstruct_from_blocks(dead, 4).reason == ReconstructionReason::kNoInformation);
  CHECK(reconstruct_from_blocks({}, 4).reason == ReconstructionReason::kNoInformation);
  CHECK(reconstruct_from_blocks(random_blocks(1, {2}, 1).blocks(), 1).reason ==
        ReconstructionReason::kNoInformation);
  CHECK_THROWS_AS(reconstruct_from_blocks(dead, 5), ArgumentError);
  std::vector<std::complex<double>> spoilt(16, 1.0);
  spoilt[3] = std::numeric_limits<double>::quiet_NaN();
  const std::vector<WeightBlock> nan{{2, spoilt}};
  CHECK_THROWS_AS(reconstruct_from_blocks(nan, 4), ArgumentError);
}

TEST_CASE("reconstruction: the same seed gives the same answer, repeated blocks do no harm") {
  BlockRecipe recipe;
  recipe.noise = 0.8;
  const BlockData data = make_blocks(alternating_group(4), recipe);
  const Reconstruction first = reconstruct_from_blocks(data.blocks(), 12);
  const Reconstruction second = reconstruct_from_blocks(data.blocks(), 12);
  CHECK(first.reason == second.reason);
  CHECK(*first.table == *second.table);
  const BlockData exact = make_blocks(alternating_group(4));
  std::vector<WeightBlock> twice = exact.blocks();
  twice.push_back(twice.back());
  const Reconstruction repeated = reconstruct_from_blocks(twice, 12);
  CHECK(repeated.reason == ReconstructionReason::kCertified);
  CHECK(repeated.blocks[3].irrep == repeated.blocks[4].irrep);
}
