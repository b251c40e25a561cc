// The characters of an abelian group as a formula: no value is stored, so the table of a group with many
// thousand classes costs no more than its list of elements.
//
// Generators b_1 ... b_m take an element to its exponents, x = b_1^(e_1) ... b_m^(e_m), and a character is
// given by the w_j with chi(b_j) = zeta_e^(w_j), e the exponent: chi(x) = zeta_e^(e_1 w_1 + ... + e_m w_m).
// Memory 8 m bytes a class.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "groups/group.hpp"

namespace peterweyl {

class LinearCharacters {
 public:
  // All characters of a group that must be abelian. For C_n and direct products of cyclic groups, by
  // construction, row a is j -> exp(2 pi i sum of a_i j_i / n_i): the order of numpy.fft.fftn; then
  // has_own_order() is true. O(n m) products at most.
  explicit LinearCharacters(const Group& group);

  std::size_t count() const { return orders_.size(); }
  bool has_own_order() const { return has_own_order_; }
  // chi_row at a class is zeta_o^exponent, o the order of its elements.
  std::uint32_t exponent(std::size_t row, std::size_t column) const;

  // Proves that the rows are all characters: every generator's relation holds, and rows are different. Throws
  // NumericalError. O(k m log k).
  void verify() const;

 private:
  // b_j^power = b_1^(e_1) ... for the exponents given.
  struct Relation {
    std::uint64_t power = 1;
    std::vector<std::uint32_t> exponents;
  };

  void from_factors(const Group& group, const std::vector<std::uint32_t>& orders);
  void from_series(const Group& group);

  std::uint64_t exponent_ = 1;
  std::size_t generators_ = 0;
  bool has_own_order_ = false;
  std::vector<std::uint32_t> orders_;   // of the elements of each class
  std::vector<std::uint32_t> digits_;   // class x generator
  std::vector<std::uint32_t> weights_;  // row x generator
  std::vector<Relation> relations_;
};

}  // namespace peterweyl
