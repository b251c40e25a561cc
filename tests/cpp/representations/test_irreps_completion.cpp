#include "representations/irreps_completion.hpp"

#include <doctest/doctest.h>

#include "representations/product_irreps.hpp"
#include "support/error.hpp"
#include "testing.hpp"

using namespace peterweyl;

namespace {

std::vector<Irrep> bare(const Group& group) {
  std::vector<Irrep> result = irreducible_representations(group).all;
  for (Irrep& rho : result) rho.character.clear();
  return result;
}

Irreps complete(const Group& group, std::vector<Irrep> irreps) {
  return complete_irreps(group, std::move(irreps), "test", IrrepOrder::kByCharacter, 1e-12);
}

}  // namespace

TEST_CASE("completion: restores order, characters, indicators and conjugates from matrices in any order") {
  for (const Group& group :
       {symmetric_group(4), alternating_group(4), dicyclic_group(3), testing::heisenberg(3)}) {
    const Irreps expected = irreducible_representations(group);
    std::vector<Irrep> shuffled = bare(group);
    std::ranges::reverse(shuffled);
    const Irreps found = complete(group, std::move(shuffled));
    for (std::size_t i = 0; i < found.all.size(); ++i) {
      CHECK(found.all[i].character == expected.all[i].character);
      CHECK(found.all[i].indicator == expected.all[i].indicator);
      CHECK(found.all[i].conjugate == expected.all[i].conjugate);
      const Irrep& partner = found.all[found.all[i].conjugate];
      for (std::size_t c = 0; c < partner.character.size(); ++c) {
        CHECK(std::abs(partner.character[c] - std::conj(found.all[i].character[c])) < 1e-13);
      }
      CHECK((found.all[i].conjugate == i) == (found.all[i].indicator != 0));
    }
  }
}

TEST_CASE("completion: refuses what is not a full set of irreps") {
  const Group group = symmetric_group(4);
  SUBCASE("one is missing") {
    std::vector<Irrep> irreps = bare(group);
    irreps.pop_back();
    CHECK_THROWS_AS(complete(group, std::move(irreps)), NumericalError);
  }
  SUBCASE("one comes twice") {
    std::vector<Irrep> irreps = bare(group);
    irreps[4] = irreps[3];
    CHECK_THROWS_AS(complete(group, std::move(irreps)), NumericalError);
  }
  SUBCASE("one entry is wrong") {
    std::vector<Irrep> irreps = bare(group);
    irreps[4].matrices[5 * 9 + 2] += 1e-9;
    CHECK_THROWS_AS(complete(group, std::move(irreps)), NumericalError);
  }
  SUBCASE("one is not unitary") {
    std::vector<Irrep> irreps = bare(group);
    for (Element g = 0; g < 24; ++g) {  // conjugated by diag(1, 2, 1)
      for (const std::size_t e : {1U, 7U}) irreps[4].matrices[g * 9 + e] *= 2.0;
      for (const std::size_t e : {3U, 5U}) irreps[4].matrices[g * 9 + e] /= 2.0;
    }
    CHECK(testing::homomorphism_defect(group, irreps[4]) < 1e-14);
    CHECK_THROWS_AS(complete(group, std::move(irreps)), NumericalError);
  }
  SUBCASE("not a number") {
    std::vector<Irrep> irreps = bare(group);
    irreps[3].matrices[17 * 9 + 2] = std::nan("");
    CHECK_THROWS_AS(complete(group, std::move(irreps)), NumericalError);
  }
}
