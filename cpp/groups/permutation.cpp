#include "groups/permutation.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "support/error.hpp"

namespace peterweyl {
namespace {

// Rows of images in one flat buffer, found again by an open-addressing hash of whole rows.
class PermutationStore {
 public:
  explicit PermutationStore(std::size_t degree) : degree_(degree), slots_(64, kEmpty) {}

  std::size_t size() const { return degree_ == 0 ? count_ : images_.size() / degree_; }
  std::span<const std::uint16_t> row(std::size_t k) const {
    return std::span(images_).subspan(k * degree_, degree_);
  }

  // The label of `row`, and whether it is new.
  std::pair<Element, bool> insert(std::span<const std::uint16_t> images) {
    if (2 * (size() + 1) > slots_.size()) grow();
    std::size_t slot = hash(images) & (slots_.size() - 1);
    for (; slots_[slot] != kEmpty; slot = (slot + 1) & (slots_.size() - 1)) {
      if (std::ranges::equal(row(slots_[slot]), images)) return {slots_[slot], false};
    }
    const auto label = static_cast<Element>(size());
    slots_[slot] = label;
    images_.insert(images_.end(), images.begin(), images.end());
    ++count_;
    return {label, true};
  }

  std::vector<std::uint16_t> take_images() { return std::move(images_); }

 private:
  static constexpr Element kEmpty = ~Element{0};

  static std::size_t hash(std::span<const std::uint16_t> images) {
    std::uint64_t h = 0xcbf29ce484222325ULL;
    for (const std::uint16_t image : images) h = (h ^ image) * 0x100000001b3ULL;
    return static_cast<std::size_t>(h ^ (h >> 29));
  }

  void grow() {
    slots_.assign(slots_.size() * 2, kEmpty);
    for (std::size_t k = 0; k < size(); ++k) {
      std::size_t slot = hash(row(k)) & (slots_.size() - 1);
      while (slots_[slot] != kEmpty) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = static_cast<Element>(k);
    }
  }

  std::size_t degree_;
  std::size_t count_ = 0;
  std::vector<std::uint16_t> images_;
  std::vector<Element> slots_;
};

struct Enumeration {
  PermutationAction action;
  std::vector<Element> generators;
  std::vector<Element> right;  // right[x * generators + k] = x * generator k
  std::size_t order() const { return generators.empty() ? 1 : right.size() / generators.size(); }
};

Enumeration enumerate(std::span<const Permutation> generators, std::uint64_t limit,
                      const Interrupt& interrupt) {
  const std::size_t degree = generators.empty() ? 0 : generators.front().size();
  Permutation product(degree);
  std::iota(product.begin(), product.end(), std::uint16_t{0});
  PermutationStore store(degree);
  store.insert(product);

  // A repeated or trivial generator adds nothing but width.
  std::vector<Permutation> useful;
  for (const Permutation& g : generators) {
    if (g != product && std::ranges::find(useful, g) == useful.end()) useful.push_back(g);
  }
  Enumeration result;
  for (std::size_t x = 0; x < store.size(); ++x) {
    interrupt.poll();
    for (const Permutation& g : useful) {
      const auto source = store.row(x);
      for (std::size_t i = 0; i < degree; ++i) product[i] = g[source[i]];
      const auto [label, is_new] = store.insert(product);
      result.right.push_back(label);
      if (is_new && store.size() > limit) {
        throw EnumerationLimitError(
            "generators: more than " + std::to_string(limit) + " elements; the enumeration stopped there",
            store.size(), limit);
      }
    }
  }
  for (std::size_t k = 0; k < useful.size(); ++k) result.generators.push_back(result.right[k]);
  result.action = {static_cast<std::uint32_t>(degree), store.take_images()};
  return result;
}

}  // namespace

Permutation checked_permutation(std::span<const std::int64_t> images, const std::string& argument) {
  constexpr std::size_t kMaximalDegree = 65535;
  if (images.size() > kMaximalDegree) {
    throw ArgumentError(argument + ": expected a permutation of at most " + std::to_string(kMaximalDegree) +
                        " points, got " + std::to_string(images.size()));
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
  Enumeration found = enumerate(generators, std::min(limit, CayleyTable::kMaximalOrder), interrupt);
  CayleyTable table =
      CayleyTable::from_right_cayley_graph_no_checks(found.order(), found.generators, found.right);
  return {std::move(table), std::move(found.generators), "", Construction{}, std::move(found.action)};
}

Group permutation_group_lexicographic(std::span<const Permutation> generators, std::string name,
                                      Construction construction) {
  Enumeration found = enumerate(generators, CayleyTable::kMaximalOrder, {});
  const std::size_t order = found.order();
  std::vector<Element> by_rank(order);
  std::iota(by_rank.begin(), by_rank.end(), Element{0});
  std::ranges::sort(by_rank, [&](Element a, Element b) {
    return std::ranges::lexicographical_compare(found.action.image(a), found.action.image(b));
  });
  std::vector<Element> rank(order);
  for (std::size_t k = 0; k < order; ++k) rank[by_rank[k]] = static_cast<Element>(k);

  const std::size_t width = found.generators.size();
  std::vector<Element> right(found.right.size());
  PermutationAction action{found.action.degree, {}};
  action.images.reserve(found.action.images.size());
  for (std::size_t k = 0; k < order; ++k) {
    for (std::size_t j = 0; j < width; ++j) right[k * width + j] = rank[found.right[by_rank[k] * width + j]];
    const auto image = found.action.image(by_rank[k]);
    action.images.insert(action.images.end(), image.begin(), image.end());
  }
  std::ranges::transform(found.generators, found.generators.begin(), [&](Element g) { return rank[g]; });
  CayleyTable table = CayleyTable::from_right_cayley_graph_no_checks(order, found.generators, right);
  return {std::move(table), std::move(found.generators), std::move(name), std::move(construction),
          std::move(action)};
}

}  // namespace peterweyl
