#include "groups/subgroups.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "groups/specification.hpp"
#include "support/error.hpp"

using namespace peterweyl;

TEST_CASE("subgroups: closure, order and membership") {
  const Group group = group_from_specification("S4");
  for (Element x = 0; x < group.order(); ++x) {
    for (Element y = 0; y < group.order(); ++y) {
      const Subgroup subgroup = Subgroup::generated(group, std::vector{x, y});
      CHECK(group.order() % subgroup.order() == 0);
      for (const Element a : subgroup.elements()) {
        CHECK(subgroup.contains(group.inverse(a)));
        for (const Element b : subgroup.elements()) REQUIRE(subgroup.contains(group.multiply(a, b)));
      }
    }
  }
  CHECK(Subgroup::whole(group).order() == 24);
  CHECK(Subgroup::trivial(group).order() == 1);
}

TEST_CASE("subgroups: cosets partition, quotients are homomorphic images") {
  const Group group = group_from_specification("S4");
  const Subgroup klein = normal_closure(group, std::vector<Element>{7});  // (0 1)(2 3)
  REQUIRE(klein.order() == 4);
  CHECK(is_normal(group, klein));
  const Quotient quotient = quotient_group(group, klein);
  CHECK(quotient.group.order() == 6);
  CHECK_FALSE(quotient.group.is_abelian());
  for (Element a = 0; a < 24; ++a) {
    for (Element b = 0; b < 24; ++b) {
      CHECK(quotient.group.multiply(quotient.of_element[a], quotient.of_element[b]) ==
            quotient.of_element[group.multiply(a, b)]);
    }
  }
  const Subgroup point = Subgroup::generated(group, std::vector<Element>{1, 2});
  const Cosets left = left_cosets(group, point);
  const Cosets right = right_cosets(group, point);
  CHECK(left.transversal.size() * point.order() == 24);
  for (Element x = 0; x < 24; ++x) {
    for (const Element h : point.elements()) {
      CHECK(left.of_element[group.multiply(x, h)] == left.of_element[x]);
      CHECK(right.of_element[group.multiply(h, x)] == right.of_element[x]);
    }
  }
  CHECK_THROWS_AS(quotient_group(group, point), ArgumentError);
}

TEST_CASE("subgroups: normaliser, centraliser, core and intersection by their definitions") {
  const Group group = group_from_specification("C2 x S4");
  for (const Element x : {Element{3}, Element{9}, Element{30}}) {
    const Subgroup subgroup = Subgroup::generated(group, std::vector{x, Element{1}});
    const Subgroup normal = normalizer(group, subgroup);
    const Subgroup commuting = centralizer(group, subgroup.elements());
    const Subgroup core = normal_core(group, subgroup);
    for (Element g = 0; g < group.order(); ++g) {
      bool normalises = true;
      bool commutes = true;
      for (const Element h : subgroup.elements()) {
        const Element conjugate = group.multiply(group.multiply(group.inverse(g), h), g);
        normalises = normalises && subgroup.contains(conjugate);
        commutes = commutes && conjugate == h;
      }
      CHECK(normal.contains(g) == normalises);
      CHECK(commuting.contains(g) == commutes);
      bool in_every_conjugate = true;
      for (Element y = 0; y < group.order(); ++y) {
        const Element conjugate = group.multiply(group.multiply(group.inverse(y), g), y);
        in_every_conjugate = in_every_conjugate && subgroup.contains(conjugate);
      }
      CHECK(core.contains(g) == in_every_conjugate);
    }
    CHECK(intersection(group, subgroup, normal) == subgroup);
  }
}

TEST_CASE("subgroups: a subgroup as a group of its own") {
  const Group group = group_from_specification("D6");
  const Subgroup rotations = Subgroup::generated(group, std::vector<Element>{2});
  const Group own = as_group(group, rotations);
  CHECK(own.order() == 3);
  for (Element a = 0; a < 3; ++a) {
    for (Element b = 0; b < 3; ++b) {
      CHECK(rotations.elements()[own.multiply(a, b)] ==
            group.multiply(rotations.elements()[a], rotations.elements()[b]));
    }
  }
}
