// Cyclotomic integers as text: GAP's notation, a reader's, and LaTeX.
#pragma once

#include <string>

#include "arithmetic/cyclotomic.hpp"

namespace peterweyl {

enum class CyclotomicStyle {
  kGap,    // E(8)-E(8)^3, in the integral basis
  kText,   // √2, (1+√5)/2, i√3, ζ₅², -2ζ₃, ζ₇+ζ₇²+ζ₇⁴
  kLatex,  // the same for LaTeX, without the dollar signs
};

// Multiples of roots of unity, then real and purely imaginary square roots, then sums of roots of unity: the
// first form that fits.
std::string to_text(const Cyclotomic& number, CyclotomicStyle style);

}  // namespace peterweyl
