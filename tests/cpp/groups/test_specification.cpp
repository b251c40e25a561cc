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
  check("He3", 27, "He3");
  check("GL( 2 , 3 )", 48, "GL(2,3)");
  check("SL(2,5)", 120, "SL(2,5)");
  check("PSL(2,7)", 168, "PSL(2,7)");
  check("PGL(2,5)", 120, "PGL(2,5)");
  check("AGL(1,5)", 20, "AGL(1,5)");
  check("GL(1,8)", 7, "GL(1,8)");
  check("SD16", 16, "SD16");
  check("M16", 16, "M16");
  check("M27", 27, "M27");
  check("2^(1+4)+", 32, "2^(1+4)+");
  check("3^(1+2)-", 27, "3^(1+2)-");
  check("(2^(1+2)-)^2", 64, "(2^(1+2)-)^2");
  check("C8:3C2", 16, "C8 :3 C2");
  check("C8 : 11 C2", 16, "C8 :3 C2");
  check("C2 wr S4", 384, "C2 wr S4");
  check("C2wrC2wrC2", 128, "(C2 wr C2) wr C2");
  check("C2 x (C2 wr C2)", 16, "C2 x (C2 wr C2)");
  check("C2 wr C2 x C3", 24, "(C2 wr C2) x C3");
}

TEST_CASE("specification: what cannot be read is refused, with the nearest forms") {
  for (const char* text : {"",
                           "S",
                           "5",
                           "S5 x",
                           "x S5",
                           "(C2",
                           "C2)",
                           "C2^",
                           "C2 + C2",
                           "S5^0",
                           "C99999999999999999999",
                           "PSL(2,7",
                           "PSL2(7)",
                           "PSL(2)",
                           "PSL(2;7)",
                           "GL(2,6)",
                           "M13",
                           "SD24",
                           "He4",
                           "2^(1+3)+",
                           "2^(1+4)",
                           "2^4",
                           "C8 :3",
                           "C8 :2 C2",
                           "S3 : C2",
                           "C2 wr",
                           "C2 wr D4",
                           "C2 wr Q8",
                           "C2 w S3",
                           "C7 : 3^(1+2)+"}) {
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
  CHECK_THROWS_AS(group_from_specification("S8 x S8 x S8 x S8"), GroupTooLargeError);
  CHECK_THROWS_AS(group_from_specification("C32768^9"), GroupTooLargeError);
  for (const char* text :
       {"S21", "A21", "C2 wr M24", "PSL(9,9)", "C300000 x C30000", "S12 wr S12", "S13 x C2"})
    CHECK_THROWS_AS(group_from_specification(text), GroupTooLargeError);
  CHECK_THROWS_AS(group_from_specification("Q10"), ArgumentError);
  CHECK_THROWS_AS(group_from_specification("V5"), ArgumentError);
}
