#include "support/letters.hpp"

#include <doctest/doctest.h>

#include <cctype>

using namespace peterweyl;

TEST_CASE("digits and letters are those of ASCII, for every value of a char") {
  for (int c = -128; c < 128; ++c) {
    const bool ascii = c >= 0;
    CHECK(is_digit(static_cast<char>(c)) == (ascii && std::isdigit(c) != 0));
    CHECK(is_letter(static_cast<char>(c)) == (ascii && std::isalpha(c) != 0));
  }
}
