// How the elements 0 ... n-1 of a group are multiplied when no table holds their products: by a formula, by
// ranking permutations, or by the images of a base.
//
// Element 0 is the identity. Everything here is immutable and safe to use from several threads.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "groups/cayley_table.hpp"
#include "groups/conjugacy_classes.hpp"
#include "groups/element_enumeration.hpp"
#include "groups/permutation_orbits.hpp"
#include "groups/stabilizer_chain.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

class ElementArithmetic {
 public:
  virtual ~ElementArithmetic() = default;
  ElementArithmetic(const ElementArithmetic&) = delete;
  ElementArithmetic& operator=(const ElementArithmetic&) = delete;

  virtual Element order() const = 0;
  virtual Element multiply(Element a, Element b) const = 0;
  virtual Element inverse(Element a) const = 0;

  // g^-1 x g.
  virtual Element conjugate(Element x, Element g) const { return multiply(multiply(inverse(g), x), g); }
  // By walking through the powers, unless there is something quicker.
  virtual std::uint32_t element_order(Element a) const;
  // Orbits under conjugation by the generators: O(order * generators) products.
  virtual ConjugacyClasses conjugacy_classes(std::span<const Element> generators,
                                             const std::function<std::uint32_t(Element)>& element_order,
                                             const Interrupt& interrupt) const;
  // One gather an entry after order * generators products. Throws GroupTooLargeError before it allocates.
  virtual CayleyTable table(std::span<const Element> generators) const;

  // The points that the elements permute, 0 when they are no permutations.
  virtual std::size_t degree() const { return 0; }
  // Writes the images of the points under a.
  virtual void image(Element a, std::span<std::uint16_t> images) const;
  // The element with these images, if there is one.
  virtual std::optional<Element> find(std::span<const std::uint16_t> images) const;

 protected:
  ElementArithmetic() = default;
};

// A product rule and its inverses, as two functions.
template <typename Product, typename Inverse>
class FormulaElements final : public ElementArithmetic {
 public:
  FormulaElements(Element order, Product product, Inverse inverse)
      : order_(order), product_(std::move(product)), inverse_(std::move(inverse)) {}
  Element order() const override { return order_; }
  Element multiply(Element a, Element b) const override { return product_(a, b); }
  Element inverse(Element a) const override { return inverse_(a); }

 private:
  Element order_;
  Product product_;
  Inverse inverse_;
};

template <typename Product, typename Inverse>
std::shared_ptr<const ElementArithmetic> formula_elements(std::uint64_t order, Product product,
                                                          Inverse inverse) {
  return std::make_shared<FormulaElements<Product, Inverse>>(static_cast<Element>(order), std::move(product),
                                                             std::move(inverse));
}

// All elements of a permutation group, breadth-first over its generators.
class EnumeratedElements final : public ElementArithmetic {
 public:
  explicit EnumeratedElements(ElementEnumeration elements) : elements_(std::move(elements)) {}
  const ElementEnumeration& enumeration() const { return elements_; }

  Element order() const override { return elements_.order(); }
  Element multiply(Element a, Element b) const override { return elements_.multiply(a, b); }
  Element inverse(Element a) const override { return elements_.inverse(a); }
  std::uint32_t element_order(Element a) const override;
  ConjugacyClasses conjugacy_classes(std::span<const Element> generators,
                                     const std::function<std::uint32_t(Element)>& element_order,
                                     const Interrupt& interrupt) const override;
  CayleyTable table(std::span<const Element> generators) const override;
  std::size_t degree() const override { return elements_.degree(); }
  void image(Element a, std::span<std::uint16_t> images) const override;
  std::optional<Element> find(std::span<const std::uint16_t> images) const override;

 private:
  ElementEnumeration elements_;
};

// S_n or A_n, n <= 12, in lexicographic order of the image arrays: nothing is stored. Neighbours 2k, 2k+1 in
// the order of S_n differ by the last two images, so just one of them is even: it has rank k in A_n.
class LexicographicElements final : public ElementArithmetic {
 public:
  static constexpr std::size_t kMaximalDegree = 12;
  LexicographicElements(std::size_t degree, bool even_only);

  Element order() const override { return order_; }
  Element multiply(Element a, Element b) const override;
  Element inverse(Element a) const override;
  Element conjugate(Element x, Element g) const override;
  std::uint32_t element_order(Element a) const override;
  // By cycle types: no product is made.
  ConjugacyClasses conjugacy_classes(std::span<const Element> generators,
                                     const std::function<std::uint32_t(Element)>& element_order,
                                     const Interrupt& interrupt) const override;
  std::size_t degree() const override { return degree_; }
  void image(Element a, std::span<std::uint16_t> images) const override;
  std::optional<Element> find(std::span<const std::uint16_t> images) const override;

 private:
  struct Images;
  Images unrank(Element a) const;
  Element rank(const Images& images) const;
  std::uint64_t class_key(const Images& images) const;

  std::size_t degree_;
  bool even_only_;
  Element order_;
};

// A permutation group too large to list: an element is the number whose digits, the first level lowest, are
// the positions in the basic orbits of a stabilizer chain. A product costs O(degree * base length).
class ChainElements final : public ElementArithmetic {
 public:
  // Throws GroupTooLargeError when the order passes 32 bit.
  explicit ChainElements(StabilizerChain chain);
  const StabilizerChain& chain() const { return chain_; }

  Element order() const override { return order_; }
  Element multiply(Element a, Element b) const override;
  Element inverse(Element a) const override;
  std::uint32_t element_order(Element a) const override;
  std::size_t degree() const override { return chain_.degree(); }
  void image(Element a, std::span<std::uint16_t> images) const override;
  std::optional<Element> find(std::span<const std::uint16_t> images) const override;

 private:
  // Strips `images` down to the identity, if it is an element.
  std::optional<Element> rank(std::span<std::uint16_t> images) const;
  Permutation inverse_image(Element a) const;

  StabilizerChain chain_;
  Element order_ = 1;
  std::vector<std::vector<std::uint16_t>> orbits_;    // level, position
  std::vector<std::vector<std::uint16_t>> position_;  // level, point: 1 + position, 0 outside the orbit
};

// A group known by its right Cayley graph: a product multiplies by the letters of a shortest word for its
// left factor, O(diameter).
class GraphElements final : public ElementArithmetic {
 public:
  // right[x * generators.size() + k] = x * generators[k]; the generators must generate, element 0 must be the
  // identity.
  GraphElements(Element order, std::vector<Element> generators, std::vector<Element> right);

  Element order() const override { return order_; }
  Element multiply(Element a, Element b) const override;
  Element inverse(Element a) const override { return inverses_[a]; }
  CayleyTable table(std::span<const Element> generators) const override;

 private:
  Element order_;
  std::vector<Element> generators_;
  std::vector<Element> right_;
  std::vector<Element> left_;    // left_[x * generators + k] = generators[k] * x
  std::vector<Element> parent_;  // x = parent * generators[step]
  std::vector<std::uint32_t> step_;
  std::vector<Element> inverses_;
};

// The order of a permutation from its cycles. Saturates at 32 bit; elements of listed groups stay below.
std::uint32_t order_of_permutation(std::span<const std::uint16_t> images);

}  // namespace peterweyl
