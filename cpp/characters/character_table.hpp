// The character table of a finite group: exact, ordered and verified; no other kind can be made.
//
// Columns are the classes in the order of the ClassStructure. Rows: trivial first, then by degree, then
// characters are compared class by class, their values rounded to 1e-6: the larger real part first, then the
// larger imaginary part. It is the order of the irreps (representations/irreps_completion.hpp).
//
// A value is a sum of coefficient * zeta_m^exponent, m the order of the elements of its class; it is brought
// into canonical form when it is asked for.
//
// Verification, of every table before it leaves (verify_characters): degrees divide the order of the group
// and their squares add up to it; values agree with the power maps, exactly (power_map_consistency.hpp); rows
// are orthonormal, so columns are orthogonal, the matrix being square; for each prime r that divides the
// order the indicators nu_r count the solutions of x^r = 1; nu_2 is -1, 0 or 1, and not 0 exactly for real
// characters. O(k^3) multiplications modulo a prime.
//
// Orthonormality is proven over Z though it is computed modulo primes q < 2^31 that no method used: as
// zeta -> zeta^t takes each row to itself with its columns moved by the power map, which is known exactly, it
// fixes S = sum of |C| chi(C) psi(C^-1); so S is an integer. It is at most B in absolute value, from the
// coefficients of the values, and primes are taken until their product passes B: then S is 0, or |G|, when it
// is so modulo all of them. The other sums, the indicators, are looked at modulo the first of them alone.
#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "arithmetic/cyclotomic.hpp"
#include "characters/class_structure.hpp"
#include "characters/linear_characters.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// Values as sums of roots of unity, written row by row.
class CharacterRows {
 public:
  explicit CharacterRows(std::size_t columns) : columns_(columns) {
    starts_.reserve(columns * columns + 1);
    terms_.reserve(columns * columns);
  }

  // One value after the other, `columns` of them a row. Exponents below the order of the class.
  void append(std::span<const CyclotomicTerm> value);
  void append_integer(std::int64_t value);

  std::size_t columns() const { return columns_; }
  std::size_t rows() const { return (starts_.size() - 1) / columns_; }
  std::span<const CyclotomicTerm> terms(std::size_t row, std::size_t column) const {
    const std::size_t at = row * columns_ + column;
    return std::span(terms_).subspan(starts_[at], starts_[at + 1] - starts_[at]);
  }

 private:
  std::size_t columns_;
  std::vector<std::size_t> starts_{0};
  std::vector<CyclotomicTerm> terms_;
};

enum class CharacterOrder { kByCharacter, kAsGiven };

class CharacterTable {
 public:
  // Sorts and verifies. Throws NumericalError when something is wrong: then the table does not leave.
  CharacterTable(ClassStructure classes, CharacterRows rows, std::string method,
                 CharacterOrder order = CharacterOrder::kByCharacter, const Interrupt& interrupt = {});

  // The table of an abelian group by formula; nothing of size k^2 is made.
  CharacterTable(ClassStructure classes, LinearCharacters characters);

  const ClassStructure& classes() const { return classes_; }
  std::size_t count() const { return classes_.count(); }
  std::span<const std::uint64_t> degrees() const { return degrees_; }
  // Frobenius-Schur: +1 real, 0 complex, -1 quaternionic.
  std::span<const int> indicators() const { return indicators_; }
  // How it was made, for people to read.
  const std::string& method() const { return method_; }

  Cyclotomic exact(std::size_t row, std::size_t column) const;
  // The value as a sum of powers of exp(2 pi i/m), m the order of the elements of the class.
  std::vector<CyclotomicTerm> terms(std::size_t row, std::size_t column) const {
    CyclotomicTerm scratch;
    const auto found = stored_terms(order_[row], column, scratch);
    return {found.begin(), found.end()};
  }
  // All values, k x k, row-major. Throws GroupTooLargeError above kValueBytes.
  std::vector<std::complex<double>> values() const;
  static constexpr std::uint64_t kValueBytes = std::uint64_t{1} << 33;

 private:
  // The same by row before sorting; may point to `scratch`.
  std::span<const CyclotomicTerm> stored_terms(std::size_t row, std::size_t column,
                                               CyclotomicTerm& scratch) const {
    if (!linear_) return rows_.terms(row, column);
    scratch = {linear_->exponent(row, column), 1};
    return {&scratch, 1};
  }
  void sort(std::span<const std::uint64_t> degrees);

  ClassStructure classes_;
  CharacterRows rows_;
  std::optional<LinearCharacters> linear_;
  std::vector<std::uint32_t> order_;  // row -> row of rows_
  std::vector<std::uint64_t> degrees_;
  std::vector<int> indicators_;
  std::string method_;
};

}  // namespace peterweyl
