#include "groups/specification.hpp"

#include <doctest/doctest.h>

#include <string>

#include "support/error.hpp"

using namespace peterweyl;

TEST_CASE("specification: orders and canonical names") {
  const auto check = [](const char* text, Element order, const char* name) {
    const Group group = group_from_specification(text);
    CHECK(group.order() == order);
    CHECK(group.name() == name);
    CHECK(group_from_specification(group.name()).table() == group.table());
  };
  check("C12", 12, "C12");
  check(" D 5 ", 10, "D5");
  check("C2^3", 8, "C2^3");
  check("C4xS3", 24, "C4 x S3");
  check("(C2 x C3) x C5", 30, "C2 x C3 x C5");
  check("C7:C3", 21, "C7 : C3");
  check("C3 x (C7 : C3)", 63, "C3 x (C7 : C3)");
  check("(C2 x S3)^2", 144, "(C2 x S3)^2");
  check("Q16", 16, "Q16");
  check("V4", 4, "C2^2");
}

TEST_CASE("specification: what cannot be read is refused, with the nearest forms") {
  for (const char* text :
       {"", "S", "5", "S5 x", "x S5", "(C2", "C2)", "C2^", "C2 + C2", "S5^0", "C99999999999999999999"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(group_from_specification(text), Error);
  }
  try {
    group_from_specification("Dik3");
    FAIL("accepted");
  } catch (const GroupSpecError& error) {
    CHECK(error.suggestions().front() == "Dic<n>");
  }
  CHECK_THROWS_AS(group_from_specification(std::string(5000, '(')), GroupSpecError);
  CHECK_THROWS_AS(group_from_specification(std::string(900, '(')), GroupSpecError);
  CHECK_THROWS_AS(group_from_specification("S5 x S5 x S5 x S5"), GroupTooLargeError);
  CHECK_THROWS_AS(group_from_specification("C32768^9"), GroupTooLargeError);
  CHECK_THROWS_AS(group_from_specification("Q10"), ArgumentError);
  CHECK_THROWS_AS(group_from_specification("V5"), ArgumentError);
}
