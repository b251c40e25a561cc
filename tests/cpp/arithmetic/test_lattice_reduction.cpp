#include "arithmetic/lattice_reduction.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "support/random.hpp"

using namespace peterweyl;

namespace {

using Vector = std::vector<std::int64_t>;

std::int64_t dot(const Vector& a, const Vector& b) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

std::vector<Vector> gram_of(const std::vector<Vector>& vectors) {
  std::vector<Vector> gram;
  for (const Vector& a : vectors) {
    gram.emplace_back();
    for (const Vector& b : vectors) gram.back().push_back(dot(a, b));
  }
  return gram;
}

bool reduce(std::vector<Vector>& vectors, std::vector<Vector>& gram) {
  LatticeReduction reduction(
      gram,
      [&](std::size_t i, std::int64_t factor, std::size_t j) {
        for (std::size_t x = 0; x < vectors[i].size(); ++x) vectors[i][x] += factor * vectors[j][x];
      },
      [&](std::size_t i, std::size_t j) { std::swap(vectors[i], vectors[j]); },
      [&](std::size_t i) { vectors.erase(vectors.begin() + static_cast<std::ptrdiff_t>(i)); });
  return reduction.run();
}

}  // namespace

TEST_CASE("LatticeReduction: the inner products are those of the vectors it leaves") {
  Random random(1);
  for (int round = 0; round < 20; ++round) {
    std::vector<Vector> vectors(6, Vector(9));
    for (Vector& v : vectors) {
      for (auto& x : v) x = static_cast<std::int64_t>(random.below(2001)) - 1000;
    }
    auto gram = gram_of(vectors);
    CHECK(reduce(vectors, gram));
    CHECK(gram == gram_of(vectors));
    CHECK(vectors.size() == 6);
  }
}

TEST_CASE("LatticeReduction: dependent generators of 2 Z^4 give a basis of shortest vectors") {
  Random random(2);
  std::vector<Vector> vectors;
  for (int i = 0; i < 9; ++i) {
    vectors.emplace_back();
    for (int x = 0; x < 4; ++x)
      vectors.back().push_back(2 * (static_cast<std::int64_t>(random.below(201)) - 100));
  }
  for (std::size_t x = 0; x < 4; ++x)
    vectors.push_back({6 * (x == 0), 6 * (x == 1), 6 * (x == 2), 6 * (x == 3)});
  auto gram = gram_of(vectors);
  REQUIRE(reduce(vectors, gram));
  REQUIRE(vectors.size() == 4);
  for (const Vector& v : vectors) CHECK(dot(v, v) == 4);
}

TEST_CASE("LatticeReduction: stops at a vector of norm 1") {
  std::vector<Vector> vectors{{7, 3}, {5, 2}};  // of determinant -1
  auto gram = gram_of(vectors);
  CHECK_FALSE(reduce(vectors, gram));
  CHECK((dot(vectors[0], vectors[0]) == 1 || dot(vectors[1], vectors[1]) == 1));
}
