#include "groups/cayley_table.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <utility>

#include "groups/spanning_tree.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

std::string text(std::int64_t value) {
  return std::to_string(value);
}

// Right multiplication of everything reached so far by `generators`, starting from the elements in `reached`.
void close_under_right_multiplication(const CayleyTable& table, std::span<const Element> generators,
                                      std::vector<Element>& reached, std::vector<char>& seen) {
  for (std::size_t i = 0; i < reached.size(); ++i) {
    for (const Element g : generators) {
      const Element product = table(reached[i], g);
      if (seen[product] != 0) continue;
      seen[product] = 1;
      reached.push_back(product);
    }
  }
}

void check_latin(const CayleyTable& table, bool rows) {
  const Element n = table.order();
  std::vector<Element> last_seen(n, n);
  for (Element i = 0; i < n; ++i) {
    for (Element j = 0; j < n; ++j) {
      const Element value = rows ? table(i, j) : table(j, i);
      if (last_seen[value] == i) {
        const Element row = rows ? i : j;
        const Element column = rows ? j : i;
        throw NotAGroupError("table: expected every element once in each row and column, but table[" +
                                 text(row) + ", " + text(column) + "] = " + text(value) +
                                 " repeats an earlier entry of its " + (rows ? "row" : "column"),
                             {row, column});
      }
      last_seen[value] = i;
    }
  }
}

}  // namespace

CayleyTable::CayleyTable(std::uint64_t order)
    : order_(static_cast<Element>(order)), entries_(order * order), inverses_(order) {}

void CayleyTable::check_order(std::uint64_t order) {
  if (order <= kMaximalOrder) return;
  std::ostringstream message;
  const double gibibytes = 2.0 * static_cast<double>(order) * static_cast<double>(order) / (1 << 30);
  message.precision(3);
  message << "a group of order " << order << " needs a multiplication table of " << gibibytes
          << " GiB; the limit is order " << kMaximalOrder << " (2 GiB)";
  throw GroupTooLargeError(message.str(), order, kMaximalOrder);
}

void CayleyTable::find_identity() {
  // In a Latin square the only candidate is the element that fixes element 0 from the right.
  const auto first_row = row(0);
  identity_ = static_cast<Element>(std::ranges::find(first_row, 0) - first_row.begin());
}

void CayleyTable::find_inverses() {
  for (Element a = 0; a < order_; ++a) {
    const auto products = row(a);
    inverses_[a] = static_cast<Element>(std::ranges::find(products, identity_) - products.begin());
  }
}

CayleyTable CayleyTable::from_entries(std::span<const std::int64_t> entries, std::size_t rows,
                                      std::size_t columns) {
  if (rows != columns || rows == 0) {
    throw NotAGroupError("table: expected a square array (n, n) with n >= 1, got (" + std::to_string(rows) +
                             ", " + std::to_string(columns) + ")",
                         {});
  }
  check_order(rows);
  const auto n = static_cast<std::int64_t>(rows);
  CayleyTable table(rows);
  for (std::size_t k = 0; k < entries.size(); ++k) {
    if (entries[k] < 0 || entries[k] >= n) {
      const auto row = static_cast<std::int64_t>(k / rows);
      const auto column = static_cast<std::int64_t>(k % rows);
      throw NotAGroupError("table: expected entries in 0 ... " + text(n - 1) + ", but table[" + text(row) +
                               ", " + text(column) + "] = " + text(entries[k]),
                           {row, column});
    }
    table.entries_[k] = static_cast<std::uint16_t>(entries[k]);
  }
  check_latin(table, true);
  check_latin(table, false);

  table.find_identity();
  for (Element a = 0; a < table.order_; ++a) {
    const Element e = table.identity_;
    if (table(e, a) == a && table(a, e) == a) continue;
    const bool left = table(e, a) != a;
    throw NotAGroupError("table: there is no identity: 0*" + text(e) + " = 0, but " +
                             (left ? text(e) + "*" + text(a) : text(a) + "*" + text(e)) + " is not " +
                             text(a),
                         left ? std::vector<std::int64_t>{e, a} : std::vector<std::int64_t>{a, e});
  }

  // Light's test: the middle elements g with (x g) y = x (g y) for all x, y form a subgroup, so generators
  // suffice; testing each generator as it is chosen makes every new one at least double what is reached.
  std::vector<Element> generators;
  std::vector<Element> reached{table.identity_};
  std::vector<char> seen(rows, 0);
  seen[table.identity_] = 1;
  for (Element g = 0; g < table.order_; ++g) {
    if (seen[g] != 0) continue;
    const auto g_row = table.row(g);
    for (Element x = 0; x < table.order_; ++x) {
      const auto x_row = table.row(x);
      const auto xg_row = table.row(x_row[g]);
      for (Element y = 0; y < table.order_; ++y) {
        if (xg_row[y] == x_row[g_row[y]]) continue;
        throw NotAGroupError("table: not associative: (" + text(x) + "*" + text(g) + ")*" + text(y) + " = " +
                                 text(xg_row[y]) + " but " + text(x) + "*(" + text(g) + "*" + text(y) +
                                 ") = " + text(x_row[g_row[y]]),
                             {x, g, y});
      }
    }
    generators.push_back(g);
    close_under_right_multiplication(table, generators, reached, seen);
  }
  table.find_inverses();
  return table;
}

CayleyTable CayleyTable::from_product_no_checks(std::uint64_t order,
                                                const std::function<Element(Element, Element)>& product) {
  check_order(order);
  CayleyTable table(order);
  std::size_t k = 0;
  for (Element a = 0; a < table.order_; ++a) {
    for (Element b = 0; b < table.order_; ++b)
      table.entries_[k++] = static_cast<std::uint16_t>(product(a, b));
  }
  table.find_identity();
  table.find_inverses();
  return table;
}

CayleyTable CayleyTable::from_right_cayley_graph_no_checks(std::uint64_t order,
                                                           std::span<const Element> generators,
                                                           std::span<const Element> right) {
  check_order(order);
  CayleyTable table(order);
  const std::size_t rank = generators.size();

  const SpanningTree tree = spanning_tree(table.order_, 0, static_cast<std::uint32_t>(rank),
                                          [&](Element x, std::uint32_t k) { return right[x * rank + k]; });
  const std::span<const Element> beyond_identity = std::span(tree.sequence).subspan(1);

  // left[k][x] = g_k * x, and its inverse: g (p s) = (g p) s.
  std::vector<std::vector<std::uint16_t>> left(rank, std::vector<std::uint16_t>(order));
  std::vector<std::vector<std::uint16_t>> left_inverse = left;
  for (std::size_t k = 0; k < rank; ++k) {
    left[k][0] = static_cast<std::uint16_t>(generators[k]);
    for (const Element x : beyond_identity) {
      left[k][x] = static_cast<std::uint16_t>(right[left[k][tree.parent[x]] * rank + tree.step[x]]);
    }
    for (std::size_t x = 0; x < order; ++x) left_inverse[k][left[k][x]] = static_cast<std::uint16_t>(x);
  }

  // (p s) b = p (s b): each row is a gather of its parent's row, all of it in cache.
  std::uint16_t* const entries = table.entries_.data();
  for (std::size_t b = 0; b < order; ++b) entries[b] = static_cast<std::uint16_t>(b);
  table.inverses_[0] = 0;
  for (const Element x : beyond_identity) {
    const std::uint16_t* const parent = entries + tree.parent[x] * order;
    const std::uint16_t* const moved = left[tree.step[x]].data();
    std::uint16_t* const row = entries + x * order;
    for (std::size_t b = 0; b < order; ++b) row[b] = parent[moved[b]];
    table.inverses_[x] = left_inverse[tree.step[x]][table.inverses_[tree.parent[x]]];
  }
  return table;
}

std::vector<Element> CayleyTable::greedy_generators() const {
  std::vector<Element> generators;
  std::vector<Element> reached{identity_};
  std::vector<char> seen(order_, 0);
  seen[identity_] = 1;
  for (Element g = 0; g < order_; ++g) {
    if (seen[g] != 0) continue;
    generators.push_back(g);
    close_under_right_multiplication(*this, generators, reached, seen);
  }
  return generators;
}

std::vector<Element> CayleyTable::subgroup(std::span<const Element> generators) const {
  std::vector<Element> reached{identity_};
  std::vector<char> seen(order_, 0);
  seen[identity_] = 1;
  close_under_right_multiplication(*this, generators, reached, seen);
  std::ranges::sort(reached);
  return reached;
}

}  // namespace peterweyl
