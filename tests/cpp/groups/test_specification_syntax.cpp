#include "groups/specification_syntax.hpp"

#include <doctest/doctest.h>

#include <string>

#include "support/error.hpp"
#include "support/random.hpp"

using namespace peterweyl;

TEST_CASE("specification syntax: orders without building anything") {
  const auto check = [](const char* text, std::uint64_t order) {
    CAPTURE(text);
    CHECK(parse_specification(text).order == order);
  };
  check("M24", 244823040);
  check("S20", 2432902008176640000);
  check("S21", std::uint64_t{1} << 63);
  check("S5 x S5 x S5 x S5", 207360000);
  check("C30000 x C30000", 900000000);
  check("C2 wr M24", std::uint64_t{244823040} << 24);
  check("C2 wr (S4)", 384);
  check("(C3 wr C2) wr S2", 648);
  check("PSL(3,4)^2", 20160ULL * 20160);
  check("2^(1+4)+ x C3", 96);
  check("C1000000007 : C2", 2000000014);
  CHECK(parse_specification("C2 x C3 x C5").children.size() == 3);
  CHECK(parse_specification("C8 :3 C2").parameters == std::vector<std::uint64_t>{3});
  CHECK(parse_specification("C8 : C2").parameters.empty());
}

TEST_CASE("specification syntax: random text is read or refused, nothing else") {
  const std::string pieces[] = {"C2",     "S3", "A4",  "x", ":", "wr",  "^",   "(", ")", "2", "3 ",
                                "PSL(2,", "GL", "(1+", "+", "-", "M11", "He3", ",", " ", "?"};
  Random random(3);
  int read = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (std::uint64_t i = 1 + random.below(7); i > 0; --i) text += pieces[random.below(std::size(pieces))];
    try {
      const std::uint64_t order = parse_specification(text).order;
      CHECK(order >= 1);
      ++read;
    } catch (const Error&) {
    }
  }
  CHECK(read > 100);
}
