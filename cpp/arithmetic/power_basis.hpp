// Sums of n-th roots of unity in the power basis 1, zeta_n, ..., zeta_n^(phi(n)-1) of Z[zeta_n].
//
// The form is unique for a given n, and integers are the sums with one term: what a table of many values of
// one order wants, while the Cyclotomic of a single value goes down to its conductor. Powers from phi(n) on
// are rewritten by the cyclotomic polynomial, whose multiples are computed once: O(n phi(n)) at most, O(n)
// for prime powers and twice prime powers. Beyond kDenseLimit other orders keep all n powers, not rewritten.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "arithmetic/cyclotomic.hpp"

namespace peterweyl {

class PowerBasis {
 public:
  static constexpr std::uint32_t kDenseLimit = 4096;

  explicit PowerBasis(std::uint32_t n);

  std::uint32_t order() const { return n_; }
  // Rewrites coefficients of zeta_n^0 ... zeta_n^(n-1), of which only those at `used` may not be zero, and
  // appends the terms, exponents ascending. All coefficients are zero afterwards.
  void collect(std::span<std::int64_t> coefficients, std::vector<std::uint32_t>& used,
               std::vector<CyclotomicTerm>& terms) const;
  // The coefficient c and the exponent e with zeta_n^exponent = c zeta_n^e in the basis; c = 0 when it takes
  // more than one term.
  CyclotomicTerm single(std::uint32_t exponent) const {
    if (exponent < degree_) return {exponent, 1};
    const std::size_t at = starts_[exponent - degree_];
    return starts_[exponent - degree_ + 1] == at + 1 ? images_[at] : CyclotomicTerm{0, 0};
  }

 private:
  std::uint32_t n_;
  std::uint32_t degree_;             // of the field, or n where nothing is rewritten
  std::vector<std::size_t> starts_;  // for zeta^(degree + i): where its terms begin
  std::vector<CyclotomicTerm> images_;
};

// The bases of several orders, each made when it is first asked for.
class PowerBases {
 public:
  const PowerBasis& of(std::uint32_t n) { return bases_.try_emplace(n, n).first->second; }

 private:
  std::map<std::uint32_t, PowerBasis> bases_;
};

}  // namespace peterweyl
