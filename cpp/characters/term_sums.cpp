#include "characters/term_sums.hpp"

#include <algorithm>
#include <cstddef>

namespace peterweyl {

void TermSums::add_product(std::uint32_t order, std::span<const CyclotomicTerm> a,
                           std::span<const CyclotomicTerm> b, std::uint32_t step) {
  coefficients_.resize(std::max<std::size_t>(coefficients_.size(), order), 0);
  for (const auto& x : a) {
    for (const auto& y : b) {
      const auto exponent =
          static_cast<std::uint32_t>((x.exponent + std::uint64_t{y.exponent} * step) % order);
      if (coefficients_[exponent] == 0) used_.push_back(exponent);
      coefficients_[exponent] += x.coefficient * y.coefficient;
    }
  }
}

std::vector<CyclotomicTerm> TermSums::take(std::uint32_t order) {
  std::vector<CyclotomicTerm> terms;
  if (!used_.empty()) bases_.of(order).collect(coefficients_, used_, terms);
  used_.clear();
  return terms;
}

}  // namespace peterweyl
