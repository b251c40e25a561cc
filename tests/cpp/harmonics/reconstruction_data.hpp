// Blocks of weights with a known group, for the tests of reconstruction.
#pragma once

#include <Eigen/Dense>
#include <complex>
#include <cstdint>
#include <functional>
#include <numeric>
#include <utility>
#include <vector>

#include "groups/group.hpp"
#include "harmonics/block_whitening.hpp"
#include "representations/irreps.hpp"
#include "support/random.hpp"

namespace peterweyl::reconstruction_test {

struct BlockRecipe {
  double noise = 0;      // standard deviation of an entry relative to the root mean square
  bool mix = true;       // unknown invertible matrices on both sides
  bool shuffle = false;  // columns in random order
  std::uint64_t seed = 7;
  std::function<bool(const Irrep&)> keep = [](const Irrep&) { return true; };
  std::function<bool(std::size_t)> turn = [](std::size_t) {
    return false;
  };  // blocks to give as rho, not rho^H
};

struct BlockData {
  std::vector<std::vector<std::complex<double>>> storage;
  std::vector<std::size_t> degrees;
  std::vector<Element> element_of_column;

  std::vector<WeightBlock> blocks() const {
    std::vector<WeightBlock> result;
    for (std::size_t i = 0; i < storage.size(); ++i) result.push_back({degrees[i], storage[i]});
    return result;
  }
  std::vector<WhitenedBlock> whitened() const {
    std::vector<WhitenedBlock> result;
    for (const WeightBlock& block : blocks()) result.push_back(whiten_block(block, element_of_column.size()));
    return result;
  }
};

inline Eigen::MatrixXcd random_matrix(Random& random, Eigen::Index d) {
  return Eigen::MatrixXcd::NullaryExpr(d, d, [&] { return random.complex_normal(); });
}

// W(g) = A rho(g)^H B + noise, one block an irrep that is kept.
inline BlockData make_blocks(const Group& group, const BlockRecipe& recipe = {}) {
  Random random(recipe.seed);
  BlockData data;
  const std::size_t n = group.order();
  data.element_of_column.resize(n);
  std::iota(data.element_of_column.begin(), data.element_of_column.end(), 0U);
  for (std::size_t i = n; recipe.shuffle && i > 1; --i) {
    std::swap(data.element_of_column[i - 1], data.element_of_column[random.below(i)]);
  }
  const Irreps irreps = irreducible_representations(group);
  for (const Irrep& irrep : irreps.all) {
    if (!recipe.keep(irrep)) continue;
    const auto d = static_cast<Eigen::Index>(irrep.degree);
    Eigen::MatrixXcd left = Eigen::MatrixXcd::Identity(d, d);
    Eigen::MatrixXcd right = left;
    if (recipe.mix) {
      left = random_matrix(random, d);
      right = random_matrix(random, d);
    }
    const double entry = recipe.noise / std::sqrt(2.0 * static_cast<double>(d));
    std::vector<std::complex<double>> values;
    for (const Element g : data.element_of_column) {
      Eigen::MatrixXcd rho(d, d);
      for (Eigen::Index p = 0; p < d; ++p) {
        for (Eigen::Index q = 0; q < d; ++q) rho(p, q) = irrep.matrix(g)[static_cast<std::size_t>(p * d + q)];
      }
      if (!recipe.turn(data.storage.size())) rho.adjointInPlace();
      const Eigen::MatrixXcd weights = left * (rho + entry * random_matrix(random, d)) * right;
      for (Eigen::Index p = 0; p < d; ++p) {
        for (Eigen::Index q = 0; q < d; ++q) values.push_back(weights(p, q));
      }
    }
    data.storage.push_back(std::move(values));
    data.degrees.push_back(irrep.degree);
  }
  return data;
}

// The table of the columns: what a reconstruction should find, for columns that are not shuffled the group's
// own.
inline CayleyTable table_of_columns(const Group& group, const BlockData& data) {
  const std::size_t n = group.order();
  std::vector<std::int64_t> column_of_element(n);
  for (std::size_t c = 0; c < n; ++c)
    column_of_element[data.element_of_column[c]] = static_cast<std::int64_t>(c);
  std::vector<std::int64_t> entries;
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n; ++b) {
      entries.push_back(
          column_of_element[group.multiply(data.element_of_column[a], data.element_of_column[b])]);
    }
  }
  return CayleyTable::from_entries(entries, n, n);
}

// Independent Gaussian blocks: no group at all.
inline BlockData random_blocks(std::size_t n, std::vector<std::size_t> degrees, std::uint64_t seed) {
  Random random(seed);
  BlockData data;
  data.element_of_column.resize(n);
  data.degrees = std::move(degrees);
  for (const std::size_t d : data.degrees) {
    std::vector<std::complex<double>> values;
    for (std::size_t k = 0; k < n * d * d; ++k) values.push_back(random.complex_normal());
    data.storage.push_back(std::move(values));
  }
  return data;
}

}  // namespace peterweyl::reconstruction_test
