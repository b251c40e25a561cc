#include "characters/symmetric_characters.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace peterweyl {
namespace {

// Partitions of 0 ... n as sets of n beads: part i of a partition puts a bead at part + n - 1 - i.
class Beads {
 public:
  explicit Beads(std::uint32_t n) : n_(n), places_(n + 1), sets_(n + 1) {
    for (std::uint32_t m = 0; m <= n; ++m) {
      for (const Partition& partition : partitions(m)) {
        std::uint64_t set = 0;
        for (std::uint32_t i = 0; i < n; ++i) {
          set |= std::uint64_t{1} << ((i < partition.size() ? partition[i] : 0) + n - 1 - i);
        }
        places_[m].emplace(set, static_cast<std::uint32_t>(sets_[m].size()));
        sets_[m].push_back(set);
      }
    }
  }

  std::size_t count(std::uint32_t m) const { return sets_[m].size(); }

  // The coefficients over partitions of m, times the power sum p_r: over partitions of m + r.
  std::vector<std::int64_t> times_power_sum(const std::vector<std::int64_t>& from, std::uint32_t m,
                                            std::uint32_t r) {
    const std::vector<Hook>& hooks = hooks_of(m, r);
    std::vector<std::int64_t> result(count(m + r), 0);
    for (const Hook& hook : hooks) result[hook.to] += hook.sign * from[hook.from];
    return result;
  }

 private:
  struct Hook {
    std::uint32_t from;
    std::uint32_t to;
    std::int64_t sign;
  };

  const std::vector<Hook>& hooks_of(std::uint32_t m, std::uint32_t r) {
    auto [place, is_new] = hooks_.try_emplace({m, r});
    if (!is_new) return place->second;
    for (std::uint32_t i = 0; i < sets_[m].size(); ++i) {
      const std::uint64_t set = sets_[m][i];
      for (std::uint64_t rest = set; rest != 0; rest &= rest - 1) {
        const auto bead = static_cast<std::uint32_t>(std::countr_zero(rest));
        const std::uint64_t target = std::uint64_t{1} << (bead + r);
        if ((set & target) != 0) continue;
        const std::uint64_t between = (target - 1) & ~((std::uint64_t{2} << bead) - 1);
        const std::int64_t sign = std::popcount(set & between) % 2 == 0 ? 1 : -1;
        const std::uint64_t moved = (set & ~(std::uint64_t{1} << bead)) | target;
        place->second.push_back({i, places_[m + r].at(moved), sign});
      }
    }
    return place->second;
  }

  std::uint32_t n_;
  std::vector<std::unordered_map<std::uint64_t, std::uint32_t>> places_;  // by size: set -> number
  std::vector<std::vector<std::uint64_t>> sets_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<Hook>> hooks_;
};

}  // namespace

std::vector<Partition> symmetric_cycle_types(std::uint32_t n) {
  std::vector<Partition> types = partitions(n);
  std::ranges::sort(types, {}, [](const Partition& type) {
    return std::tuple(order_of_type(type), symmetric_class_size(type), smallest_images(type));
  });
  return types;
}

ClassStructure symmetric_class_structure(std::span<const Partition> cycle_types) {
  ClassStructure result;
  result.group_order = cycle_types.empty() ? 1 : factorial(size_of(cycle_types[0]));
  std::map<Partition, std::uint32_t> place;
  for (const Partition& type : cycle_types) place.emplace(type, static_cast<std::uint32_t>(place.size()));
  for (const Partition& type : cycle_types) {
    result.sizes.push_back(symmetric_class_size(type));
    result.orders.push_back(order_of_type(type));
    result.power_starts.push_back(result.power_classes.size());
    for (std::uint32_t t = 0; t < result.orders.back(); ++t) {
      // The class depends only on the divisor that t has in common with the order.
      const std::uint32_t divisor = std::gcd(t, result.orders.back());
      result.power_classes.push_back(t > divisor ? result.power_classes[result.power_starts.back() + divisor]
                                                 : place.at(power_of_type(type, divisor)));
    }
  }
  result.power_starts.push_back(result.power_classes.size());
  return result;
}

std::vector<std::vector<std::int64_t>> symmetric_columns(std::span<const Partition> cycle_types,
                                                         const Interrupt& interrupt) {
  const std::uint32_t n = cycle_types.empty() ? 0 : size_of(cycle_types[0]);
  Beads beads(n);
  // Products of power sums of the parts so far, the largest first: the columns in lexicographic order share
  // them.
  std::vector<std::size_t> sorted(cycle_types.size());
  std::iota(sorted.begin(), sorted.end(), std::size_t{0});
  std::ranges::sort(sorted, {}, [&](std::size_t c) { return cycle_types[c]; });
  std::vector<std::vector<std::int64_t>> columns(cycle_types.size());
  std::vector<std::vector<std::int64_t>> products{{1}};
  Partition parts;
  std::uint32_t size = 0;
  for (const std::size_t c : sorted) {
    interrupt.poll();
    const Partition& type = cycle_types[c];
    const auto shared = static_cast<std::size_t>(std::ranges::mismatch(type, parts).in1 - type.begin());
    for (; parts.size() > shared; parts.pop_back(), products.pop_back()) size -= parts.back();
    for (std::size_t i = shared; i < type.size(); ++i) {
      products.push_back(beads.times_power_sum(products.back(), size, type[i]));
      parts.push_back(type[i]);
      size += type[i];
    }
    columns[c] = products.back();
  }
  return columns;
}

CharacterRows symmetric_characters(std::span<const Partition> cycle_types, const Interrupt& interrupt) {
  const auto columns = symmetric_columns(cycle_types, interrupt);
  CharacterRows rows(cycle_types.size());
  for (std::size_t i = 0; i < cycle_types.size(); ++i) {
    for (const auto& column : columns) rows.append_integer(column[i]);
  }
  return rows;
}

}  // namespace peterweyl
