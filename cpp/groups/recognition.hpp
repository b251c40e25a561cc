// The name of a group: which of the known families and products it is isomorphic to.
#pragma once

#include <string>

#include "groups/group.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

struct Identification {
  std::string name;      // a spec such as "S4" or "C2 x C6"; "group of order 24" where none fits
  bool certain = false;  // an isomorphism with the named group was found and checked
};

// Abelian groups always; otherwise S_n, A_n, D_n, Q and Dic, C_m : C_k, and direct products of these with
// each other and with abelian groups. A named group that fits is built and a certified isomorphism to it
// found. Simple groups beyond the catalogue are named by their order (classification of the finite simple
// groups); beyond the largest table a group keeps the spec it was made from.
Identification recognise(const Group& group, const Interrupt& interrupt = {});

// Invariant factors d_1 | d_2 | ... of an abelian group, each > 1; empty for the trivial group.
std::vector<std::uint64_t> invariant_factors(const Group& abelian);

}  // namespace peterweyl
