// What a character table needs to know of the classes of a group: sizes, element orders and all power maps.
//
// It says nothing of the elements, so groups given by a table, by a list and by a stabilizer chain share it.
// Memory: 4 bytes for each class and each power of its representative.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "characters/listed_group.hpp"
#include "groups/group.hpp"
#include "groups/large_conjugacy_classes.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

struct ClassStructure {
  std::uint64_t group_order = 1;
  std::vector<std::uint64_t> sizes;          // k
  std::vector<std::uint32_t> orders;         // k: the order of the elements of each class
  std::vector<std::size_t> power_starts;     // k + 1: where the powers of each class begin
  std::vector<std::uint32_t> power_classes;  // the classes of g^0, g^1, ... g^(order - 1)
  // Instead of the two lists, for abelian groups, where they may be as long as the order of the group
  // squared.
  std::function<std::uint32_t(std::size_t, std::int64_t)> power_rule;

  std::size_t count() const { return sizes.size(); }
  std::uint64_t centralizer_order(std::size_t c) const { return group_order / sizes[c]; }
  // The classes of the powers 0 ... order-1 of the elements of class c; only where they are listed.
  std::span<const std::uint32_t> powers(std::size_t c) const {
    return std::span(power_classes).subspan(power_starts[c], orders[c]);
  }
  std::uint32_t power(std::size_t c, std::int64_t exponent) const;
  std::uint32_t inverse(std::size_t c) const { return power(c, -1); }
  std::vector<std::uint32_t> power_map(std::int64_t exponent) const;
  // The least common multiple of the orders.
  std::uint64_t exponent() const;
  // Whether all generators of the cyclic subgroup of an element are conjugate to it: characters are integers
  // there.
  bool is_rational(std::size_t c) const;
  // The first class of the generators of the same cyclic subgroups, for each class, and an exponent that
  // takes that first class to it.
  struct GaloisClass {
    std::uint32_t first = 0;
    std::uint32_t exponent = 1;
  };
  std::vector<GaloisClass> galois_classes() const;
};

// From the elements: O(sum of the orders of the representatives) products.
ClassStructure class_structure(const ListedGroup& group);

// Of an abelian group, without lists of powers.
ClassStructure abelian_class_structure(const Group& group);

// From classes found without a list of elements: as many class look-ups.
ClassStructure class_structure(const LargeConjugacyClasses& classes, const Interrupt& interrupt = {});

}  // namespace peterweyl
