#include "arithmetic/cyclotomic_text.hpp"

#include <doctest/doctest.h>

using namespace peterweyl;

TEST_CASE("to_text: the notation of GAP and that of readers") {
  const auto zeta = [](std::uint64_t n, std::int64_t k = 1) { return Cyclotomic::root_of_unity(n, k); };
  const auto text = [](const Cyclotomic& x) { return to_text(x, CyclotomicStyle::kText); };
  const auto gap = [](const Cyclotomic& x) { return to_text(x, CyclotomicStyle::kGap); };
  const auto latex = [](const Cyclotomic& x) { return to_text(x, CyclotomicStyle::kLatex); };
  CHECK(text(Cyclotomic()) == "0");
  CHECK(text(-3) == "-3");
  CHECK(text(zeta(4)) == "i");
  CHECK(text(zeta(4, 3) * 2) == "-2i");
  CHECK(text(zeta(3, 2)) == "ζ₃²");
  CHECK(text(-zeta(5)) == "-ζ₅");
  CHECK(text(zeta(12, 7)) == "-ζ₁₂");
  CHECK(text(-zeta(5, 2) - zeta(5, 3)) == "(1+√5)/2");
  CHECK(text(-zeta(5) - zeta(5, 4)) == "(1-√5)/2");
  CHECK(text(zeta(8) - zeta(8, 3)) == "√2");
  CHECK(text(zeta(3) - zeta(3, 2)) == "i√3");
  CHECK(text(zeta(8) + zeta(8, 7) + 1) == "1+√2");
  CHECK(text(zeta(7) + zeta(7, 2) + zeta(7, 4)) == "ζ₇+ζ₇²+ζ₇⁴");
  CHECK(text(zeta(7) + zeta(7, 6)) == "ζ₇+ζ₇⁶");
  CHECK(text(zeta(7) + zeta(7, 6) - 1) == "-1+ζ₇+ζ₇⁶");
  CHECK(gap(zeta(8) - zeta(8, 3)) == "E(8)-E(8)^3");
  CHECK(gap(zeta(9)) == "-E(9)^4-E(9)^7");
  CHECK(gap(zeta(4) * 2 + 1) == "1+2*E(4)");
  CHECK(latex(-zeta(5, 2) - zeta(5, 3)) == "\\frac{1+\\sqrt{5}}{2}");
  CHECK(latex(zeta(7, 3)) == "\\zeta_{7}^{3}");
}
