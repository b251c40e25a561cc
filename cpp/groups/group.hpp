// A finite group: an immutable value, cheap to copy, whose derived data are computed once, when first asked
// for, by whichever thread asks first.
//
// Elements are 0 ... order-1. Their products come from a table or from an ElementArithmetic; in the second
// case the table is written when it is asked for, up to CayleyTable::kMaximalOrder, and small groups have it
// from the start.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "groups/cayley_table.hpp"
#include "groups/conjugacy_classes.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

struct Construction;
class ElementArithmetic;
class LargeConjugacyClasses;

// Images of points 0 ... degree-1, one row an element, in the order of the elements.
struct PermutationAction {
  std::uint32_t degree = 0;
  std::vector<std::uint16_t> images;  // order x degree
  std::span<const std::uint16_t> image(Element a) const {
    return std::span(images).subspan(std::size_t{a} * degree, degree);
  }
};

class Group {
 public:
  // Up to this order the table is written at once: it costs less than what is done with the group.
  static constexpr std::uint64_t kEagerTableOrder = 512;
  // Arrays with an entry for every element are refused beyond this order.
  static constexpr std::uint64_t kMaximalListedOrder = 4'000'000;
  // Elements are numbered in 32 bit.
  static constexpr std::uint64_t kMaximalNumberedOrder = 0xffffffff;

  // `generators` must generate; empty means that a small set is chosen. `name` is a spec, or empty.
  Group(CayleyTable table, std::vector<Element> generators, std::string name, Construction construction,
        std::optional<PermutationAction> action = std::nullopt);
  // A group known by its table alone.
  explicit Group(CayleyTable table);
  // A group without a table; `generators` must generate.
  Group(std::shared_ptr<const ElementArithmetic> elements, std::vector<Element> generators, std::string name,
        Construction construction);
  // A group known by order and construction alone: too large to number its elements.
  Group(std::uint64_t order, std::string name, Construction construction);
  // The same group under another name.
  Group renamed(std::string name) const;

  // Throws GroupTooLargeError when the elements are not numbered.
  Element order() const;
  std::uint64_t exact_order() const;
  Element identity() const;
  Element multiply(Element a, Element b) const;
  Element inverse(Element a) const;
  // g^-1 x g
  Element conjugate(Element x, Element g) const;
  Element power(Element a, std::int64_t exponent) const;
  std::uint32_t element_order(Element a) const;

  // Throws GroupTooLargeError beyond CayleyTable::kMaximalOrder.
  const CayleyTable& table() const;
  // Whether the table is there already.
  bool has_table() const;
  // How elements are multiplied without a table, else nullptr.
  const ElementArithmetic* arithmetic() const;

  std::span<const Element> generators() const;
  const std::string& name() const;
  const Construction& construction() const;
  // The points that the elements permute in a group that was built from permutations, else 0.
  std::size_t degree() const;
  std::vector<std::uint16_t> permutation(Element a) const;
  // The element that permutes the points so, if there is one.
  std::optional<Element> find(std::span<const std::uint16_t> permutation) const;
  // All the permutations of a group with degree() > 0, else nullptr. Throws GroupTooLargeError beyond
  // kMaximalListedOrder.
  const PermutationAction* action() const;
  // Indices into generators() whose product, from left to right, is a. O(order * generators) once.
  std::vector<std::uint32_t> word(Element a) const;

  // Throws GroupTooLargeError beyond kMaximalListedOrder; `what` names what was to be listed.
  void check_listed(const char* what) const;

  // These throw GroupTooLargeError beyond kMaximalListedOrder.
  std::span<const std::uint32_t> element_orders() const;  // O(n) products
  std::span<const Element> inverses() const;

  // Beyond kMaximalListedOrder, for permutations only, by centralisers: `of_element` is empty then.
  const ConjugacyClasses& conjugacy_classes(const Interrupt& interrupt = {}) const;
  // The classes with centralisers, of a group made of permutations; those above where the elements are not
  // listed.
  const LargeConjugacyClasses& large_classes(const Interrupt& interrupt = {}) const;
  std::uint32_t class_of(Element a) const;
  // The class of the k-th powers of each class, for any integer k. O(classes * log k).
  std::vector<std::uint32_t> power_map(std::int64_t exponent) const;
  std::uint64_t exponent() const;
  bool is_abelian() const;
  // The elements that commute with everything, ascending.
  std::vector<Element> center() const;

  bool operator==(const Group& other) const { return data_ == other.data_; }

 private:
  struct Data;
  Group(std::shared_ptr<const Data> data, std::string name);

  std::shared_ptr<const Data> data_;
  std::shared_ptr<const std::string> name_;
};

// How a group was built, where that gives closed forms.
struct Construction {
  struct General {};
  struct Cyclic {
    std::uint32_t order;
  };
  struct Dihedral {
    std::uint32_t rotations;  // r^0 ... r^(m-1), then r^0 s ...; r has order m
  };
  struct Symmetric {
    std::uint32_t degree;
  };
  struct Alternating {
    std::uint32_t degree;
  };
  struct DirectProduct {
    std::vector<Group> factors;  // element (a_1, ..., a_r) has label row-major, the last factor fastest
  };
  // Element ((f_0, ..., f_(m-1)), b) row-major, b fastest; the top group permutes m points.
  struct WreathProduct {
    std::vector<Group> parts;  // base and top
  };
  std::variant<General, Cyclic, Dihedral, Symmetric, Alternating, DirectProduct, WreathProduct> how;
};

}  // namespace peterweyl
