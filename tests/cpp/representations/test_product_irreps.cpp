#include "representations/product_irreps.hpp"

#include <doctest/doctest.h>

#include "testing.hpp"

using namespace peterweyl;

TEST_CASE("product irreps: a homomorphism of the direct product, one for each pair") {
  const Group s3 = symmetric_group(3);
  const Group q8 = dicyclic_group(2);
  const Group product = direct_product(std::vector{s3, q8});
  const std::vector<Irrep> irreps =
      product_irreps(irreducible_representations(s3).all, 6, irreducible_representations(q8).all, 8);
  CHECK(irreps.size() == 15);
  for (const Irrep& rho : irreps) CHECK(testing::homomorphism_defect(product, rho) < 1e-14);
  CHECK(testing::entry_orthogonality_defect(product, irreps) < 1e-14);
}

TEST_CASE("product irreps: Kronecker product, the second factor inner") {
  Irrep a{2, 1, 0, {}, {1, 2, 3, 4}};
  Irrep b{2, 1, 0, {}, {0, 5, 6, 7}};
  const std::vector<Irrep> product = product_irreps({a}, 1, {b}, 1);
  const std::vector<std::complex<double>> expected{0, 5, 0, 10, 6, 7, 12, 14, 0, 15, 0, 20, 18, 21, 24, 28};
  CHECK(product[0].matrices == expected);
}
