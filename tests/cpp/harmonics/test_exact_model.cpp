#include "harmonics/exact_model.hpp"

#include <doctest/doctest.h>

#include "groups/families.hpp"
#include "reconstruction_data.hpp"

using namespace peterweyl;
using namespace peterweyl::reconstruction_test;

TEST_CASE("exact model: exact blocks are their own model, each an irrep with its character") {
  for (const Group& group : {symmetric_group(4), dicyclic_group(3), cyclic_by_cyclic_group(7, 3)}) {
    const CayleyTree tree = cayley_tree(group.table());
    std::size_t k = 0;
    const Irreps irreps = irreducible_representations(group);
    for (const WhitenedBlock& block : make_blocks(group).whitened()) {
      const BlockModel model = fit_exact_model(group.table(), tree, block);
      REQUIRE(model.exact);
      CHECK(model.irreducible);
      CHECK(model.largest_deviation < 1e-9);
      CHECK(model.squared_whitened < 1e-16);
      const auto& character = irreps.all[k++].character;
      for (Element g = 0; g < group.order(); ++g) {
        const std::complex<double> expected = character[group.conjugacy_classes().of_element[g]];
        CHECK(std::abs(model.character[g] - expected) < 1e-8);
      }
    }
  }
}

TEST_CASE("exact model: under noise the model is exact and nearer to the truth than the data are") {
  const Group group = symmetric_group(4);
  BlockRecipe recipe;
  recipe.noise = 0.4;
  recipe.mix = false;
  BlockRecipe exact;
  exact.mix = false;
  const auto noisy = make_blocks(group, recipe).whitened();
  const auto truth = make_blocks(group, exact).whitened();
  const CayleyTree tree = cayley_tree(group.table());
  for (std::size_t i = 0; i < noisy.size(); ++i) {
    const BlockModel model = fit_exact_model(group.table(), tree, noisy[i]);
    REQUIRE(model.exact);
    CHECK(model.homomorphism_residual < 1e-9);
    const Eigen::Index d = noisy[i].degree;
    const auto part = [&](Element g) { return model.values.middleCols(static_cast<Eigen::Index>(g) * d, d); };
    for (Element a = 0; a < 24; ++a) {
      for (Element b = 0; b < 24; ++b) {
        CHECK((part(a) * part(0).adjoint() * part(b) - part(group.multiply(b, a))).norm() < 1e-8);
      }
    }
    CHECK((model.values - truth[i].unitary).norm() <
          0.6 * (noisy[i].unitary - truth[i].unitary).norm() + 1e-9);
    CHECK(model.squared_deviation == doctest::Approx((model.values - noisy[i].unitary).squaredNorm()));
  }
}

TEST_CASE(
    "exact model: a sum of two irreps is not irreducible, a real plane of rotations is over the reals") {
  const Group group = cyclic_group(5);
  const CayleyTree tree = cayley_tree(group.table());
  const double angle = 2 * 3.14159265358979323846 / 5;
  for (const int second : {1, 2}) {
    std::vector<std::complex<double>> rotation;
    std::vector<std::complex<double>> diagonal;
    for (int g = 0; g < 5; ++g) {
      const double t = angle * g;
      for (const double v : {std::cos(t), -std::sin(t), std::sin(t), std::cos(t)}) rotation.emplace_back(v);
      diagonal.insert(diagonal.end(), {std::polar(1.0, t), 0.0, 0.0, std::polar(1.0, second * t)});
    }
    CHECK(fit_exact_model(group.table(), tree, whiten_block({2, rotation}, 5)).irreducible);
    const BlockModel sum = fit_exact_model(group.table(), tree, whiten_block({2, diagonal}, 5));
    CHECK(sum.exact);
    CHECK_FALSE(sum.irreducible);
  }
}

TEST_CASE("exact model: a long cycle, where the tree of one generator would be a path") {
  const Group group = cyclic_group(211);
  BlockRecipe recipe;
  recipe.noise = 0.3;
  recipe.keep = [k = 0](const Irrep&) mutable { return k++ % 40 == 1; };
  const CayleyTree tree = cayley_tree(group.table());
  for (const WhitenedBlock& block : make_blocks(group, recipe).whitened()) {
    CHECK(fit_exact_model(group.table(), tree, block).exact);
  }
}
