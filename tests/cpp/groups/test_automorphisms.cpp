#include "groups/automorphisms.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "groups/specification.hpp"

using namespace peterweyl;

TEST_CASE("automorphism_group: known orders") {
  const std::vector<std::pair<const char*, std::uint64_t>> known{
      {"C1", 1},          {"C2", 1},   {"C12", 4},   {"C2^2", 6},  {"C2^3", 168},   {"C2^6", 20158709760},
      {"C3^4", 24261120}, {"S3", 6},   {"D4", 8},    {"Q8", 24},   {"A4", 24},      {"S4", 24},
      {"A5", 120},        {"S5", 120}, {"A6", 1440}, {"S6", 1440}, {"C7 : C3", 42}, {"D4 x C2", 64}};
  for (const auto& [text, order] : known) {
    CAPTURE(text);
    CHECK(automorphism_group(group_from_specification(text)).order() == order);
  }
}

TEST_CASE("automorphism_group: the generators are automorphisms, and only the identity fixes the base") {
  for (const char* text : {"D8", "Q8 x C2", "C4 x S3", "C2^4", "S4"}) {
    CAPTURE(text);
    const Group group = group_from_specification(text);
    const AutomorphismGroup automorphisms = automorphism_group(group);
    CHECK(group.table().subgroup(automorphisms.base).size() == group.order());
    for (const std::vector<Element>& images : automorphisms.generators) {
      for (Element a = 0; a < group.order(); ++a) {
        for (Element b = 0; b < group.order(); ++b) {
          REQUIRE(images[group.multiply(a, b)] == group.multiply(images[a], images[b]));
        }
      }
    }
  }
}

TEST_CASE("automorphism_group: an order beyond 64 bits is not reported wrongly") {
  // |GL(9, 2)| = 6.99e23; the orbit lengths still hold it.
  const AutomorphismGroup automorphisms = automorphism_group(group_from_specification("C2^9"));
  CHECK_FALSE(automorphisms.order().has_value());
  CHECK(automorphisms.orbit_lengths ==
        std::vector<std::uint64_t>{511, 510, 508, 504, 496, 480, 448, 384, 256});
}
