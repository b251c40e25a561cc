#include "harmonics/table_search.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include "harmonics/closure_search.hpp"
#include "harmonics/linear_assignment.hpp"
#include "support/error.hpp"
#include "support/random.hpp"

namespace peterweyl {
namespace {

using Eigen::Index;
using Eigen::MatrixXcd;
using Eigen::MatrixXf;

// Beyond this order the search ends when the best of the first rows is no better than this share of chance.
constexpr std::uint32_t kSmallOrder = 64;
constexpr double kHopeless = 0.985;

class Search {
 public:
  Search(std::span<const WhitenedBlock> blocks, const TableSearchOptions& options,
         const std::function<bool(CayleyTable)>& offer, const Interrupt& interrupt)
      : blocks_(blocks), options_(options), offer_(offer), interrupt_(interrupt), random_(options.seed) {
    n_ = static_cast<std::uint32_t>(blocks[0].order());
    Index rows = 0;
    for (const auto& block : blocks) rows += 2 * block.degree * block.degree;
    features_.resize(rows, n_);
    Index row = 0;
    for (const auto& block : blocks) write_features(block.unitary, block.degree, row, features_);
    squared_norm_ = static_cast<double>(rows) / 2;
    const double cost = static_cast<double>(n_) * n_ * static_cast<double>(rows);
    const double affordable = std::max(12.0, options.multiplications / cost);
    rows_left_ = static_cast<std::size_t>(std::min(affordable, 3.0 * n_));
  }

  void run() {
    std::vector<std::uint32_t> references(n_);
    std::iota(references.begin(), references.end(), 0U);
    shuffle(references);
    references.resize(std::min<std::size_t>(references.size(), options_.references));
    for (std::size_t i = 0; i < references.size() && !stopped_ && rows_left_ > 0; ++i) {
      search_from(references[i]);
    }
  }

 private:
  void write_features(const MatrixXcd& values, Index degree, Index& row, MatrixXf& target) const {
    const Index height = 2 * degree * degree;
    const Eigen::Map<const Eigen::MatrixXd> flat(reinterpret_cast<const double*>(values.data()), height, n_);
    target.middleRows(row, height) = (std::sqrt(static_cast<double>(degree)) * flat).cast<float>();
    row += height;
  }

  void shuffle(std::vector<std::uint32_t>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random_.below(i)]);
  }

  // The assignment of products by random unitary matrices: what a row without a group looks like.
  double residual_by_chance() {
    MatrixXf products(features_.rows(), n_);
    Index row = 0;
    for (const auto& block : blocks_) {
      MatrixXcd factor(block.degree, block.degree);
      for (Index i = 0; i < factor.size(); ++i) factor(i) = random_.complex_normal();
      if (block.real) factor = factor.real().cast<std::complex<double>>().eval();
      write_features(nearest_unitary(factor) * block.unitary, block.degree, row, products);
    }
    const MatrixXf scores = features_.transpose() * products;
    const Assignment assignment =
        maximal_assignment(std::span(scores.data(), static_cast<std::size_t>(scores.size())), n_, interrupt_);
    return 2 * squared_norm_ - 2 * assignment.total / n_;
  }

  // Whether the best row is no nearer to the columns than random products are.
  bool is_hopeless(std::span<const TranslationRow> sorted) {
    if (n_ <= kSmallOrder || sorted.empty()) return false;
    if (!chance_) chance_ = residual_by_chance();
    return sorted[0].residual > kHopeless * *chance_;
  }

  // The residual is the mean squared distance of the products from the columns they were assigned.
  TranslationRow match(std::uint32_t h, std::uint32_t reference) {
    MatrixXf products(features_.rows(), n_);
    Index row = 0;
    for (const auto& block : blocks_) {
      const MatrixXcd factor = block.matrix(h) * block.matrix(reference).adjoint();
      write_features(factor * block.unitary, block.degree, row, products);
    }
    MatrixXf scores =
        features_.transpose() * products;  // column g holds the scores of product g: row-major by g
    const float certain = static_cast<float>(8 * squared_norm_);
    scores(h, reference) = certain;  // V(h) V(r)^H V(r) = V(h) exactly
    Assignment assignment =
        maximal_assignment(std::span(scores.data(), static_cast<std::size_t>(scores.size())), n_, interrupt_);
    TranslationRow result;
    result.column = h;
    const double total = assignment.total - static_cast<double>(certain) + squared_norm_;
    result.residual = 2 * squared_norm_ - 2 * total / n_;
    result.permutation = std::move(assignment.column_of_row);
    return result;
  }

  void search_from(std::uint32_t reference) {
    std::vector<std::uint32_t> columns(n_);
    std::iota(columns.begin(), columns.end(), 0U);
    columns.erase(columns.begin() + reference);
    shuffle(columns);
    std::vector<TranslationRow> rows;
    known_subgroup_.assign(n_, 0);
    std::size_t batch = 3;
    while (!columns.empty() && !stopped_ && rows_left_ > 0) {
      // Columns outside the subgroup found so far first: they make it grow.
      std::ranges::stable_partition(columns, [&](std::uint32_t c) { return known_subgroup_[c] != 0; });
      for (std::size_t i = 0; i < batch && !columns.empty() && rows_left_ > 0; ++i) {
        interrupt_.poll();
        rows.push_back(match(columns.back(), reference));
        columns.pop_back();
        --rows_left_;
      }
      std::ranges::stable_sort(rows, {}, &TranslationRow::residual);
      if (is_hopeless(rows)) {
        stopped_ = true;
        return;
      }
      search_closures(
          rows, n_, reference, [this](const RegularClosure& closure) { return finish(closure); }, interrupt_);
      batch *= 2;
    }
  }

  // A closure of all columns is offered if it is new; a smaller one says which columns to look at last. True
  // when the search shall end.
  bool finish(const RegularClosure& closure) {
    if (closure.reached.size() < n_) {
      const auto known = static_cast<std::size_t>(std::ranges::count(known_subgroup_, 1));
      if (closure.reached.size() > known) {
        std::ranges::fill(known_subgroup_, 0);
        for (const std::uint32_t c : closure.reached) known_subgroup_[c] = 1;
      }
      return false;
    }
    // The permutations of the closure by the image of column 0: the table with column 0 as identity, in a
    // form that does not depend on the reference, so that what was seen is not checked again.
    std::vector<std::uint16_t> text(std::size_t{n_} * n_);
    for (std::size_t i = 0; i < n_; ++i) {
      const std::uint16_t* row = closure.rows.data() + i * n_;
      for (std::size_t g = 0; g < n_; ++g) text[g * n_ + row[0]] = row[g];
    }
    const auto [place, is_new] = seen_.insert(std::move(text));
    if (!is_new) return false;
    std::optional<CayleyTable> table;
    try {
      table = CayleyTable::from_entries(std::vector<std::int64_t>(place->begin(), place->end()), n_, n_);
    } catch (const NotAGroupError&) {
      return false;
    }
    ++offered_;
    stopped_ = offer_(*std::move(table)) || offered_ >= options_.largest_count;
    return stopped_;
  }

  std::span<const WhitenedBlock> blocks_;
  const TableSearchOptions& options_;
  const std::function<bool(CayleyTable)>& offer_;
  const Interrupt& interrupt_;
  Random random_;
  std::uint32_t n_ = 0;
  MatrixXf features_;
  double squared_norm_ = 0;
  std::size_t rows_left_ = 0;
  std::vector<char> known_subgroup_;
  std::set<std::vector<std::uint16_t>> seen_;
  std::size_t offered_ = 0;
  std::optional<double> chance_;
  bool stopped_ = false;
};

}  // namespace

CayleyTable with_identity(const CayleyTable& table, Element identity) {
  const std::size_t n = table.order();
  if (identity == table.identity()) return table;
  std::vector<std::int64_t> entries(n * n);
  const Element inverse = table.inverse(identity);
  for (Element g = 0; g < n; ++g) {
    const auto row = table.row(table(g, inverse));
    std::ranges::copy(row, entries.begin() + static_cast<std::ptrdiff_t>(g * n));
  }
  return CayleyTable::from_entries(entries, n, n);
}

void search_tables(std::span<const WhitenedBlock> blocks, const TableSearchOptions& options,
                   const std::function<bool(CayleyTable)>& offer, const Interrupt& interrupt) {
  if (blocks.empty()) return;
  if (blocks[0].order() == 1) {
    const std::int64_t entry = 0;
    offer(CayleyTable::from_entries(std::span(&entry, 1), 1, 1));
    return;
  }
  Search(blocks, options, offer, interrupt).run();
}

}  // namespace peterweyl
