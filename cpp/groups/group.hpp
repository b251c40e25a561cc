// A finite group: an immutable value, cheap to copy, whose derived data are computed once, when first asked
// for, by whichever thread asks first.
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

namespace peterweyl {

struct Construction;

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
  // `generators` must generate; empty means that a small set is chosen. `name` is a spec, or empty.
  Group(CayleyTable table, std::vector<Element> generators, std::string name, Construction construction,
        std::optional<PermutationAction> action = std::nullopt);
  // A group known by its table alone.
  explicit Group(CayleyTable table);

  Element order() const { return table().order(); }
  Element identity() const { return table().identity(); }
  Element multiply(Element a, Element b) const { return table()(a, b); }
  Element inverse(Element a) const { return table().inverse(a); }
  Element power(Element a, std::int64_t exponent) const;

  const CayleyTable& table() const;
  std::span<const Element> generators() const;
  const std::string& name() const;
  const Construction& construction() const;
  // The natural permutations of a group that was built from permutations, else nullptr.
  const PermutationAction* action() const;

  std::span<const std::uint32_t> element_orders() const;  // O(n) products
  std::uint64_t exponent() const;
  const ConjugacyClasses& conjugacy_classes() const;
  // The class of the k-th powers of each class, for any integer k. O(classes * log k).
  std::vector<std::uint32_t> power_map(std::int64_t exponent) const;
  bool is_abelian() const;
  // The elements that commute with everything, ascending.
  std::vector<Element> center() const;

 private:
  struct Data;
  std::shared_ptr<const Data> data_;
};

// How a group was built, where that gives closed forms.
struct Construction {
  struct General {};
  struct Cyclic {
    std::uint32_t order;
  };
  struct Symmetric {
    std::uint32_t degree;
  };
  struct DirectProduct {
    std::vector<Group> factors;  // element (a_1, ..., a_r) has label row-major, the last factor fastest
  };
  std::variant<General, Cyclic, Symmetric, DirectProduct> how;
};

}  // namespace peterweyl
