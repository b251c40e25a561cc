// Finite presentations as text: "a^2, b^3, (a*b)^5" or "<a, b | a^2 = b^3 = 1, [a, b]^4, a^b = a^-1>".
//
//   presentation := '<' names? '|' relations? '>'  |  relations
//   relation     := product ('=' product)*                 u = v = w stands for u w^-1 and v w^-1
//   product      := power ('*'? power)*
//   power        := atom ('^' (integer | atom))?           u^v = v^-1 u v; '^' does not associate
//   atom         := name | '1' | '(' product ')' | '[' product (',' product)+ ']'
//   [u, v] = u^-1 v^-1 u v, and [u, v, w] = [[u, v], w]
//
// With a list of names, a run of letters is read as the longest names that fit; without one, each letter with
// the digits, underscores or primes behind it is a generator (so "abab" is a*b*a*b), in the order of
// appearance.
//
// Text, nesting, number of generators and the length of the words are bounded, so hostile input costs little.
// Parsing is O(length of the text + length of the words).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace peterweyl {

// A freely reduced word: the letter k + 1 stands for generator k, and -(k + 1) for its inverse.
using Word = std::vector<std::int32_t>;

struct Presentation {
  static constexpr std::size_t kMaximalTextLength = 100'000;
  static constexpr std::size_t kMaximalGenerators = 1'000;
  static constexpr std::size_t kMaximalWordLength = 1'000'000;  // all relators together
  static constexpr int kMaximalDepth = 60;

  std::vector<std::string> generators;
  std::vector<Word> relators;  // not empty, as written: freely but not cyclically reduced
};

// Throws ArgumentError with the position of what cannot be read.
Presentation parse_presentation(std::string_view text);

// Words over the generators of a presentation, separated by commas: generators of a subgroup.
std::vector<Word> parse_words(std::string_view text, std::span<const std::string> generators);

// "a^2*b^-1", "1" for the empty word.
std::string word_text(std::span<const std::int32_t> word, std::span<const std::string> generators);

Word inverse_word(std::span<const std::int32_t> word);

}  // namespace peterweyl
