#include "harmonics/reconstruction.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <string>
#include <utility>

#include "groups/group.hpp"
#include "groups/isomorphism.hpp"
#include "harmonics/block_orientation.hpp"
#include "harmonics/coincident_columns.hpp"
#include "harmonics/exact_model.hpp"
#include "harmonics/table_search.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

// Beyond this order a table that is far from chance ends the search even when it is not certified.
constexpr Element kSmallOrder = 64;
constexpr double kFarFromChance = -12.0;
// Columns this close in relative distance are one column; no table of all columns is looked for.
constexpr double kEqualColumns = 1e-6;
// A group that fits almost as well leaves the question open: by root mean square, and by the exponent of
// chance.
constexpr double kRivalFit = 1.5;
constexpr double kRivalChance = 0.7;
// Theorem 17's bound needs the Gram matrix of the columns: only where that is a small part of the work.
constexpr std::size_t kPublishedBoundOrder = 256;

struct Found {
  TableCandidate candidate;
  std::vector<BlockModel> models;
};

void check_sizes(std::span<const WeightBlock> blocks, std::size_t order) {
  CayleyTable::check_order(order);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const std::size_t expected = order * blocks[i].degree * blocks[i].degree;
    const auto finite = [](const std::complex<double>& v) {
      return std::isfinite(v.real()) && std::isfinite(v.imag());
    };
    if (!std::ranges::all_of(blocks[i].values, finite)) {
      throw ArgumentError("blocks[" + std::to_string(i) + "]: expected finite numbers, got NaN or infinity");
    }
    if (order > 0 && blocks[i].degree > 0 && blocks[i].values.size() == expected) continue;
    throw ArgumentError("blocks[" + std::to_string(i) + "]: expected " + std::to_string(order) +
                        " matrices of " + std::to_string(blocks[i].degree) + " x " +
                        std::to_string(blocks[i].degree) + ", got " +
                        std::to_string(blocks[i].values.size()) + " numbers");
  }
}

class Solver {
 public:
  Solver(std::vector<WhitenedBlock> blocks, const ReconstructionOptions& options, const Interrupt& interrupt)
      : blocks_(std::move(blocks)), options_(options), interrupt_(interrupt) {}

  // All tables found, the best first.
  std::vector<Found> solve() {
    if (blocks_.empty()) return {};
    align_orientations(blocks_, options_.seed, interrupt_);
    search(blocks_);
    if (!satisfied_) search_without_bad_blocks();
    std::ranges::stable_sort(found_, {}, [](const Found& f) { return f.candidate.certificate.score; });
    return std::move(found_);
  }

  const std::vector<WhitenedBlock>& blocks() const { return blocks_; }

 private:
  void search(std::span<const WhitenedBlock> part) {
    TableSearchOptions options;
    options.seed = options_.seed + ++searches_;
    search_tables(
        part, options, [this](CayleyTable table) { return consider(std::move(table)); }, interrupt_);
  }

  bool consider(CayleyTable table) {
    for (const Found& found : found_) {
      if (found.candidate.table == table) return false;
    }
    const CayleyTree tree = cayley_tree(table);
    std::vector<BlockModel> models;
    for (const auto& block : blocks_) models.push_back(fit_exact_model(table, tree, block, interrupt_));
    TableCertificate certificate = assess_table(table, blocks_, models);
    if (certificate.is_promising()) prove_table(certificate, table, blocks_, models, interrupt_);
    satisfied_ = certificate.certified || (table.order() > kSmallOrder && certificate.consistent &&
                                           certificate.log10_chance <= kFarFromChance);
    found_.push_back({{std::move(table), std::move(certificate)}, std::move(models)});
    return satisfied_;
  }

  // Blocks that learned nothing spoil the matching: the larger blocks alone, then each of them, then all but
  // one.
  void search_without_bad_blocks() {
    if (blocks_.size() < 2) return;
    const bool sound = std::ranges::any_of(found_, [](const Found& f) {
      return f.candidate.certificate.consistent && f.candidate.certificate.fit < 0.5;
    });
    if (sound || blocks_[0].order() > kSmallOrder) return;
    std::vector<WhitenedBlock> larger;
    for (const auto& block : blocks_) {
      if (block.degree > 1) larger.push_back(block);
    }
    if (!larger.empty() && larger.size() < blocks_.size()) search(larger);
    for (std::size_t i = 0; larger.size() > 1 && i < larger.size() && !satisfied_; ++i) {
      search(std::span(larger).subspan(i, 1));
    }
    for (std::size_t i = 0; blocks_.size() > 2 && i < blocks_.size() && i < 12 && !satisfied_; ++i) {
      std::vector<WhitenedBlock> rest = blocks_;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
      search(rest);
    }
  }

  std::vector<WhitenedBlock> blocks_;
  const ReconstructionOptions& options_;
  const Interrupt& interrupt_;
  std::vector<Found> found_;
  std::uint64_t searches_ = 0;
  bool satisfied_ = false;
};

// The best of each isomorphism class, best first. O(candidates^2) isomorphism tests.
std::vector<Found> one_of_each_class(std::vector<Found> found, std::size_t largest,
                                     const Interrupt& interrupt) {
  std::vector<Found> classes;
  std::vector<Group> groups;
  for (Found& candidate : found) {
    if (classes.size() >= largest) break;
    const Group group(candidate.candidate.table);
    const bool known = std::ranges::any_of(
        groups, [&](const Group& g) { return find_isomorphism(g, group, interrupt).has_value(); });
    if (known) continue;
    groups.push_back(group);
    classes.push_back(std::move(candidate));
  }
  return classes;
}

// The column whose blocks are all positive multiples of the identity matrix, within the noise of the fit.
std::optional<Element> identity_column(std::span<const WeightBlock> blocks,
                                       std::span<const BlockSummary> summaries, std::size_t order,
                                       double residual) {
  std::vector<double> distance(order, 0.0);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (summaries[i].state != BlockState::kLive) continue;
    const std::size_t d = blocks[i].degree;
    for (std::size_t g = 0; g < order; ++g) {
      const auto matrix = blocks[i].values.subspan(g * d * d, d * d);
      double squared = 0;
      double trace = 0;
      for (std::size_t k = 0; k < d * d; ++k) {
        squared += std::norm(matrix[k]);
        if (k % (d + 1) == 0) trace += matrix[k].real();
      }
      // Scaled to the norm of the identity matrix; a zero matrix is as far as can be.
      const auto size = static_cast<double>(d);
      const double cosine = squared > 0 ? trace / std::sqrt(squared * size) : -1.0;
      distance[g] = std::max(distance[g], std::sqrt(std::max(0.0, 2 * size * (1 - cosine))));
    }
  }
  const auto best = static_cast<std::size_t>(std::ranges::min_element(distance) - distance.begin());
  double second = std::numeric_limits<double>::infinity();
  for (std::size_t g = 0; g < order; ++g) {
    if (g != best) second = std::min(second, distance[g]);
  }
  if (distance[best] > 2 * residual + 1e-6 || second < 2 * distance[best] + 1e-6) return std::nullopt;
  return static_cast<Element>(best);
}

// Numbers the irreps of the blocks in the order of appearance, by their characters.
void summarise_models(std::span<const BlockModel> models, std::span<const WhitenedBlock> blocks,
                      std::span<const std::size_t> places, std::vector<BlockSummary>& summaries) {
  std::vector<const BlockModel*> kinds;
  for (std::size_t i = 0; i < models.size(); ++i) {
    BlockSummary& summary = summaries[places[i]];
    summary.flipped = blocks[i].flipped;
    summary.consistent = fits_irrep(models[i], blocks[i]);
    summary.largest_deviation = models[i].largest_deviation;
    if (!summary.consistent) continue;
    const auto same = [&](const BlockModel* other) {
      for (std::size_t g = 0; g < models[i].character.size(); ++g) {
        if (std::abs(models[i].character[g] - other->character[g]) > 1e-4) return false;
      }
      return true;
    };
    const auto kind = std::ranges::find_if(kinds, same);
    summary.irrep = static_cast<int>(kind - kinds.begin());
    if (kind == kinds.end()) kinds.push_back(&models[i]);
  }
}

ReconstructionReason reason_for(const std::vector<TableCandidate>& candidates) {
  const TableCertificate& best = candidates[0].certificate;
  const auto rivals = [&best](const TableCandidate& other) {
    const TableCertificate& next = other.certificate;
    if (best.consistent && next.consistent && next.fit <= kRivalFit * best.fit + 1e-9) return true;
    return next.log10_chance <=
           std::min(kRivalChance * best.log10_chance, TableCertificate::kLargestLog10Chance);
  };
  const bool rival = std::any_of(candidates.begin() + 1, candidates.end(), rivals);
  if (best.log10_chance > TableCertificate::kLargestLog10Chance) return ReconstructionReason::kNoise;
  if (!best.other_readings.empty() || !best.convention_decided || rival)
    return ReconstructionReason::kAmbiguous;
  return best.certified ? ReconstructionReason::kCertified : ReconstructionReason::kUncertified;
}

}  // namespace

Reconstruction reconstruct_from_blocks(std::span<const WeightBlock> blocks, std::size_t order,
                                       const ReconstructionOptions& options, const Interrupt& interrupt) {
  check_sizes(blocks, order);
  Reconstruction result;
  std::vector<WhitenedBlock> live;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    interrupt.poll();
    WhitenedBlock block = whiten_block(blocks[i], order, interrupt);
    BlockSummary summary;
    summary.degree = blocks[i].degree;
    summary.state = block.state;
    summary.real = block.real;
    result.blocks.push_back(summary);
    if (block.state != BlockState::kLive) continue;
    places.push_back(i);
    live.push_back(std::move(block));
  }
  if (live.empty()) return result;
  if (order <= kPublishedBoundOrder) result.published = published_bound(blocks, order);

  const ColumnClasses classes = coincident_columns(live);
  std::vector<Found> found;
  std::vector<WhitenedBlock> solved;
  if (classes.classes.empty() || classes.largest_inner > kEqualColumns) {
    Solver solver(live, options, interrupt);
    found = one_of_each_class(solver.solve(), options.largest_candidates, interrupt);
    solved = solver.blocks();
  }
  const bool certified = !found.empty() && found[0].candidate.certificate.certified;
  if (!certified && !classes.classes.empty()) {
    std::vector<WhitenedBlock> merged;
    for (const auto& block : live) merged.push_back(merge_columns(block, classes.classes, interrupt));
    const bool usable =
        std::ranges::all_of(merged, [](const auto& b) { return b.state == BlockState::kLive; });
    if (usable) {
      Solver solver(std::move(merged), options, interrupt);
      std::vector<Found> quotient = one_of_each_class(solver.solve(), options.largest_candidates, interrupt);
      const bool sound = !quotient.empty() &&
                         (classes.classes.size() == 1 || quotient[0].candidate.certificate.log10_chance <=
                                                             TableCertificate::kLargestLog10Chance);
      if (sound) {
        found = std::move(quotient);
        solved = solver.blocks();
        result.cosets = classes.classes;
      }
    }
  }
  if (found.empty()) {
    result.reason = ReconstructionReason::kNoGroupFound;
    return result;
  }
  summarise_models(found[0].models, solved, places, result.blocks);
  for (Found& f : found) {
    prove_table(f.candidate.certificate, f.candidate.table, solved, f.models, interrupt);
    result.candidates.push_back(std::move(f.candidate));
  }
  for (const CayleyTable& reading : result.candidates[0].certificate.other_readings) {
    result.candidates.push_back({reading, {}});
  }
  result.certificate = result.candidates[0].certificate;
  if (!result.cosets.empty()) {
    result.reason = ReconstructionReason::kQuotient;
    result.table = result.candidates[0].table;
    return result;
  }
  result.reason = order == 1 ? ReconstructionReason::kNoInformation : reason_for(result.candidates);
  result.certificate.certified = result.reason == ReconstructionReason::kCertified;
  result.identity = identity_column(blocks, result.blocks, order, result.certificate.residual);
  for (TableCandidate& candidate : result.candidates) {
    candidate.table = with_identity(candidate.table, result.identity.value_or(0));
  }
  result.table = result.candidates[0].table;
  return result;
}

}  // namespace peterweyl
