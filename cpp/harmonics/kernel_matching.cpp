#include "harmonics/kernel_matching.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "harmonics/linear_assignment.hpp"
#include "harmonics/score_kernel.hpp"

namespace peterweyl {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
constexpr int kImprovements = 4;
constexpr std::size_t kNodesOfALeaf = 16;  // n^2 / 16 nodes cost about as much

}  // namespace

KernelMatcher::KernelMatcher(std::span<const std::complex<double>> kernel, std::size_t n, double tolerance,
                             bool improve, std::size_t most_base)
    : kernel_(kernel), n_(n), tolerance_(tolerance), improve_(improve) {
  for (const auto& value : kernel) scale_ = std::max(scale_, std::abs(value));
  if (scale_ == 0) scale_ = 1;
  choose_base(most_base);
}

// Column 0 first; then the column that tells apart most pairs that are still together.
void KernelMatcher::choose_base(std::size_t most_base) {
  // Classes of columns with equal values so far, refined by sorting: values that chain within the tolerance
  // are one.
  std::vector<std::uint32_t> label(n_, 0);
  std::size_t classes = 1;
  const auto refined = [&](std::uint32_t b, std::vector<std::uint32_t>& target) {
    // Real and imaginary parts cut one after the other.
    target = label;
    std::size_t count = 0;
    for (const bool imaginary : {false, true}) {
      std::vector<std::uint32_t> order(n_);
      for (std::uint32_t x = 0; x < n_; ++x) order[x] = x;
      const auto value = [&](std::uint32_t x) { return imaginary ? at(x, b).imag() : at(x, b).real(); };
      std::ranges::sort(order, [&](std::uint32_t x, std::uint32_t y) {
        if (target[x] != target[y]) return target[x] < target[y];
        return value(x) < value(y);
      });
      std::vector<std::uint32_t> next(n_);
      std::uint32_t current = 0;
      for (std::size_t i = 0; i < n_; ++i) {
        if (i > 0 && (target[order[i]] != target[order[i - 1]] ||
                      value(order[i]) - value(order[i - 1]) > 2 * tolerance_)) {
          ++current;
        }
        next[order[i]] = current;
      }
      target = std::move(next);
      count = current + 1;
    }
    return count;
  };
  std::vector<std::uint32_t> candidate;
  std::vector<std::uint32_t> best_label;
  while (base_.size() < most_base && classes < n_) {
    std::uint32_t best = kNone;
    std::size_t best_classes = classes;
    // Translations make all columns alike as the first one; afterwards a sample of columns does.
    const std::size_t step = base_.empty() ? n_ : std::max<std::size_t>(1, n_ / 64);
    for (std::uint32_t b = 0; b < n_; b += static_cast<std::uint32_t>(step)) {
      const std::size_t count = refined(b, candidate);
      if (best == kNone || count > best_classes) {
        if (std::ranges::find(base_, b) != base_.end()) continue;
        best = b;
        best_classes = count;
        best_label = candidate;
        if (count == n_) break;
      }
    }
    if (best == kNone) break;
    base_.push_back(best);
    // No column helps: individualising the one chosen still does.
    label = best_label;
    label[best] = static_cast<std::uint32_t>(n_ + base_.size());
    classes = std::max(best_classes, classes + 1);
    if (improve_ && base_.size() >= 6) break;
  }
  std::vector<std::uint32_t> sorted = label;
  std::ranges::sort(sorted);
  separates_ = std::ranges::adjacent_find(sorted) == sorted.end();
  if (base_.empty() && n_ > 0) base_.push_back(0);
}

bool KernelMatcher::fits(std::size_t level, std::uint32_t image) const {
  const std::uint32_t b = base_[level];
  if (std::abs(at(b, b) - at(image, image)) > tolerance_) return false;
  for (std::size_t i = 0; i < level; ++i) {
    if (images_[i] == image || std::abs(at(base_[i], b) - at(images_[i], image)) > tolerance_) return false;
  }
  return true;
}

std::optional<ColumnMap> KernelMatcher::find(std::span<const std::uint32_t> images,
                                             const Interrupt& interrupt) {
  images_.clear();
  for (const std::uint32_t image : images) {
    if (!fits(images_.size(), image)) return std::nullopt;
    images_.push_back(image);
  }
  return descend(interrupt);
}

std::optional<ColumnMap> KernelMatcher::descend(const Interrupt& interrupt) {
  if (images_.size() == base_.size()) {
    // A leaf that may be improved costs as much as so many nodes.
    if (improve_) nodes_left_ -= std::min(nodes_left_, n_ * n_ / kNodesOfALeaf);
    return round(interrupt);
  }
  const std::size_t level = images_.size();
  for (std::uint32_t y = 0; y < n_; ++y) {
    if (nodes_left_ == 0) return std::nullopt;
    if (!fits(level, y)) continue;
    interrupt.poll();
    --nodes_left_;
    images_.push_back(y);
    std::optional<ColumnMap> found = descend(interrupt);
    images_.resize(level);
    if (found) return found;
  }
  return std::nullopt;
}

std::optional<ColumnMap> KernelMatcher::round(const Interrupt& interrupt) const {
  ColumnMap map(n_, kNone);
  std::vector<char> taken(n_, 0);
  bool bijective = true;
  for (std::uint32_t x = 0; x < n_; ++x) {
    double nearest = std::numeric_limits<double>::infinity();
    for (std::uint32_t y = 0; y < n_; ++y) {
      double distance = 0;
      for (std::size_t i = 0; i < base_.size() && distance < nearest; ++i) {
        distance += std::norm(at(x, base_[i]) - at(y, images_[i]));
        if ((x == base_[i]) != (y == images_[i])) distance = std::numeric_limits<double>::infinity();
      }
      if (distance < nearest) {
        nearest = distance;
        map[x] = y;
      }
    }
    if (map[x] == kNone) return std::nullopt;
    bijective = bijective && taken[map[x]] == 0;
    taken[map[x]] = 1;
  }
  if (bijective && keeps(map)) return map;
  if (!improve_) return std::nullopt;
  for (int turn = 0; turn < kImprovements; ++turn) {
    ColumnMap next = improved(map, interrupt);
    const bool settled = next == map;
    map = std::move(next);
    if (keeps(map)) return map;
    if (settled) break;
  }
  return std::nullopt;
}

bool KernelMatcher::keeps(const ColumnMap& map) const {
  const double squared = tolerance_ * tolerance_;
  for (std::uint32_t x = 0; x < n_; ++x) {
    const std::complex<double>* row = kernel_.data() + std::size_t{x} * n_;
    const std::complex<double>* image = kernel_.data() + std::size_t{map[x]} * n_;
    for (std::uint32_t y = 0; y <= x; ++y) {
      if (std::norm(row[y] - image[map[y]]) > squared) return false;
    }
  }
  return true;
}

ColumnMap KernelMatcher::improved(const ColumnMap& map, const Interrupt& interrupt) const {
  // |K(x, .) - K(y, p(.))|^2 up to the norm of the row of x; single precision is enough for a proposal.
  const std::size_t inner = 2 * n_;
  std::vector<float> left(n_ * inner);
  std::vector<float> right(inner * n_);
  std::vector<float> half_norm(n_, 0.0F);
  for (std::uint32_t x = 0; x < n_; ++x) {
    for (std::uint32_t z = 0; z < n_; ++z) {
      const std::complex<double> own = at(x, z) / scale_;
      const std::complex<double> moved = at(x, map[z]) / scale_;
      left[x * inner + 2 * z] = static_cast<float>(own.real());
      left[x * inner + 2 * z + 1] = static_cast<float>(own.imag());
      right[2 * z * n_ + x] = static_cast<float>(moved.real());
      right[(2 * z + 1) * n_ + x] = static_cast<float>(moved.imag());
      half_norm[x] += static_cast<float>(std::norm(moved) / 2);
    }
  }
  std::vector<float> scores(n_ * n_);
  multiply_scores(left, right, scores, n_, inner, n_);
  for (std::size_t i = 0; i < scores.size(); ++i) scores[i] -= half_norm[i % n_];
  return maximal_assignment(scores, n_, interrupt).column_of_row;
}

}  // namespace peterweyl
