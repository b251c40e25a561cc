#include "groups/extension_choice.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "groups/specification.hpp"

using namespace peterweyl;

TEST_CASE("prime_core: the largest normal p-subgroup") {
  const std::vector<std::tuple<const char*, std::uint64_t, std::size_t>> known{
      {"S4", 2, 4}, {"S4", 3, 1}, {"A5", 2, 1}, {"C12", 2, 4}, {"D6", 3, 3}, {"D6", 2, 2}, {"Q8 x S3", 2, 8}};
  for (const auto& [text, prime, size] : known) {
    CAPTURE(text);
    CHECK(prime_core(group_from_specification(text), prime).elements.size() == size);
  }
}

TEST_CASE("judge_extension: C4 is built from its only subgroup of order 2") {
  // Elements by normal words of an extension: 1 is the element of M.
  const Group group(CayleyTable::from_product_no_checks(4, [](Element a, Element b) {
    const Element carry = (a >> 1) & (b >> 1);
    return ((a ^ b) & 2U) | (((a ^ b) ^ carry) & 1U);
  }));
  const ElementSubgroup whole{{2}, {0, 1, 2, 3}};
  CHECK(judge_extension(group, whole, 2, 2).verdict == ExtensionChoice::Verdict::kOnly);
}

TEST_CASE("judge_extension: the subgroups of order 2 of C2^2 tie") {
  const Group group(CayleyTable::from_product_no_checks(4, [](Element a, Element b) { return a ^ b; }));
  const ElementSubgroup whole{{2, 1}, {0, 1, 2, 3}};
  CHECK(judge_extension(group, whole, 2, 2).verdict == ExtensionChoice::Verdict::kTied);
}
