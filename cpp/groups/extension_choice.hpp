// Which of the extensions that give the same group is kept: the part of the enumeration that avoids
// duplicates.
//
// Let P = O_p(G) > 1 and L the last non-trivial term of its lower exponent-p central series. G is to be built
// from a minimal normal subgroup M inside L; where L has several, from one whose size and colours come first.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "groups/group.hpp"

namespace peterweyl {

// A subgroup: what generates it, and its elements, ascending.
struct ElementSubgroup {
  std::vector<Element> generators;
  std::vector<Element> elements;
  bool contains(Element x) const;
  bool is_trivial() const { return elements.size() == 1; }
};

// O_p(G), the largest normal p-subgroup. O(classes * n).
ElementSubgroup prime_core(const Group& group, std::uint64_t prime);

struct ExtensionChoice {
  enum class Verdict : std::uint8_t {
    kOther,  // to be built from another minimal normal subgroup
    kOnly,   // this one is the only choice
    kTied,   // others come first as well; compare with what they give
  };
  Verdict verdict;
  std::uint64_t fingerprint = 0;  // of the group, where tied
};

// `module_size` = |M|; the elements of M are 0 ... |M|-1, and `core` is O_p(G) with M inside, p prime.
ExtensionChoice judge_extension(const Group& group, const ElementSubgroup& core, Element module_size,
                                std::uint32_t prime);

}  // namespace peterweyl
