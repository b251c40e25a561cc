// Scores of a composition network: how much the pair (a, b) speaks for the result c.
//
// Two sources. The trilinear form S(a, b, c) = sum_m u_m(a) v_m(b) w_m(c) of centred weights is the
// second-order term of any activation: it needs no activation and no bias. The network itself,
// sum_m act(u_m(a) + v_m(b)) w_m(c), needs both. One row of scores (one a) costs n^2 hidden multiplications.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "groups/cayley_table.hpp"

namespace peterweyl {

// Writes the n x n scores of a, row-major: scores[b * n + c].
using ScoreRow = std::function<void(Element a, std::span<float> scores)>;

// Weights of a network with one hidden layer, an element a row: order x hidden, row-major.
struct CompositionFactors {
  std::size_t order = 0;
  std::size_t hidden = 0;
  std::vector<float> left;      // u: from the first operand into the hidden layer
  std::vector<float> right;     // v: from the second operand
  std::vector<float> out;       // w: from the hidden layer to the result
  std::vector<float> out_bias;  // empty, or one number a result; the trilinear form has no use for it
};

enum class Activation { kRelu, kSquare, kAbsolute, kGelu, kSilu, kTanh, kSigmoid, kIdentity };

// "relu", "quadratic" (also "square"), "abs", "gelu", "silu", "tanh", "sigmoid", "identity". Throws
// ArgumentError.
Activation activation_named(std::string_view name);

// Subtracts from every hidden unit its mean over the elements, and scales each factor to root mean square 1
// (in place). Factors that are constant become zero.
void centre(CompositionFactors& factors);

// `factors` must be centred and outlive the function that comes back.
ScoreRow trilinear_scores(const CompositionFactors& factors);

// `factors` as they come, biases added to one of left and right; must outlive the function that comes back.
ScoreRow network_scores(const CompositionFactors& factors, Activation activation);

// The cosine between w and what the table makes of u and v, z_m(c) = sum_{ab = c} u_m(a) v_m(b). O(n^2
// hidden).
double trilinear_alignment(const CompositionFactors& centred, const CayleyTable& table);

// log10 of a bound on the probability that Gaussian w reach this cosine with the u and v given for any
// labelled multiplication table of a group of this order: the tail of a Beta distribution times the number of
// tables.
double log10_alignment_chance(double cosine, std::size_t order, std::size_t hidden);

// The natural logarithm of the number of labelled tables of groups of this order, bounded from above.
double log_labelled_tables(std::size_t order);

}  // namespace peterweyl
