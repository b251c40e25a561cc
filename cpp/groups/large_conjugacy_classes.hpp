// Conjugacy classes of permutation groups far too large to list, proven complete.
//
// Elements are drawn uniformly from the group and, in turn, from the centraliser of a class found so far: a
// walk "x -> random element of the centraliser of x" visits every class equally often (the Burnside process,
// Jerrum 1993), so small classes turn up too. Each new class brings its powers and its Galois conjugates x^k.
// Cycle lengths on the orbits separate most classes, conjugation_search.hpp decides the rest, and the search
// ends when the exact sizes add up to the order of the group: that proves the list complete. (Compare Hulpke
// 2000.) The elements of small classes are listed, up to kListedBytes in all, and looked up: groups with many
// classes, such as abelian and dihedral ones, have small ones that no invariant separates.
//
// Order: identity first, then by (element order, class size, order of discovery); reproducible for a given
// seed.
//
// Cost: about k log k random elements for k classes, each with one backtrack search; M24 (2.4e8 elements, 26
// classes) takes milliseconds. Groups with a great many classes, or centralisers that backtracking is slow
// on, are bounded by `class_limit` and the interrupt. Memory: a stabilizer chain a class.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "groups/conjugation_search.hpp"
#include "groups/permutation_orbits.hpp"
#include "groups/random_products.hpp"
#include "groups/stabilizer_chain.hpp"
#include "support/interrupt.hpp"
#include "support/random.hpp"

namespace peterweyl {

class LargeConjugacyClasses {
 public:
  static constexpr std::uint64_t kDefaultClassLimit = 5'000;
  static constexpr std::uint64_t kListedBytes = std::uint64_t{1} << 24;
  static constexpr std::uint64_t kListedSize = 32;  // of a class

  // Throws GroupTooLargeError when the order passes 64 bit and EnumerationLimitError when there are more than
  // `class_limit` classes.
  static LargeConjugacyClasses compute(const StabilizerChain& group, const Interrupt& interrupt = {},
                                       std::uint64_t class_limit = kDefaultClassLimit,
                                       std::uint64_t seed = 1);

  std::size_t count() const { return order_.size(); }
  std::uint64_t group_order() const { return group_order_; }
  const Permutation& representative(std::size_t c) const { return entry(c).search.element(); }
  std::uint64_t size(std::size_t c) const { return group_order_ / entry(c).centralizer_order; }
  std::uint64_t centralizer_order(std::size_t c) const { return entry(c).centralizer_order; }
  std::uint64_t element_order(std::size_t c) const { return entry(c).search.cycles().order; }
  std::span<const Permutation> centralizer_generators(std::size_t c) const {
    return entry(c).search.centralizer_generators();
  }

  // The class of an element. Throws ArgumentError when it is not one.
  std::uint32_t identify(std::span<const std::uint16_t> element, const Interrupt& interrupt = {}) const;
  // The class of the k-th powers of each class, for any integer k.
  std::vector<std::uint32_t> power_map(std::int64_t k, const Interrupt& interrupt = {}) const;

 private:
  struct Entry {
    ConjugationSearch search;
    std::uint64_t centralizer_order = 1;
    RandomProducts products;  // of the centraliser
  };

  LargeConjugacyClasses(const StabilizerChain& group, std::uint64_t group_order, const Interrupt& interrupt,
                        std::uint64_t seed);
  const Entry& entry(std::size_t c) const { return entries_[order_[c]]; }
  std::uint32_t find(std::span<const std::uint16_t> element, const Interrupt& interrupt) const;
  void add_closure(Permutation element, std::uint64_t class_limit, const Interrupt& interrupt);
  bool list(std::uint32_t entry, std::uint64_t size);
  std::uint32_t find_listed(std::span<const std::uint16_t> element) const;
  void sort();

  StabilizerChain group_;
  std::uint64_t group_order_;
  InvariantPartitions partitions_;
  std::vector<Entry> entries_;                                                  // in the order of discovery
  std::vector<std::uint32_t> order_;                                            // class -> entry
  std::vector<std::uint32_t> rank_;                                             // entry -> class
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_invariant_;  // entries not listed
  std::vector<std::uint16_t> listed_;                                           // images, a row an element
  std::vector<std::uint32_t> listed_entries_;                                   // of each row
  std::unordered_multimap<std::uint64_t, std::uint32_t> listed_rows_;           // by a hash of the images
  std::uint64_t elements_found_ = 0;
  bool complete_ = false;
  Random random_;
};

}  // namespace peterweyl
