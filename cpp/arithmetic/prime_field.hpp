// The field GF(p) for an odd prime p < 2^31: elements are the residues 0 ... p-1 in 32-bit words.
//
// A product is two Montgomery reductions (Montgomery 1985), so it needs no division; long loops multiply by
// one fixed element with its precomputed quotient (Shoup's trick), and dot products sum the halves of 64-bit
// products separately, so that there is one reduction a dot product. Both vectorise without intrinsics.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace peterweyl {

class PrimeField {
 public:
  using Scalar = std::uint32_t;
  static constexpr std::uint64_t kLimit = std::uint64_t{1} << 31;

  // p must be an odd prime below 2^31.
  explicit PrimeField(std::uint32_t p);

  // The largest prime p < limit <= 2^31 with p = 1 modulo m. Throws ArgumentError when there is none.
  static PrimeField with_roots_of_unity(std::uint64_t m, std::uint64_t limit = kLimit);

  Scalar modulus() const { return p_; }
  Scalar add(Scalar a, Scalar b) const {
    const Scalar sum = a + b;
    return sum >= p_ ? sum - p_ : sum;
  }
  Scalar subtract(Scalar a, Scalar b) const { return a >= b ? a - b : a + p_ - b; }
  Scalar negate(Scalar a) const { return a == 0 ? 0 : p_ - a; }
  Scalar multiply(Scalar a, Scalar b) const {
    return reduce(std::uint64_t{reduce(std::uint64_t{a} * b)} * squared_radix_);
  }
  Scalar power(Scalar a, std::uint64_t exponent) const;
  // a != 0.
  Scalar inverse(Scalar a) const;
  Scalar residue(std::int64_t value) const;
  Scalar residue(std::uint64_t value) const { return static_cast<Scalar>(value % p_); }
  // The integer of least absolute value with this residue.
  std::int64_t symmetric(Scalar a) const {
    return a > p_ / 2 ? std::int64_t{a} - std::int64_t{p_} : std::int64_t{a};
  }
  // An element of multiplicative order m, which must divide p - 1: the same one on every run.
  Scalar root_of_unity(std::uint64_t m) const;

  // target += factor * source, term by term.
  void add_multiple(std::span<Scalar> target, Scalar factor, std::span<const Scalar> source) const;
  void scale(std::span<Scalar> values, Scalar factor) const;
  Scalar dot(std::span<const Scalar> a, std::span<const Scalar> b) const;

 private:
  // value / 2^32 modulo p, for value < 2^32 p.
  Scalar reduce(std::uint64_t value) const {
    const Scalar quotient = static_cast<Scalar>(value) * negative_inverse_;
    const auto result = static_cast<Scalar>((value + std::uint64_t{quotient} * p_) >> 32);
    return result >= p_ ? result - p_ : result;
  }

  Scalar p_;
  Scalar negative_inverse_;  // -1/p modulo 2^32
  Scalar squared_radix_;     // 2^64 modulo p
};

// Deterministic for all 32-bit numbers: Miller and Rabin with the bases 2, 7 and 61 (Jaeschke 1993).
bool is_prime_32(std::uint32_t n);

}  // namespace peterweyl
