// Elementary subgroups <z> x P of a permutation group, z of order prime to p and P a Sylow p-subgroup of the
// centraliser of z, with their irreducible characters: what Brauer's theorem induces from.
//
// Centralisers come with the classes. A centraliser is listed to find P: from a p-element central in P on, P
// grows by p-parts of random elements that normalise it, which exist until P is a Sylow subgroup. The
// smallest centraliser of z and a p-element is listed that holds the whole of P, which is so where the
// p-element is central in P; where they are all too large, some others that hold a part of P take its place,
// and the characters induced may fall short of all. Characters by monomial_characters, as <z> x P is
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
  // Whether every P is there as a whole: then Brauer's theorem holds for the subgroups that are given.
  bool is_complete() const { return is_complete_; }

 private:
  struct Candidate {
    std::uint32_t z = 0;
    std::uint64_t p = 0;
    std::uint64_t sylow_order = 1;
    std::uint32_t through = 0;  // the class of z times a p-element whose centraliser is listed
  };
  static constexpr std::size_t kParts = 4;  // subgroups in place of one that is out of reach

  void add_candidates(std::uint32_t z, std::uint64_t p);
  std::vector<Permutation> elementary_generators(const Candidate& candidate);
  std::optional<FusedSubgroup> fused(const std::vector<Permutation>& generators) const;

  const LargeConjugacyClasses& classes_;
  const ClassStructure& structure_;
  const Interrupt& interrupt_;
  std::vector<Candidate> candidates_;  // the next one last
  bool is_complete_ = true;
  Random random_{1};
};

}  // namespace peterweyl
