#include "harmonics/regular_closure.hpp"

#include <limits>

namespace peterweyl {

std::vector<std::int64_t> RegularClosure::table() const {
  const std::size_t n = reached.size();
  std::vector<std::int64_t> entries(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t g = 0; g < n; ++g) entries[g * n + reached[i]] = rows[i * n + g];
  }
  return entries;
}

RegularClosure close_regularly(std::span<const std::span<const std::uint32_t>> generators, std::uint32_t n,
                               std::uint32_t base, const Interrupt& interrupt) {
  constexpr std::uint32_t kUnseen = std::numeric_limits<std::uint32_t>::max();
  RegularClosure closure;
  std::vector<std::uint32_t> place(n, kUnseen);
  closure.reached.push_back(base);
  place[base] = 0;
  closure.rows.resize(n);
  for (std::uint32_t x = 0; x < n; ++x) closure.rows[x] = static_cast<std::uint16_t>(x);
  for (std::size_t i = 0; i < closure.reached.size(); ++i) {
    interrupt.poll();
    for (const auto& generator : generators) {
      const std::uint32_t target = generator[closure.reached[i]];
      if (place[target] == kUnseen) {
        place[target] = static_cast<std::uint32_t>(closure.reached.size());
        closure.reached.push_back(target);
        closure.rows.resize(closure.rows.size() + n);
        const std::uint16_t* row = closure.rows.data() + i * n;
        std::uint16_t* image = closure.rows.data() + closure.rows.size() - n;
        for (std::uint32_t x = 0; x < n; ++x) image[x] = static_cast<std::uint16_t>(generator[row[x]]);
        continue;
      }
      const std::uint16_t* row = closure.rows.data() + i * n;
      const std::uint16_t* known = closure.rows.data() + std::size_t{place[target]} * n;
      for (std::uint32_t x = 0; x < n; ++x) {
        if (known[x] != generator[row[x]]) return closure;
      }
    }
  }
  closure.consistent = true;
  return closure;
}

}  // namespace peterweyl
