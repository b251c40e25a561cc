// Permutations of the columns that keep a kernel: K(p(x), p(y)) = K(x, y) within a tolerance.
//
// Method: a few base columns whose kernel values tell all columns apart; their images are sought by
// backtracking, pruned by the kernel values among them; every other column goes to the one with the nearest
// values. In noise the map is then improved: each column in turn goes to where all kernel values agree best,
// an optimal assignment on K(x, .) K(y, p(.))^H, until nothing moves. A map counts when no entry differs by
// more than the tolerance. O(n) a node, O(n^2) a leaf on exact data, O(n^3) a leaf that is improved.
#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "support/interrupt.hpp"

namespace peterweyl {

using ColumnMap = std::vector<std::uint32_t>;

class KernelMatcher {
 public:
  // n x n row-major, Hermitian; `tolerance` is absolute. `improve`: whether maps may be improved as above.
  // `most_base` columns serve as a base at most.
  KernelMatcher(std::span<const std::complex<double>> kernel, std::size_t n, double tolerance, bool improve,
                std::size_t most_base = 24);

  // Whether the base tells all columns apart.
  bool separates() const { return separates_; }
  std::span<const std::uint32_t> base() const { return base_; }

  // A permutation that carries the first base columns to `images` (at most as many as the base has), or
  // nothing; nothing as well when the budget of nodes is spent.
  std::optional<ColumnMap> find(std::span<const std::uint32_t> images, const Interrupt& interrupt = {});

  std::size_t nodes_left() const { return nodes_left_; }
  void set_budget(std::size_t nodes) { nodes_left_ = nodes; }

 private:
  void choose_base(std::size_t most_base);
  std::complex<double> at(std::uint32_t x, std::uint32_t y) const { return kernel_[std::size_t{x} * n_ + y]; }
  bool fits(std::size_t level, std::uint32_t image) const;
  std::optional<ColumnMap> descend(const Interrupt& interrupt);
  std::optional<ColumnMap> round(const Interrupt& interrupt) const;
  bool keeps(const ColumnMap& map) const;
  ColumnMap improved(const ColumnMap& map, const Interrupt& interrupt) const;

  std::span<const std::complex<double>> kernel_;
  std::size_t n_;
  double tolerance_;
  bool improve_;
  double scale_ = 0;
  bool separates_ = false;
  std::vector<std::uint32_t> base_;
  std::vector<std::uint32_t> images_;
  std::size_t nodes_left_ = 1'000'000;
};

}  // namespace peterweyl
