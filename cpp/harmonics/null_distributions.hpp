// What the measures of harmonics would be if the weights were Gaussian noise: the chance level and the
// p-values.
//
// A Gaussian row has independent energies in the isotypic components, Gamma distributed with shape D/2 (real
// rows) or D (complex rows), D the dimension of the component. Hence an energy share follows a Beta law, and
// the largest share of a row has the expectation  integral of 1 - prod_i F_i  over  sum of the shapes, since
// the shares of a Gaussian row are independent of its total. Both are evaluated to about 1e-12, without
// sampling.
//
// Incomplete gamma and beta functions: series and continued fractions, Abramowitz and
// Stegun 6.5.29, 6.5.31, 26.5.8.
#pragma once

#include <span>

namespace peterweyl {

// log Gamma(x) for x > 0; unlike std::lgamma it touches no global state.
double log_gamma(double x);

// P(a, x): the distribution function of the Gamma law of shape a > 0 and scale 1. O(sqrt(a)) steps.
double gamma_distribution(double shape, double x);

// Probability that such a variable is at least x; accurate far out.
double gamma_upper_tail(double shape, double x);

// Probability that a Beta(a, b) variable is at least x; accurate in both tails. b = 0 is the point mass at 1,
// a = 0 the point mass at 0. O(sqrt(max(a, b))) steps.
double beta_upper_tail(double a, double b, double x);

// Expectation of the largest share among independent Gamma variables of these shapes, each a multiple of 1/2.
// 1 for a single shape; NaN for none. O(number of different shapes * 1000).
double expected_largest_share(std::span<const double> shapes);

}  // namespace peterweyl
