#include "groups/polycyclic_presentation.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "groups/families.hpp"
#include "groups/isomorphism.hpp"
#include "groups/specification.hpp"
#include "support/error.hpp"

using namespace peterweyl;

namespace {

// S4 = V4 : S3 with g_1 of order 2, g_2 of order 3 and V4 = <g_3, g_4>.
PolycyclicPresentation symmetric_4() {
  PolycyclicPresentation p({2, 3, 2, 2});
  p.set_word(0, 1, p.generator(1) * 2);               // g_2^g_1 = g_2^2
  p.set_word(0, 2, p.generator(3));                   // g_3^g_1 = g_4
  p.set_word(0, 3, p.generator(2));                   // g_4^g_1 = g_3
  p.set_word(1, 2, p.generator(3));                   // g_3^g_2 = g_4
  p.set_word(1, 3, p.generator(2) + p.generator(3));  // g_4^g_2 = g_3 g_4
  return p;
}

}  // namespace

TEST_CASE("PolycyclicPresentation: trivial relations give an abelian group") {
  const PolycyclicPresentation p({2, 3, 5});
  CHECK(p.order() == 30);
  CHECK(p.is_consistent());
  CHECK(find_isomorphism(p.group(""), cyclic_group(30)).has_value());
  CHECK(PolycyclicPresentation().group("C1").order() == 1);
}

TEST_CASE("PolycyclicPresentation: S4, its table and its relations") {
  const PolycyclicPresentation p = symmetric_4();
  REQUIRE(p.is_consistent());
  const Group group = p.group("S4");
  CHECK(find_isomorphism(group, symmetric_group(4)).has_value());
  for (std::size_t i = 0; i < p.size(); ++i) {
    CHECK(group.power(p.generator(i), p.relative_orders()[i]) == p.word(i, i));
    for (std::size_t j = i + 1; j < p.size(); ++j) {
      CHECK(group.multiply(p.generator(j), p.generator(i)) == group.multiply(p.generator(i), p.word(i, j)));
    }
  }
  // Ranks are normal words, the last generator fastest.
  CHECK(group.multiply(p.generator(0), p.generator(3)) == p.generator(0) + p.generator(3));
}

TEST_CASE("PolycyclicPresentation: an inconsistent presentation is told") {
  PolycyclicPresentation p({2, 3});
  p.set_word(0, 0, 1);  // g_1^2 = g_2, but then g_1 commutes with g_2
  p.set_word(0, 1, 2);  // g_2^g_1 = g_2^2
  CHECK_FALSE(p.is_consistent());
}

TEST_CASE("PolycyclicPresentation: encode and decode") {
  for (const PolycyclicPresentation& p : {PolycyclicPresentation(), PolycyclicPresentation({7}),
                                          PolycyclicPresentation({2, 3, 5}), symmetric_4()}) {
    std::vector<std::uint8_t> code = p.encode();
    code.push_back(99);
    std::span<const std::uint8_t> rest = code;
    CHECK(PolycyclicPresentation::decode(rest, p.order()) == p);
    CHECK(rest.size() == 1);
  }
  std::span<const std::uint8_t> nothing;
  CHECK_THROWS_AS(PolycyclicPresentation::decode(nothing, 24), ArgumentError);
}
