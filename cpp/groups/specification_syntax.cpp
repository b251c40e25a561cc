#include "groups/specification_syntax.hpp"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <utility>

#include "arithmetic/integers.hpp"
#include "groups/wreath_product.hpp"
#include "support/error.hpp"
#include "support/letters.hpp"

namespace peterweyl {
namespace {

using Kind = Specification::Kind;

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

// Recursive descent over the text. Depth is bounded, so hostile input cannot exhaust the stack.
class SpecificationParser {
 public:
  explicit SpecificationParser(std::string_view text) : text_(text) {}

  Specification parse() {
    if (text_.size() > kMaximalLength)
      fail("expected at most " + std::to_string(kMaximalLength) + " characters");
    Specification result = spec(0);
    skip_space();
    if (position_ != text_.size()) fail("expected 'x', ':', 'wr' or the end");
    return result;
  }

 private:
  static constexpr std::size_t kMaximalLength = 1000;
  static constexpr int kMaximalDepth = 50;

  Specification spec(int depth) {
    if (depth > kMaximalDepth) fail("expected fewer nested parentheses");
    Specification left = term(depth);
    for (;;) {
      skip_space();
      if (accept('x')) {
        left = direct(std::move(left), term(depth));
      } else if (accept(':')) {
        std::vector<std::uint64_t> multiplier;
        if (at_multiplier()) multiplier.push_back(number());
        Specification right = term(depth);
        left = semidirect(std::move(left), std::move(right), std::move(multiplier));
      } else if (text_.substr(position_, 2) == "wr") {
        position_ += 2;
        left = wreath(std::move(left), term(depth));
      } else {
        return left;
      }
    }
  }

  Specification term(int depth) {
    Specification base = atom(depth);
    skip_space();
    if (!accept('^')) return base;
    const std::uint64_t exponent = number();
    if (exponent < 1 || exponent > 64)
      throw ArgumentError("G^<k>: expected k in 1 ... 64, got " + std::to_string(exponent));
    if (exponent == 1) return base;
    const std::uint64_t order = saturating_power(base.order, exponent);
    return node(Kind::kPower, {exponent}, order, std::move(base));
  }

  Specification atom(int depth) {
    skip_space();
    if (accept('(')) {
      Specification inner = spec(depth + 1);
      expect(')');
      return inner;
    }
    if (position_ < text_.size() && is_digit(text_[position_])) return extraspecial();
    const std::size_t start = position_;
    while (position_ < text_.size() && is_letter(text_[position_])) ++position_;
    const std::string_view letters = text_.substr(start, position_ - start);
    if (letters.empty()) fail("expected the name of a group");
    const auto families = specification_families();
    const auto family = std::ranges::find(families, letters, &SpecificationFamily::letters);
    if (family == families.end()) unknown(letters);
    std::vector<std::uint64_t> parameters;
    if (family->parameters == 1) {
      parameters.push_back(number());
    } else {
      skip_space();
      if (!accept('(')) fail("expected '(', the form is " + std::string(family->form) + ",");
      while (parameters.size() < family->parameters) {
        if (!parameters.empty()) expect(',');
        parameters.push_back(number());
      }
      expect(')');
    }
    return family_node(*family, std::move(parameters));
  }

  // "2^(1+4)+"
  Specification extraspecial() {
    const std::uint64_t p = number();
    expect('^');
    expect('(');
    if (number() != 1) fail("expected p^(1+2n)+ or p^(1+2n)-");
    expect('+');
    const std::uint64_t twice = number();
    if (twice % 2 != 0) fail("expected an even number behind 'p^(1+'");
    expect(')');
    skip_space();
    const bool plus = accept('+');
    if (!plus && !accept('-')) fail("expected '+' or '-', the type of the extraspecial group,");
    return family_node(extraspecial_family(plus), {p, twice / 2});
  }

  static Specification family_node(const SpecificationFamily& family, std::vector<std::uint64_t> parameters) {
    Specification result;
    result.family = &family;
    result.order = family.order(parameters);
    result.parameters = std::move(parameters);
    return result;
  }

  template <typename... Children>
  static Specification node(Kind kind, std::vector<std::uint64_t> parameters, std::uint64_t order,
                            Children&&... children) {
    Specification result;
    result.kind = kind;
    result.parameters = std::move(parameters);
    result.order = order;
    (result.children.push_back(std::forward<Children>(children)), ...);
    return result;
  }

  static Specification direct(Specification left, Specification right) {
    const std::uint64_t order = saturating_product(left.order, right.order);
    if (left.kind != Kind::kDirect) return node(Kind::kDirect, {}, order, std::move(left), std::move(right));
    left.order = order;
    left.children.push_back(std::move(right));
    return left;
  }

  // Names of semidirect products list their cyclic factors, so a product of anything else is not one of ours.
  Specification semidirect(Specification left, Specification right, std::vector<std::uint64_t> multiplier) {
    const auto is_cyclic = [](const Specification& s) {
      return s.family != nullptr && s.family->letters == "C";
    };
    if (!is_cyclic(left) || !is_cyclic(right)) fail("expected cyclic groups on both sides of ':'");
    const std::uint64_t order = saturating_product(left.order, right.order);
    return node(Kind::kSemidirect, std::move(multiplier), order, std::move(left), std::move(right));
  }

  Specification wreath(Specification left, Specification right) {
    const bool acts = right.family != nullptr && right.family->points != nullptr;
    const std::uint64_t points = acts ? right.family->points(right.parameters) : 0;
    if (points == 0)
      fail("expected a permutation group behind 'wr': S<n>, A<n>, C<n>, M<n>, PSL(n,q), AGL(n,q), ...,");
    const std::uint64_t order = wreath_product_order(left.order, right.order, points);
    return node(Kind::kWreath, {}, order, std::move(left), std::move(right));
  }

  // Digits behind ':' are a multiplier, unless they begin the name of an extraspecial group.
  bool at_multiplier() {
    skip_space();
    std::size_t end = position_;
    while (end < text_.size() && is_digit(text_[end])) ++end;
    if (end == position_) return false;
    while (end < text_.size() && std::isspace(static_cast<unsigned char>(text_[end])) != 0) ++end;
    return end == text_.size() || text_[end] != '^';
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

  void expect(char c) {
    skip_space();
    if (!accept(c)) fail("expected '" + std::string(1, c) + "'");
  }

  // Messages are UTF-8 as the text is: no character is cut in two.
  std::size_t end_of_character(std::size_t position) const {
    for (++position;
         position < text_.size() && (static_cast<unsigned char>(text_[position]) & 0xC0U) == 0x80U;)
      ++position;
    return position;
  }

  [[noreturn]] void fail(const std::string& expectation) const {
    std::size_t shown = 0;
    while (shown < std::min(text_.size(), kMaximalLength)) shown = end_of_character(shown);
    std::string at = "the text ends";
    if (position_ < text_.size()) {
      at = "got '" + std::string(text_.substr(position_, end_of_character(position_) - position_)) + "'";
    }
    throw GroupSpecError("group spec '" + std::string(text_.substr(0, shown)) + "': " + expectation +
                             " at position " + std::to_string(position_) + ", " + at,
                         std::string(text_), {});
  }

  [[noreturn]] void unknown(std::string_view letters) const {
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (const SpecificationFamily& family : specification_families())
      ranked.emplace_back(edit_distance(letters, family.letters), std::string(family.form));
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

Specification parse_specification(std::string_view text) {
  return SpecificationParser(text).parse();
}

}  // namespace peterweyl
