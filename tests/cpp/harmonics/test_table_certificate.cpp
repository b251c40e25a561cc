#include "harmonics/table_certificate.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "groups/families.hpp"
#include "groups/isomorphism.hpp"
#include "reconstruction_data.hpp"

using namespace peterweyl;
using namespace peterweyl::reconstruction_test;

namespace {

TableCertificate certify(const CayleyTable& table, const std::vector<WhitenedBlock>& blocks) {
  const CayleyTree tree = cayley_tree(table);
  std::vector<BlockModel> models;
  for (const auto& block : blocks) models.push_back(fit_exact_model(table, tree, block));
  return certify_table(table, blocks, models);
}

}  // namespace

TEST_CASE("table certificate: the radius of exact data is sqrt(n / (8 sum d))") {
  struct Case {
    Group group;
    double radius;
  };
  const std::vector<Case> cases{{cyclic_group(7), 0.35355},
                                {symmetric_group(4), 0.54772},
                                {alternating_group(5), 0.68465},
                                {symmetric_group(5), 0.75955}};
  for (const Case& c : cases) {
    const TableCertificate certificate = certify(c.group.table(), make_blocks(c.group).whitened());
    CHECK(certificate.certified);
    CHECK(certificate.consistent);
    CHECK(certificate.residual < 1e-8);
    CHECK(certificate.radius == doctest::Approx(c.radius).epsilon(1e-4));
  }
}

TEST_CASE("table certificate: the wrong table of the right order is not certified") {
  const auto blocks = make_blocks(dihedral_group(4)).whitened();
  CHECK(certify(dihedral_group(4).table(), blocks).certified);
  CHECK_FALSE(certify(dicyclic_group(2).table(), blocks).certified);
  CHECK_FALSE(certify(cyclic_group(8).table(), blocks).certified);
}

TEST_CASE(
    "table certificate: the residual must be below the radius, however unlikely the table is by chance") {
  BlockRecipe recipe;
  recipe.noise = 0.4;
  const Group group = symmetric_group(4);
  const TableCertificate certificate = certify(group.table(), make_blocks(group, recipe).whitened());
  CHECK(certificate.consistent);
  CHECK(certificate.log10_chance < -50);
  CHECK(certificate.residual > certificate.radius);
  CHECK_FALSE(certificate.certified);
}

TEST_CASE("table certificate: every block must hold an irrep") {
  const Group group = cyclic_group(5);
  std::vector<std::complex<double>> character;
  std::vector<std::complex<double>> sum;
  for (int g = 0; g < 5; ++g) {
    const double angle = 2 * std::numbers::pi * g / 5;
    character.push_back(std::polar(1.0, angle));
    sum.insert(sum.end(), {std::polar(1.0, angle), 0.0, 0.0, std::polar(1.0, 2 * angle)});
  }
  std::vector<WhitenedBlock> blocks{whiten_block({1, character}, 5)};
  CHECK(certify(group.table(), blocks).certified);
  blocks.push_back(whiten_block({2, sum}, 5));
  const TableCertificate certificate = certify(group.table(), blocks);
  CHECK(certificate.residual < certificate.radius);
  CHECK_FALSE(certificate.consistent);
  CHECK_FALSE(certificate.certified);
}

TEST_CASE(
    "table certificate: a few random columns are within the radius of a group, the chance bound refuses "
    "them") {
  // Two columns of a block of degree 1 are a multiple of C2 up to a small deviation now and then.
  int within = 0;
  const CayleyTable table = cyclic_group(3).table();
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    const TableCertificate certificate = certify(table, random_blocks(3, {1}, seed).whitened());
    within += certificate.residual < certificate.radius ? 1 : 0;
    CHECK_FALSE(certificate.certified);
  }
  CHECK(within > 20);
}

TEST_CASE("table certificate: the chance bound is above the frequency of what it bounds") {
  // Squares of Gaussian blocks below a threshold: count them, with no tables and choices to pay for.
  Random random(1);
  const double squared = 1.5;
  int hits = 0;
  const int trials = 20000;
  for (int t = 0; t < trials; ++t) {
    double sum = 0;
    for (int k = 0; k < 4; ++k) sum += std::pow(random.normal(), 2);
    hits += sum < squared ? 1 : 0;
  }
  const double frequency = static_cast<double>(hits) / trials;
  // Three columns, of which one is left out: 6 dimensions given, 4 counted.
  CHECK(log10_chance_bound(3, 1, 6, squared) >= std::log10(frequency));
  CHECK(log10_chance_bound(24, 5, 2 * 24 * 24, 1e-6) < -1000);
  CHECK(log10_chance_bound(24, 5, 2 * 24 * 24, 2 * 24 * 24) == 0);
  CHECK(log10_chance_bound(1, 1, 2, 0) == 0);
  // More deviation, more chance.
  CHECK(log10_chance_bound(8, 5, 128, 1) < log10_chance_bound(8, 5, 128, 2));
}

TEST_CASE("table certificate: blocks that leave columns together certify nothing") {
  BlockRecipe recipe;
  recipe.keep = [](const Irrep& irrep) { return irrep.degree == 1; };
  const Group group = dihedral_group(4);
  const TableCertificate certificate = certify(group.table(), make_blocks(group, recipe).whitened());
  CHECK(certificate.log10_chance == 0);
  CHECK_FALSE(certificate.certified);
}

TEST_CASE("table certificate: two factors over C3 may be read apart, and then are another group") {
  // Pairs in (C7 : C3) x (C7 : C3) with the same image in C3, order 147; reading one factor the other way
  // turns the action (2, 2) on C7 x C7 into (2, 4).
  const Group factor = cyclic_by_cyclic_group(7, 3);  // a^i b^j is 3 i + j
  std::vector<std::pair<Element, Element>> pairs;
  for (Element a = 0; a < 21; ++a) {
    for (Element b = 0; b < 21; ++b) {
      if (a % 3 == b % 3) pairs.emplace_back(a, b);
    }
  }
  const CayleyTable table = CayleyTable::from_product_no_checks(147, [&](Element x, Element y) {
    const std::pair product{factor.multiply(pairs[x].first, pairs[y].first),
                            factor.multiply(pairs[x].second, pairs[y].second)};
    return static_cast<Element>(std::ranges::find(pairs, product) - pairs.begin());
  });
  // Only the blocks of the factors, a faithful set.
  const auto exact = make_blocks(factor, {.mix = false}).whitened();
  std::vector<WhitenedBlock> blocks;
  for (const auto& block : exact) {
    for (const bool first : {true, false}) {
      WhitenedBlock lifted = block;
      lifted.unitary.resize(block.degree, 147 * block.degree);
      for (Eigen::Index x = 0; x < 147; ++x) {
        const auto& pair = pairs[static_cast<std::size_t>(x)];
        lifted.unitary.middleCols(x * block.degree, block.degree) =
            block.matrix(first ? pair.first : pair.second);
      }
      lifted.whitened = lifted.unitary;
      blocks.push_back(std::move(lifted));
    }
  }
  const TableCertificate certificate = certify(table, blocks);
  CHECK(certificate.consistent);
  CHECK_FALSE(certificate.certified);
  REQUIRE(certificate.other_readings.size() == 1);
  CHECK_FALSE(find_isomorphism(Group(table), Group(certificate.other_readings[0])).has_value());
}

TEST_CASE("table certificate: factors that may be read apart without harm stay certified") {
  const std::vector<Group> factors{symmetric_group(3), symmetric_group(3)};
  const Group group = direct_product(factors);
  BlockRecipe recipe;
  recipe.keep = [](const Irrep& irrep) { return irrep.degree <= 2; };
  CHECK(certify(group.table(), make_blocks(group, recipe).whitened()).certified);
}

TEST_CASE("table certificate: Theorem 17 on exact irreps") {
  const Group group = symmetric_group(4);
  const PublishedBound bound = published_bound(make_blocks(group, {.mix = false}).blocks(), 24);
  CHECK(bound.gram_defect < 1e-10);
  CHECK(bound.admissible_defect == doctest::Approx(std::sqrt(0.5) / (std::sqrt(24.0) + 1)));
  CHECK(published_bound(make_blocks(group).blocks(), 24).admissible_defect == 0);
}
