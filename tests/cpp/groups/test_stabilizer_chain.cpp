#include "groups/stabilizer_chain.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <vector>

#include "permutation_examples.hpp"
#include "support/error.hpp"

using namespace peterweyl;

namespace {

StabilizerChain chain_of(const std::vector<Permutation>& generators) {
  return StabilizerChain::build(generators[0].size(), generators);
}

// Every element is a product of transversal elements in exactly one way, and the levels are what they claim.
void check_levels(const StabilizerChain& chain) {
  for (std::size_t level = 0; level < chain.length(); ++level) {
    const auto orbit = chain.basic_orbit(level);
    const auto transversal = chain.transversal(level);
    REQUIRE(orbit.size() == chain.orbit_length(level));
    REQUIRE(transversal.size() == orbit.size());
    CHECK(orbit[0] == chain.base()[level]);
    for (std::size_t i = 0; i < orbit.size(); ++i) {
      CHECK(chain.in_basic_orbit(level, orbit[i]));
      CHECK(transversal[i][chain.base()[level]] == orbit[i]);
      for (std::size_t j = 0; j < level; ++j) CHECK(transversal[i][chain.base()[j]] == chain.base()[j]);
      CHECK(chain.contains(transversal[i]));
    }
  }
}

}  // namespace

TEST_CASE("stabilizer_chain: orders of known groups") {
  CHECK(chain_of(examples::mathieu11()).order() == 7920);
  CHECK(chain_of(examples::mathieu22()).order() == 443520);
  CHECK(chain_of(examples::mathieu24()).order() == 244823040);
  for (const std::size_t p : {5U, 7U, 11U, 31U, 101U}) {
    CHECK(chain_of(examples::projective_special_linear(p)).order() == p * (p * p - 1) / 2);
  }
  std::uint64_t factorial = 2;
  for (std::size_t n = 3; n <= 20; ++n) {
    factorial *= n;
    CHECK(chain_of(examples::symmetric(n)).order() == factorial);
    CHECK(chain_of(examples::alternating(n)).order() == factorial / 2);
  }
  CHECK(chain_of(examples::wreath(3, 4)).order() == 6 * 6 * 6 * 6 * 24);
  CHECK(chain_of(examples::wreath(2, 5)).order() == 3840);
  CHECK(chain_of(examples::wreath(7, 2)).order() == 2ULL * 5040 * 5040);
  CHECK(chain_of(examples::cyclic(360)).order() == 360);
}

TEST_CASE("stabilizer_chain: orders beyond 64 bit, in decimal and by primes") {
  const StabilizerChain s25 = chain_of(examples::symmetric(25));
  CHECK_FALSE(s25.order().has_value());
  CHECK(s25.order_text() == "15511210043330985984000000");
  CHECK(s25.order_factors() ==
        std::vector<std::pair<std::uint64_t, unsigned>>{
            {2, 22}, {3, 10}, {5, 6}, {7, 3}, {11, 2}, {13, 1}, {17, 1}, {19, 1}, {23, 1}});
  CHECK(chain_of(examples::wreath(5, 12)).order_text() ==
        "4270826380475341209600000000000000");  // 120^12 12!
  CHECK(chain_of(examples::alternating(30)).order_text() == "132626429906095529318154240000000");
}

TEST_CASE("stabilizer_chain: trivial groups") {
  const StabilizerChain none = StabilizerChain::build(0, {});
  CHECK(none.order() == 1);
  CHECK(none.contains(Permutation{}));
  const std::vector<Permutation> identity{identity_permutation(5)};
  const StabilizerChain trivial = chain_of(identity);
  CHECK(trivial.order_text() == "1");
  CHECK(trivial.order_factors().empty());
  CHECK(trivial.contains(identity[0]));
  CHECK_FALSE(trivial.contains(Permutation{1, 0, 2, 3, 4}));
  CHECK_FALSE(trivial.contains(identity_permutation(4)));
  Random random(1);
  CHECK(is_identity(trivial.random(random)));
}

TEST_CASE("stabilizer_chain: random groups against the list of their elements") {
  Random random(11);
  for (int i = 0; i < 150; ++i) {
    const std::size_t degree = 3 + random.below(5);
    const auto generators = examples::random_generators(degree, random);
    const auto elements = examples::closure(degree, generators);
    const StabilizerChain chain = StabilizerChain::build(degree, generators, {}, random.next());
    REQUIRE(chain.order() == elements.size());
    for (int k = 0; k < 30; ++k) {
      const Permutation p = examples::random_permutation(degree, random);
      CHECK(chain.contains(p) == elements.contains(p));
      CHECK(elements.contains(chain.random(random)));
    }
    // The pointwise stabiliser of two points.
    const std::vector<std::uint16_t> points{static_cast<std::uint16_t>(random.below(degree)),
                                            static_cast<std::uint16_t>(random.below(degree))};
    const auto fixes = [&](const Permutation& p) {
      return p[points[0]] == points[0] && p[points[1]] == points[1];
    };
    const StabilizerChain stabilizer = chain.stabilizer(points);
    CHECK(stabilizer.order() == static_cast<std::uint64_t>(std::ranges::count_if(elements, fixes)));
    const Permutation fixing = stabilizer.random(random);
    CHECK((fixes(fixing) && elements.contains(fixing)));
    CHECK(StabilizerChain::build(degree, stabilizer.generators()).order() == stabilizer.order());
    check_levels(chain);
    check_levels(chain.with_base(points));
  }
}

TEST_CASE("stabilizer_chain: membership, sifting and base images in M24") {
  const StabilizerChain m24 = chain_of(examples::mathieu24());
  check_levels(m24);
  Random random(5);
  for (int i = 0; i < 50; ++i) {
    const Permutation g = m24.random(random);
    CHECK(m24.contains(g));
    Permutation rest = g;
    CHECK(m24.sift(rest) == m24.length());
    CHECK(is_identity(rest));
    Permutation wrong = g;
    std::swap(wrong[i % 24], wrong[(i + 1) % 24]);
    CHECK_FALSE(m24.contains(wrong));
    std::vector<std::uint16_t> images;
    for (const std::uint16_t b : m24.base()) images.push_back(g[b]);
    CHECK(m24.from_base_images(images) == g);
    images[1] = images[0];
    CHECK_FALSE(m24.from_base_images(images).has_value());
  }
  CHECK_THROWS_AS(m24.from_base_images(std::vector<std::uint16_t>{1}), ArgumentError);
  CHECK_THROWS_AS(m24.stabilizer(std::vector<std::uint16_t>{24}), ArgumentError);
}

TEST_CASE("stabilizer_chain: another base") {
  const StabilizerChain m24 = chain_of(examples::mathieu24());
  const std::vector<std::uint16_t> points{23, 5, 11};
  const StabilizerChain moved = m24.with_base(points);
  CHECK(std::equal(points.begin(), points.end(), moved.base().begin()));
  CHECK(moved.order() == m24.order());
  CHECK(moved.orbit_length(0) == 24);
  CHECK(moved.orbit_length(1) == 23);
  CHECK(moved.orbit_length(2) == 22);
  CHECK(m24.stabilizer(points).order() == 20160);  // PSL(3, 4)
  std::vector<std::uint16_t> reversed;
  for (std::uint16_t p = 24; p-- > 0;) reversed.push_back(p);
  CHECK(m24.with_base_from(reversed).base()[0] == 23);
  // Redundant and repeated points are levels of their own.
  const StabilizerChain s4 = chain_of(examples::symmetric(4));
  CHECK(s4.with_base(std::vector<std::uint16_t>{2, 2, 0, 1, 3}).length() == 5);
  CHECK(s4.with_base(std::vector<std::uint16_t>{2, 2, 0, 1, 3}).order() == 24);
}

TEST_CASE("stabilizer_chain: symmetric and alternating groups by formula") {
  for (const std::size_t n : {8U, 9U, 12U, 13U}) {
    for (const bool even : {false, true}) {
      const StabilizerChain chain = chain_of(even ? examples::alternating(n) : examples::symmetric(n));
      check_levels(chain);
      Random random(n);
      for (int i = 0; i < 40; ++i) {
        CHECK(chain.contains(chain.random(random)));
        Permutation p = examples::random_permutation(n, random);
        const bool in = chain.contains(p);
        Permutation rest = p;
        CHECK((chain.sift(rest) == chain.length() && is_identity(rest)) == in);
        std::vector<std::uint16_t> images;
        for (const std::uint16_t b : chain.base()) images.push_back(p[b]);
        CHECK((chain.from_base_images(images) == p) == in);
      }
      const StabilizerChain smaller = chain.stabilizer(std::vector<std::uint16_t>{3, 0});
      CHECK(*smaller.order() * n * (n - 1) == *chain.order());
      CHECK(StabilizerChain::build(n, smaller.generators()).order() == smaller.order());
      CHECK_FALSE(smaller.contains(chain.generators()[0]));
      const StabilizerChain moved = chain.with_base(std::vector<std::uint16_t>{5, 1});
      CHECK((moved.base()[0] == 5 && moved.base()[1] == 1 && moved.order() == chain.order()));
      check_levels(moved);
    }
  }
  // The moved points need not be all points.
  std::vector<Permutation> inner;
  for (Permutation g : examples::symmetric(9)) {
    Permutation wide = identity_permutation(12);
    for (std::size_t i = 0; i < 9; ++i) wide[i + 2] = static_cast<std::uint16_t>(g[i] + 2);
    inner.push_back(wide);
  }
  const StabilizerChain chain = chain_of(inner);
  CHECK(chain.order() == 362880);
  check_levels(chain);
  Permutation outside = identity_permutation(12);
  std::swap(outside[0], outside[1]);
  CHECK_FALSE(chain.contains(outside));
}

TEST_CASE("stabilizer_chain: random elements are uniform") {
  // Chi-squared over the 168 elements of PSL(2, 7): mean 167, standard deviation 18.
  const StabilizerChain chain = chain_of(examples::projective_special_linear(7));
  std::map<Permutation, int> counts;
  Random random(2);
  constexpr int kDraws = 168 * 50;
  for (int i = 0; i < kDraws; ++i) ++counts[chain.random(random)];
  REQUIRE(counts.size() == 168);
  double chi_squared = 0;
  for (const auto& [p, count] : counts) chi_squared += (count - 50.0) * (count - 50.0) / 50.0;
  CHECK(chi_squared < 260);
  CHECK(chi_squared > 90);
  Random a(9);
  Random b(9);
  CHECK(chain.random(a) == chain.random(b));
}
