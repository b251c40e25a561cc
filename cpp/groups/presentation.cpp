#include "groups/presentation.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "support/error.hpp"
#include "support/letters.hpp"

namespace peterweyl {
namespace {

bool continues_name(char c) {
  return is_digit(c) || c == '_' || c == '\'';
}

// Recursive descent over the text; what was said of lengths and depth in the header is enforced here.
class PresentationParser {
 public:
  PresentationParser(std::string_view text, std::string argument)
      : text_(text), argument_(std::move(argument)) {
    if (text.size() > Presentation::kMaximalTextLength) {
      throw ArgumentError(argument_ + ": expected at most " +
                          std::to_string(Presentation::kMaximalTextLength) + " characters, got " +
                          std::to_string(text.size()));
    }
  }

  Presentation presentation() {
    if (accept('<')) {
      declared_ = true;
      names();
      if (!accept('|')) fail("expected ',' or '|' after the names of the generators");
      if (!at('>')) relations();
      if (!accept('>')) fail("expected ',', '=' or '>'");
    } else {
      relations();
    }
    skip_space();
    if (position_ != text_.size()) fail("expected ',', '=' or the end");
    return {std::move(names_), std::move(relators_)};
  }

  std::vector<Word> words(std::span<const std::string> generators) {
    declared_ = true;
    names_.assign(generators.begin(), generators.end());
    std::vector<Word> result;
    skip_space();
    if (position_ == text_.size()) return result;
    do {
      result.push_back(product(0));
      count_letters(result.back().size());
    } while (accept(','));
    if (position_ != text_.size()) fail("expected ',' or the end");
    return result;
  }

 private:
  static constexpr std::size_t kMaximalWork = 8 * Presentation::kMaximalWordLength;

  void names() {
    if (at('|')) return;
    do {
      skip_space();
      const std::size_t start = position_;
      if (position_ < text_.size() && is_letter(text_[position_])) ++position_;
      if (position_ == start) fail("expected the name of a generator: a letter, then letters, digits or '_'");
      while (position_ < text_.size() && (is_letter(text_[position_]) || continues_name(text_[position_])))
        ++position_;
      std::string name(text_.substr(start, position_ - start));
      if (std::ranges::find(names_, name) != names_.end()) {
        position_ = start;
        fail("expected each generator once, but '" + name + "' comes again");
      }
      add_name(std::move(name));
    } while (accept(','));
  }

  void relations() {
    do {
      std::vector<Word> sides{product(0)};
      while (accept('=')) sides.push_back(product(0));
      if (sides.size() == 1) {
        add_relator(std::move(sides.front()));
        continue;
      }
      const Word last = inverse_word(sides.back());
      for (std::size_t i = 0; i + 1 < sides.size(); ++i) {
        append(sides[i], last);
        add_relator(std::move(sides[i]));
      }
    } while (accept(','));
  }

  void add_relator(Word word) {
    count_letters(word.size());
    if (!word.empty()) relators_.push_back(std::move(word));
  }

  void count_letters(std::size_t length) {
    letters_ += length;
    check_length(letters_);
  }

  Word product(int depth) {
    if (depth > Presentation::kMaximalDepth) fail("expected fewer nested brackets");
    Word word = power(depth);
    for (;;) {
      if (!accept('*') && !starts_atom()) return word;
      append(word, power(depth));
      check_length(word.size());
    }
  }

  Word power(int depth) {
    Word base = atom(depth);
    if (!accept('^')) return base;
    skip_space();
    const bool negative = position_ < text_.size() && text_[position_] == '-';
    Word result;
    if (negative || (position_ < text_.size() && is_digit(text_[position_]))) {
      if (negative) ++position_;
      const std::uint64_t exponent = number();
      if (negative) base = inverse_word(base);
      if (!base.empty() && exponent > Presentation::kMaximalWordLength / base.size())
        check_length(Presentation::kMaximalWordLength + 1);
      for (std::uint64_t i = 0; i < exponent && !base.empty(); ++i) append(result, base);
    } else {
      const Word by = atom(depth);
      result = inverse_word(by);
      append(result, base);
      append(result, by);
    }
    check_length(result.size());
    if (at('^')) fail("expected brackets: '^' does not associate, write (u^v)^w or u^(v^w)");
    return result;
  }

  Word atom(int depth) {
    skip_space();
    if (position_ == text_.size()) fail("expected a word");
    const char c = text_[position_];
    if (accept('(')) {
      Word inner = product(depth + 1);
      if (!accept(')')) fail("expected '*' or ')'");
      return inner;
    }
    if (accept('[')) {
      Word word = product(depth + 1);
      if (!at(',')) fail("expected ',' in a commutator [u, v]");
      while (accept(',')) {
        const Word by = product(depth + 1);
        Word commutator = inverse_word(word);
        append(commutator, inverse_word(by));
        append(commutator, word);
        append(commutator, by);
        word = std::move(commutator);
        check_length(word.size());
      }
      if (!accept(']')) fail("expected ',' or ']'");
      return word;
    }
    if (is_letter(c)) return {name()};
    if (is_digit(c)) {
      const std::size_t start = position_;
      if (number() == 1) return {};
      position_ = start;
    }
    fail("expected a generator, '1', '(' or '['");
  }

  // The letter of the name at this position.
  std::int32_t name() {
    if (declared_) {
      const std::string_view rest = text_.substr(position_);
      std::size_t best = names_.size();
      for (std::size_t k = 0; k < names_.size(); ++k) {
        if (rest.starts_with(names_[k]) && (best == names_.size() || names_[k].size() > names_[best].size()))
          best = k;
      }
      if (best == names_.size()) fail("expected one of the declared generators");
      position_ += names_[best].size();
      if (position_ < text_.size() && continues_name(text_[position_]))
        fail("expected one of the declared generators, not '" + names_[best] + "' with this behind it");
      return static_cast<std::int32_t>(best) + 1;
    }
    const std::size_t start = position_++;
    while (position_ < text_.size() && continues_name(text_[position_])) ++position_;
    const std::string_view found = text_.substr(start, position_ - start);
    const auto known = std::ranges::find(names_, found);
    const auto index = static_cast<std::int32_t>(known - names_.begin());
    if (known == names_.end()) add_name(std::string(found));
    return index + 1;
  }

  void add_name(std::string name) {
    if (names_.size() == Presentation::kMaximalGenerators)
      fail("expected at most " + std::to_string(Presentation::kMaximalGenerators) + " generators");
    names_.push_back(std::move(name));
  }

  // u := u v, freely reduced. Letters that cancel count as work too, so a short text cannot keep us busy.
  void append(Word& u, std::span<const std::int32_t> v) {
    work_ += v.size();
    if (work_ > kMaximalWork) check_length(Presentation::kMaximalWordLength + 1);
    for (const std::int32_t letter : v) {
      if (!u.empty() && u.back() == -letter) {
        u.pop_back();
      } else {
        u.push_back(letter);
      }
    }
  }

  std::uint64_t number() {
    skip_space();
    std::uint64_t value = 0;
    const std::size_t start = position_;
    for (; position_ < text_.size() && is_digit(text_[position_]); ++position_) {
      if (position_ - start >= 18) fail("expected a number of at most 18 digits");
      value = 10 * value + static_cast<std::uint64_t>(text_[position_] - '0');
    }
    if (position_ == start) fail("expected a number");
    return value;
  }

  void check_length(std::size_t length) const {
    if (length <= Presentation::kMaximalWordLength) return;
    fail("expected words of at most " + std::to_string(Presentation::kMaximalWordLength) +
         " letters in all, written out,");
  }

  bool starts_atom() {
    skip_space();
    if (position_ == text_.size()) return false;
    const char c = text_[position_];
    return is_letter(c) || is_digit(c) || c == '(' || c == '[';
  }

  bool at(char c) {
    skip_space();
    return position_ < text_.size() && text_[position_] == c;
  }

  bool accept(char c) {
    if (!at(c)) return false;
    ++position_;
    skip_space();
    return true;
  }

  void skip_space() {
    while (position_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[position_])) != 0)
      ++position_;
  }

  [[noreturn]] void fail(const std::string& expectation) const {
    constexpr std::size_t kShown = 60;
    const auto printable = [](char c) { return std::isprint(static_cast<unsigned char>(c)) != 0 ? c : '?'; };
    std::string shown(text_.substr(0, kShown));
    std::ranges::transform(shown, shown.begin(), printable);
    if (text_.size() > kShown) shown += "...";
    const std::string got = position_ < text_.size()
                                ? "got '" + std::string(1, printable(text_[position_])) + "'"
                                : std::string("the text ends");
    throw ArgumentError(argument_ + ": '" + shown + "': " + expectation + " at position " +
                        std::to_string(position_) + ", " + got);
  }

  std::string_view text_;
  std::string argument_;
  std::size_t position_ = 0;
  std::size_t letters_ = 0;
  std::size_t work_ = 0;
  bool declared_ = false;
  std::vector<std::string> names_;
  std::vector<Word> relators_;
};

}  // namespace

Presentation parse_presentation(std::string_view text) {
  return PresentationParser(text, "presentation").presentation();
}

std::vector<Word> parse_words(std::string_view text, std::span<const std::string> generators) {
  return PresentationParser(text, "subgroup").words(generators);
}

std::string word_text(std::span<const std::int32_t> word, std::span<const std::string> generators) {
  if (word.empty()) return "1";
  std::string text;
  for (std::size_t i = 0; i < word.size();) {
    std::size_t end = i;
    while (end < word.size() && word[end] == word[i]) ++end;
    if (!text.empty()) text += '*';
    text += generators[static_cast<std::size_t>(std::abs(word[i])) - 1];
    const std::string exponent = (word[i] < 0 ? "-" : "") + std::to_string(end - i);
    if (exponent != "1") text += '^' + exponent;
    i = end;
  }
  return text;
}

Word inverse_word(std::span<const std::int32_t> word) {
  Word inverse(word.rbegin(), word.rend());
  std::ranges::transform(inverse, inverse.begin(), [](std::int32_t letter) { return -letter; });
  return inverse;
}

}  // namespace peterweyl
