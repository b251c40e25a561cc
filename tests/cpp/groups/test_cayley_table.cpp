#include "groups/cayley_table.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "groups/families.hpp"
#include "support/error.hpp"
#include "support/random.hpp"

using namespace peterweyl;

namespace {

using Entries = std::vector<std::int64_t>;

Entries entries_of(const Group& group) {
  return {group.table().entries().begin(), group.table().entries().end()};
}

std::vector<std::int64_t> witness_of(const Entries& entries, std::size_t n) {
  try {
    CayleyTable::from_entries(entries, n, n);
  } catch (const NotAGroupError& error) {
    return error.witness();
  }
  FAIL("the table was accepted");
  return {};
}

}  // namespace

TEST_CASE("cayley_table: any relabelling of a group is accepted, identity anywhere") {
  const Group group = symmetric_group(4);
  Random random(1);
  std::vector<Element> label(24);
  for (Element i = 0; i < 24; ++i) label[i] = i;
  for (std::size_t i = 23; i > 0; --i) std::swap(label[i], label[random.below(i + 1)]);
  Entries relabelled(24 * 24);
  for (Element a = 0; a < 24; ++a) {
    for (Element b = 0; b < 24; ++b) relabelled[label[a] * 24 + label[b]] = label[group.multiply(a, b)];
  }
  const CayleyTable table = CayleyTable::from_entries(relabelled, 24, 24);
  CHECK(table.identity() == label[0]);
  for (Element a = 0; a < 24; ++a) CHECK(table(a, table.inverse(a)) == table.identity());
  CHECK(table.subgroup(table.greedy_generators()).size() == 24);
}

TEST_CASE("cayley_table: what is not a group is refused with a witness that shows it") {
  CHECK_THROWS_AS(CayleyTable::from_entries({}, 0, 0), NotAGroupError);
  CHECK_THROWS_AS(CayleyTable::from_entries(Entries(6), 2, 3), NotAGroupError);
  CHECK(witness_of({0, 1, 1, 2}, 2) == std::vector<std::int64_t>{1, 1});  // out of range
  CHECK(witness_of({0, 1, 1, 1}, 2) == std::vector<std::int64_t>{1, 1});  // a monoid: not a Latin square
  CHECK(witness_of({1, 0, 2, 0, 2, 1, 2, 1, 0}, 3).size() == 2);  // a Latin square without an identity

  // The smallest loop that is not a group has order 5.
  const Entries loop{0, 1, 2, 3, 4, 1, 0, 3, 4, 2, 2, 4, 0, 1, 3, 3, 2, 4, 0, 1, 4, 3, 1, 2, 0};
  const std::vector<std::int64_t> witness = witness_of(loop, 5);
  REQUIRE(witness.size() == 3);
  const auto product = [&](std::int64_t a, std::int64_t b) {
    return loop[static_cast<std::size_t>(5 * a + b)];
  };
  CHECK(product(product(witness[0], witness[1]), witness[2]) !=
        product(witness[0], product(witness[1], witness[2])));
}

TEST_CASE("cayley_table: one intercalate turned in a group table is found") {
  // Swapping 2 x 2 subsquares keeps the Latin square; the identity's row and column stay whole.
  Entries entries = entries_of(direct_power(cyclic_group(2), 3));
  std::swap(entries[2 * 8 + 4], entries[2 * 8 + 5]);
  std::swap(entries[3 * 8 + 4], entries[3 * 8 + 5]);
  const std::vector<std::int64_t> witness = witness_of(entries, 8);
  CHECK(witness.size() == 3);
}

TEST_CASE("cayley_table: refused before anything is allocated") {
  CHECK_THROWS_AS(CayleyTable::check_order(CayleyTable::kMaximalOrder + 1), GroupTooLargeError);
  CHECK_THROWS_AS(CayleyTable::check_order(~std::uint64_t{0}), GroupTooLargeError);
  CHECK_NOTHROW(CayleyTable::check_order(CayleyTable::kMaximalOrder));
}
