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

// A table that chance does not explain and that most rows agree with ends the search.
constexpr double kFarFromChance = -12.0;
constexpr double kMostRows = 0.5;

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
        interrupt_(interrupt) {}

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
          rows, n_, 0, [this](const RegularClosure& closure) { return consider(closure); }, interrupt_);
      batch *= 2;
    }
    ScoreSearchResult result;
    result.rows = rounded_.size();
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
  RoundedRow round_row(Element a) {
    interrupt_.poll();
    scores_.resize(std::size_t{n_} * n_);
    row_(a, scores_);
    RoundedRow result;
    result.maxima.resize(n_);
    for (std::uint32_t b = 0; b < n_; ++b) {
      const float* begin = scores_.data() + std::size_t{b} * n_;
      result.maxima[b] = static_cast<std::uint32_t>(std::max_element(begin, begin + n_) - begin);
    }
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

  bool consider(const RegularClosure& closure) {
    if (closure.reached.size() < n_) return false;
    // translation[x]: the permutation that carries 0 to x.
    std::vector<const std::uint16_t*> translation(n_);
    for (std::size_t i = 0; i < n_; ++i) translation[closure.reached[i]] = closure.rows.data() + i * n_;
    std::vector<std::size_t> votes(n_, 0);
    std::size_t voters = 0;
    for (const RoundedRow& rounded : rounded_) {
      const auto& permutation = rounded.row.permutation;
      const std::uint16_t* known = translation[permutation[0]];
      if (!std::equal(permutation.begin(), permutation.end(), known)) continue;
      const auto place = std::ranges::find(permutation, rounded.row.column) - permutation.begin();
      ++votes[static_cast<std::size_t>(place)];
      ++voters;
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
    ScoreCandidate candidate{std::move(*table), votes[identity], voters, 0, 0, 0, 0};
    weigh(candidate);
    stopped_ = candidate.log10_chance <= kFarFromChance &&
               static_cast<double>(candidate.exact_rows) >= kMostRows * static_cast<double>(candidate.rows);
    found_.push_back(std::move(candidate));
    stopped_ = stopped_ || found_.size() >= options_.largest_candidates;
    return stopped_;
  }

  void weigh(ScoreCandidate& candidate) const {
    std::size_t agreeing = 0;
    candidate.rows = rounded_.size();
    candidate.exact_rows = 0;
    for (const RoundedRow& rounded : rounded_) {
      const auto row = candidate.table.row(rounded.row.column);
      if (std::ranges::equal(rounded.row.permutation, row)) ++candidate.exact_rows;
      for (std::uint32_t b = 0; b < n_; ++b) agreeing += rounded.maxima[b] == row[b] ? 1 : 0;
    }
    const auto pairs = static_cast<double>(rounded_.size()) * n_;
    candidate.agreement = static_cast<double>(agreeing) / pairs;
    if (chance_) {
      candidate.log10_chance = chance_(candidate.table);
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
  std::vector<float> scores_;
  std::vector<RoundedRow> rounded_;
  std::vector<ScoreCandidate> found_;
  std::set<std::vector<std::uint16_t>> seen_;
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
