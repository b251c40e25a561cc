// Elementary subgroups <z> x P of a permutation group, z of order prime to p and P a Sylow p-subgroup of the
// centraliser of z, with their irreducible characters: what Brauer's theorem induces from.
//
// Centralisers come with the classes. A centraliser is listed to find P: from a p-element central in P on, P
// grows by p-parts of random elements that normalise it, which exist until P is a Sylow subgroup. Where the
// centraliser of z is too large, that of z and a p-element that is central in a Sylow subgroup is listed
// instead; where that is too large as well, z is left out. Characters by monomial_characters, as <z> x P is
// nilpotent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "characters/character_table.hpp"
#include "characters/class_structure.hpp"
#include "groups/large_conjugacy_classes.hpp"
#include "support/interrupt.hpp"
#include "support/random.hpp"

namespace peterweyl {

// A subgroup with its irreducible characters and the class of the whole group that each of its classes lies
// in.
struct FusedSubgroup {
  ClassStructure classes;
  CharacterRows rows;
  std::vector<std::uint32_t> fusion;
};

class ElementarySubgroups {
 public:
  // Centralisers larger than this are not listed.
  static constexpr std::uint64_t kListedLimit = 1'000'000;

  // All arguments must outlive this. `structure` is that of `classes`.
  ElementarySubgroups(const LargeConjugacyClasses& classes, const ClassStructure& structure,
                      const Interrupt& interrupt);

  // The next one, those with large P first; none when all have been given.
  std::optional<FusedSubgroup> next();

 private:
  struct Candidate {
    std::uint32_t z = 0;
    std::uint64_t p = 0;
    std::uint64_t sylow_order = 1;
  };

  std::optional<std::vector<Permutation>> elementary_generators(const Candidate& candidate);
  std::optional<FusedSubgroup> fused(const std::vector<Permutation>& generators) const;

  const LargeConjugacyClasses& classes_;
  const ClassStructure& structure_;
  const Interrupt& interrupt_;
  std::vector<Candidate> candidates_;  // the next one last
  Random random_{1};
};

}  // namespace peterweyl
