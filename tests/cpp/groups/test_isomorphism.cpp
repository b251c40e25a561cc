#include "groups/isomorphism.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "groups/families.hpp"
#include "groups/specification.hpp"
#include "support/random.hpp"

using namespace peterweyl;

namespace {

Group relabelled(const Group& group, std::uint64_t seed) {
  Random random(seed);
  std::vector<Element> label(group.order());
  for (Element i = 0; i < group.order(); ++i) label[i] = i;
  for (std::size_t i = label.size() - 1; i > 0; --i) std::swap(label[i], label[random.below(i + 1)]);
  std::vector<Element> original(group.order());
  for (Element i = 0; i < group.order(); ++i) original[label[i]] = i;
  std::vector<std::int64_t> entries;
  for (Element a = 0; a < group.order(); ++a) {
    for (Element b = 0; b < group.order(); ++b)
      entries.push_back(label[group.multiply(original[a], original[b])]);
  }
  return Group(CayleyTable::from_entries(entries, group.order(), group.order()));
}

}  // namespace

TEST_CASE("isomorphism: found between relabelled copies, and a homomorphism on all products") {
  for (const char* text :
       {"C1", "C12", "D8", "S4", "A5", "Q8", "C2^4", "C4 x S3", "C7 : C3", "Dic6", "D4 x Q8", "S5"}) {
    CAPTURE(text);
    const Group source = group_from_specification(text);
    const Group target = relabelled(source, 7);
    const auto map = find_isomorphism(source, target);
    REQUIRE(map.has_value());
    for (Element a = 0; a < source.order(); ++a) {
      for (Element b = 0; b < source.order(); ++b) {
        REQUIRE((*map)[source.multiply(a, b)] == target.multiply((*map)[a], (*map)[b]));
      }
    }
  }
}

TEST_CASE("isomorphism: none between groups that differ") {
  const std::vector<std::pair<const char*, const char*>> pairs{
      {"D4", "Q8"},           {"C4", "V4"},      {"C2 x C8", "C4^2"},   {"D6", "A4"},
      {"D4 x C2", "Q8 x C2"}, {"S4", "C2 x A4"}, {"D4 x D4", "Q8 x Q8"}};  // the last pair has equal class
                                                                           // profiles: only the search tells
  for (const auto& [left, right] : pairs) {
    CAPTURE(left);
    CHECK_FALSE(
        find_isomorphism(group_from_specification(left), group_from_specification(right)).has_value());
  }
}
