// The irreducible modules of small dimension of a finite group over a prime field.
//
// A module is a homomorphism into GL(d, p), acting on row vectors from the right. Those with abelian image
// map into a Singer cycle (Schur's lemma: the image spans a field), so the images of generators are sought
// there; the others are sought among all matrices, the first generator up to conjugation. O_p(H) acts
// trivially on every irreducible module in characteristic p, so only generators modulo O_p(H) have to be
// given images. Modules are isomorphic if and only if their traces agree, because the traces of different
// irreducible modules over a finite field are different (Curtis and Reiner, section 17).
#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include "groups/group.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// A d x d matrix over GF(p), d <= 4, p < 256: row-major in the first d*d entries, the others zero.
using SmallMatrix = std::array<std::uint8_t, 16>;

struct MatrixRing {
  std::uint32_t prime;
  std::uint32_t dimension;
  SmallMatrix one() const;
  SmallMatrix multiply(const SmallMatrix& a, const SmallMatrix& b) const;
  std::uint32_t trace(const SmallMatrix& a) const;
  bool is_invertible(const SmallMatrix& a) const;
};

// The matrices that the search for modules runs through, listed when first needed. Not thread-safe.
class LinearGroupLists {
 public:
  explicit LinearGroupLists(MatrixRing ring) : ring_(ring) {}
  const MatrixRing& ring() const { return ring_; }
  // A cyclic group of order p^d - 1: the units of a field.
  const std::vector<SmallMatrix>& singer_cycle();
  // GL(d, p), and the smallest matrix of each of its conjugacy classes.
  const std::vector<SmallMatrix>& all();
  const std::set<SmallMatrix>& class_representatives();

 private:
  MatrixRing ring_;
  std::vector<SmallMatrix> singer_cycle_;
  std::vector<SmallMatrix> all_;
  std::set<SmallMatrix> class_representatives_;
};

struct IrreducibleModule {
  MatrixRing ring;
  std::vector<SmallMatrix> images;    // of all elements of the group
  std::vector<std::uint32_t> traces;  // of the conjugacy classes
};

// All irreducible modules of the dimension d and over the field of `lists`, up to isomorphism, in a fixed
// order. `core` is O_p(H), ascending. Meant for p^d * |H| <= 511, where modules with a non-abelian image have
// d <= 3 or p = 2, d = 4. Throws ArgumentError for a dimension above 4.
std::vector<IrreducibleModule> irreducible_modules(const Group& group, std::span<const Element> core,
                                                   LinearGroupLists& lists, const Interrupt& interrupt = {});

// The invertible matrices N with a[i] N = N b[i] for all i: for irreducible modules none, or the non-zero
// elements of a field times one of them. At most `limit` of them.
std::vector<SmallMatrix> intertwiners(const MatrixRing& ring, std::span<const SmallMatrix> a,
                                      std::span<const SmallMatrix> b, std::size_t limit);

}  // namespace peterweyl
