#include "groups/permutation_orbits.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "permutation_examples.hpp"
#include "support/error.hpp"

using namespace peterweyl;

namespace {

bool is_invariant(const std::vector<std::uint32_t>& part_of, const std::vector<Permutation>& generators) {
  for (const Permutation& g : generators) {
    for (std::size_t a = 0; a < g.size(); ++a) {
      for (std::size_t b = 0; b < a; ++b) {
        if (part_of[a] == part_of[b] && part_of[g[a]] != part_of[g[b]]) return false;
      }
    }
  }
  return true;
}

// All partitions of the points by restricted growth strings, the invariant ones kept.
void invariant_partitions(std::vector<std::uint32_t>& part_of, std::size_t at, std::uint32_t parts,
                          const std::vector<Permutation>& generators,
                          std::vector<std::vector<std::uint32_t>>& found) {
  if (at == part_of.size()) {
    if (parts > 1 && parts < part_of.size() && is_invariant(part_of, generators)) found.push_back(part_of);
    return;
  }
  for (std::uint32_t part = 0; part <= parts; ++part) {
    part_of[at] = part;
    invariant_partitions(part_of, at + 1, std::max(parts, part + 1), generators, found);
  }
}

bool refines(const std::vector<std::uint32_t>& fine, const std::vector<std::uint32_t>& coarse) {
  for (std::size_t a = 0; a < fine.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      if (fine[a] == fine[b] && coarse[a] != coarse[b]) return false;
    }
  }
  return true;
}

}  // namespace

TEST_CASE("permutation_orbits: arithmetic of permutations") {
  const Permutation a{1, 2, 0, 4, 3};
  const Permutation b{0, 2, 1, 3, 4};
  CHECK(compose(a, b) == Permutation{2, 1, 0, 4, 3});
  CHECK(compose(a, inverse_permutation(a)) == identity_permutation(5));
  CHECK(is_identity(permutation_power(a, 6)));
  CHECK(permutation_power(a, -1) == inverse_permutation(a));
  CHECK(permutation_power(a, 4) == compose(compose(a, a), compose(a, a)));
  CHECK_FALSE(is_identity(a));
  CHECK(is_identity(Permutation{}));
}

TEST_CASE("permutation_orbits: orbits and transitivity") {
  const std::vector<Permutation> g{{1, 0, 2, 4, 3}, {0, 1, 2, 4, 3}};
  CHECK(orbits(5, g).part_of == std::vector<std::uint32_t>{0, 0, 1, 2, 2});
  CHECK(orbits(5, g).parts() == std::vector<std::vector<std::uint16_t>>{{0, 1}, {2}, {3, 4}});
  CHECK_FALSE(is_transitive(5, g));
  CHECK(is_transitive(5, examples::cyclic(5)));
  CHECK(orbits(3, {}).count == 3);
  CHECK(is_transitive(1, {}));
  CHECK(is_transitive(0, {}));
}

TEST_CASE("permutation_orbits: block systems equal brute force over all partitions") {
  Random random(7);
  std::vector<std::vector<Permutation>> groups{examples::cyclic(8),    examples::cyclic(7),
                                               examples::wreath(2, 4), examples::wreath(4, 2),
                                               examples::symmetric(6), examples::alternating(4)};
  // The regular elementary abelian group of order 8, with seven systems of two-point blocks.
  groups.push_back({{1, 0, 3, 2, 5, 4, 7, 6}, {2, 3, 0, 1, 6, 7, 4, 5}, {4, 5, 6, 7, 0, 1, 2, 3}});
  for (int i = 0; i < 200; ++i) groups.push_back(examples::random_generators(4 + random.below(5), random));
  int imprimitive = 0;
  for (const auto& g : groups) {
    const std::size_t degree = g[0].size();
    if (!is_transitive(degree, g)) {
      CHECK_THROWS_AS(minimal_block_systems(degree, g), ArgumentError);
      CHECK_FALSE(is_primitive(degree, g));
      continue;
    }
    std::vector<std::uint32_t> labels(degree, 0);
    std::vector<std::vector<std::uint32_t>> all;
    invariant_partitions(labels, 1, 1, g, all);
    std::set<std::vector<std::uint32_t>> expected;
    for (const auto& p : all) {
      if (std::ranges::none_of(all, [&](const auto& q) { return q != p && refines(q, p); }))
        expected.insert(p);
    }
    std::set<std::vector<std::uint32_t>> found;
    for (const PointPartition& system : minimal_block_systems(degree, g)) found.insert(system.part_of);
    CHECK(found == expected);
    CHECK(is_primitive(degree, g) == all.empty());
    imprimitive += all.empty() ? 0 : 1;
    const std::uint16_t joined[] = {0, 1, 3};
    const PointPartition finest = finest_block_system(degree, g, joined);
    CHECK(is_invariant(finest.part_of, g));
    CHECK((finest.part_of[1] == 0 && finest.part_of[3] == 0));
    for (const auto& p : all) {
      if (p[1] == p[0] && p[3] == p[0]) CHECK(refines(finest.part_of, p));
    }
  }
  CHECK(imprimitive > 10);
}

TEST_CASE("permutation_orbits: large degrees") {
  CHECK(is_primitive(24, examples::mathieu24()));
  CHECK(is_primitive(1010, examples::projective_special_linear(1009)));
  const auto systems = minimal_block_systems(900, examples::wreath(30, 30));
  REQUIRE(systems.size() == 1);
  CHECK(systems[0].count == 30);
}
