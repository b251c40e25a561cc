#include "groups/fingerprint.hpp"

#include <doctest/doctest.h>

#include <set>
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

TEST_CASE("fingerprint: the same for every labelling") {
  for (const char* text : {"C1", "C12", "D8", "S4", "A5", "Q8", "C2^4", "C4 x S3", "C7 : C3", "Dic6", "S5"}) {
    CAPTURE(text);
    const Group group = group_from_specification(text);
    for (std::uint64_t seed = 0; seed < 4; ++seed)
      CHECK(fingerprint(relabelled(group, seed)) == fingerprint(group));
  }
}

TEST_CASE("fingerprint: different for groups with the same class profile") {
  CHECK(fingerprint(group_from_specification("D4 x D4")) != fingerprint(group_from_specification("Q8 x Q8")));
  CHECK(fingerprint(group_from_specification("C4^2")) != fingerprint(group_from_specification("C2 x C8")));
}

TEST_CASE("fingerprint: the same on every platform") {
  // The catalogue stores these values; a change of the hash needs a new run of tools/catalogue.
  CHECK(fingerprint(cyclic_group(2)) == fingerprint(dihedral_group(1)));
  CHECK(fingerprint(group_from_specification("S3")) == fingerprint(dihedral_group(3)));
}

TEST_CASE("element_colours: constant on classes, the identity alone") {
  const Group group = group_from_specification("D4 x S3");
  const ElementColours colours = element_colours(group, class_colours(group));
  std::set<std::uint32_t> others;
  for (Element x = 1; x < group.order(); ++x) others.insert(colours.of_element[x]);
  CHECK_FALSE(others.contains(colours.of_element[group.identity()]));
  for (Element x = 0; x < group.order(); ++x) {
    for (const Element g : group.generators()) {
      const Element conjugate = group.multiply(group.multiply(group.inverse(g), x), g);
      CHECK(colours.of_element[x] == colours.of_element[conjugate]);
    }
  }
}
