// Power-conjugate presentations of solvable groups: generators g_1, ..., g_k with prime relative orders p_i
// and
//
//   g_i^p_i = a word in g_(i+1), ..., g_k,      g_i^-1 g_j g_i = a word in g_(i+1), ..., g_k   (i < j).
//
// Every element is g_1^e_1 ... g_k^e_k with 0 <= e_i < p_i in exactly one way when the presentation is
// consistent; its rank, sum of e_i * (p_(i+1) ... p_k), is its label, so the identity is 0 and g_k runs
// fastest. Words are stored as ranks. Multiplication needs no general collector: the products of all normal
// words with each generator form a table filled by one recursion, O(order * k * word length). Sources: Sims,
// Computation with Finitely Presented Groups (1994), chapter 9; Holt, Eick and O'Brien, Handbook of
// Computational Group Theory (2005), chapter 8.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "groups/group.hpp"

namespace peterweyl {

class PolycyclicPresentation {
 public:
  // All relations trivial: the direct product of cyclic groups of these prime orders.
  explicit PolycyclicPresentation(std::vector<std::uint32_t> relative_orders = {});

  std::size_t size() const { return relative_orders_.size(); }
  Element order() const { return order_; }
  std::span<const std::uint32_t> relative_orders() const { return relative_orders_; }
  // The rank of generator i: p_(i+1) ... p_k.
  Element generator(std::size_t i) const { return strides_[i]; }
  std::uint32_t exponent(Element rank, std::size_t i) const {
    return rank / strides_[i] % relative_orders_[i];
  }
  // The generators of the normal word, with multiplicity, from left to right.
  std::vector<std::uint8_t> letters(Element rank) const;

  // The relations, numbered: (i, i) is the power of g_i, (i, j) with i < j the conjugate of g_j by g_i.
  std::size_t relation_count() const { return words_.size(); }
  std::size_t relation(std::size_t i, std::size_t j) const { return j * (j + 1) / 2 + i; }
  Element word(std::size_t i, std::size_t j) const { return words_[relation(i, j)]; }
  void set_word(std::size_t i, std::size_t j, Element rank) { words_[relation(i, j)] = rank; }

  // right[x * k + j] = x * g_j for all ranks x. O(order * k * word length).
  std::vector<Element> right_multiplication() const;
  // Whether the order is as large as the relative orders promise: the overlaps of the rewriting rules agree.
  bool is_consistent() const;
  // The group; elements by rank. The presentation must be consistent.
  Group group(std::string name) const;

  // A few bytes: the relative orders as indices into the ascending primes of the order, a bit for each
  // relation that says whether it is trivial (power 1, conjugate itself), and the words of the others.
  std::vector<std::uint8_t> encode() const;
  // Reads one presentation of this order from the front of `code` and moves the front behind it.
  static PolycyclicPresentation decode(std::span<const std::uint8_t>& code, Element order);

  bool operator==(const PolycyclicPresentation&) const = default;

 private:
  Element trivial_word(std::size_t i, std::size_t j) const { return i == j ? 0 : strides_[j]; }

  Element order_ = 1;
  std::vector<std::uint32_t> relative_orders_;
  std::vector<Element> strides_;
  std::vector<Element> words_;
};

}  // namespace peterweyl
