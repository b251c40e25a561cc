// From matrices alone to a checked, ordered set of irreps: characters, indicators, conjugates, residuals.
//
// Sorted as irrep_order.hpp says; closed forms that have an order of their own keep it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "representations/irreps.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

enum class IrrepOrder { kByCharacter, kAsGiven };

// Fills in the characters of irreps that have degrees and matrices (values within 1e-11 of a half integer
// become it, in each coordinate), sorts, finds indicators and conjugates and measures the residuals:
// homomorphism on all elements times generators, unitarity on all elements, norms of all characters and
// orthogonality of all pairs (of every one with some evenly spread ones where there are more than 512).
// Irreps made along a chain of subgroups come with the representatives of the cosets of its steps,
// `transversal`: where it is not empty, products of two of those are checked instead of all elements times
// generators. As rho(t h) = rho(t) rho(h) is how the matrices were made, they imply all others. Throws
// NumericalError when the number of irreps, the sum of d^2, an indicator or a conjugate is wrong, two
// characters are equal, or a residual passes `tolerance`. O(n sum d^3) for each generator.
Irreps complete_irreps(const Group& group, std::vector<Irrep> irreps, std::string method, IrrepOrder order,
                       double tolerance, const Interrupt& interrupt = {},
                       std::span<const Element> transversal = {});

}  // namespace peterweyl
