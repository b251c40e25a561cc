#include "harmonics/closure_search.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace peterweyl {
namespace {

constexpr std::size_t kFirstGenerators = 16;

bool contains(const RegularClosure& closure, std::uint32_t column) {
  return std::ranges::find(closure.reached, column) != closure.reached.end();
}

}  // namespace

bool search_closures(std::span<const TranslationRow> rows, std::uint32_t n, std::uint32_t base,
                     const ClosureVisitor& visit, const Interrupt& interrupt) {
  const std::size_t starts = std::min(rows.size(), kFirstGenerators);
  for (std::size_t i = 0; i < starts; ++i) {
    std::vector<std::span<const std::uint32_t>> generators{rows[i].permutation};
    const RegularClosure cyclic = close_regularly(generators, n, base, interrupt);
    if (!cyclic.consistent) continue;
    if (visit(cyclic)) return true;
    if (cyclic.reached.size() == n) continue;
    for (std::size_t j = i + 1; j < starts; ++j) {
      if (contains(cyclic, rows[j].permutation[base])) continue;
      generators.resize(1);
      generators.emplace_back(rows[j].permutation);
      RegularClosure closure = close_regularly(generators, n, base, interrupt);
      for (std::size_t k = 0; closure.consistent && closure.reached.size() < n && k < rows.size(); ++k) {
        if (k == i || k == j || contains(closure, rows[k].permutation[base])) continue;
        generators.emplace_back(rows[k].permutation);
        RegularClosure larger = close_regularly(generators, n, base, interrupt);
        if (larger.consistent) {
          closure = std::move(larger);
        } else {
          generators.pop_back();
        }
      }
      if (closure.consistent && visit(closure)) return true;
    }
  }
  return false;
}

}  // namespace peterweyl
