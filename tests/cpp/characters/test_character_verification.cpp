#include "characters/character_verification.hpp"

#include <doctest/doctest.h>

#include "arithmetic/prime_field.hpp"
#include "characters/dixon_schneider.hpp"
#include "groups/families.hpp"
#include "support/error.hpp"

using namespace peterweyl;

namespace {

// The rows with one value replaced.
CharacterRows altered(const CharacterRows& rows, std::size_t row, std::size_t column,
                      std::vector<CyclotomicTerm> value) {
  CharacterRows result(rows.columns());
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    for (std::size_t c = 0; c < rows.columns(); ++c) {
      result.append(i == row && c == column ? std::span<const CyclotomicTerm>(value) : rows.terms(i, c));
    }
  }
  return result;
}

}  // namespace

TEST_CASE("verify_characters: indicators of Q8, and a refusal of every altered value") {
  for (const Group& whole : {dicyclic_group(2), alternating_group(5), cyclic_group(5)}) {
    const ListedByGroup group(whole);
    const ClassStructure classes = class_structure(group);
    const CharacterRows rows = dixon_schneider(group, classes);
    const VerifiedFacts facts = verify_characters(classes, rows);
    int quaternionic = 0;
    for (const int indicator : facts.indicators) quaternionic += indicator == -1 ? 1 : 0;
    CHECK(quaternionic == (whole.name() == "Dic2" ? 1 : 0));
    for (std::size_t i = 0; i < rows.rows(); ++i) {
      for (std::size_t c = 0; c < rows.columns(); ++c) {
        CHECK_THROWS_AS(verify_characters(classes, altered(rows, i, c, {{0, 7}})), NumericalError);
        if (!rows.terms(i, c).empty()) {
          CHECK_THROWS_AS(verify_characters(classes, altered(rows, i, c, {})), NumericalError);
        }
      }
    }
  }
}

TEST_CASE("verify_characters: what one prime cannot see, another one does") {
  const ListedByGroup group(symmetric_group(4));
  const ClassStructure classes = class_structure(group);
  const CharacterRows rows = dixon_schneider(group, classes);
  CHECK_NOTHROW(verify_characters(classes, rows));
  // The first prime, times 6, so that the power maps see nothing either.
  const std::uint64_t limit = (std::uint64_t{1} << 31) - (std::uint64_t{1} << 28);
  const auto shift = 6 * std::int64_t{PrimeField::with_roots_of_unity(1, limit).modulus()};
  for (std::size_t c = 1; c < classes.count(); ++c) {
    const auto terms = rows.terms(2, c);
    const std::int64_t value = (terms.empty() ? 0 : terms[0].coefficient) + shift;
    CHECK_THROWS_AS(verify_characters(classes, altered(rows, 2, c, {{0, value}})), NumericalError);
  }
}
