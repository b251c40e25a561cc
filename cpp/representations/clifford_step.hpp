// From the irreps of a normal subgroup N of prime index p to those of H = <N, t> (Clifford 1937).
//
// An irrep sigma of N moved by t (an orbit of p irreps) gives one induced irrep: its restriction to N is the
// direct sum of the stored orbit, and t permutes the blocks through intertwiners. A fixed one extends in p
// ways: t acts as an intertwiner M between sigma and its conjugate, scaled so that M^p = sigma(t^p), times
// the p-th roots of unity. Intertwiners are averages of one rank-one matrix over N, made unitary by a polar
// step; where everything is monomial the entries are replaced by exact roots of unity (along chief series of
// supersolvable groups this is the method of Baum and Clausen, Math. Comp. 63, 1994). Cost: O(|H| d^3) an
// irrep; 16 bytes an entry.
#pragma once

#include <vector>

#include "representations/chain_irreps.hpp"
#include "support/random.hpp"

namespace peterweyl {

std::vector<ChainIrrep> clifford_step(const StepContext& context, Random& random);

}  // namespace peterweyl
