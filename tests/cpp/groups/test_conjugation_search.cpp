#include "groups/conjugation_search.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "permutation_examples.hpp"

using namespace peterweyl;

namespace {

std::uint64_t product(std::span<const std::size_t> factors) {
  std::uint64_t result = 1;
  for (const std::size_t f : factors) result *= f;
  return result;
}

}  // namespace

TEST_CASE("conjugation_search: cycles, types and steps along them") {
  const Permutation a{1, 2, 0, 4, 3, 5};
  const InvariantPartitions one_orbit(6, examples::symmetric(6));
  const CycleStructure cycles(a, one_orbit);
  CHECK(cycles.order == 6);
  CHECK(cycles.starts == std::vector<std::uint32_t>{0, 3, 5, 6});
  for (std::uint16_t p = 0; p < 6; ++p) {
    for (std::int64_t k = 0; k < 7; ++k) {
      CHECK(cycles.walk(p, static_cast<std::size_t>(k)) == permutation_power(a, k)[p]);
    }
  }
  CHECK(CycleStructure(Permutation{0, 2, 1, 5, 3, 4}, one_orbit).invariant == cycles.invariant);
  CHECK(CycleStructure(Permutation{1, 0, 3, 2, 5, 4}, one_orbit).invariant != cycles.invariant);
  // The same cycle lengths on other orbits of the group.
  const InvariantPartitions orbits_of(6, std::vector<Permutation>{{1, 2, 0, 3, 4, 5}, {0, 1, 2, 4, 5, 3}});
  CHECK(CycleStructure(Permutation{1, 0, 2, 3, 4, 5}, orbits_of).invariant !=
        CycleStructure(Permutation{0, 1, 2, 4, 3, 5}, orbits_of).invariant);
}

TEST_CASE("conjugation_search: centralisers and conjugators equal brute force") {
  Random random(31);
  int refused = 0;
  for (int i = 0; i < 120; ++i) {
    const std::size_t degree = 3 + random.below(5);
    const auto generators = examples::random_generators(degree, random);
    const auto elements = examples::closure(degree, generators);
    const StabilizerChain chain = StabilizerChain::build(degree, generators);
    const InvariantPartitions partitions(degree, generators);
    const Permutation x = chain.random(random);
    const ConjugationSearch search(chain, x, partitions, {});
    const auto commutes = [&](const Permutation& g) { return compose(g, x) == compose(x, g); };
    CHECK(product(search.centralizer_orbits()) ==
          static_cast<std::uint64_t>(std::ranges::count_if(elements, commutes)));
    for (const Permutation& g : search.centralizer_generators()) CHECK((commutes(g) && elements.contains(g)));
    const std::vector<Permutation> strong(search.centralizer_generators().begin(),
                                          search.centralizer_generators().end());
    CHECK(StabilizerChain::build(degree, strong).order() == product(search.centralizer_orbits()));
    for (int k = 0; k < 10; ++k) {
      const Permutation y = chain.random(random);
      const bool expected =
          std::ranges::any_of(elements, [&](const Permutation& g) { return compose(x, g) == compose(g, y); });
      const CycleStructure cycles(y, partitions);
      const auto g = search.conjugator_to(y, cycles, {});
      CHECK(g.has_value() == expected);
      if (g) CHECK((elements.contains(*g) && compose(x, *g) == compose(*g, y)));
      if (!expected && cycles.invariant == search.cycles().invariant) ++refused;
    }
  }
  CHECK(refused > 20);  // the same cycle type, not conjugate: what the search is for
}

TEST_CASE("conjugation_search: the two classes of elements of order 23 in M24") {
  const StabilizerChain m24 = StabilizerChain::build(24, examples::mathieu24());
  const InvariantPartitions partitions(24, examples::mathieu24());
  Random random(1);
  Permutation x = m24.random(random);
  while (CycleStructure(x, partitions).order != 23) x = m24.random(random);
  const ConjugationSearch search(m24, x, partitions, {});
  CHECK(product(search.centralizer_orbits()) == 23);
  for (std::int64_t k = 1; k < 23; ++k) {
    // x and x^k are conjugate exactly when k is a square modulo 23.
    bool square = false;
    for (std::int64_t r = 1; r < 23; ++r) square = square || r * r % 23 == k;
    const Permutation y = permutation_power(x, k);
    CHECK(search.conjugator_to(y, CycleStructure(y, partitions), {}).has_value() == square);
  }
}
