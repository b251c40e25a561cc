// All elements of a permutation group in flat arrays, breadth-first over the generators, without a
// multiplication table.
//
// Element 0 is the identity; element x > 0 is parent(x) * generator number step(x) with parent(x) < x, and
// elements come in the order in which rows 0, 1, 2, ... of the right Cayley graph first name them. The images
// of a base determine an element, so they are what is hashed: packed into one 64-bit key where they fit (base
// length * bits a point <= 64; all of S_16 and of M24), else as a row of 16-bit points.
//
// Memory for n elements, r generators and degree d: n (4 r + 32) bytes, and n d (or 2 n d, from degree 257
// on) for the image rows, which are kept only up to kImageBytes in all. Without rows a product costs one
// reconstruction through the stabilizer chain, O(d * base length), instead of O(base length).
//
// Time: O(n r * base length) for the graph and O(n d) for the rows. Immutable; safe to read from several
// threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "groups/cayley_table.hpp"
#include "groups/permutation_orbits.hpp"
#include "groups/stabilizer_chain.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

class ElementEnumeration {
 public:
  static constexpr std::uint64_t kDefaultLimit = 10'000'000;
  static constexpr std::uint64_t kImageBytes = std::uint64_t{1} << 29;
  // The graph is refused beyond this many bytes.
  static constexpr std::uint64_t kGraphBytes = std::uint64_t{1} << 32;

  // The trivial group on no points.
  ElementEnumeration();

  Element order() const { return static_cast<Element>(keys_.size()); }
  std::size_t degree() const { return chain_.degree(); }
  // The distinct non-trivial generators, in the order given, as elements.
  std::span<const Element> generators() const { return generators_; }
  const StabilizerChain& chain() const { return chain_; }

  // right[x * generators().size() + k] = x * generators()[k].
  std::span<const Element> right_cayley_graph() const { return right_; }
  Element parent(Element x) const { return parent_[x]; }
  std::uint32_t step(Element x) const { return step_[x]; }

  Permutation image(Element x) const;
  // All image rows, order x degree, row-major.
  std::vector<std::uint16_t> images() const;
  bool keeps_images() const { return !narrow_rows_.empty() || !wide_rows_.empty() || degree() == 0; }
  // The element with these images, if it is one.
  std::optional<Element> find(std::span<const std::uint16_t> permutation) const;
  // Generator numbers (indices into generators()) whose product, from left to right, is x; the shortest.
  std::vector<std::uint32_t> word(Element x) const;

  Element multiply(Element a, Element b) const;
  Element inverse(Element a) const;
  std::uint64_t element_order(Element a) const;
  // g * x for every x, by one gather an element: no product is computed.
  std::vector<Element> left_multiplication(Element g) const;
  // The inverse of every element: O(order * generators).
  std::vector<Element> inverses() const;

 private:
  friend ElementEnumeration enumerate_elements(StabilizerChain, std::uint64_t, const Interrupt&);
  class Builder;

  std::uint64_t key_of(std::span<const std::uint16_t> base_images) const;
  void base_images(Element x, std::span<std::uint16_t> out) const;
  std::size_t first_slot(std::uint64_t key) const {
    return static_cast<std::size_t>((key * 0x9e3779b97f4a7c15ULL) >> slot_shift_);
  }
  std::optional<Element> look_up(std::span<const std::uint16_t> base_images) const;
  template <typename Row>
  Element product_by_row(Element a, const Row* row) const;

  StabilizerChain chain_;
  unsigned bits_ = 1;         // of one point in a packed key; 0 when base images do not fit into 64 bit
  unsigned slot_shift_ = 63;  // 64 - log2(number of slots)
  std::vector<std::uint64_t> keys_;       // packed base images, or their hash
  std::vector<std::uint16_t> base_rows_;  // order x base length when they are not packed
  std::vector<Element> slots_;            // open addressing: an element, or kNone
  std::vector<Element> generators_;
  std::vector<Element> right_;
  std::vector<Element> parent_;
  std::vector<std::uint32_t> step_;
  std::vector<std::uint8_t> narrow_rows_;  // degree <= 256
  std::vector<std::uint16_t> wide_rows_;
};

// The elements of the group that `generators`, all of this degree, generate. Throws EnumerationLimitError
// before anything is listed when there are more than `limit` of them, or when the graph would pass
// kGraphBytes.
ElementEnumeration enumerate_elements(std::size_t degree, std::span<const Permutation> generators,
                                      std::uint64_t limit = ElementEnumeration::kDefaultLimit,
                                      const Interrupt& interrupt = {});
// The same for a group whose chain is known, over the chain's generators.
ElementEnumeration enumerate_elements(StabilizerChain chain,
                                      std::uint64_t limit = ElementEnumeration::kDefaultLimit,
                                      const Interrupt& interrupt = {});

}  // namespace peterweyl
