// All groups of a given order, each once, found by mathematics alone: no table of known numbers stops or
// steers the search.
//
// Solvable groups. Let p be the largest prime with P = O_p(G) > 1 and let L be the last non-trivial term of
// the lower exponent-p central series of P; L is elementary abelian and characteristic in G. G is an
// extension of a smaller solvable group H = G/M by a minimal normal subgroup M of G inside L, an irreducible
// module for H. So all G arise from all smaller H, all M and the orbits of compatible pairs on H^2(H, M), and
// each pair (G, M) arises once. M is the only choice for most G: always when p does not divide |H| or O_p(H)
// = 1. Where it is not, an extension is kept only if the colour of M is the smallest among the minimal normal
// subgroups in L, and what then still ties is compared by fingerprint and isomorphism test.
//   The demand on p is checked before anything is built: no O_q(H) with q > p may have an element that acts
// trivially on M.
// Non-solvable groups: nonsolvable_groups.hpp.
// Sources: Besche and Eick, Construction of finite groups (1999); Besche, Eick and O'Brien, A millennium
// project (2002); Newman (1977) and O'Brien (1990) for the lower exponent-p central series.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "groups/group.hpp"
#include "groups/irreducible_modules.hpp"
#include "groups/polycyclic_presentation.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

class GroupEnumerator {
 public:
  // The irreducible modules that are needed are known to be covered up to this order.
  static constexpr Element kMaximalOrder = 511;

  explicit GroupEnumerator(Interrupt interrupt = {}) : interrupt_(std::move(interrupt)) {}

  // Consistent presentations of the solvable groups of this order, one each, in a deterministic order. The
  // groups of smaller orders that are needed are kept for later calls.
  const std::vector<PolycyclicPresentation>& solvable_groups(Element order);

 private:
  class Collection;
  void extend_by(const PolycyclicPresentation& quotient, std::uint32_t prime, std::uint32_t dimension,
                 Collection& found);

  Interrupt interrupt_;
  std::map<Element, std::vector<PolycyclicPresentation>> solvable_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, LinearGroupLists> linear_groups_;
};

// All groups of an order from 1 to GroupEnumerator::kMaximalOrder: the solvable ones by presentation, then
// the others. Throws ArgumentError for other orders.
std::vector<Group> enumerate_groups(std::uint64_t order, const Interrupt& interrupt = {});

}  // namespace peterweyl
