// Cyclotomic integers: exact elements of Z[zeta_n], zeta_n = exp(2 pi i/n), in canonical form.
//
// The form: n is the conductor, the smallest n with the number in Q(zeta_n) (so never 2 modulo 4), and the
// coefficients, none of them zero, belong to the integral basis of Zumbroich, which GAP uses too: the powers
// zeta_n^i such that, for each prime power q = p^v that divides n exactly, t = i (n/q)^-1 modulo q lies in
//   0 ... q/2 - 1 for p = 2;   outside -(q/p - 1)/2 ... (q/p - 1)/2 for odd p.
// So numbers are equal exactly when their forms are. (Zumbroich 1989; Breuer 1997.)
//
// Coefficients are 64 bit. An operation whose result does not fit throws NumericalError; nothing wraps
// around. Cost: O(n) a reduction, O(terms of both) a product, O(n phi(n)) a norm.
#pragma once

#include <complex>
#include <cstdint>
#include <span>
#include <vector>

namespace peterweyl {

struct CyclotomicTerm {
  std::uint32_t exponent = 0;
  std::int64_t coefficient = 0;
  bool operator==(const CyclotomicTerm&) const = default;
  auto operator<=>(const CyclotomicTerm&) const = default;
};

class Cyclotomic {
 public:
  // Conductors above this are refused with ArgumentError: reduction takes memory in proportion.
  static constexpr std::uint64_t kMaximalOrder = std::uint64_t{1} << 22;

  Cyclotomic() = default;          // zero
  Cyclotomic(std::int64_t value);  // NOLINT(google-explicit-constructor): the integers are part of the ring

  // The sum of coefficient * zeta_n^exponent; exponents may repeat and pass n.
  static Cyclotomic from_terms(std::uint64_t n, std::span<const CyclotomicTerm> terms);
  // zeta_n^exponent.
  static Cyclotomic root_of_unity(std::uint64_t n, std::int64_t exponent = 1);

  std::uint32_t conductor() const { return conductor_; }
  std::span<const CyclotomicTerm> terms() const { return terms_; }  // exponents ascending

  bool is_rational() const { return conductor_ == 1; }
  bool is_real() const { return *this == conjugate(); }
  // The value of a rational one.
  std::int64_t integer() const { return terms_.empty() ? 0 : terms_[0].coefficient; }
  std::complex<double> value() const;

  Cyclotomic operator-() const;
  Cyclotomic operator+(const Cyclotomic& other) const;
  Cyclotomic operator-(const Cyclotomic& other) const;
  Cyclotomic operator*(const Cyclotomic& other) const;
  // Throws ArgumentError for a negative exponent.
  Cyclotomic power(std::int64_t exponent) const;

  // zeta -> zeta^k. Throws ArgumentError unless k is prime to the conductor.
  Cyclotomic galois(std::int64_t k) const;
  Cyclotomic conjugate() const { return galois(-1); }
  // The different numbers zeta -> zeta^k, this one first, then by the smallest k.
  std::vector<Cyclotomic> galois_conjugates() const;
  // Over Q, from Q(zeta_conductor).
  std::int64_t trace() const;
  std::int64_t norm() const;

  // This number divided by an integer, where that is a cyclotomic integer; throws ArgumentError otherwise.
  Cyclotomic divided_by(std::int64_t divisor) const;

  bool operator==(const Cyclotomic&) const = default;
  auto operator<=>(const Cyclotomic&) const = default;  // an arbitrary total order
  std::size_t hash() const;

 private:
  std::uint32_t conductor_ = 1;
  std::vector<CyclotomicTerm> terms_;
};

}  // namespace peterweyl
