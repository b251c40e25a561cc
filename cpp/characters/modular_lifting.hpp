// From character values modulo a prime to exact values.
#pragma once

#include <span>

#include "arithmetic/prime_field.hpp"
#include "characters/character_table.hpp"
#include "characters/class_structure.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// `rows`: k x k values modulo p, p = 1 modulo the order of every irrational class and p > 2 * every degree,
// zeta_e standing for field.root_of_unity(e), e the exponent `roots` of unity that p has. Multiplicities come
// from the Fourier transform along the powers of each irrational class (Dixon 1967). Throws NumericalError
// when a multiplicity is not in 0 ... degree: then the values are not those of characters.
CharacterRows lift_characters(const PrimeField& field, std::uint64_t roots,
                              std::span<const PrimeField::Scalar> rows, const ClassStructure& classes,
                              const Interrupt& interrupt = {});

// The least common multiple of the orders of the classes that are not rational: the roots of unity that a
// prime must have for lifting.
std::uint64_t irrational_exponent(const ClassStructure& classes);

}  // namespace peterweyl
