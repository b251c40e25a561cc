// The first levels of a program, replaced by one kernel that keeps a whole block in registers.
#pragma once

#include <cstdint>
#include <span>

#include "fourier/chain_program.hpp"

namespace peterweyl {

// Replaces the levels of a program by the transform of the symmetric group on four points, where they have
// its matrix up to the order of the slots, which `slots` follow; otherwise everything stays as it is.
template <typename Real>
void merge_first_levels(ChainProgram<Real>& program, std::span<std::uint32_t> slots);

}  // namespace peterweyl
