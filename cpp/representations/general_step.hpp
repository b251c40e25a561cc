// From the irreps of any subgroup H to those of G > H, of index m.
//
// Each irrep sigma of H, in increasing degree, is induced to G until its Frobenius quota is filled. The
// commutant of the induced representation consists of the block matrices T_ij = Phi(t_i^-1 t_j) with Phi(h x
// h') = sigma(h) Phi(x) sigma(h') (Mackey 1951): a random Hermitian one is drawn double coset by double
// coset, and its eigenspaces are irreps (Dixon 1970, who averages over all of G instead). Their bases are
// then adapted to H: vectors of each copy of an irrep tau of H are averages of tau's matrix coefficients.
// Compression to an approximate invariant subspace is wrong only to second order, so the accuracy does not
// suffer from close eigenvalues; close ones are drawn again all the same. Cost: O((m d)^3) for each sigma,
// O(|G| d^2 d_sigma) for the matrices of an irrep.
#pragma once

#include <vector>

#include "representations/chain_irreps.hpp"
#include "support/random.hpp"

namespace peterweyl {

std::vector<ChainIrrep> general_step(const StepContext& context, Random& random);

}  // namespace peterweyl
