// Which harmonics the row space of a weight matrix spans, and whether the group leaves that space invariant.
//
// To contain only harmonics of an irrep rho is one thing, to span them another. Write the part of row k in
// rho as g -> tr(A_k rho(g)) and S = span{A_k}. Left translation is A -> A rho(h), so the part is
// left-invariant exactly when S holds every matrix whose columns lie in U = sum of col(A_k), i.e. when
// coverage_left = dim S / (d dim U) is 1; mirrored for the right; all d^2 harmonics are there when dim S =
// d^2. A conjugate pair of irreps under real rows has twice these dimensions.
//
// Ranks are counts of singular values of the triangular factor of the rows. Cost: rows * n^2 for that factor
// when there are more rows than elements, then O(n^3).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "groups/group.hpp"
#include "harmonics/isotypic_energies.hpp"
#include "representations/irreps.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

struct SpanOptions {
  double component_tolerance =
      0.04;                          // of a component count singular values above this times its largest one,
  double component_floor = 0.01;     // and above this times the largest one of all the weights
  double rank_tolerance = 1e-3;      // of the whole count singular values above this times the largest one
  std::size_t largest_dense = 2048;  // beyond min(rows, n) of this the row space itself is not decomposed
  bool orthogonal_rows = false;      // the caller knows that different rows are orthogonal (or zero)
};

struct ComponentSpan {
  std::size_t rank = 0;        // dim S over the field of the rows
  std::size_t left_rank = 0;   // dim U, U the joint column space of the coefficients
  std::size_t right_rank = 0;  // the same for the joint row space
  double coverage = 0;         // dim S / dimension of the component
  double coverage_left = 0;    // 1 = invariant under left translations; 0 where nothing is spanned
  double coverage_right = 0;
  double soft_rank = 0;  // participation ratio of the squared singular values, no threshold
  double condition = 0;  // smallest counted singular value / largest
};

// How far translations move the row space: max over generators of ||[P, L_h]||_F / sqrt(2 r (1 - r/n)).
struct TranslationDefects {
  double left = 0;  // 0 = invariant, about 1 = a random subspace
  double right = 0;
  double constant_share = 0;  // squared norm of the projection of the constant unit function on the row space
};

struct HarmonicSpans {
  std::vector<ComponentSpan> components;
  std::optional<std::size_t> rank;      // of the whole, by rank_tolerance; absent beyond largest_dense
  std::vector<double> singular_values;  // of the whole, descending
  std::optional<TranslationDefects>
      defects;  // absent where the row space is everything, nothing or too large
};

template <typename Scalar>
HarmonicSpans harmonic_spans(const WeightRows<Scalar>& rows, const Group& group, const Irreps& irreps,
                             std::span<const IsotypicComponent> components, const SpanOptions& options = {},
                             const Interrupt& interrupt = {});

}  // namespace peterweyl
