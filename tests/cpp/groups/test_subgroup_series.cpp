#include "groups/subgroup_series.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "groups/specification.hpp"

using namespace peterweyl;

namespace {

std::vector<Element> orders(const std::vector<Subgroup>& series) {
  std::vector<Element> result;
  for (const Subgroup& term : series) result.push_back(term.order());
  return result;
}

using Orders = std::vector<Element>;

}  // namespace

TEST_CASE("subgroup_series: S4, D8 and A5 by the book") {
  const Group s4 = group_from_specification("S4");
  CHECK(orders(derived_series(s4)) == Orders{24, 12, 4, 1});
  CHECK(orders(lower_central_series(s4)) == Orders{24, 12});
  CHECK(orders(upper_central_series(s4)) == Orders{1});
  CHECK(orders(chief_series(s4)) == Orders{24, 12, 4, 1});
  CHECK(orders(composition_series(s4)).size() == 5);
  CHECK(is_solvable(s4));
  CHECK_FALSE(is_supersolvable(s4));
  CHECK_FALSE(is_nilpotent(s4));

  const Group d8 = group_from_specification("D8");
  CHECK(orders(lower_central_series(d8)) == Orders{16, 4, 2, 1});
  CHECK(orders(upper_central_series(d8)) == Orders{1, 2, 4, 16});
  CHECK(is_nilpotent(d8));
  CHECK(is_supersolvable(d8));

  const Group a5 = group_from_specification("A5");
  CHECK(is_perfect(a5));
  CHECK(is_simple(a5));
  CHECK_FALSE(is_solvable(a5));
  CHECK(orders(composition_series(group_from_specification("A5 x C2"))).size() == 3);
  CHECK_FALSE(is_simple(group_from_specification("C1")));
  CHECK(is_simple(group_from_specification("C7")));
}

TEST_CASE("subgroup_series: every term is normal and every composition factor simple") {
  for (const char* text : {"C12", "S3 x S3", "Q8 x C3", "C7 : C3", "A4 x C2", "S5"}) {
    CAPTURE(text);
    const Group group = group_from_specification(text);
    for (const auto& series : {derived_series(group), lower_central_series(group), chief_series(group)}) {
      for (const Subgroup& term : series) CHECK(is_normal(group, term));
    }
    const auto composition = composition_series(group);
    for (std::size_t i = 1; i < composition.size(); ++i) {
      const Group upper = as_group(group, composition[i - 1]);
      std::vector<Element> inside;
      for (Element k = 0; k < upper.order(); ++k) {
        if (composition[i].contains(composition[i - 1].elements()[k])) inside.push_back(k);
      }
      CHECK(is_simple(quotient_group(upper, Subgroup::generated(upper, inside)).group));
    }
    CHECK(composition.back().order() == 1);
  }
}

TEST_CASE("subgroup_series: abelian invariants of the largest abelian quotient") {
  using Invariants = std::vector<std::uint64_t>;
  CHECK(abelian_invariants(group_from_specification("S4")) == Invariants{2});
  CHECK(abelian_invariants(group_from_specification("A5")).empty());
  CHECK(abelian_invariants(group_from_specification("C12 x C2")) == Invariants{2, 3, 4});
  CHECK(abelian_invariants(group_from_specification("Q8")) == Invariants{2, 2});
}
