// The orbits of automorphisms of a group on its irreducible modules, and what fixes a representative.
//
// A module is moved by letting each element act as its image does; which module that gives is read off the
// traces. O(modules * automorphisms * (classes + n)).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "groups/group.hpp"
#include "groups/irreducible_modules.hpp"

namespace peterweyl {

struct ModuleOrbit {
  std::size_t representative;                    // index of the first module of the orbit
  std::vector<std::vector<Element>> stabiliser;  // generators by Schreier's lemma; empty if not wanted
};

// `modules` must be all irreducible modules of one dimension over one field.
std::vector<ModuleOrbit> module_orbits(const Group& group, std::span<const IrreducibleModule> modules,
                                       std::span<const std::vector<Element>> automorphisms, bool stabilisers);

}  // namespace peterweyl
