#include "representations/young_orthogonal_form.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "support/error.hpp"
#include "testing.hpp"

using namespace peterweyl;

namespace {

using Dense = std::vector<double>;

Dense dense(const SparseTransposition& s) {
  const std::size_t d = s.diagonal.size();
  Dense m(d * d, 0.0);
  for (std::size_t t = 0; t < d; ++t) {
    m[t * d + t] = s.diagonal[t];
    if (s.partner[t] != t) m[t * d + s.partner[t]] = s.off_diagonal[t];
  }
  return m;
}

Dense product(const Dense& a, const Dense& b, std::size_t d) {
  Dense c(d * d, 0.0);
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t k = 0; k < d; ++k)
      for (std::size_t j = 0; j < d; ++j) c[i * d + j] += a[i * d + k] * b[k * d + j];
  return c;
}

double distance(const Dense& a, const Dense& b) {
  double worst = 0;
  for (std::size_t e = 0; e < a.size(); ++e) worst = std::max(worst, std::abs(a[e] - b[e]));
  return worst;
}

}  // namespace

TEST_CASE("Young's orthogonal form: Coxeter relations for all partitions up to 7") {
  for (std::uint32_t n = 2; n <= 7; ++n) {
    std::uint64_t squares = 0;
    for (const Partition& partition : partitions(n)) {
      const auto sparse = young_orthogonal_transpositions(partition);
      const std::size_t d = sparse.front().diagonal.size();
      squares += d * d;
      std::vector<Dense> s;
      for (const auto& factor : sparse) s.push_back(dense(factor));
      Dense one(d * d, 0.0);
      for (std::size_t i = 0; i < d; ++i) one[i * (d + 1)] = 1.0;
      for (std::size_t i = 0; i + 1 < n; ++i) {
        CHECK(distance(product(s[i], s[i], d), one) < 1e-15);
        for (std::size_t j = i + 1; j + 1 < n; ++j) {
          const Dense ij = product(s[i], s[j], d);
          const Dense ji = product(s[j], s[i], d);
          if (j == i + 1) {
            CHECK(distance(product(ij, s[i], d), product(ji, s[j], d)) < 2e-15);
          } else {
            CHECK(distance(ij, ji) < 1e-15);
          }
        }
      }
    }
    CHECK(squares == (n == 2 ? 2 : n == 3 ? 6 : n == 4 ? 24 : n == 5 ? 120 : n == 6 ? 720 : 5040));
  }
}

TEST_CASE("Young's orthogonal form: partitions and the smallest degrees") {
  CHECK(partitions(5).size() == 7);
  CHECK(partitions(5).front() == Partition{5});
  CHECK(partitions(5).back() == Partition{1, 1, 1, 1, 1});
  CHECK(partitions(0).size() == 1);
  const auto standard = young_orthogonal_transpositions({2, 1});
  REQUIRE(standard.size() == 2);
  // One of the two letters' transpositions is diagonal, the other has -1/2, 1/2 and sqrt(3)/2.
  CHECK(std::abs(standard[0].diagonal[0]) == 1.0);
  CHECK(std::abs(standard[1].diagonal[0]) == 0.5);
  CHECK(std::abs(standard[1].off_diagonal[0] - std::sqrt(0.75)) < 1e-16);
}

TEST_CASE("Young's orthogonal form: real homomorphisms of S4, whatever the order of the points") {
  const Group group = symmetric_group(4);
  for (const Irrep& rho : young_orthogonal_irreps(group)) {
    CHECK(testing::homomorphism_defect(group, rho) < 1e-15);
    for (const auto& entry : rho.matrices) CHECK(entry.imag() == 0.0);
  }
  CHECK_THROWS_AS(young_orthogonal_irreps(alternating_group(4)), ArgumentError);
  CHECK_THROWS_AS(young_orthogonal_irreps(cyclic_group(4)), ArgumentError);
}
