#include "harmonics/regular_subgroups.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "harmonics/regular_closure.hpp"
#include "support/error.hpp"
#include "support/random.hpp"

namespace peterweyl {
namespace {

// Free: no power that is not the identity fixes a column; all cycles have one length.
bool is_semiregular(const ColumnMap& map) {
  std::vector<char> seen(map.size(), 0);
  std::size_t length = 0;
  for (std::uint32_t start = 0; start < map.size(); ++start) {
    if (seen[start] != 0) continue;
    std::size_t own = 0;
    for (std::uint32_t x = start; seen[x] == 0; x = map[x]) {
      seen[x] = 1;
      ++own;
    }
    if (length == 0) length = own;
    if (own != length) return false;
  }
  return length > 1;
}

class Enumeration {
 public:
  Enumeration(const SymmetryChain& chain, std::size_t n, std::uint64_t seed,
              const RegularSubgroupOptions& options, const Interrupt& interrupt)
      : chain_(chain), n_(n), options_(options), interrupt_(interrupt), random_(seed) {}

  RegularSubgroups run() {
    result_.complete = chain_.complete && list_stabiliser();
    mover_.resize(n_);
    for (const ColumnMap& map : chain_.transversals[0]) mover_[map[0]] = &map;
    choices_.resize(n_);
    RegularClosure trivial;
    trivial.consistent = true;
    trivial.reached = {0};
    trivial.rows.resize(n_);
    for (std::size_t x = 0; x < n_; ++x) trivial.rows[x] = static_cast<std::uint16_t>(x);
    extend(trivial, {});
    return std::move(result_);
  }

 private:
  // All products of transversal elements below the first level, in random order; false when there are too
  // many, of which a random part is kept.
  bool list_stabiliser() {
    ColumnMap identity(n_);
    for (std::uint32_t x = 0; x < n_; ++x) identity[x] = x;
    stabiliser_.assign(1, identity);
    const double size = chain_.stabiliser();
    if (size <= static_cast<double>(options_.largest_stabiliser)) {
      for (std::size_t level = chain_.transversals.size(); level-- > 1;) {
        std::vector<ColumnMap> longer;
        for (const ColumnMap& deep : stabiliser_) {
          for (const ColumnMap& map : chain_.transversals[level]) longer.push_back(composed(deep, map));
        }
        stabiliser_ = std::move(longer);
      }
    } else {
      while (stabiliser_.size() < options_.largest_stabiliser) {
        ColumnMap element = identity;
        for (std::size_t level = chain_.transversals.size(); level-- > 1;) {
          const auto& transversal = chain_.transversals[level];
          element = composed(element, transversal[random_.below(transversal.size())]);
        }
        stabiliser_.push_back(std::move(element));
      }
    }
    for (std::size_t i = stabiliser_.size(); i > 1; --i) {
      std::swap(stabiliser_[i - 1], stabiliser_[random_.below(i)]);
    }
    return size <= static_cast<double>(options_.largest_stabiliser);
  }

  static ColumnMap composed(const ColumnMap& a, const ColumnMap& b) {
    ColumnMap map(a.size());
    for (std::size_t x = 0; x < a.size(); ++x) map[x] = b[a[x]];
    return map;
  }

  // The free permutations that carry 0 to h: first the stabiliser, then a mover.
  const std::vector<ColumnMap>& free_maps(std::uint32_t h) {
    if (choices_[h].empty()) {
      for (const ColumnMap& s : stabiliser_) {
        interrupt_.poll();
        ColumnMap map = composed(s, *mover_[h]);
        if (is_semiregular(map)) choices_[h].push_back(std::move(map));
      }
    }
    return choices_[h];
  }

  void extend(const RegularClosure& closure, const std::vector<std::span<const std::uint32_t>>& generators) {
    if (closure.reached.size() == n_) {
      keep(closure);
      return;
    }
    std::vector<char> inside(n_, 0);
    for (const std::uint32_t x : closure.reached) inside[x] = 1;
    const auto h = static_cast<std::uint32_t>(std::ranges::find(inside, 0) - inside.begin());
    for (const ColumnMap& map : free_maps(h)) {
      if (closures_ == options_.largest_closures) {
        result_.complete = false;
        return;
      }
      ++closures_;
      std::vector<std::span<const std::uint32_t>> more = generators;
      more.emplace_back(map);
      const RegularClosure larger = close_regularly(more, static_cast<std::uint32_t>(n_), 0, interrupt_);
      if (larger.consistent && n_ % larger.reached.size() == 0) extend(larger, more);
    }
  }

  void keep(const RegularClosure& closure) {
    ++result_.count;
    if (result_.tables.size() >= options_.largest_tables) {
      result_.complete = false;
      return;
    }
    const std::vector<std::int64_t> entries = closure.table();
    result_.tables.push_back(CayleyTable::from_entries(entries, n_, n_));
  }

  const SymmetryChain& chain_;
  std::size_t n_;
  const RegularSubgroupOptions& options_;
  const Interrupt& interrupt_;
  Random random_;
  std::vector<ColumnMap> stabiliser_;
  std::vector<const ColumnMap*> mover_;
  std::vector<std::vector<ColumnMap>> choices_;
  std::size_t closures_ = 0;
  RegularSubgroups result_;
};

}  // namespace

RegularSubgroups regular_subgroups(const SymmetryChain& chain, std::size_t n, std::uint64_t seed,
                                   const RegularSubgroupOptions& options, const Interrupt& interrupt) {
  if (chain.base.empty() || chain.base[0] != 0 || chain.transversals.empty() ||
      chain.transversals[0].size() != n) {
    throw ArgumentError("chain: expected a transitive group with the base beginning at column 0");
  }
  return Enumeration(chain, n, seed, options, interrupt).run();
}

}  // namespace peterweyl
