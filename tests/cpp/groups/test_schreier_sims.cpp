#include "groups/schreier_sims.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <vector>

#include "permutation_examples.hpp"
#include "support/error.hpp"

using namespace peterweyl;

TEST_CASE("schreier_sims: the order does not depend on the seed") {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    CHECK(SchreierSims(24, {}, seed).from_generators(examples::mathieu24()).order() == 244823040);
    CHECK(SchreierSims(12, {}, seed).from_generators(examples::wreath(3, 4)).order() == 31104);
    CHECK(SchreierSims(12, {}, seed).from_generators(examples::symmetric(12)).order() == 479001600);
  }
}

TEST_CASE("schreier_sims: products in decimal") {
  CHECK(SchreierSims::product_text({}) == "1");
  CHECK(SchreierSims::product_text(std::vector<std::size_t>{1000000000, 1000000000, 7}) ==
        "7000000000000000000");
  CHECK(SchreierSims::product_text(std::vector<std::size_t>{65535, 65535, 65535, 65535, 65535}) ==
        "1208833588708967444709375");
}

TEST_CASE("schreier_sims: Schreier trees where rows would take too much memory") {
  // 3001 and 2918 points: a level of rows would pass its limit.
  const StabilizerChain cyclic = StabilizerChain::build(3001, examples::cyclic(3001));
  CHECK(cyclic.order() == 3001);
  CHECK(cyclic.contains(permutation_power(examples::cyclic(3001)[0], 1234)));
  CHECK_FALSE(cyclic.contains(examples::symmetric(3001)[1]));
  const std::uint64_t p = 2917;
  const auto generators = examples::projective_special_linear(p);
  const StabilizerChain linear = StabilizerChain::build(p + 1, generators);
  CHECK(linear.order() == p * (p * p - 1) / 2);
  Random random(4);
  const Permutation g = linear.random(random);
  CHECK(linear.contains(g));
  CHECK_FALSE(linear.contains(examples::symmetric(p + 1)[1]));
  const auto transversal = linear.transversal(1);
  const auto orbit = linear.basic_orbit(1);
  for (std::size_t i = 0; i < orbit.size(); i += 97) {
    CHECK(transversal[i][linear.base()[0]] == linear.base()[0]);
    CHECK(transversal[i][linear.base()[1]] == orbit[i]);
  }
}

TEST_CASE("schreier_sims: ten thousand points") {
  const StabilizerChain symmetric = StabilizerChain::build(10000, examples::symmetric(10000));
  CHECK(symmetric.order_text().size() == 35660);
  CHECK(symmetric.order_factors().front() == std::pair<std::uint64_t, unsigned>{2, 9995});
  Random random(1);
  CHECK(symmetric.contains(symmetric.random(random)));
}

TEST_CASE("schreier_sims: stops when it is told to") {
  const Interrupt interrupt([] { throw Error("stopped"); });
  const auto generators = examples::projective_special_linear(2917);
  const auto start = std::chrono::steady_clock::now();
  CHECK_THROWS_WITH_AS(StabilizerChain::build(2918, generators, interrupt), "stopped", Error);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
}
