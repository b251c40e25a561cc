// Polynomials over GF(p), p < 2^31: coefficients lowest first, the leading one not zero.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "arithmetic/prime_field.hpp"
#include "support/random.hpp"

namespace peterweyl {

using ModularPolynomial = std::vector<PrimeField::Scalar>;

// The monic polynomial x^m - c_1 x^(m-1) - ... - c_m of the shortest linear recurrence s_i = c_1 s_(i-1) +
// ... of a sequence (Berlekamp and Massey). O(length * m).
ModularPolynomial shortest_recurrence(const PrimeField& field, std::span<const PrimeField::Scalar> sequence);

// The roots of a monic polynomial that is a product of different linear factors, ascending (Cantor and
// Zassenhaus). False when it is not such a product. O(degree^2 log p log degree) expected.
bool split_into_roots(const PrimeField& field, const ModularPolynomial& polynomial, Random& random,
                      std::vector<PrimeField::Scalar>& roots);

// The value at a point.
PrimeField::Scalar evaluate(const PrimeField& field, const ModularPolynomial& polynomial,
                            PrimeField::Scalar point);

// polynomial / (x - root), for a root.
ModularPolynomial divide_by_root(const PrimeField& field, const ModularPolynomial& polynomial,
                                 PrimeField::Scalar root);

}  // namespace peterweyl
