#include "characters/factor_table.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "arithmetic/power_basis.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

using Classes = std::vector<std::uint32_t>;

std::uint64_t order_of(const ClassStructure& classes, const Classes& subgroup) {
  std::uint64_t order = 0;
  for (const std::uint32_t c : subgroup) order += classes.sizes[c];
  return order;
}

}  // namespace

Classes kernel_classes(const CharacterTable& table, std::size_t row) {
  const Cyclotomic degree = static_cast<std::int64_t>(table.degrees()[row]);
  Classes kernel;
  for (std::uint32_t c = 0; c < table.count(); ++c) {
    if (table.exact(row, c) == degree) kernel.push_back(c);
  }
  return kernel;
}

std::vector<Classes> normal_subgroups(const CharacterTable& table, std::size_t limit,
                                      const Interrupt& interrupt) {
  std::set<Classes> kernels;
  for (std::size_t i = 0; i < table.count(); ++i) kernels.insert(kernel_classes(table, i));
  std::set<Classes> found = kernels;
  std::vector<Classes> pending(found.begin(), found.end());
  while (!pending.empty()) {
    interrupt.poll();
    const Classes subgroup = std::move(pending.back());
    pending.pop_back();
    for (const Classes& kernel : kernels) {
      Classes meet;
      std::ranges::set_intersection(subgroup, kernel, std::back_inserter(meet));
      if (!found.insert(meet).second) continue;
      if (found.size() > limit) {
        throw EnumerationLimitError("normal subgroups: more than " + std::to_string(limit), found.size(),
                                    limit);
      }
      pending.push_back(std::move(meet));
    }
  }
  std::vector<Classes> result(found.begin(), found.end());
  std::ranges::stable_sort(result, {}, [&](const Classes& x) { return order_of(table.classes(), x); });
  return result;
}

FactorTable factor_table(const CharacterTable& table, std::span<const std::uint32_t> normal_classes,
                         const Interrupt& interrupt) {
  const ClassStructure& classes = table.classes();
  Classes normal(normal_classes.begin(), normal_classes.end());
  std::ranges::sort(normal);
  normal.erase(std::ranges::unique(normal).begin(), normal.end());
  const auto refuse = [] {
    throw ArgumentError("classes: expected the classes of a normal subgroup, got others");
  };
  if (normal.empty() || normal.back() >= table.count()) refuse();
  // N is normal exactly when it is the common kernel of the characters that are trivial on it.
  std::vector<std::size_t> rows;
  Classes common;
  for (std::uint32_t c = 0; c < table.count(); ++c) common.push_back(c);
  for (std::size_t i = 0; i < table.count(); ++i) {
    interrupt.poll();
    const Classes kernel = kernel_classes(table, i);
    if (!std::ranges::includes(kernel, normal)) continue;
    rows.push_back(i);
    Classes meet;
    std::ranges::set_intersection(common, kernel, std::back_inserter(meet));
    common = std::move(meet);
  }
  if (common != normal) refuse();

  // Classes of G with the same values are one class of the factor group.
  std::map<std::vector<Cyclotomic>, std::uint32_t> number;
  std::vector<std::uint32_t> part(table.count());
  std::vector<std::uint32_t> first;  // a class of G in each
  for (std::uint32_t c = 0; c < table.count(); ++c) {
    std::vector<Cyclotomic> values;
    for (const std::size_t i : rows) values.push_back(table.exact(i, c));
    const auto [place, is_new] =
        number.try_emplace(std::move(values), static_cast<std::uint32_t>(first.size()));
    if (is_new) first.push_back(c);
    part[c] = place->second;
  }
  const std::size_t k = first.size();
  const std::uint64_t kernel_order = order_of(classes, normal);
  std::vector<std::uint64_t> sizes(k, 0);
  for (std::uint32_t c = 0; c < table.count(); ++c) sizes[part[c]] += classes.sizes[c];
  std::vector<std::uint32_t> orders(k, 1);
  for (std::size_t q = 0; q < k; ++q) {
    sizes[q] /= kernel_order;
    while (part[classes.power(first[q], orders[q])] != part[0]) ++orders[q];
  }
  std::vector<std::uint32_t> sorted(k);
  for (std::uint32_t q = 0; q < k; ++q) sorted[q] = q;
  std::ranges::sort(sorted, {}, [&](std::uint32_t q) { return std::tuple(orders[q], sizes[q], first[q]); });
  std::vector<std::uint32_t> rank(k);
  for (std::uint32_t q = 0; q < k; ++q) rank[sorted[q]] = q;

  ClassStructure structure;
  structure.group_order = classes.group_order / kernel_order;
  for (const std::uint32_t q : sorted) {
    structure.sizes.push_back(sizes[q]);
    structure.orders.push_back(orders[q]);
    structure.power_starts.push_back(structure.power_classes.size());
    for (std::uint32_t t = 0; t < orders[q]; ++t) {
      structure.power_classes.push_back(rank[part[classes.power(first[q], t)]]);
    }
  }
  structure.power_starts.push_back(structure.power_classes.size());
  CharacterRows values(k);
  PowerBases bases;
  for (const std::size_t i : rows) {
    for (const std::uint32_t q : sorted) {
      // The conductor divides the order of the class in the factor group.
      const Cyclotomic value = table.exact(i, first[q]);
      std::vector<std::int64_t> coefficients(orders[q], 0);
      std::vector<std::uint32_t> used;
      for (const auto& [exponent, coefficient] : value.terms()) {
        used.push_back(exponent * (orders[q] / value.conductor()));
        coefficients[used.back()] = coefficient;
      }
      std::vector<CyclotomicTerm> terms;
      bases.of(orders[q]).collect(coefficients, used, terms);
      values.append(terms);
    }
  }
  std::vector<std::uint32_t> projection;
  for (const std::uint32_t q : part) projection.push_back(rank[q]);
  return {CharacterTable(std::move(structure), std::move(values), "characters of a larger group",
                         CharacterOrder::kByCharacter, interrupt),
          std::move(projection)};
}

}  // namespace peterweyl
