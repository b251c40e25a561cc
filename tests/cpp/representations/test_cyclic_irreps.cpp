#include "representations/cyclic_irreps.hpp"

#include <doctest/doctest.h>

#include "arithmetic/roots_of_unity.hpp"

using namespace peterweyl;

TEST_CASE("cyclic irreps: chi_k(j) = exp(2 pi i j k / n)") {
  const std::vector<Irrep> irreps = cyclic_irreps(std::vector<std::uint32_t>{12});
  REQUIRE(irreps.size() == 12);
  for (std::uint64_t k = 0; k < 12; ++k) {
    for (std::uint64_t j = 0; j < 12; ++j) CHECK(irreps[k].matrices[j] == root_of_unity(j * k, 12));
  }
}

TEST_CASE("cyclic irreps: products row-major in elements and characters") {
  const std::vector<Irrep> irreps = cyclic_irreps(std::vector<std::uint32_t>{4, 1, 6});
  REQUIRE(irreps.size() == 24);
  for (std::uint64_t k = 0; k < 24; ++k) {
    for (std::uint64_t j = 0; j < 24; ++j) {
      const std::uint64_t angle = 3 * (k / 6) * (j / 6) + 2 * (k % 6) * (j % 6);
      CHECK(irreps[k].matrices[j] == root_of_unity(angle, 12));
    }
  }
  CHECK(cyclic_irreps({}).size() == 1);
}
