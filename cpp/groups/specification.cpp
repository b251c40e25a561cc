#include "groups/specification.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <numeric>
#include <utility>

#include "groups/families.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

struct Family {
  std::string_view letters;
  std::string_view form;
  std::string_view meaning;
  Group (*build)(std::uint64_t);
};

Group quaternion_group(std::uint64_t order) {
  if (order < 8 || order % 4 != 0) {
    throw ArgumentError("Q<n>: expected an order n >= 8 divisible by 4, got " + std::to_string(order));
  }
  const Group group = dicyclic_group(order / 4);
  return {
      group.table(), {group.generators().begin(), group.generators().end()}, "Q" + std::to_string(order), {}};
}

Group klein_group(std::uint64_t order) {
  if (order != 4)
    throw ArgumentError("V<n>: expected V4, the Klein four-group, got V" + std::to_string(order));
  return direct_power(cyclic_group(2), 2);
}

constexpr std::array kFamilies{
    Family{"C", "C<n>", "cyclic, order n", &cyclic_group},
    Family{"D", "D<n>", "dihedral, order 2n", &dihedral_group},
    Family{"S", "S<n>", "symmetric, order n!", &symmetric_group},
    Family{"A", "A<n>", "alternating, order n!/2", &alternating_group},
    Family{"Dic", "Dic<n>", "dicyclic, order 4n", &dicyclic_group},
    Family{"Q", "Q<n>", "generalised quaternion, order n", &quaternion_group},
    Family{"V", "V4", "the Klein four-group", &klein_group},
};

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({substituted, row[j] + 1, row[j - 1] + 1}));
    }
  }
  return row.back();
}

bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}
bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

// Recursive descent over the text. Depth is bounded, so hostile input cannot exhaust the stack.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Group parse() {
    if (text_.size() > kMaximalLength)
      fail("expected at most " + std::to_string(kMaximalLength) + " characters");
    Group group = spec(0);
    skip_space();
    if (position_ != text_.size()) fail("expected 'x', ':' or the end");
    return group;
  }

 private:
  static constexpr std::size_t kMaximalLength = 1000;
  static constexpr int kMaximalDepth = 50;

  Group spec(int depth) {
    if (depth > kMaximalDepth) fail("expected fewer nested parentheses");
    Group left = term(depth);
    for (;;) {
      skip_space();
      if (accept('x')) {
        const Group right = term(depth);
        left = direct_product(std::array{left, right});
      } else if (accept(':')) {
        left = semidirect(left, term(depth));
      } else {
        return left;
      }
    }
  }

  Group term(int depth) {
    const Group base = atom(depth);
    skip_space();
    if (!accept('^')) return base;
    return direct_power(base, number());
  }

  Group atom(int depth) {
    skip_space();
    if (accept('(')) {
      Group inner = spec(depth + 1);
      skip_space();
      if (!accept(')')) fail("expected ')'");
      return inner;
    }
    const std::size_t start = position_;
    while (position_ < text_.size() && is_letter(text_[position_])) ++position_;
    const std::string_view letters = text_.substr(start, position_ - start);
    const auto* family = std::ranges::find(kFamilies, letters, &Family::letters);
    if (letters.empty()) fail("expected the name of a group");
    if (family == kFamilies.end()) unknown(letters);
    return family->build(number());
  }

  // Names of semidirect products list their cyclic factors, so a product of anything else is not one of ours.
  Group semidirect(const Group& normal, const Group& complement) {
    const auto* left = std::get_if<Construction::Cyclic>(&normal.construction().how);
    const auto* right = std::get_if<Construction::Cyclic>(&complement.construction().how);
    if (left == nullptr || right == nullptr) fail("expected cyclic groups on both sides of ':'");
    return cyclic_by_cyclic_group(left->order, right->order);
  }

  std::uint64_t number() {
    skip_space();
    const std::size_t start = position_;
    while (position_ < text_.size() && is_digit(text_[position_])) ++position_;
    if (start == position_) fail("expected a number");
    if (position_ - start > 18) fail("expected a number of at most 18 digits");
    std::uint64_t value = 0;
    for (const char c : text_.substr(start, position_ - start))
      value = 10 * value + static_cast<std::uint64_t>(c - '0');
    return value;
  }

  void skip_space() {
    while (position_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[position_])) != 0)
      ++position_;
  }

  bool accept(char c) {
    if (position_ == text_.size() || text_[position_] != c) return false;
    ++position_;
    return true;
  }

  [[noreturn]] void fail(const std::string& expectation) const {
    const std::string at = position_ < text_.size() ? "got '" + std::string(1, text_[position_]) + "'"
                                                    : std::string("the text ends");
    throw GroupSpecError("group spec '" + std::string(text_.substr(0, kMaximalLength)) + "': " + expectation +
                             " at position " + std::to_string(position_) + ", " + at,
                         std::string(text_), {});
  }

  [[noreturn]] void unknown(std::string_view letters) const {
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (const Family& family : kFamilies) {
      ranked.emplace_back(edit_distance(letters, family.letters), std::string(family.form));
    }
    std::ranges::stable_sort(ranked, {}, [](const auto& entry) { return entry.first; });
    std::vector<std::string> nearest;
    std::string list;
    for (std::size_t i = 0; i < 3; ++i) {
      nearest.push_back(ranked[i].second);
      list += (i > 0 ? ", " : "") + ranked[i].second;
    }
    throw GroupSpecError("group spec '" + std::string(text_) + "': '" + std::string(letters) +
                             "' is not a family of groups; the nearest are " + list,
                         std::string(text_), nearest);
  }

  std::string_view text_;
  std::size_t position_ = 0;
};

}  // namespace

Group group_from_specification(std::string_view text) {
  return Parser(text).parse();
}

std::vector<std::pair<std::string, std::string>> known_specifications() {
  std::vector<std::pair<std::string, std::string>> forms;
  for (const Family& family : kFamilies) forms.emplace_back(family.form, family.meaning);
  forms.emplace_back("G^k", "direct power");
  forms.emplace_back("G x H", "direct product");
  forms.emplace_back("C<m> : C<k>", "semidirect product, faithful action");
  return forms;
}

}  // namespace peterweyl
