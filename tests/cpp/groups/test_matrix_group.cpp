#include "groups/matrix_group.hpp"

#include <doctest/doctest.h>

#include <array>
#include <vector>

#include "group_checks.hpp"
#include "groups/families.hpp"
#include "groups/linear_groups.hpp"
#include "support/error.hpp"

using namespace peterweyl;

TEST_CASE("matrix group: integer matrices, there and back") {
  // Signed permutation matrices of dimension 3: C2 x S4.
  const std::vector<MatrixEntries> generators{
      {0, 1, 0, 0, 0, 1, 1, 0, 0}, {0, 1, 0, 1, 0, 0, 0, 0, 1}, {-1, 0, 0, 0, 1, 0, 0, 0, 1}};
  const MatrixGroup matrices = MatrixGroup::over_integers(generators, 3);
  const Group& group = matrices.group();
  CHECK(group.order() == 48);
  check_valid(group);
  CHECK(isomorphic(group, direct_product(std::vector{cyclic_group(2), symmetric_group(4)})));
  for (Element a = 0; a < 48; ++a) {
    CHECK(matrices.find(matrices.matrix(a)) == a);
    for (Element b = 0; b < 48; ++b) {
      MatrixEntries product(9, 0);
      for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 3; ++j) {
          for (std::size_t k = 0; k < 3; ++k)
            product[3 * i + j] += matrices.matrix(a)[3 * i + k] * matrices.matrix(b)[3 * k + j];
        }
      }
      REQUIRE(matrices.find(product) == group.multiply(a, b));
    }
  }
  CHECK_FALSE(matrices.find(MatrixEntries(9, 2)).has_value());
  CHECK_FALSE(matrices.find(MatrixEntries(4, 0)).has_value());
}

TEST_CASE("matrix group: over finite fields") {
  const FiniteField f3(3);
  const std::vector<MatrixEntries> sl23{{1, 1, 0, 1}, {1, 0, 1, 1}};
  const MatrixGroup group = MatrixGroup::over_field(f3, sl23, 2);
  CHECK(group.group().order() == 24);
  CHECK(isomorphic(group.group(), linear_group(LinearGroup::kSL, 2, 3)));
  // SL(2,4) = A5, from transvections by 1 and by the primitive element.
  const FiniteField f4(4);
  const std::vector<MatrixEntries> sl24{{1, 1, 0, 1}, {1, 2, 0, 1}, {1, 0, 1, 1}};
  CHECK(isomorphic(MatrixGroup::over_field(f4, sl24, 2).group(), alternating_group(5)));
  const std::vector<MatrixEntries> one{{2}};
  CHECK(MatrixGroup::over_field(FiniteField(256), one, 1).group().order() == 255);
}

TEST_CASE("matrix group: what is not a finite group of matrices is refused") {
  const auto over_z = [](MatrixEntries entries, std::size_t d) {
    return MatrixGroup::over_integers(std::array{std::move(entries)}, d, 1000);
  };
  CHECK_THROWS_AS(over_z({1, 1, 0, 1}, 2), EnumerationLimitError);  // infinite, slowly
  CHECK_THROWS_AS(over_z({2, 1, 1, 1}, 2), EnumerationLimitError);  // infinite, quickly
  CHECK_THROWS_AS(over_z({2, 0, 0, 1}, 2), ArgumentError);
  CHECK_THROWS_AS(over_z({0, 0, 0, 1}, 2), ArgumentError);
  CHECK_THROWS_AS(over_z({1, 0, 0}, 2), ArgumentError);
  CHECK_THROWS_AS(over_z({}, 0), ArgumentError);
  CHECK_THROWS_AS(over_z({65522}, 1), EnumerationLimitError);  // 1 modulo the prime that is tried
  CHECK_THROWS_AS(over_z({std::int64_t{1} << 40}, 1), ArgumentError);
  CHECK_THROWS_AS(MatrixGroup::over_integers({}, 2), ArgumentError);
  const FiniteField f5(5);
  CHECK_THROWS_AS(MatrixGroup::over_field(f5, std::array{MatrixEntries{1, 2, 2, 4}}, 2), ArgumentError);
  CHECK_THROWS_AS(MatrixGroup::over_field(f5, std::array{MatrixEntries{1, 0, 0, 5}}, 2), ArgumentError);
  CHECK_THROWS_AS(MatrixGroup::over_field(f5, std::array{MatrixEntries{-1, 0, 0, 1}}, 2), ArgumentError);
}
