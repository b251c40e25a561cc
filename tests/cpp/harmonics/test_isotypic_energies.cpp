#include "harmonics/isotypic_energies.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "groups/families.hpp"
#include "support/error.hpp"
#include "support/random.hpp"

using namespace peterweyl;
using Complex = std::complex<double>;

namespace {

template <typename Scalar>
Scalar gaussian(Random& random) {
  if constexpr (std::is_same_v<Scalar, double>) {
    return random.normal();
  } else {
    return random.complex_normal();
  }
}

template <typename Scalar>
void check_parseval(const Group& group) {
  CAPTURE(group.name());
  const Irreps irreps = irreducible_representations(group);
  const auto components = isotypic_components(irreps, std::is_same_v<Scalar, double>);
  std::size_t dimension = 0;
  for (const auto& component : components) dimension += component.dimension;
  CHECK(dimension == group.order());

  Random random(11);
  const std::size_t rows = 300;  // more than one block of rows
  std::vector<Scalar> entries(rows * group.order());
  for (Scalar& entry : entries) entry = gaussian<Scalar>(random);
  const auto result = isotypic_energies(WeightRows<Scalar>{entries, rows, group.order()}, irreps, components);
  CHECK(result.parseval_residual < 1e-12);
  for (std::size_t r = 0; r < rows; ++r) {
    double expected = 0;
    for (std::size_t g = 0; g < group.order(); ++g)
      expected += std::norm(Complex(entries[r * group.order() + g]));
    CHECK(result.totals[r] == doctest::Approx(expected).epsilon(1e-12));
    const auto first = result.energies.begin() + static_cast<std::ptrdiff_t>(r * components.size());
    CHECK(std::accumulate(first, first + static_cast<std::ptrdiff_t>(components.size()), 0.0) ==
          doctest::Approx(expected).epsilon(1e-12));
  }
}

}  // namespace

TEST_CASE("isotypic energies: they add up to the energy of the row, for groups of all types") {
  for (const Group& group : {cyclic_group(1), cyclic_group(7), dihedral_group(5), dicyclic_group(3),
                             alternating_group(4), symmetric_group(4)}) {
    check_parseval<double>(group);
    check_parseval<Complex>(group);
  }
}

TEST_CASE("isotypic energies: real rows merge conjugate irreps, complex rows do not") {
  const Irreps irreps = irreducible_representations(cyclic_group(5));
  const auto real = isotypic_components(irreps, true);
  REQUIRE(real.size() == 3);
  CHECK(real[0].dimension == 1);
  CHECK(real[1].irreps.size() == 2);
  CHECK(real[1].dimension == 2);
  CHECK(real[1].indicator == 0);
  CHECK(isotypic_components(irreps, false).size() == 5);
  const auto quaternion = isotypic_components(irreducible_representations(dicyclic_group(2)), true);
  REQUIRE(quaternion.size() == 5);
  CHECK(quaternion.back().indicator == -1);
  CHECK(quaternion.back().dimension == 4);
}

TEST_CASE(
    "isotypic energies: a harmonic lies in its own component, and equals the projection by characters") {
  const Group group = alternating_group(4);
  const std::size_t n = group.order();
  const Irreps irreps = irreducible_representations(group);
  const auto components = isotypic_components(irreps, false);
  std::vector<Complex> rows;
  for (const Irrep& irrep : irreps.all) {
    for (std::size_t g = 0; g < n; ++g) rows.push_back(irrep.matrix(static_cast<Element>(g))[0]);
  }
  Random random(3);
  for (std::size_t g = 0; g < n; ++g) rows.push_back(random.complex_normal());
  const std::size_t count = irreps.all.size() + 1;
  const auto result = isotypic_energies(WeightRows<Complex>{rows, count, n}, irreps, components);
  for (std::size_t r = 0; r + 1 < count; ++r) {
    for (std::size_t c = 0; c < components.size(); ++c) {
      const double share = result.energies[r * components.size() + c] / result.totals[r];
      CHECK(share == doctest::Approx(r == c ? 1.0 : 0.0));
    }
  }
  // (P f)(g) = (d/n) sum_h chi(h^-1 g) f(h) needs no matrices.
  const auto& classes = group.conjugacy_classes();
  for (std::size_t c = 0; c < components.size(); ++c) {
    const Irrep& irrep = irreps.all[components[c].irreps.front()];
    double energy = 0;
    for (Element g = 0; g < n; ++g) {
      Complex sum = 0;
      for (Element h = 0; h < n; ++h) {
        const Element x = group.multiply(group.inverse(h), g);
        sum += irrep.character[classes.of_element[x]] * rows[(count - 1) * n + h];
      }
      energy += std::norm(sum * (static_cast<double>(irrep.degree) / static_cast<double>(n)));
    }
    CHECK(result.energies[(count - 1) * components.size() + c] == doctest::Approx(energy).epsilon(1e-12));
  }
}

TEST_CASE("isotypic energies: an incomplete set of irreps is noticed") {
  Irreps irreps = irreducible_representations(symmetric_group(3));
  irreps.all.pop_back();
  const auto components = isotypic_components(irreps, true);
  const std::vector<double> row{1, 0, 0, 0, 0, 0};
  CHECK_THROWS_AS(isotypic_energies(WeightRows<double>{row, 1, 6}, irreps, components), NumericalError);
}

TEST_CASE("isotypic energies: no rows and zero rows are no special case") {
  const Irreps irreps = irreducible_representations(cyclic_group(3));
  const auto components = isotypic_components(irreps, true);
  CHECK(isotypic_energies(WeightRows<double>{{}, 0, 3}, irreps, components).energies.empty());
  const std::vector<double> zero(3);
  const auto result = isotypic_energies(WeightRows<double>{zero, 1, 3}, irreps, components);
  CHECK(result.totals == std::vector<double>{0});
  CHECK(result.parseval_residual == 0);
}
