// Extensions of a solvable group H by an irreducible module M, one for each class of pairs (G, M).
//
// With H given by a power-conjugate presentation, an extension gives every relation a tail in M; the tails
// for which the presentation stays consistent are the 2-cocycles, those that come from another choice of the
// lifts are the 2-coboundaries, and pairs (G, M) up to isomorphism are the orbits of the compatible pairs in
// Aut(H) x GL(M) on H^2(H, M) (Robinson 1981; Holt, Eick and O'Brien, Handbook of Computational Group Theory
// (2005), chapters 7 and 8). All of it is linear algebra of dimension d * k(k+1)/2 for k generators, because
// the elements are collected once in the extension whose tails are indeterminates.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "arithmetic/modular_linear_algebra.hpp"
#include "groups/irreducible_modules.hpp"
#include "groups/polycyclic_presentation.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

class GroupExtensions {
 public:
  // `action` holds the matrices of the generators of the presentation.
  GroupExtensions(const PolycyclicPresentation& quotient, const MatrixRing& ring,
                  std::vector<SmallMatrix> action);

  // Computes H^2; without it only the split extension is known (enough when p does not divide |H|).
  void solve();
  std::size_t cohomology_dimension() const { return basis_.size(); }

  // How an automorphism of H, by the images of the generators, together with a matrix N for which
  // action(image of h) N = N action(h), acts on H^2: row i is the image of basis element i.
  std::vector<ModularVector> cohomology_action(std::span<const Element> images, const SmallMatrix& n) const;

  // The presentation of the extension with this element of H^2 (coordinates; empty = split). The generators
  // of H come first, those of M last, so the elements of M are the ranks below p^d.
  PolycyclicPresentation extension(std::span<const std::uint8_t> coordinates) const;

 private:
  using Tail =
      std::vector<std::uint8_t>;  // unknowns x d: a vector of M that depends linearly on the unknowns
  struct State {
    Element element;
    Tail tail;
  };

  void collect();
  void add_at(std::size_t relation, Tail& tail) const;
  void multiply(State& state, std::size_t generator) const;
  void multiply_word(State& state, Element word) const;
  void act(Tail& tail, const SmallMatrix& a) const;
  Tail difference(const Tail& a, const Tail& b) const;
  std::vector<ModularVector> coboundaries() const;

  PolycyclicPresentation quotient_;
  MatrixRing ring_;
  std::vector<SmallMatrix> action_;
  std::size_t unknowns_;
  std::vector<Element> right_;  // order x k
  std::vector<Tail> tails_;     // order x k: what a product with a generator leaves behind
  std::vector<std::vector<std::uint8_t>> spelled_;  // the word of each relation
  std::vector<ModularVector> basis_;                // cocycles that represent a basis of H^2
  ModularSubspace cocycles_;                        // coboundaries and basis_, with coordinates carried along
};

// One vector of each orbit of the matrices (rows are images of the unit vectors) on GF(p)^s. O(p^s) bytes and
// O(p^s * matrices) time; throws EnumerationLimitError above 2^28 vectors.
std::vector<ModularVector> orbit_representatives(std::uint32_t prime, std::size_t dimension,
                                                 std::span<const std::vector<ModularVector>> matrices,
                                                 const Interrupt& interrupt = {});

}  // namespace peterweyl
