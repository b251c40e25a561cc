#include "groups/presentation.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/error.hpp"
#include "support/random.hpp"

using namespace peterweyl;

namespace {

std::vector<std::string> relators(const std::string& text) {
  const Presentation presentation = parse_presentation(text);
  std::vector<std::string> result;
  for (const Word& word : presentation.relators) result.push_back(word_text(word, presentation.generators));
  return result;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("presentation: words, powers, commutators, conjugates, equations") {
  CHECK(relators("a^2, b^3, (a*b)^2") == Texts{"a^2", "b^3", "a*b*a*b"});
  CHECK(relators("abab") == Texts{"a*b*a*b"});
  CHECK(relators("a b^-1 a") == Texts{"a*b^-1*a"});
  CHECK(relators("(ab)^-2") == Texts{"b^-1*a^-1*b^-1*a^-1"});
  CHECK(relators("[a,b]") == Texts{"a^-1*b^-1*a*b"});
  CHECK(relators("[a,b,a]") == relators("[[a,b],a]"));
  CHECK(relators("<a,b | a^b>") == Texts{"b^-1*a*b"});
  CHECK(relators("<a,b | a^b = a^-1>") == Texts{"b^-1*a*b*a"});
  CHECK(relators("<a,b | a^2 = b^3 = 1>") == Texts{"a^2", "b^3"});
  CHECK(relators("<a,b | a^2 = (a b)^2>") == Texts{"a^2*b^-1*a^-1*b^-1*a^-1"});
  CHECK(relators("a^0, 1, a a^-1").empty());
  CHECK(relators("x1^2, x2_1^3, (x1 x2_1)^5") ==
        Texts{"x1^2", "x2_1^3", "x1*x2_1*x1*x2_1*x1*x2_1*x1*x2_1*x1*x2_1"});
  CHECK(relators("< s , t | st = ts >") == Texts{"s*t*s^-1*t^-1"});
  CHECK(relators("<a,ab|aab>") == Texts{"a*ab"});  // the longest name that fits
  CHECK(parse_presentation("b^2, a^2").generators == Texts{"b", "a"});
  CHECK(parse_presentation("<|>").generators.empty());
  CHECK(parse_presentation("<a|>").relators.empty());
}

TEST_CASE("presentation: words of a subgroup") {
  const Texts generators{"a", "b"};
  const std::vector<Word> words = parse_words(" a*b , [a,b] ", generators);
  REQUIRE(words.size() == 2);
  CHECK(words[0] == Word{1, 2});
  CHECK(words[1] == Word{-1, -2, 1, 2});
  CHECK(parse_words("", generators).empty());
  CHECK_THROWS_AS(parse_words("c", generators), ArgumentError);
}

TEST_CASE("presentation: what cannot be read is refused with its position") {
  const auto message = [](const std::string& text) -> std::string {
    try {
      parse_presentation(text);
    } catch (const ArgumentError& error) {
      return error.what();
    }
    return "";
  };
  CHECK(message("a^2, b^").find("at position 7, the text ends") != std::string::npos);
  CHECK(message("a^2, +b").find("at position 5, got '+'") != std::string::npos);
  CHECK(message("<a | c^2>").find("declared") != std::string::npos);
  CHECK(message("<a, a | a>").find("'a' comes again") != std::string::npos);
  CHECK(message("a^b^c").find("does not associate") != std::string::npos);
  for (const char* text : {"",
                           " ",
                           "a,",
                           ",a",
                           "(a",
                           "a)",
                           "[a",
                           "[a]",
                           "[a,]",
                           "a^",
                           "a^-",
                           "a^-b",
                           "2",
                           "a*",
                           "*a",
                           "a==b",
                           "<a|a",
                           "<a a>",
                           "<1|>",
                           "a|b",
                           "a^9999999999999999999",
                           "a^999999999",
                           "<a|a>b",
                           "a\x80"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(parse_presentation(text), ArgumentError);
  }
  CHECK_THROWS_AS(parse_presentation(std::string(1000, '(')), ArgumentError);
  CHECK_THROWS_AS(parse_presentation(std::string(200'000, 'a')), ArgumentError);
  // Exponential in the depth of nesting, and work that cancels: both are stopped by the bounds.
  std::string nested = "a";
  for (int i = 0; i < 40; ++i) nested = "[" + nested + ",b]";
  CHECK_THROWS_AS(parse_presentation(nested), ArgumentError);
  std::string cancelling;
  for (int i = 0; i < 3000; ++i) cancelling += "a^999999 a^-999999 ";
  CHECK_THROWS_AS(parse_presentation(cancelling), ArgumentError);
}

TEST_CASE("presentation: random text is read or refused, nothing else") {
  const std::string alphabet = "ab1^-*()[],=<>| 29x_";
  Random random(7);
  int read = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (std::uint64_t i = random.below(14); i > 0; --i) text += alphabet[random.below(alphabet.size())];
    try {
      const Presentation presentation = parse_presentation(text);
      ++read;
      for (const Word& word : presentation.relators) {
        CHECK_FALSE(word.empty());
        // What we print reads back as what it was.
        CHECK(parse_words(word_text(word, presentation.generators), presentation.generators).front() == word);
      }
    } catch (const ArgumentError&) {
    }
  }
  CHECK(read > 100);
}
