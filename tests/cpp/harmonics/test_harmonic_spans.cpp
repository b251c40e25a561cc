#include "harmonics/harmonic_spans.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "groups/families.hpp"
#include "support/random.hpp"

using namespace peterweyl;
using Complex = std::complex<double>;

namespace {

// Rows g -> a^T rho(g) b: with one b for all rows a left-invariant one-sided ideal (col A in the line of b),
// with one a for all rows a right-invariant one, with neither all d^2 harmonics.
std::vector<Complex> matrix_coefficients(const Irrep& irrep, std::size_t n, std::size_t rows, bool vary_a,
                                         bool vary_b) {
  Random random(5);
  const std::size_t d = irrep.degree;
  const auto vector = [&] {
    std::vector<Complex> v(d);
    for (Complex& x : v) x = random.complex_normal();
    return v;
  };
  std::vector<Complex> a = vector();
  std::vector<Complex> b = vector();
  std::vector<Complex> entries;
  for (std::size_t row = 0; row < rows; ++row) {
    if (vary_a) a = vector();
    if (vary_b) b = vector();
    for (std::size_t g = 0; g < n; ++g) {
      const auto matrix = irrep.matrix(static_cast<Element>(g));
      Complex sum = 0;
      for (std::size_t p = 0; p < d; ++p) {
        for (std::size_t q = 0; q < d; ++q) sum += a[p] * matrix[p * d + q] * b[q];
      }
      entries.push_back(sum);
    }
  }
  return entries;
}

std::vector<double> real_parts(const std::vector<Complex>& values) {
  std::vector<double> result;
  for (const Complex& value : values) result.push_back(value.real());
  return result;
}

template <typename Scalar>
HarmonicSpans spans(const std::vector<Scalar>& entries, const Group& group, const Irreps& irreps) {
  const auto components = isotypic_components(irreps, std::is_same_v<Scalar, double>);
  return harmonic_spans(WeightRows<Scalar>{entries, entries.size() / group.order(), group.order()}, group,
                        irreps, components);
}

}  // namespace

TEST_CASE("harmonic spans: one-sided ideals of every irrep of degree above one, for groups of all types") {
  for (const Group& group : {symmetric_group(3), dicyclic_group(2), alternating_group(4), symmetric_group(4),
                             cyclic_by_cyclic_group(7, 3), dihedral_group(7)}) {
    const Irreps irreps = irreducible_representations(group);
    for (std::size_t k = 0; k < irreps.all.size(); ++k) {
      const Irrep& irrep = irreps.all[k];
      const std::size_t d = irrep.degree;
      if (d == 1) continue;
      CAPTURE(group.name());
      CAPTURE(k);
      const auto left = spans(matrix_coefficients(irrep, group.order(), 40, true, false), group, irreps);
      CHECK(left.components[k].rank == d);
      CHECK(left.components[k].coverage_left == doctest::Approx(1));
      CHECK(left.components[k].coverage_right == doctest::Approx(1.0 / static_cast<double>(d)));
      REQUIRE(left.defects);
      CHECK(left.defects->left < 1e-12);
      CHECK(left.defects->right > 0.3);

      const auto right = spans(matrix_coefficients(irrep, group.order(), 40, false, true), group, irreps);
      CHECK(right.components[k].coverage_left == doctest::Approx(1.0 / static_cast<double>(d)));
      CHECK(right.components[k].coverage_right == doctest::Approx(1));
      CHECK(right.defects->left > 0.3);
      CHECK(right.defects->right < 1e-12);

      const auto both = spans(matrix_coefficients(irrep, group.order(), 300, true, true), group, irreps);
      CHECK(both.components[k].rank == d * d);
      CHECK(both.components[k].coverage == doctest::Approx(1));
      CHECK(both.components[k].coverage_left == doctest::Approx(1));
      CHECK(both.components[k].coverage_right == doctest::Approx(1));
      CHECK(both.rank == d * d);
      for (std::size_t other = 0; other < irreps.all.size(); ++other) {
        if (other != k) CHECK(both.components[other].rank == 0);
      }
    }
  }
}

TEST_CASE("harmonic spans: real rows fill 2 d^2 dimensions of a conjugate pair and d^2 of the other types") {
  for (const Group& group :
       {cyclic_by_cyclic_group(7, 3), dicyclic_group(2), symmetric_group(4), cyclic_group(7)}) {
    const Irreps irreps = irreducible_representations(group);
    const auto components = isotypic_components(irreps, true);
    for (std::size_t c = 0; c < components.size(); ++c) {
      CAPTURE(group.name());
      CAPTURE(c);
      const Irrep& irrep = irreps.all[components[c].irreps.front()];
      const auto full =
          spans(real_parts(matrix_coefficients(irrep, group.order(), 200, true, true)), group, irreps);
      CHECK(full.components[c].rank == components[c].dimension);
      CHECK(full.components[c].coverage_left == doctest::Approx(1));
      CHECK(full.components[c].coverage_right == doctest::Approx(1));
      if (full.defects) CHECK(full.defects->left < 1e-12);
      // One line of coefficients: still left-invariant; over the reals a quaternionic irrep drags a second
      // line along.
      const auto ideal =
          spans(real_parts(matrix_coefficients(irrep, group.order(), 200, true, false)), group, irreps);
      CHECK(ideal.components[c].coverage_left == doctest::Approx(1));
      if (components[c].degree > 1 && components[c].indicator != -1 && irrep.degree > 2) {
        CHECK(ideal.components[c].coverage_right < 0.9);
      }
    }
  }
}

TEST_CASE("harmonic spans: a single cosine is not translation invariant") {
  const Group group = cyclic_group(9);
  const Irreps irreps = irreducible_representations(group);
  const auto result =
      spans(real_parts(matrix_coefficients(irreps.all[1], 9, 1, false, false)), group, irreps);
  const auto components = isotypic_components(irreps, true);
  const auto c = static_cast<std::size_t>(
      std::ranges::find_if(components, [](const auto& x) { return std::ranges::count(x.irreps, 1U) > 0; }) -
      components.begin());
  CHECK(result.components[c].rank == 1);
  CHECK(result.components[c].coverage_left == doctest::Approx(0.5));
  CHECK(result.components[c].coverage_right == doctest::Approx(0.5));
  REQUIRE(result.defects);
  CHECK(result.defects->left > 0.3);
}

TEST_CASE(
    "harmonic spans: ranks do not depend on how many rows carry them, and ignore what lies below the "
    "threshold") {
  const Group group = symmetric_group(3);
  const Irreps irreps = irreducible_representations(group);
  // 5000 rows pass through several blocks of the QR.
  std::vector<Complex> entries = matrix_coefficients(irreps.all[2], 6, 5000, true, false);
  Random random(9);
  for (Complex& entry : entries) entry += 1e-5 * random.complex_normal();
  const auto result = spans(entries, group, irreps);
  CHECK(result.rank == 2);
  CHECK(result.components[0].rank == 0);
  CHECK(result.components[1].rank == 0);
  CHECK(result.components[2].rank == 2);
  CHECK(result.components[2].left_rank == 1);
  CHECK(result.components[2].right_rank == 2);
  CHECK(result.components[2].condition > 0.04);
  CHECK(result.components[2].soft_rank == doctest::Approx(2).epsilon(0.2));
  CHECK(result.singular_values.size() == 6);
}

TEST_CASE("harmonic spans: everything and nothing have no defect; constants are recognised") {
  const Group group = symmetric_group(3);
  const Irreps irreps = irreducible_representations(group);
  CHECK_FALSE(spans(std::vector<double>(12), group, irreps).defects);
  CHECK(spans(std::vector<double>(12), group, irreps).rank == 0);
  std::vector<double> unit(36);
  for (std::size_t k = 0; k < 6; ++k) unit[7 * k] = 1;
  const auto all = spans(unit, group, irreps);
  CHECK(all.rank == 6);
  CHECK_FALSE(all.defects);
  const auto constant = spans(std::vector<double>(6, 2.0), group, irreps);
  REQUIRE(constant.defects);
  CHECK(constant.defects->constant_share == doctest::Approx(1));
  CHECK(constant.defects->left < 1e-14);
}

TEST_CASE("harmonic spans: a row space beyond the limit is left alone, its components are not") {
  const Group group = symmetric_group(3);
  const Irreps irreps = irreducible_representations(group);
  const auto entries = matrix_coefficients(irreps.all[2], 6, 9, true, true);
  SpanOptions options;
  options.largest_dense = 3;
  const auto result = harmonic_spans(WeightRows<Complex>{entries, 9, 6}, group, irreps,
                                     isotypic_components(irreps, false), options);
  CHECK_FALSE(result.rank);
  CHECK_FALSE(result.defects);
  CHECK(result.components[2].rank == 4);
}

TEST_CASE("harmonic spans: rows known to be orthogonal need no decomposition") {
  for (const Group& group : {symmetric_group(4), dicyclic_group(3), cyclic_by_cyclic_group(7, 3)}) {
    CAPTURE(group.name());
    const Irreps irreps = irreducible_representations(group);
    const std::size_t n = group.order();
    // Some of the orthonormal harmonics of every second irrep, scaled, and a row of zeros.
    std::vector<Complex> entries;
    double scale = 1;
    for (std::size_t k = 0; k < irreps.all.size(); k += 2) {
      const Eigen::MatrixXcd harmonics = orthonormal_harmonics(irreps.all[k], n);
      for (Eigen::Index c = 0; c < std::min<Eigen::Index>(2, harmonics.cols()); ++c) {
        for (std::size_t g = 0; g < n; ++g) {
          entries.push_back(scale * std::conj(harmonics(static_cast<Eigen::Index>(g), c)));
        }
        scale *= 0.9;
      }
    }
    entries.resize(entries.size() + n);
    const auto components = isotypic_components(irreps, false);
    const WeightRows<Complex> rows{entries, entries.size() / n, n};
    SpanOptions options;
    const HarmonicSpans general = harmonic_spans(rows, group, irreps, components, options);
    options.orthogonal_rows = true;
    const HarmonicSpans known = harmonic_spans(rows, group, irreps, components, options);
    CHECK(known.rank == general.rank);
    REQUIRE(known.singular_values.size() == general.singular_values.size());
    for (std::size_t k = 0; k < known.singular_values.size(); ++k) {
      CHECK(known.singular_values[k] == doctest::Approx(general.singular_values[k]).epsilon(1e-6));
    }
    REQUIRE(known.defects.has_value() == general.defects.has_value());
    if (known.defects) {
      CHECK(known.defects->left == doctest::Approx(general.defects->left));
      CHECK(known.defects->right == doctest::Approx(general.defects->right));
    }
    for (std::size_t c = 0; c < components.size(); ++c) {
      CHECK(known.components[c].rank == general.components[c].rank);
    }
  }
}
