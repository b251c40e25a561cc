#include "groups/permutation.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

#include "groups/element_arithmetic.hpp"
#include "groups/element_enumeration.hpp"
#include "support/error.hpp"

namespace peterweyl {
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
  StabilizerChain chain = StabilizerChain::build(degree, generators, interrupt);
  const std::uint64_t order = chain.order().value_or(std::numeric_limits<std::uint64_t>::max());
  if (order > kMaximalEnumeratedOrder && order <= limit) {
    auto elements = std::make_shared<const ChainElements>(std::move(chain));
    std::vector<Element> labels;
    for (const Permutation& g : elements->chain().generators())
      labels.push_back(elements->find(g).value_or(0));
    return {std::move(elements), std::move(labels), "", Construction{}};
  }
  auto elements =
      std::make_shared<const EnumeratedElements>(enumerate_elements(std::move(chain), limit, interrupt));
  const auto labels = elements->enumeration().generators();
  std::vector<Element> copy(labels.begin(), labels.end());
  return {std::move(elements), std::move(copy), "", Construction{}};
}

}  // namespace peterweyl
