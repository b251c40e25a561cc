#include "representations/irreps.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <string>

#include "arithmetic/roots_of_unity.hpp"
#include "support/error.hpp"
#include "testing.hpp"

using namespace peterweyl;
using Types = std::vector<std::pair<int, int>>;

TEST_CASE("irreps: homomorphism on all pairs and Schur's relations for all entries") {
  for (const Group& group :
       {cyclic_group(1), cyclic_group(9), direct_product(std::vector<Group>(3, cyclic_group(2))),
        dihedral_group(1), dihedral_group(2), dihedral_group(7), dihedral_group(8), dicyclic_group(3),
        dicyclic_group(4), symmetric_group(4), alternating_group(4), alternating_group(5),
        testing::heisenberg(3), cyclic_by_cyclic_group(7, 3),
        direct_product(std::vector{symmetric_group(3), dicyclic_group(2)}), testing::special_linear(3),
        testing::raw(symmetric_group(4), testing::affine(7, 11, 24)),
        testing::raw(direct_product(std::vector{cyclic_group(4), cyclic_group(6)}),
                     testing::affine(5, 3, 24))}) {
    CAPTURE(group.name());
    CAPTURE(group.order());
    const Irreps irreps = irreducible_representations(group);
    for (const Irrep& rho : irreps.all) CHECK(testing::homomorphism_defect(group, rho) < 1e-13);
    CHECK(testing::entry_orthogonality_defect(group, irreps.all) < 1e-13);
    CHECK(irreps.homomorphism_residual < 1e-13);
    CHECK(irreps.unitarity_residual < 1e-13);
    CHECK(irreps.schur_residual < 1e-13);
    for (const auto& value : irreps.all.front().character) CHECK(value == 1.0);
    for (std::size_t i = 1; i < irreps.all.size(); ++i) {
      const bool abelian = irreps.all.size() == group.order();
      CHECK((abelian || irreps.all[i - 1].degree <= irreps.all[i].degree));
    }
  }
}

TEST_CASE("irreps: degrees and types") {
  CHECK(testing::types(irreducible_representations(symmetric_group(4))) ==
        Types{{1, 1}, {1, 1}, {2, 1}, {3, 1}, {3, 1}});
  CHECK(testing::types(irreducible_representations(dicyclic_group(2))) ==
        Types{{1, 1}, {1, 1}, {1, 1}, {1, 1}, {2, -1}});
  CHECK(testing::types(irreducible_representations(testing::heisenberg(3))).back() == std::pair{3, 0});
  CHECK(testing::types(irreducible_representations(testing::special_linear(5))) ==
        Types{{1, 1}, {2, -1}, {2, -1}, {3, 1}, {3, 1}, {4, 1}, {4, -1}, {5, 1}, {6, -1}});
}

TEST_CASE("irreps: abelian tables without a construction give exact roots of unity") {
  for (const Group& source :
       {cyclic_group(30), direct_product(std::vector{cyclic_group(4), cyclic_group(6)}), cyclic_group(16)}) {
    const Group group = testing::raw(source, testing::affine(7, 5, source.order()));
    const RootsOfUnity roots(group.order());
    for (const Irrep& rho : irreducible_representations(group).all) {
      for (const auto& value : rho.matrices) {
        bool found = false;
        for (std::uint64_t k = 0; k < roots.order(); ++k) found = found || value == roots[k];
        CHECK(found);
      }
    }
  }
}

TEST_CASE("irreps: relabelled tables have the same characters on corresponding elements") {
  const Group group = alternating_group(5);
  const auto rename = testing::affine(7, 13, 60);
  const Group renamed = testing::raw(group, rename);
  REQUIRE(renamed.identity() != 0);
  const Irreps a = irreducible_representations(group);
  const Irreps b = irreducible_representations(renamed);
  for (const Irrep& rho : a.all) {
    const bool found = std::ranges::any_of(b.all, [&](const Irrep& sigma) {
      double worst = rho.degree == sigma.degree ? 0.0 : 1.0;
      for (Element g = 0; worst < 1e-9 && g < 60; ++g) {
        const auto x = rho.character[group.conjugacy_classes().of_element[g]];
        const auto y = sigma.character[renamed.conjugacy_classes().of_element[rename(g)]];
        worst = std::max(worst, std::abs(x - y));
      }
      return worst < 1e-9;
    });
    CHECK(found);
  }
}

TEST_CASE("irreps: another seed changes neither characters nor order; the same seed changes nothing") {
  for (const Group& group : {alternating_group(5), testing::special_linear(3), testing::special_linear(5)}) {
    const Irreps a = irreducible_representations(group);
    const Irreps again = irreducible_representations(group);
    const Irreps b = irreducible_representations(group, {.seed = 99});
    for (std::size_t i = 0; i < a.all.size(); ++i) {
      CHECK(a.all[i].matrices == again.all[i].matrices);
      for (std::size_t c = 0; c < a.all[i].character.size(); ++c) {
        CHECK(std::abs(a.all[i].character[c] - b.all[i].character[c]) < 1e-13);
      }
    }
  }
}

TEST_CASE("irreps: the order of equal degrees follows the characters") {
  const Irreps irreps = irreducible_representations(testing::raw(cyclic_group(5)));
  // Classes are 0, 1, 2, 3, 4 by smallest element: larger real part first, then larger imaginary part.
  std::vector<std::complex<double>> values;
  for (const Irrep& rho : irreps.all) values.push_back(rho.character[1]);
  CHECK(values == std::vector<std::complex<double>>{root_of_unity(0, 5), root_of_unity(1, 5),
                                                    root_of_unity(4, 5), root_of_unity(2, 5),
                                                    root_of_unity(3, 5)});
  CHECK(irreps.all[1].conjugate == 2);
}

TEST_CASE("irreps: cyclic groups and their products keep the order of the discrete Fourier transform") {
  const Irreps cyclic = irreducible_representations(cyclic_group(7));
  for (std::uint64_t k = 0; k < 7; ++k) {
    CHECK(cyclic.all[k].matrices[1] == root_of_unity(k, 7));
    CHECK(cyclic.all[k].conjugate == (7 - k) % 7);
  }
  const Irreps product =
      irreducible_representations(direct_product(std::vector{cyclic_group(2), cyclic_group(3)}));
  for (std::uint64_t k = 0; k < 6; ++k) {
    CHECK(product.all[k].matrices[1] == root_of_unity(k % 3, 3));
    CHECK(product.all[k].matrices[3] == root_of_unity(k / 3, 2));
  }
}

TEST_CASE("irreps: too large is refused before anything is allocated") {
  CHECK_THROWS_AS(irreducible_representations(cyclic_group(100), {.memory_limit = 16 * 99 * 99}),
                  GroupTooLargeError);
  CHECK(irreducible_representations(cyclic_group(100), {.memory_limit = 16 * 100 * 100}).all.size() == 100);
  try {
    irreducible_representations(symmetric_group(4), {.memory_limit = 1600});
    FAIL("nothing was thrown");
  } catch (const GroupTooLargeError& error) {
    CHECK(error.order() == 24);
    CHECK(error.limit() == 10);
  }
}

TEST_CASE("irreps: a tolerance that cannot be met is an error, not a bad answer") {
  CHECK_THROWS_AS(irreducible_representations(alternating_group(5), {.tolerance = 1e-18}), NumericalError);
}

TEST_CASE("irreps: an interrupt stops the work") {
  struct Stop : std::runtime_error {
    using std::runtime_error::runtime_error;
  };
  const Interrupt interrupt([] { throw Stop("stop"); });
  const Group group = alternating_group(6);
  CHECK_THROWS_AS(
      {
        // One run may end before the callback's first turn after 50 ms.
        for (int i = 0; i < 200; ++i) irreducible_representations(group, {}, interrupt);
      },
      Stop);
}

TEST_CASE("irreps: orders to a thousand and more, within tolerance") {
  for (const Group& group : {testing::raw(cyclic_group(240)), dihedral_group(300), symmetric_group(6),
                             testing::heisenberg(7), testing::special_linear(7)}) {
    const Irreps irreps = irreducible_representations(group);
    CHECK(irreps.homomorphism_residual < 1e-13);
    CHECK(irreps.unitarity_residual < 1e-13);
    CHECK(irreps.schur_residual < 1e-13);
  }
}
