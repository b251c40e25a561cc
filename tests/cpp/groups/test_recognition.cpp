#include "groups/recognition.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "groups/permutation.hpp"
#include "groups/specification.hpp"

using namespace peterweyl;

TEST_CASE("recognition: names that were proven") {
  const std::vector<std::pair<const char*, const char*>> cases{{"C1", "C1"},
                                                               {"C2 x C3", "C6"},
                                                               {"C2 x C4 x C4 x C3", "C2 x C4 x C12"},
                                                               {"D3", "S3"},
                                                               {"D2", "C2^2"},
                                                               {"Dic1", "C4"},
                                                               {"Dic2", "Q8"},
                                                               {"C3 x D1", "C6"},
                                                               {"C2 x S3", "D6"},
                                                               {"C2 x A4", "C2 x A4"},
                                                               {"S3 x S3", "S3 x S3"},
                                                               {"C5 : C4", "C5 : C4"},
                                                               {"A5", "A5"},
                                                               {"C2 x (C7 : C3)", "C2 x (C7 : C3)"},
                                                               {"S3 x C5", "C5 x S3"}};
  for (const auto& [text, name] : cases) {
    CAPTURE(text);
    const Identification found = recognise(group_from_specification(text));
    CHECK(found.name == name);
    CHECK(found.certain);
  }
}

TEST_CASE("recognition: never a guess") {
  // C4 : C4 = <a, b | a^4, b^4, b a b^-1 = a^-1>, acting on 8 + 4 points: none of the families or their
  // products.
  const std::vector<Permutation> generators{{1, 2, 3, 0, 4, 5, 6, 7}, {0, 3, 2, 1, 5, 6, 7, 4}};
  const Group group = permutation_group(generators);
  REQUIRE(group.order() == 16);
  const Identification found = recognise(group);
  CHECK_FALSE(found.certain);
  CHECK(found.name == "group of order 16");
}
