#include "groups/coset_enumeration.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "groups/families.hpp"
#include "groups/isomorphism.hpp"
#include "groups/permutation.hpp"
#include "support/error.hpp"
#include "support/random.hpp"

using namespace peterweyl;

namespace {

constexpr std::array kStrategies{CosetStrategy::kAutomatic, CosetStrategy::kHlt, CosetStrategy::kFelsch};

// Coxeter's presentation of S_n.
std::string symmetric(int n) {
  std::string names;
  std::string relations;
  for (int i = 1; i < n; ++i) {
    const std::string s = "s" + std::to_string(i);
    names += (i > 1 ? ", " : "") + s;
    relations += (i > 1 ? ", " : "") + s + "^2";
    for (int j = i + 1; j < n; ++j)
      relations += ", (" + s + " s" + std::to_string(j) + ")^" + (j == i + 1 ? "3" : "2");
  }
  return "<" + names + " | " + relations + ">";
}

const std::string kM11 = "<a,b | a^2, b^4, (ab)^11, (ab^2)^6, ababab^-1abab^2ab^-1abab^-1ab^-1>";

std::uint32_t trace(const CosetTable& table, const std::vector<std::vector<std::uint32_t>>& inverse,
                    std::uint32_t coset, const Word& word) {
  for (const std::int32_t letter : word) {
    const auto k = static_cast<std::size_t>(std::abs(letter)) - 1;
    coset = letter > 0 ? table.image(coset, k) : inverse[k][coset];
  }
  return coset;
}

// Everything that a coset table claims: permutations, transitive in breadth-first order, relators closed
// everywhere and the words of the subgroup at coset 0.
void check_table(const CosetTable& table, const Presentation& presentation,
                 const std::vector<Word>& subgroup) {
  std::vector<std::vector<std::uint32_t>> inverse(table.rank,
                                                  std::vector<std::uint32_t>(table.count, table.count));
  std::uint32_t reached = 1;
  bool ordered = true;
  for (std::uint32_t c = 0; c < table.count; ++c) {
    ordered = ordered && c < reached;
    for (std::uint32_t k = 0; k < table.rank; ++k) {
      const std::uint32_t image = table.image(c, k);
      REQUIRE(image < table.count);
      ordered = ordered && image <= reached;
      if (image == reached) ++reached;
      inverse[k][image] = c;
    }
  }
  CHECK(ordered);
  CHECK(reached == table.count);
  bool permutations = true;
  for (const auto& column : inverse) {
    for (const std::uint32_t source : column) permutations = permutations && source != table.count;
  }
  REQUIRE(permutations);
  bool closes = true;
  for (const Word& relator : presentation.relators) {
    for (std::uint32_t c = 0; c < table.count; ++c) closes = closes && trace(table, inverse, c, relator) == c;
  }
  for (const Word& word : subgroup) closes = closes && trace(table, inverse, 0, word) == 0;
  CHECK(closes);
}

void check_index(const std::string& text, const std::string& subgroup, std::uint32_t index) {
  const Presentation presentation = parse_presentation(text);
  const std::vector<Word> words = parse_words(subgroup, presentation.generators);
  std::vector<std::uint32_t> images;
  for (const CosetStrategy strategy : kStrategies) {
    CAPTURE(text);
    CAPTURE(static_cast<int>(strategy));
    const CosetTable table = enumerate_cosets(presentation, words, {.strategy = strategy});
    CHECK(table.count == index);
    CHECK(table.defined >= index);
    CHECK(table.maximal >= index);
    check_table(table, presentation, words);
    // The standard table does not depend on how it was found.
    if (images.empty()) images = table.images;
    CHECK(table.images == images);
  }
}

}  // namespace

TEST_CASE("coset enumeration: known orders, every strategy") {
  check_index("a", "", 1);
  check_index("<|>", "", 1);
  check_index("<a, b | a, b>", "", 1);
  check_index("a^12", "", 12);
  check_index("<a,b | a^2, b = a^-1>", "", 2);
  check_index("a^2, b^3, (ab)^5", "", 60);
  check_index("a^4, b^2 = a^2, a^b = a^-1", "", 8);
  check_index("<r, s | r^50, s^2, (r s)^2>", "", 100);
  check_index("<a,b | a^2, b^3, (ab)^7, [a,b]^4>", "", 168);
  check_index("a^2, b^3, (ab)^11, [a, babab]^2", "", 660);
  check_index("<a,b | a^8, b^7, (a b)^2, (a^-1 b)^3>", "", 10752);  // (8,7|2,3)
  check_index("<a,b,c | a b = c, b c = a, c a = b>", "", 8);        // Q8 with cyclic relations
  check_index("<a,b,c,d,e | ab=c, bc=d, cd=e, de=a, ea=b>", "",
              11);  // the Fibonacci group F(2,5): hard for its size
  for (int n = 2; n <= 7; ++n)
    check_index(symmetric(n), "", static_cast<std::uint32_t>(symmetric_order(static_cast<std::uint64_t>(n))));
  check_index(kM11, "", 7920);
}

TEST_CASE("coset enumeration: subgroups") {
  check_index("a^2, b^3, (ab)^5", "ab", 12);
  check_index("a^2, b^3, (ab)^5", "a, b", 1);
  check_index(symmetric(6), "s1, s2, s3, s4", 6);
  check_index(kM11, "ab", 720);
  // Infinite groups, finite index.
  check_index("<a,b | [a,b]>", "a^6, b^4, a^2 b^2", 4);
  check_index("<a,b | a^2, b^3>", "[a,b], [a,b^-1]", 6);
  check_index("<x,y | x^2, y^2>", "(xy)^5", 10);
}

TEST_CASE("coset enumeration: agrees with the permutation action on points") {
  // PSL(2,7) on the projective line: stabiliser of a point by its Schreier generators, then back.
  const Presentation presentation = parse_presentation("<a,b | a^2, b^3, (ab)^7, [a,b]^4>");
  const CosetTable table = enumerate_cosets(presentation, parse_words("ab", presentation.generators));
  CHECK(table.count == 24);
  std::vector<Permutation> generators(table.rank);
  for (std::uint32_t c = 0; c < table.count; ++c) {
    for (std::uint32_t k = 0; k < table.rank; ++k)
      generators[k].push_back(static_cast<std::uint16_t>(table.image(c, k)));
  }
  const Group action = permutation_group(generators);
  CHECK(action.order() == 168);
  CHECK(find_isomorphism(action, group_from_presentation(presentation)).has_value());
}

TEST_CASE("coset enumeration: nothing passes its limit") {
  const Presentation infinite = parse_presentation("a^2, b^3");
  for (const CosetStrategy strategy : kStrategies) {
    for (const std::uint64_t limit : {1, 2, 10, 1000, 50'000}) {
      try {
        enumerate_cosets(infinite, {}, {.strategy = strategy, .limit = limit});
        FAIL("closed");
      } catch (const EnumerationLimitError& error) {
        CHECK(error.limit() == limit);
        CHECK(error.reached() <= limit);
      }
    }
  }
  // By memory: columns a, b, b^-1 take 54 bytes a coset.
  try {
    enumerate_cosets(infinite, {}, {.memory_limit = 1 << 20});
    FAIL("closed");
  } catch (const EnumerationLimitError& error) {
    CHECK(error.limit() == (1 << 20) / 54);
    CHECK(std::string(error.what()).find("memory") != std::string::npos);
  }
  CHECK_THROWS_AS(enumerate_cosets(infinite, {}, {.memory_limit = 0}), EnumerationLimitError);
  CHECK_THROWS_AS(enumerate_cosets(infinite, {}, {.limit = 0}), ArgumentError);
  CHECK_THROWS_AS(enumerate_cosets(parse_presentation("<a, b | >")), EnumerationLimitError);
  // Exactly enough is enough, by way of Felsch.
  const Presentation s5 = parse_presentation(symmetric(5));
  for (const std::uint64_t limit : {120, 125, 150, 200, 400})
    CHECK(enumerate_cosets(s5, {}, {.limit = limit}).count == 120);
  CHECK_THROWS_AS(enumerate_cosets(s5, {}, {.limit = 119}), EnumerationLimitError);
  // From a table that HLT filled: M11 needs 45,472 cosets by Felsch and more by HLT.
  const Presentation m11 = parse_presentation(kM11);
  CHECK(enumerate_cosets(m11, {}, {.limit = 60'000}).count == 7920);
}

TEST_CASE("coset enumeration: can be interrupted") {
  struct Stop {};
  const Interrupt interrupt([] { throw Stop{}; });
  for (const CosetStrategy strategy : kStrategies) {
    const CosetOptions options{
        .strategy = strategy, .limit = 100'000'000, .memory_limit = std::uint64_t{1} << 33};
    CHECK_THROWS_AS(enumerate_cosets(parse_presentation("<a,b|a^7,b^7>"), {}, options, interrupt), Stop);
  }
}

TEST_CASE("coset enumeration: random presentations, all strategies alike") {
  Random random(11);
  int finite = 0;
  for (int round = 0; round < 300; ++round) {
    Presentation presentation;
    presentation.generators = {"a", "b"};
    for (std::int32_t k = 1; k <= 2; ++k) presentation.relators.emplace_back(2 + random.below(3), k);
    for (int i = 0; i < 2; ++i) {
      std::string word;
      for (std::uint64_t j = 2 + random.below(4); j > 0; --j)
        word += std::array{"a", "b", "a^-1", "b^-1"}[random.below(4)];
      const Word parsed =
          parse_words("(" + word + ")^" + std::to_string(1 + random.below(3)), presentation.generators)[0];
      if (!parsed.empty()) presentation.relators.push_back(parsed);
    }
    std::vector<std::uint32_t> images;
    for (const CosetStrategy strategy : kStrategies) {
      try {
        const CosetTable table = enumerate_cosets(presentation, {}, {.strategy = strategy, .limit = 20'000});
        check_table(table, presentation, {});
        if (images.empty()) images = table.images;
        CHECK(table.images == images);
        ++finite;
      } catch (const EnumerationLimitError&) {
      }
    }
  }
  CHECK(finite > 300);
}

TEST_CASE("coset enumeration: the group of a presentation") {
  const Group group = group_from_presentation(parse_presentation("a^2, b^3, (ab)^5"));
  CHECK(group.identity() == 0);
  CHECK(group.generators().size() == 2);
  CHECK(group.generators()[0] == 1);
  CHECK(group.element_orders()[group.generators()[1]] == 3);
  CHECK(find_isomorphism(group, alternating_group(5)).has_value());
  const std::vector<std::int64_t> entries(group.table().entries().begin(), group.table().entries().end());
  CHECK(CayleyTable::from_entries(entries, 60, 60) == group.table());
  CHECK(group_from_presentation(parse_presentation("<a|a>")).order() == 1);
  CHECK(group_from_presentation(parse_presentation("<|>")).order() == 1);
  // A generator that is trivial keeps its place.
  const Group collapsed = group_from_presentation(parse_presentation("<a,b | a, b^3>"));
  CHECK(std::vector<Element>(collapsed.generators().begin(), collapsed.generators().end()) ==
        std::vector<Element>{0, 1});
  CHECK(group_from_presentation(parse_presentation(symmetric(8))).order() == 40320);
}
