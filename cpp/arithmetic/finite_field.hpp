// The finite field GF(q), q = p^k <= 65536, by tables of logarithms.
//
// An element is the label a_0 + a_1 p + ... + a_(k-1) p^(k-1) of the polynomial a_0 + a_1 x + ... modulo a
// primitive polynomial of degree k: the monic one whose lower coefficients, read as such a label, are the
// smallest. So 0 and 1 are zero and one, 0 ... p-1 the prime field, and for k > 1 the label p is x, the
// primitive element. For k = 1 the primitive element is the smallest primitive root.
//
// Layout: exponentials (twice, so that a sum of logarithms needs no reduction), logarithms, and Zech
// logarithms log(1 + g^i) for sums where neither exclusive or nor one subtraction does. Memory 16 q bytes;
// construction O(q) a polynomial tried; operations O(1). Source: Lidl and Niederreiter, Finite Fields (1997),
// chapters 3 and 10.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace peterweyl {

class FiniteField {
 public:
  using Scalar = std::uint32_t;
  static constexpr std::uint64_t kMaximalOrder = 65536;

  // Throws ArgumentError unless q is a prime power in 2 ... kMaximalOrder.
  explicit FiniteField(std::uint64_t q);

  Scalar order() const { return tables_->order; }
  Scalar characteristic() const { return tables_->characteristic; }
  unsigned degree() const { return tables_->degree; }
  // A generator of the multiplicative group.
  Scalar primitive_element() const { return order() == 2 ? 1 : tables_->exponentials[1]; }
  // Coefficients of the defining polynomial, lowest first, the leading 1 last; x - g for a prime field.
  const std::vector<Scalar>& polynomial() const { return tables_->polynomial; }

  Scalar add(Scalar a, Scalar b) const;
  Scalar negate(Scalar a) const;
  Scalar subtract(Scalar a, Scalar b) const { return add(a, negate(b)); }
  Scalar multiply(Scalar a, Scalar b) const {
    if (a == 0 || b == 0) return 0;
    return tables_->exponentials[tables_->logarithms[a] + tables_->logarithms[b]];
  }
  // a != 0.
  Scalar inverse(Scalar a) const { return tables_->exponentials[order() - 1 - tables_->logarithms[a]]; }
  // Any exponent for a != 0; 0^0 = 1.
  Scalar power(Scalar a, std::int64_t exponent) const;
  // The exponent e in 0 ... q-2 with g^e = a != 0, g the primitive element.
  Scalar logarithm(Scalar a) const { return tables_->logarithms[a]; }

 private:
  struct Tables {
    Scalar order = 0;
    Scalar characteristic = 0;
    unsigned degree = 0;
    std::vector<Scalar> polynomial;
    std::vector<Scalar> exponentials;
    std::vector<Scalar> logarithms;
    std::vector<Scalar> zech;
  };
  std::shared_ptr<const Tables> tables_;
};

}  // namespace peterweyl
