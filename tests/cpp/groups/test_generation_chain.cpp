#include "groups/generation_chain.hpp"

#include <doctest/doctest.h>

#include <numeric>
#include <set>
#include <vector>

#include "groups/fingerprint.hpp"
#include "groups/specification.hpp"

using namespace peterweyl;

TEST_CASE("GenerationChain: every element is defined once, every edge listed once") {
  const Group group = group_from_specification("S4");
  const std::vector<Element> base(group.generators().begin(), group.generators().end());
  const GenerationChain chain(group.table(), base);
  std::size_t edges = 0;
  std::set<Element> defined{group.identity()};
  for (std::size_t level = 0; level < chain.length(); ++level) {
    for (const GenerationChain::Edge& edge : chain.edges(level)) {
      ++edges;
      CHECK(defined.contains(edge.from));
      CHECK(group.multiply(edge.from, base[edge.generator]) == edge.to);
      CHECK(edge.defines == defined.insert(edge.to).second);
    }
  }
  CHECK(defined.size() == group.order());
  CHECK(edges == group.order() * base.size());
}

TEST_CASE("rare_base: generates") {
  for (const char* text : {"C1", "C2^5", "D6", "A5", "C4 x S3", "Q8 x Q8"}) {
    CAPTURE(text);
    const Group group = group_from_specification(text);
    const ElementColours colours = element_colours(group, class_colours(group));
    CHECK(group.table().subgroup(rare_base(group.table(), colours.of_element)).size() == group.order());
  }
}

TEST_CASE("MapExtension: finds an automorphism and gives up when told to") {
  const Group group = group_from_specification("C2^4");
  const ElementColours colours = element_colours(group, class_colours(group));
  const GenerationChain chain(group.table(), rare_base(group.table(), colours.of_element));
  const Interrupt interrupt;
  MapExtension maps(chain, group.table(), colours.of_element, group.table(), colours.of_element, interrupt);
  REQUIRE(maps.complete(0));
  for (Element a = 0; a < group.order(); ++a) {
    for (Element b = 0; b < group.order(); ++b) {
      REQUIRE(maps.map()[group.multiply(a, b)] == group.multiply(maps.map()[a], maps.map()[b]));
    }
  }
  maps.limit_attempts(1);
  CHECK_FALSE(maps.complete(0));
  CHECK(maps.exhausted());
}
