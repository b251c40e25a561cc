#include "groups/structural_name.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "groups/catalogue.hpp"
#include "groups/isomorphism.hpp"
#include "groups/specification.hpp"
#include "groups/subgroup_series.hpp"
#include "support/error.hpp"

using namespace peterweyl;

TEST_CASE("named families and products keep their names") {
  for (const std::string name : {"S4", "C2 x S4", "D7", "Q8", "C7 : C3", "C2^2 x C6", "PSL(2,7)", "SL(2,3)"})
    CHECK(structural_name(group_from_specification(name)) == name);
}

TEST_CASE("extensions by what is proven of them") {
  // The double cover 2.S4 with one class of involutions does not split over its centre.
  CHECK(structural_name(small_group(48, 28)).find(" . ") != std::string::npos);
  CHECK(structural_name(small_group(16, 3)) == "C2^2 : C4");
  CHECK(structural_name(small_group(32, 6)).find(" : ") != std::string::npos);
  // C17 :2 C8 is faithful, C17 :4 C8 is not.
  const Group faithful = group_from_specification("C17 : C8");
  const Group other = group_from_specification("C17 :4 C8");
  CHECK(structural_name(faithful) == "C17 : C8");
  CHECK(structural_name(other) == "C17 :4 C8");
  CHECK_THROWS_AS(structural_name(group_from_specification("S8")), GroupTooLargeError);
}

TEST_CASE("names that are specs name the group") {
  for (const std::uint64_t order : {16, 24, 32, 36, 48, 54}) {
    for (std::uint64_t k = 1; k <= number_of_groups(order); ++k) {
      const Group group = small_group(order, k);
      const std::string name = structural_name(group);
      CAPTURE(order);
      CAPTURE(k);
      CAPTURE(name);
      try {
        const Group named = group_from_specification(name);
        CHECK(find_isomorphism(named, group).has_value());
      } catch (const Error&) {
        CHECK(name.find_first_of(":.") != std::string::npos);
      }
    }
  }
}

TEST_CASE("which normal subgroups have a complement") {
  const Group q8 = group_from_specification("Q8");
  CHECK(splitting(q8, derived_subgroup(q8)) == Splitting::kNotSplit);
  const Group s4 = group_from_specification("S4");
  CHECK(splitting(s4, derived_subgroup(s4)) == Splitting::kSplit);
  const Group cyclic = group_from_specification("C16");
  const std::vector<Element> four{4};
  CHECK(splitting(cyclic, Subgroup::generated(cyclic, four)) == Splitting::kNotSplit);
  const Group product = group_from_specification("C4 x C4");
  const std::vector<Element> first{4};
  CHECK(splitting(product, Subgroup::generated(product, first)) == Splitting::kSplit);
  // N = C4 x C2 in C4 x C4: the quotient C2 would need an involution outside N, and there is none.
  const std::vector<Element> most{4, 2};
  CHECK(splitting(product, Subgroup::generated(product, most)) == Splitting::kNotSplit);
}
