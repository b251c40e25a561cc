// Subgroups of a group given by its table: closures, cosets, quotients, normalisers, centralisers, cores.
//
// A subgroup is a value: its elements ascending, a membership mask and generators, all in the labels of the
// group. Memory O(order of the group) a subgroup. Costs are in products, one table look-up each.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "groups/group.hpp"

namespace peterweyl {

class Subgroup {
 public:
  // The subgroup that elements generate. O(size * generators).
  static Subgroup generated(const Group& group, std::span<const Element> generators);
  static Subgroup trivial(const Group& group) { return generated(group, {}); }
  static Subgroup whole(const Group& group);

  Element order() const { return static_cast<Element>(elements_.size()); }
  std::span<const Element> elements() const { return elements_; }
  std::span<const Element> generators() const { return generators_; }
  bool contains(Element x) const { return mask_[x] != 0; }
  bool contains(const Subgroup& other) const;
  // The least subgroup that holds this one and `x` as well.
  Subgroup joined(const Group& group, std::span<const Element> more) const;

  bool operator==(const Subgroup& other) const { return elements_ == other.elements_; }

 private:
  std::vector<Element> elements_;
  std::vector<char> mask_;
  std::vector<Element> generators_;
};

// The least normal subgroup of `group` that holds the elements. O(size * generators of both).
Subgroup normal_closure(const Group& group, std::span<const Element> elements);

// [H, K] for normal H and K: the normal closure of the commutators of their generators.
Subgroup commutator_subgroup(const Group& group, const Subgroup& left, const Subgroup& right);

bool is_normal(const Group& group, const Subgroup& subgroup);

// Elements that normalise, respectively commute with, a subgroup. O(order * generators).
Subgroup normalizer(const Group& group, const Subgroup& subgroup);
Subgroup centralizer(const Group& group, std::span<const Element> elements);

// The intersection of two subgroups, and the largest normal subgroup inside one (the intersection of its
// conjugates).
Subgroup intersection(const Group& group, const Subgroup& left, const Subgroup& right);
Subgroup normal_core(const Group& group, const Subgroup& subgroup);

// For each element the number of its coset x*H (left) or H*x (right); cosets are numbered by their smallest
// element, ascending, and the smallest elements are the transversal.
struct Cosets {
  std::vector<Element> of_element;
  std::vector<Element> transversal;
};
Cosets left_cosets(const Group& group, const Subgroup& subgroup);
Cosets right_cosets(const Group& group, const Subgroup& subgroup);

// G/N with cosets in the order of left_cosets; `of_element` is the projection. Throws ArgumentError unless N
// is normal.
struct Quotient {
  Group group;
  std::vector<Element> of_element;
};
Quotient quotient_group(const Group& group, const Subgroup& normal);

// The subgroup as a group of its own; element k is subgroup.elements()[k], the identity where it falls.
Group as_group(const Group& group, const Subgroup& subgroup);

}  // namespace peterweyl
