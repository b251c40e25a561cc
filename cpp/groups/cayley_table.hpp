// The multiplication table of a finite group: row-major, table(a, b) = a*b, elements 0 ... n-1.
//
// Memory: 2 n^2 bytes (entries are 16 bit), so the order is limited by kMaximalOrder; nothing larger is
// allocated.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace peterweyl {

using Element = std::uint32_t;

class CayleyTable {
 public:
  // The largest order whose table (2 GiB) is ever allocated.
  static constexpr std::uint64_t kMaximalOrder = 32768;

  // Throws GroupTooLargeError when a table of this order would pass the limit.
  static void check_order(std::uint64_t order);

  // Checks that row-major `entries` (rows x columns) are the table of a group: square, in range, a Latin
  // square, with an identity, associative. Throws NotAGroupError with a witness. O(n^2 log n) by Light's test
  // over a greedily chosen generating set (Clifford and Preston 1961, section 1.2).
  static CayleyTable from_entries(std::span<const std::int64_t> entries, std::size_t rows,
                                  std::size_t columns);

  // The table of a product rule that is a group law by construction; not checked beyond the inverses. O(n^2).
  static CayleyTable from_product_no_checks(std::uint64_t order,
                                            const std::function<Element(Element, Element)>& product);

  // The table from its right Cayley graph: right[x * generators.size() + k] = x * generators[k]. The
  // generators must generate, and element 0 must be the identity. One gather an entry: O(n^2), no product is
  // ever computed.
  static CayleyTable from_right_cayley_graph_no_checks(std::uint64_t order,
                                                       std::span<const Element> generators,
                                                       std::span<const Element> right);

  Element order() const { return order_; }
  Element identity() const { return identity_; }
  Element operator()(Element a, Element b) const { return entries_[std::size_t{a} * order_ + b]; }
  Element inverse(Element a) const { return inverses_[a]; }
  std::span<const std::uint16_t> entries() const { return entries_; }
  std::span<const std::uint16_t> row(Element a) const {
    return std::span(entries_).subspan(std::size_t{a} * order_, order_);
  }
  std::span<const Element> inverses() const { return inverses_; }

  // A generating set of at most log2(n) elements, chosen greedily by label; empty for the trivial group. O(n
  // log n).
  std::vector<Element> greedy_generators() const;

  // The elements of the subgroup that `generators` generate, ascending. O(size * number of generators).
  std::vector<Element> subgroup(std::span<const Element> generators) const;

  bool operator==(const CayleyTable&) const = default;

 private:
  explicit CayleyTable(std::uint64_t order);
  void find_identity();
  void find_inverses();

  Element order_;
  Element identity_ = 0;
  std::vector<std::uint16_t> entries_;
  std::vector<Element> inverses_;
};

}  // namespace peterweyl
