#include "groups/permutation.hpp"

#include <algorithm>
#include <utility>

#include "groups/element_enumeration.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

// The first images of a row, in an integer that compares as the row does.
std::uint64_t lexicographic_prefix(std::span<const std::uint16_t> row) {
  const unsigned bits = row.size() <= 256 ? 8 : 16;
  std::uint64_t prefix = 0;
  for (unsigned i = 0; i < 64 / bits; ++i) prefix = prefix << bits | (i < row.size() ? row[i] : 0U);
  return prefix;
}

}  // namespace

Permutation checked_permutation(std::span<const std::int64_t> images, const std::string& argument) {
  if (images.size() > kMaximalPermutationDegree) {
    throw ArgumentError(argument + ": expected a permutation of at most " +
                        std::to_string(kMaximalPermutationDegree) + " points, got " +
                        std::to_string(images.size()));
  }
  std::vector<char> seen(images.size(), 0);
  Permutation result;
  result.reserve(images.size());
  for (std::size_t i = 0; i < images.size(); ++i) {
    const std::int64_t image = images[i];
    const std::string where = argument + "[" + std::to_string(i) + "]";
    if (image < 0 || image >= static_cast<std::int64_t>(images.size())) {
      throw ArgumentError(where + ": expected an image in 0 ... " + std::to_string(images.size() - 1) +
                          ", got " + std::to_string(image));
    }
    if (std::exchange(seen[static_cast<std::size_t>(image)], 1) != 0) {
      throw ArgumentError(where + ": expected each image once, but " + std::to_string(image) +
                          " comes again");
    }
    result.push_back(static_cast<std::uint16_t>(image));
  }
  return result;
}

Group permutation_group(std::span<const Permutation> generators, std::uint64_t limit,
                        const Interrupt& interrupt) {
  for (std::size_t k = 1; k < generators.size(); ++k) {
    if (generators[k].size() != generators[0].size()) {
      throw ArgumentError("generators[" + std::to_string(k) + "]: expected a permutation of degree " +
                          std::to_string(generators[0].size()) + " like generators[0], got degree " +
                          std::to_string(generators[k].size()));
    }
  }
  const std::size_t degree = generators.empty() ? 0 : generators[0].size();
  const ElementEnumeration found =
      enumerate_elements(degree, generators, std::min(limit, CayleyTable::kMaximalOrder), interrupt);
  std::vector<Element> elements(found.generators().begin(), found.generators().end());
  CayleyTable table =
      CayleyTable::from_right_cayley_graph_no_checks(found.order(), elements, found.right_cayley_graph());
  return {std::move(table), std::move(elements), "", Construction{},
          PermutationAction{static_cast<std::uint32_t>(degree), found.images()}};
}

Group permutation_group_lexicographic(std::span<const Permutation> generators, std::string name,
                                      Construction construction) {
  const std::size_t degree = generators.empty() ? 0 : generators[0].size();
  const ElementEnumeration found = enumerate_elements(degree, generators, CayleyTable::kMaximalOrder);
  const PermutationAction listed{static_cast<std::uint32_t>(degree), found.images()};
  const std::size_t order = found.order();
  std::vector<std::pair<std::uint64_t, Element>> sorted(order);
  for (Element x = 0; x < order; ++x) sorted[x] = {lexicographic_prefix(listed.image(x)), x};
  std::ranges::sort(sorted, [&](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    return std::ranges::lexicographical_compare(listed.image(a.second), listed.image(b.second));
  });
  std::vector<Element> rank(order);
  for (std::size_t k = 0; k < order; ++k) rank[sorted[k].second] = static_cast<Element>(k);

  const auto old_right = found.right_cayley_graph();
  const std::size_t width = found.generators().size();
  std::vector<Element> right(old_right.size());
  PermutationAction action{listed.degree, {}};
  action.images.reserve(listed.images.size());
  for (std::size_t k = 0; k < order; ++k) {
    const Element x = sorted[k].second;
    for (std::size_t j = 0; j < width; ++j) right[k * width + j] = rank[old_right[x * width + j]];
    const auto image = listed.image(x);
    action.images.insert(action.images.end(), image.begin(), image.end());
  }
  std::vector<Element> elements;
  for (const Element g : found.generators()) elements.push_back(rank[g]);
  CayleyTable table = CayleyTable::from_right_cayley_graph_no_checks(order, elements, right);
  return {std::move(table), std::move(elements), std::move(name), std::move(construction), std::move(action)};
}

}  // namespace peterweyl
