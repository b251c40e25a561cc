#include "harmonics/score_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <set>
#include <utility>

#include "harmonics/closure_search.hpp"
#include "harmonics/linear_assignment.hpp"
#include "support/error.hpp"
#include "support/random.hpp"

namespace peterweyl {
namespace {

// A table that chance does not explain and that most entries of the rounded rows agree with ends the search.
constexpr double kFarFromChance = -12.0;
constexpr double kMostPairs = 0.5;
// Up to this order all rows are rounded and repaired, so often; beyond, a few are repaired out of the largest
// scores.
constexpr std::size_t kLargestFullRepair = 128;
constexpr int kRepairs = 3;
constexpr std::size_t kRepairedRows = 16;
constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

struct RoundedRow {
  TranslationRow row;
  std::vector<std::uint32_t> maxima;
};

std::vector<Element> shuffled(std::size_t n, std::uint64_t seed) {
  std::vector<Element> items(n);
  std::iota(items.begin(), items.end(), 0U);
  Random random(seed);
  for (std::size_t i = n; i > 1; --i) std::swap(items[i - 1], items[random.below(i)]);
  return items;
}

// Root mean square of the scores about the mean of each row b.
double spread(std::span<const float> scores, std::size_t n) {
  double squared = 0;
  for (std::size_t b = 0; b < n; ++b) {
    double sum = 0;
    double own = 0;
    for (const float s : scores.subspan(b * n, n)) {
      sum += static_cast<double>(s);
      own += static_cast<double>(s) * static_cast<double>(s);
    }
    squared += std::max(0.0, own - sum * sum / static_cast<double>(n));
  }
  return std::sqrt(squared / static_cast<double>(n * n));
}

// Bound on log P(Binomial(pairs, 1/n) >= agreeing): Chernoff's, by relative entropy.
double log_binomial_tail(double pairs, double agreeing, double n) {
  const double share = agreeing / pairs;
  const double chance = 1 / n;
  if (share <= chance) return 0;
  double entropy = share * std::log(share / chance);
  if (share < 1) entropy += (1 - share) * std::log((1 - share) / (1 - chance));
  return -pairs * entropy;
}

class Search {
 public:
  Search(std::size_t order, const ScoreRow& row, const TableChance& chance, const ScoreSearchOptions& options,
         const Interrupt& interrupt)
      : n_(static_cast<std::uint32_t>(order)),
        row_(row),
        chance_(chance),
        options_(options),
        interrupt_(interrupt),
        most_found_(options.largest_candidates) {}

  ScoreSearchResult run() {
    const std::vector<Element> columns = shuffled(n_, options_.seed);
    const std::size_t most = std::min<std::size_t>(n_, options_.largest_rows);
    std::size_t batch = 4;
    while (rounded_.size() < most && !stopped_) {
      const std::size_t until = std::min(most, rounded_.size() + batch);
      while (rounded_.size() < until) rounded_.push_back(round_row(columns[rounded_.size()]));
      std::vector<TranslationRow> rows;
      for (const RoundedRow& rounded : rounded_) rows.push_back(rounded.row);
      std::ranges::stable_sort(rows, {}, &TranslationRow::residual);
      search_closures(
          rows, n_, 0, [this, &rows](const RegularClosure& closure) { return consider(closure, rows); },
          interrupt_);
      batch *= 2;
    }
    if (!satisfied_ && n_ <= options_.largest_repair) {
      fill_rows(columns);
      const bool all = n_ <= kLargestFullRepair;
      const std::size_t count = all ? n_ : kRepairedRows;
      for (int turn = 0; turn < (all ? kRepairs : 1) && !satisfied_; ++turn) {
        repair(std::span(columns).last(count));
      }
    }
    ScoreSearchResult result;
    result.rows = rounded_.size();
    for (const RoundedRow& rounded : rounded_) result.row_scores.push_back(-rounded.row.residual);
    // Found with fewer rows than are known now: all are weighed alike.
    for (ScoreCandidate& candidate : found_) {
      weigh(candidate);
      result.candidates.push_back(std::move(candidate));
    }
    std::ranges::stable_sort(result.candidates, {},
                             [](const ScoreCandidate& c) { return std::pair(c.log10_chance, -c.agreement); });
    return result;
  }

 private:
  std::vector<std::uint32_t> maxima(std::span<const float> scores) const {
    std::vector<std::uint32_t> result(n_);
    for (std::uint32_t b = 0; b < n_; ++b) {
      const auto own = scores.subspan(std::size_t{b} * n_, n_);
      result[b] = static_cast<std::uint32_t>(std::ranges::max_element(own) - own.begin());
    }
    return result;
  }

  RoundedRow round_row(Element a) {
    interrupt_.poll();
    scores_.resize(std::size_t{n_} * n_);
    row_(a, scores_);
    RoundedRow result;
    result.maxima = maxima(scores_);
    Assignment assignment = maximal_assignment(scores_, n_, interrupt_);
    const double size = spread(scores_, n_);
    double mean = 0;
    for (const float s : scores_) mean += static_cast<double>(s);
    mean /= static_cast<double>(scores_.size());
    result.row.column = a;
    result.row.residual = size > 0 ? -(assignment.total / n_ - mean) / size : 0.0;
    result.row.permutation = std::move(assignment.column_of_row);
    return result;
  }

  // The table to repair: rows rounded to permutations, or (in large tables) the largest score of each pair.
  void fill_rows(std::span<const Element> columns) {
    if (n_ <= kLargestFullRepair) {
      while (rounded_.size() < n_) rounded_.push_back(round_row(columns[rounded_.size()]));
    }
    rows_.resize(n_);
    for (const RoundedRow& rounded : rounded_) rows_[rounded.row.column] = rounded.row.permutation;
    for (Element a = 0; a < n_; ++a) {
      if (!rows_[a].empty()) continue;
      interrupt_.poll();
      scores_.resize(std::size_t{n_} * n_);
      row_(a, scores_);
      rows_[a] = maxima(scores_);
    }
  }

  // Rows out of all others: in a group a = x y gives a b = x (y b), so every x votes for the product of a and
  // b by way of the rows of x and y. A vote is right if three entries are, and wrong votes scatter.
  void repair(std::span<const Element> columns) {
    most_found_ = found_.size() + options_.largest_candidates;
    std::vector<std::vector<std::uint32_t>> inverse(n_, std::vector<std::uint32_t>(n_, kNone));
    for (std::uint32_t x = 0; x < n_; ++x) {
      for (std::uint32_t y = 0; y < n_; ++y) inverse[x][rows_[x][y]] = y;
    }
    std::vector<TranslationRow> voted;
    for (const Element a : columns) {
      interrupt_.poll();
      scores_.assign(std::size_t{n_} * n_, 0.0F);
      for (std::uint32_t x = 0; x < n_; ++x) {
        if (inverse[x][a] == kNone) continue;
        const auto& then = rows_[inverse[x][a]];
        for (std::uint32_t b = 0; b < n_; ++b) scores_[std::size_t{b} * n_ + rows_[x][then[b]]] += 1.0F;
      }
      Assignment assignment = maximal_assignment(scores_, n_, interrupt_);
      voted.push_back({a, -assignment.total, std::move(assignment.column_of_row)});
    }
    for (const TranslationRow& row : voted) rows_[row.column] = row.permutation;
    std::ranges::stable_sort(voted, {}, &TranslationRow::residual);
    search_closures(
        voted, n_, 0, [this, &voted](const RegularClosure& closure) { return consider(closure, voted); },
        interrupt_);
  }

  bool consider(const RegularClosure& closure, std::span<const TranslationRow> voters) {
    if (closure.reached.size() < n_) return false;
    // translation[x]: the permutation that carries 0 to x.
    std::vector<const std::uint16_t*> translation(n_);
    for (std::size_t i = 0; i < n_; ++i) translation[closure.reached[i]] = closure.rows.data() + i * n_;
    std::vector<std::size_t> votes(n_, 0);
    std::size_t count = 0;
    for (const TranslationRow& row : voters) {
      const auto& permutation = row.permutation;
      const std::uint16_t* known = translation[permutation[0]];
      if (!std::equal(permutation.begin(), permutation.end(), known)) continue;
      const auto place = std::ranges::find(permutation, row.column) - permutation.begin();
      ++votes[static_cast<std::size_t>(place)];
      ++count;
    }
    const auto identity = static_cast<std::size_t>(std::ranges::max_element(votes) - votes.begin());
    // The translation that carries the identity to a.
    std::vector<std::int64_t> entries(std::size_t{n_} * n_);
    for (std::uint32_t x = 0; x < n_; ++x) {
      const std::uint16_t* image = translation[x];
      std::copy_n(image, n_,
                  entries.begin() + static_cast<std::ptrdiff_t>(std::size_t{image[identity]} * n_));
    }
    std::vector<std::uint16_t> text(entries.begin(), entries.end());
    if (!seen_.insert(std::move(text)).second) return false;
    std::optional<CayleyTable> table;
    try {
      table = CayleyTable::from_entries(entries, n_, n_);
    } catch (const NotAGroupError&) {
      return false;
    }
    ScoreCandidate candidate{std::move(*table), votes[identity], count};
    weigh(candidate);
    // Repaired rows agree with each other before they agree with the scores: chance alone decides on them.
    satisfied_ = candidate.log10_chance <= kFarFromChance &&
                 (!rows_.empty() || candidate.rounded_agreement >= kMostPairs);
    found_.push_back(std::move(candidate));
    stopped_ = satisfied_ || found_.size() >= most_found_;
    return stopped_;
  }

  void weigh(ScoreCandidate& candidate) const {
    std::size_t agreeing = 0;
    std::size_t rounded_agreeing = 0;
    std::vector<std::size_t> by_row;
    std::vector<std::size_t> by_column(n_, 0);
    candidate.rows = rounded_.size();
    candidate.exact_rows = 0;
    for (const RoundedRow& rounded : rounded_) {
      const auto row = candidate.table.row(rounded.row.column);
      std::size_t own = 0;
      for (std::uint32_t b = 0; b < n_; ++b) {
        agreeing += rounded.maxima[b] == row[b] ? 1 : 0;
        const std::size_t right = rounded.row.permutation[b] == row[b] ? 1 : 0;
        own += right;
        by_column[b] += right;
      }
      by_row.push_back(own);
      rounded_agreeing += own;
      if (own == n_) ++candidate.exact_rows;
    }
    const auto pairs = static_cast<double>(rounded_.size()) * n_;
    candidate.agreement = static_cast<double>(agreeing) / pairs;
    candidate.rounded_agreement = static_cast<double>(rounded_agreeing) / pairs;
    const auto poor = [&](const std::vector<std::size_t>& counts, std::size_t size) {
      const double half = candidate.rounded_agreement * static_cast<double>(size) / 2;
      return static_cast<double>(std::ranges::count_if(
                 counts, [half](std::size_t c) { return static_cast<double>(c) < half; })) /
             static_cast<double>(counts.size());
    };
    candidate.uneven = std::max(poor(by_row, n_), poor(by_column, by_row.size()));
    if (chance_) {
      // Does not depend on the rows looked at.
      if (!candidate.weighed) candidate.log10_chance = chance_(candidate.table);
      candidate.weighed = true;
      return;
    }
    const double tail = log_binomial_tail(pairs, static_cast<double>(agreeing), n_);
    candidate.log10_chance = std::min(0.0, (tail + log_labelled_tables(n_)) / std::numbers::ln10);
  }

  std::uint32_t n_;
  const ScoreRow& row_;
  const TableChance& chance_;
  const ScoreSearchOptions& options_;
  const Interrupt& interrupt_;
  std::size_t most_found_;
  std::vector<float> scores_;
  std::vector<RoundedRow> rounded_;
  std::vector<ScoreCandidate> found_;
  std::set<std::vector<std::uint16_t>> seen_;
  std::vector<std::vector<std::uint32_t>> rows_;  // the table being repaired
  bool satisfied_ = false;
  bool stopped_ = false;
};

}  // namespace

ScoreSearchResult search_scores(std::size_t order, const ScoreRow& row, const TableChance& chance,
                                const ScoreSearchOptions& options, const Interrupt& interrupt) {
  return Search(order, row, chance, options, interrupt).run();
}

ReadOut read_out(const CayleyTable& table, const ScoreRow& row, std::size_t rows, std::uint64_t seed,
                 const Interrupt& interrupt) {
  const std::size_t n = table.order();
  std::vector<Element> columns = shuffled(n, seed);
  columns.resize(std::min(n, rows));
  ReadOut result;
  result.complete = columns.size() == n;
  result.smallest_margin = std::numeric_limits<double>::infinity();
  std::vector<float> scores(n * n);
  for (const Element a : columns) {
    interrupt.poll();
    row(a, scores);
    const double size = spread(scores, n);
    const auto products = table.row(a);
    for (std::size_t b = 0; b < n; ++b) {
      float* own = scores.data() + b * n;
      const float product = own[products[b]];
      own[products[b]] = -std::numeric_limits<float>::infinity();
      const float other = *std::max_element(own, own + n);
      const double difference = static_cast<double>(product) - static_cast<double>(other);
      const double margin = n == 1 || size <= 0 ? 0.0 : difference / size;
      result.smallest_margin = std::min(result.smallest_margin, margin);
      result.mean_margin += margin;
      result.agreeing += margin > 0 ? 1 : 0;
      ++result.pairs;
    }
  }
  if (result.pairs > 0) result.mean_margin /= static_cast<double>(result.pairs);
  return result;
}

}  // namespace peterweyl
