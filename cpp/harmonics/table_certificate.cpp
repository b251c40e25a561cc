#include "harmonics/table_certificate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "groups/group.hpp"
#include "groups/isomorphism.hpp"

namespace peterweyl {
namespace {

using Eigen::Index;
using Eigen::MatrixXcd;
using Eigen::MatrixXd;

// Deviations below rounding all count as exact.
constexpr double kSmallestVariance = 1e-12;
// Columns of an exact model are equal or differ by far more than this.
constexpr double kDistinctColumns = 1e-6;

// Real features: two numbers a complex entry, scaled by sqrt(degree).
MatrixXd real_features(std::span<const MatrixXcd> values, std::span<const WhitenedBlock> blocks, Index n) {
  Index rows = 0;
  for (const auto& block : blocks) rows += 2 * block.degree * block.degree;
  MatrixXd features(rows, n);
  Index row = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Index height = 2 * blocks[i].degree * blocks[i].degree;
    const Eigen::Map<const MatrixXd> flat(reinterpret_cast<const double*>(values[i].data()), height, n);
    features.middleRows(row, height) = std::sqrt(static_cast<double>(blocks[i].degree)) * flat;
    row += height;
  }
  return features;
}

double squared_norm_of_features(std::span<const WhitenedBlock> blocks) {
  double sum = 0;
  for (const auto& block : blocks) sum += static_cast<double>(block.degree * block.degree);
  return sum;
}

// The distance of products from the nearest column that the table does not name, over the whole table.
double exact_separation(const CayleyTable& table, std::span<const WhitenedBlock> blocks,
                        const Interrupt& interrupt) {
  const auto n = static_cast<Index>(table.order());
  std::vector<MatrixXcd> values;
  for (const auto& block : blocks) values.push_back(block.unitary);
  const MatrixXd features = real_features(values, blocks, n);
  double largest_score = -std::numeric_limits<double>::infinity();
  for (Element h = 0; h < table.order(); ++h) {
    interrupt.poll();
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const MatrixXcd factor = blocks[i].matrix(h) * blocks[i].matrix(table.identity()).adjoint();
      values[i] = factor * blocks[i].unitary;
    }
    const MatrixXd scores = features.transpose() * real_features(values, blocks, n);
    for (Element g = 0; g < table.order(); ++g) {
      const Element named = table(g, h);
      for (Element k = 0; k < table.order(); ++k) {
        if (k != named) largest_score = std::max(largest_score, scores(k, g));
      }
    }
  }
  return std::sqrt(std::max(0.0, 2 * squared_norm_of_features(blocks) - 2 * largest_score));
}

// The smallest distance between two columns of the exact model; of the blocks that fit an irrep only, if so
// asked.
double model_separation(const CayleyTable& table, std::span<const WhitenedBlock> blocks,
                        std::span<const BlockModel> models, bool only_fitting) {
  double smallest = std::numeric_limits<double>::infinity();
  for (Element x = 0; x < table.order(); ++x) {
    if (x == table.identity()) continue;
    double squared = 0;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      if (only_fitting && !fits_irrep(models[i], blocks[i])) continue;
      const auto d = static_cast<double>(blocks[i].degree);
      squared += 2 * d * (d - models[i].character[x].real());
    }
    smallest = std::min(smallest, squared);
  }
  return std::sqrt(std::max(0.0, smallest));
}

std::vector<char> kernel(const BlockModel& model, double degree) {
  std::vector<char> inside(model.character.size());
  for (std::size_t x = 0; x < inside.size(); ++x)
    inside[x] = degree - model.character[x].real() < 1e-6 ? 1 : 0;
  return inside;
}

std::vector<char> intersection(const std::vector<char>& a, const std::vector<char>& b) {
  std::vector<char> both(a.size());
  for (std::size_t x = 0; x < a.size(); ++x) both[x] = static_cast<char>(a[x] & b[x]);
  return both;
}

// The commutators of all elements with the generators generate the commutator subgroup.
std::vector<Element> commutator_subgroup(const CayleyTable& table) {
  std::vector<Element> commutators;
  for (const Element s : table.greedy_generators()) {
    for (Element g = 0; g < table.order(); ++g) {
      const Element c = table(table.inverse(table(s, g)), table(g, s));
      if (c != table.identity()) commutators.push_back(c);
    }
  }
  std::ranges::sort(commutators);
  commutators.erase(std::unique(commutators.begin(), commutators.end()), commutators.end());
  return table.subgroup(commutators);
}

// The factor in `first` of each element of `subset` written as a product first * second, or empty.
std::vector<Element> factors(const CayleyTable& table, std::span<const Element> subset,
                             const std::vector<char>& first, const std::vector<char>& second) {
  std::vector<Element> members;
  for (Element x = 0; x < table.order(); ++x) {
    if (first[x] != 0) members.push_back(x);
  }
  std::vector<Element> result;
  for (const Element c : subset) {
    const auto found =
        std::ranges::find_if(members, [&](Element a) { return second[table(table.inverse(a), c)] != 0; });
    if (found == members.end()) return {};
    result.push_back(*found);
  }
  return result;
}

// Representatives of the classes of blocks whose relative order is forced; class of each non-abelian block.
std::vector<std::size_t> forced_classes(const CayleyTable& table, std::span<const Element> commutators,
                                        const std::vector<std::vector<char>>& kernels) {
  std::vector<std::size_t> label(kernels.size());
  std::iota(label.begin(), label.end(), std::size_t{0});
  for (std::size_t i = 0; i < kernels.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (label[i] == label[j] || !factors(table, commutators, kernels[i], kernels[j]).empty()) continue;
      const std::size_t from = label[i];
      const std::size_t to = label[j];
      std::ranges::replace(label, from, to);
    }
  }
  return label;
}

}  // namespace

double log10_chance_bound(std::uint32_t columns, std::size_t blocks, double dimensions, double squared) {
  const double n = columns;
  const double free_dimensions = dimensions * (n - 1) / n;
  const double half = free_dimensions / 2;
  if (half <= 0) return 0;
  // Deviations are not known below rounding.
  const double known = std::max(squared, 1e-32 * dimensions);
  const double ball = half * std::log(known / 2) - std::lgamma(half + 1);
  // Labelled tables: at most n! for each group; the number of groups of order n is below exp(2 + 0.0514
  // log2(n)^3) for every n up to 2047 (Besche, Eick and O'Brien 2002 list them). Irrep, reading, and whether
  // it counts: 4n choices a block.
  const double log2n = std::log2(n);
  const double tables = std::lgamma(n + 1) + 2 + 0.0514 * log2n * log2n * log2n;
  const double choices = static_cast<double>(blocks) * std::log(4 * n);
  return std::min(0.0, (std::min(0.0, ball) + tables + choices) / std::numbers::ln10);
}

std::vector<CayleyTable> other_readings(const CayleyTable& table, std::span<const WhitenedBlock> blocks,
                                        std::span<const BlockModel> models, bool& decided) {
  constexpr std::size_t kMostClasses = 8;
  decided = true;
  std::vector<CayleyTable> found;
  const std::vector<Element> commutators = commutator_subgroup(table);
  if (commutators.size() == 1) return found;
  std::vector<std::vector<char>> kernels;
  std::vector<char> common(table.order(), 1);  // of the blocks that read the same both ways
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    std::vector<char> inside = kernel(models[i], static_cast<double>(blocks[i].degree));
    const bool abelian = std::ranges::all_of(commutators, [&](Element c) { return inside[c] != 0; });
    if (abelian) {
      common = intersection(common, inside);
    } else {
      kernels.push_back(std::move(inside));
    }
  }
  const std::vector<std::size_t> label = forced_classes(table, commutators, kernels);
  std::vector<std::size_t> classes = label;
  std::ranges::sort(classes);
  classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
  if (classes.size() > kMostClasses) {
    decided = false;
    return found;
  }
  // The first class keeps its reading; turning all of them gives the opposite group, which is isomorphic.
  for (std::size_t subset = 1; classes.size() > 1 && subset < (std::size_t{1} << (classes.size() - 1));
       ++subset) {
    std::vector<char> kept = common;
    std::vector<char> turned(table.order(), 1);
    for (std::size_t i = 0; i < kernels.size(); ++i) {
      const auto place = static_cast<std::size_t>(std::ranges::find(classes, label[i]) - classes.begin());
      const bool turn = place > 0 && ((subset >> (place - 1)) & 1) != 0;
      (turn ? turned : kept) = intersection(turn ? turned : kept, kernels[i]);
    }
    const std::vector<Element> shifts = factors(table, commutators, kept, turned);
    if (shifts.empty()) continue;
    std::vector<Element> shift(table.order(), table.identity());
    for (std::size_t c = 0; c < commutators.size(); ++c) shift[commutators[c]] = shifts[c];
    const std::size_t n = table.order();
    std::vector<std::int64_t> entries(n * n);
    for (Element g = 0; g < n; ++g) {
      for (Element h = 0; h < n; ++h) {
        const Element product = table(g, h);
        entries[g * n + h] = table(product, shift[table(table.inverse(product), table(h, g))]);
      }
    }
    found.push_back(CayleyTable::from_entries(entries, n, n));
  }
  return found;
}

bool fits_irrep(const BlockModel& model, const WhitenedBlock& block) {
  const auto total = static_cast<double>(block.degree * block.order());
  return model.exact && model.irreducible &&
         model.squared_whitened < TableCertificate::kLargestBlockDeviation * total;
}

TableCertificate assess_table(const CayleyTable& table, std::span<const WhitenedBlock> blocks,
                              std::span<const BlockModel> models) {
  TableCertificate result;
  const Element n = table.order();
  result.consistent = !blocks.empty();
  double weighted_deviation = 0;
  double weighted_total = 0;
  double entries = 0;
  double dimensions = 0;
  double squared = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const auto d = static_cast<double>(blocks[i].degree);
    const BlockModel& model = models[i];
    const bool fits = fits_irrep(model, blocks[i]);
    result.consistent = result.consistent && fits;
    result.residual = std::max(result.residual, model.largest_deviation);
    weighted_deviation += d * model.squared_deviation;
    weighted_total += d * d * n;
    // A block that learned nothing then weighs nothing: its level is the same whatever the table.
    result.score += d * d * std::log(std::max(model.squared_deviation / (d * n), kSmallestVariance));
    entries += d * d;
    // Real dimensions of a matrix, and its entries in units of their standard deviation when ||V||^2 = d on
    // average.
    if (!fits) continue;
    const double size = (blocks[i].real ? 1 : 2) * d * d;
    dimensions += size * n;
    squared += model.squared_whitened * size / d;
  }
  if (blocks.empty()) return result;
  result.fit = std::sqrt(weighted_deviation / weighted_total);
  result.score /= entries;
  // Blocks that fit but leave columns together say nothing of the whole table.
  if (model_separation(table, blocks, models, true) > kDistinctColumns) {
    result.log10_chance = log10_chance_bound(n, blocks.size(), dimensions, squared);
  }
  return result;
}

void prove_table(TableCertificate& result, const CayleyTable& table, std::span<const WhitenedBlock> blocks,
                 std::span<const BlockModel> models, const Interrupt& interrupt) {
  if (result.examined) return;
  result.examined = true;
  const Element n = table.order();
  const bool all_exact = std::ranges::all_of(models, [](const BlockModel& m) { return m.exact; });
  if (n == 1 || blocks.empty() || !all_exact) return;
  double degrees = 0;
  double drift = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const auto d = static_cast<double>(blocks[i].degree);
    degrees += d;
    drift += d * models[i].largest_deviation * models[i].largest_deviation;
  }
  const double lower_bound = model_separation(table, blocks, models, false) - 4 * std::sqrt(drift);
  result.separation = n <= TableCertificate::kExactSeparationOrder
                          ? exact_separation(table, blocks, interrupt)
                          : std::max(0.0, lower_bound);
  result.radius = result.separation / (4 * std::sqrt(degrees));
  if (!result.is_promising() || !(result.residual < result.radius)) return;
  const Group group(table);
  for (CayleyTable& reading : other_readings(table, blocks, models, result.convention_decided)) {
    interrupt.poll();
    if (find_isomorphism(group, Group(reading), interrupt)) continue;
    result.other_readings.push_back(std::move(reading));
  }
  result.certified = result.convention_decided && result.other_readings.empty();
}

TableCertificate certify_table(const CayleyTable& table, std::span<const WhitenedBlock> blocks,
                               std::span<const BlockModel> models, const Interrupt& interrupt) {
  TableCertificate result = assess_table(table, blocks, models);
  prove_table(result, table, blocks, models, interrupt);
  return result;
}

PublishedBound published_bound(std::span<const WeightBlock> blocks, std::size_t order) {
  PublishedBound bound;
  const auto n = static_cast<Index>(order);
  MatrixXcd gram = -static_cast<double>(order) * MatrixXcd::Identity(n, n);
  for (const WeightBlock& block : blocks) {
    const auto size = static_cast<Index>(block.degree * block.degree);
    const Eigen::Map<const MatrixXcd> columns(block.values.data(), size, n);
    gram.noalias() += static_cast<double>(block.degree) * (columns.adjoint() * columns);
  }
  bound.gram_defect = gram.cwiseAbs().maxCoeff();
  const double share = bound.gram_defect / static_cast<double>(order);
  if (share <= 0.5) {
    bound.admissible_defect =
        std::sqrt(0.5 - share) / (std::sqrt(static_cast<double>(order) + bound.gram_defect) + 1);
  }
  return bound;
}

}  // namespace peterweyl
