#include "harmonics/block_whitening.hpp"

#include <doctest/doctest.h>

#include "groups/families.hpp"
#include "reconstruction_data.hpp"

using namespace peterweyl;
using namespace peterweyl::reconstruction_test;

TEST_CASE("block whitening: mixed irreps become unitary, equal to the irrep up to unitaries on both sides") {
  const Group group = symmetric_group(4);
  for (const WhitenedBlock& block : make_blocks(group).whitened()) {
    REQUIRE(block.state == BlockState::kLive);
    CHECK((block.whitened - block.unitary).norm() < 1e-9);
    const auto identity = Eigen::MatrixXcd::Identity(block.degree, block.degree);
    for (Element a = 0; a < 24; ++a) {
      CHECK((block.matrix(a) * block.matrix(a).adjoint() - identity).norm() < 1e-10);
      // V(a) V(0)^H V(b) is the column of b a.
      for (Element b = 0; b < 24; b += 5) {
        const Eigen::MatrixXcd product = block.matrix(a) * block.matrix(0).adjoint() * block.matrix(b);
        CHECK((product - block.matrix(group.multiply(b, a))).norm() < 1e-9);
      }
    }
  }
}

TEST_CASE("block whitening: means are the identity under noise") {
  BlockRecipe recipe;
  recipe.noise = 0.5;
  for (const WhitenedBlock& block : make_blocks(alternating_group(4), recipe).whitened()) {
    const auto d = block.degree;
    Eigen::MatrixXcd right = Eigen::MatrixXcd::Zero(d, d);
    for (Eigen::Index g = 0; g < 12; ++g) {
      right += block.whitened.middleCols(g * d, d).adjoint() * block.whitened.middleCols(g * d, d) / 12.0;
    }
    const Eigen::MatrixXcd left = block.whitened * block.whitened.adjoint() / 12.0;
    CHECK((left - Eigen::MatrixXcd::Identity(d, d)).norm() < 1e-8);
    CHECK((right - Eigen::MatrixXcd::Identity(d, d)).norm() < 1e-8);
  }
}

TEST_CASE("block whitening: zero and rank-deficient blocks are told, huge and tiny scales are not") {
  const std::vector<std::complex<double>> zeros(8 * 4, 0.0);
  CHECK(whiten_block({2, zeros}, 8).state == BlockState::kZero);
  BlockData data = random_blocks(8, {2, 2}, 1);
  for (std::size_t g = 0; g < 8; ++g) {  // a second row that is a multiple of the first
    for (std::size_t q = 0; q < 2; ++q) data.storage[0][g * 4 + 2 + q] = 3.0 * data.storage[0][g * 4 + q];
  }
  CHECK(whiten_block(data.blocks()[0], 8).state == BlockState::kRankDeficient);
  for (const double scale : {1e-200, 1e200}) {
    BlockData scaled = random_blocks(8, {2}, 1);
    for (auto& value : scaled.storage[0]) value *= scale;
    CHECK(whiten_block(scaled.blocks()[0], 8).state == BlockState::kLive);
  }
}

TEST_CASE("block whitening: nearest unitary of regular, singular and zero matrices") {
  Random random(2);
  for (const Eigen::Index d : {1, 2, 3, 6, 16}) {
    const Eigen::MatrixXcd matrix = random_matrix(random, d);
    const Eigen::MatrixXcd unitary = nearest_unitary(matrix);
    CHECK((unitary.adjoint() * unitary - Eigen::MatrixXcd::Identity(d, d)).norm() < 1e-12);
    // The polar factor makes U^H M Hermitian and positive.
    const Eigen::MatrixXcd hermitian = unitary.adjoint() * matrix;
    CHECK((hermitian - hermitian.adjoint()).norm() < 1e-10 * matrix.norm());
    CHECK(Eigen::SelfAdjointEigenSolver<Eigen::MatrixXcd>(hermitian).eigenvalues()(0) > 0);
    Eigen::MatrixXcd singular = matrix;
    singular.col(0).setZero();
    const Eigen::MatrixXcd some = nearest_unitary(singular);
    CHECK((some.adjoint() * some - Eigen::MatrixXcd::Identity(d, d)).norm() < 1e-10);
    CHECK(nearest_unitary(Eigen::MatrixXcd::Zero(d, d)).isIdentity());
  }
}

TEST_CASE("block whitening: flip takes conjugate transposes, merge averages columns") {
  WhitenedBlock block = make_blocks(dihedral_group(3)).whitened().back();
  const WhitenedBlock before = block;
  flip(block);
  CHECK(block.flipped);
  CHECK((block.matrix(4) - before.matrix(4).adjoint()).norm() < 1e-14);
  flip(block);
  CHECK((block.unitary - before.unitary).norm() < 1e-14);
  // The sign character of S3 on the cosets of the rotations.
  const WhitenedBlock sign = make_blocks(dihedral_group(3)).whitened()[1];
  const std::vector<std::vector<std::uint32_t>> cosets{{0, 1, 2}, {3, 4, 5}};
  const WhitenedBlock merged = merge_columns(sign, cosets);
  CHECK(merged.order() == 2);
  CHECK((merged.matrix(0) + merged.matrix(1)).norm() < 1e-10);
}
