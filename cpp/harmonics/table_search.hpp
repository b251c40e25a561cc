// Multiplication tables of groups in unitary blocks that are read in one order.
//
// Method: for a reference column r and a few columns h, the products V(h) V(r)^H V(g) of all g are matched to
// the columns by an optimal assignment, a permutation that should be g -> g r^-1 h. A few of them, the best
// first, are closed (regular_closure.hpp): few generators have to be right, not n^2 entries, so the search
// stands much more noise than reading the table entry by entry. More columns and other references are looked
// at until the caller is satisfied, the budget is spent, or (beyond 64 columns) the first
// rows are no better than products by random matrices. Time: n^2 sum d^2 multiplications and one
// assignment (O(n^3) at worst) a column, O(n^2) a closure.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "groups/cayley_table.hpp"
#include "harmonics/block_whitening.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// Up to this order every search runs to its end; beyond it one ends as soon as chance speaks.
inline constexpr std::uint32_t kExhaustiveOrder = 64;

struct TableSearchOptions {
  std::uint64_t seed = 1;
  double multiplications = 3e10;   // budget for matching
  std::size_t references = 3;      // reference columns to try
  std::size_t largest_count = 48;  // different tables to offer at most
};

// Offers each different table once, with column 0 as identity and checked by Light's test; the caller answers
// whether to stop. Deterministic for a given seed.
void search_tables(std::span<const WhitenedBlock> blocks, const TableSearchOptions& options,
                   const std::function<bool(CayleyTable)>& offer, const Interrupt& interrupt = {});

// The table of the same heap (g, r, h) -> g r^-1 h with another column as identity. O(n^2).
CayleyTable with_identity(const CayleyTable& table, Element identity);

}  // namespace peterweyl
