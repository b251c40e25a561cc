// Sums of products of character values that are written in roots of unity of one order.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "arithmetic/cyclotomic.hpp"
#include "arithmetic/power_basis.hpp"

namespace peterweyl {

class TermSums {
 public:
  // Adds a * b. Exponents of `a` are of zeta_order; those of `b` are of zeta_(order/step).
  void add_product(std::uint32_t order, std::span<const CyclotomicTerm> a, std::span<const CyclotomicTerm> b,
                   std::uint32_t step = 1);

  // The sum since the last call, in powers of zeta_order.
  std::vector<CyclotomicTerm> take(std::uint32_t order);

 private:
  PowerBases bases_;
  std::vector<std::int64_t> coefficients_;
  std::vector<std::uint32_t> used_;
};

}  // namespace peterweyl
