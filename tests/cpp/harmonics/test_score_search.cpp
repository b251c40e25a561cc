#include "harmonics/score_search.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <numeric>
#include <string>
#include <vector>

#include "groups/group.hpp"
#include "groups/specification.hpp"
#include "support/random.hpp"

using namespace peterweyl;

namespace {

// A table with its labels shuffled, so that the identity may be any element.
CayleyTable relabelled(const std::string& spec, std::uint64_t seed) {
  const Group group = group_from_specification(spec);
  const CayleyTable& table = group.table();
  const std::size_t n = table.order();
  std::vector<Element> name(n);
  std::iota(name.begin(), name.end(), 0U);
  Random random(seed);
  for (std::size_t i = n; i > 1; --i) std::swap(name[i - 1], name[random.below(i)]);
  std::vector<std::int64_t> entries(n * n);
  for (Element a = 0; a < n; ++a) {
    for (Element b = 0; b < n; ++b) entries[name[a] * n + name[b]] = name[table(a, b)];
  }
  return CayleyTable::from_entries(entries, n, n);
}

}  // namespace

TEST_CASE("score search: noisy scores give the labelled table with its identity") {
  for (const char* spec : {"C7", "S3", "Q8", "A4", "S4", "C2^3"}) {
    const CayleyTable truth = relabelled(spec, 9);
    const std::size_t n = truth.order();
    Random random(1);
    std::vector<float> noise(n * n * n);
    for (float& x : noise) x = static_cast<float>(0.3 * random.normal());
    const ScoreRow row = [&](Element a, std::span<float> scores) {
      for (std::size_t i = 0; i < n * n; ++i) scores[i] = noise[a * n * n + i];
      for (Element b = 0; b < n; ++b) scores[b * n + truth(a, b)] += 1;
    };
    const ScoreSearchResult found = search_scores(n, row, {});
    REQUIRE_FALSE(found.candidates.empty());
    CHECK(found.candidates[0].table == truth);
    CHECK(found.candidates[0].table.identity() == truth.identity());
    CHECK(found.candidates[0].identity_votes == found.candidates[0].identity_voters);
    const ReadOut out = read_out(truth, row, n, 1);
    CHECK(out.complete);
    CHECK(out.pairs == n * n);
    CHECK(out.agreeing > out.pairs / 2);
    CHECK((out.smallest_margin > 0) == (out.agreeing == out.pairs));
  }
}

TEST_CASE("score search: scores by chance are no better than chance") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const std::size_t n = 4 + seed % 5;
    Random random(seed);
    std::vector<float> noise(n * n * n);
    for (float& x : noise) x = static_cast<float>(random.normal());
    const ScoreRow row = [&](Element a, std::span<float> scores) {
      for (std::size_t i = 0; i < n * n; ++i) scores[i] = noise[a * n * n + i];
    };
    for (const ScoreCandidate& candidate : search_scores(n, row, {}).candidates) {
      CHECK(candidate.log10_chance > -3);
    }
  }
}

TEST_CASE("score search: one element") {
  const ScoreRow row = [](Element, std::span<float> scores) { scores[0] = 2; };
  const ScoreSearchResult found = search_scores(1, row, {});
  REQUIRE(found.candidates.size() == 1);
  CHECK(found.candidates[0].table.order() == 1);
  CHECK(read_out(found.candidates[0].table, row, 1, 1).agreeing == 0);
}
