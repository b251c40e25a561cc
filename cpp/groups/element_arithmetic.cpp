#include "groups/element_arithmetic.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <numeric>
#include <string>

#include "groups/generated_table.hpp"
#include "support/error.hpp"

namespace peterweyl {

std::uint32_t order_of_permutation(std::span<const std::uint16_t> images) {
  std::uint64_t order = 1;
  std::vector<char> seen(images.size(), 0);
  for (std::size_t i = 0; i < images.size(); ++i) {
    std::uint64_t length = 0;
    for (std::size_t point = i; seen[point] == 0; point = images[point]) {
      seen[point] = 1;
      ++length;
    }
    if (length > 1) order = std::lcm(order, length);
    if (order > std::numeric_limits<std::uint32_t>::max()) return std::numeric_limits<std::uint32_t>::max();
  }
  return static_cast<std::uint32_t>(order);
}

std::uint32_t ElementArithmetic::element_order(Element a) const {
  std::uint32_t order = 1;
  for (Element power = a; power != 0; power = multiply(power, a)) ++order;
  return order;
}

ConjugacyClasses ElementArithmetic::conjugacy_classes(
    std::span<const Element> generators, const std::function<std::uint32_t(Element)>& element_order,
    const Interrupt& interrupt) const {
  return classes_by_conjugation(
      order(), generators, [this](Element x, Element g) { return conjugate(x, g); }, element_order,
      interrupt);
}

CayleyTable ElementArithmetic::table(std::span<const Element> generators) const {
  return generated_table(order(), generators, [this](Element a, Element b) { return multiply(a, b); });
}

void ElementArithmetic::image(Element, std::span<std::uint16_t>) const {}

std::optional<Element> ElementArithmetic::find(std::span<const std::uint16_t>) const {
  return std::nullopt;
}

std::uint32_t EnumeratedElements::element_order(Element a) const {
  return static_cast<std::uint32_t>(elements_.element_order(a));
}

ConjugacyClasses EnumeratedElements::conjugacy_classes(std::span<const Element>,
                                                       const std::function<std::uint32_t(Element)>&,
                                                       const Interrupt& interrupt) const {
  return peterweyl::conjugacy_classes(elements_, interrupt);
}

CayleyTable EnumeratedElements::table(std::span<const Element>) const {
  return CayleyTable::from_right_cayley_graph_no_checks(elements_.order(), elements_.generators(),
                                                        elements_.right_cayley_graph());
}

void EnumeratedElements::image(Element a, std::span<std::uint16_t> images) const {
  std::ranges::copy(elements_.image(a), images.begin());
}

std::optional<Element> EnumeratedElements::find(std::span<const std::uint16_t> images) const {
  return elements_.find(images);
}

struct LexicographicElements::Images {
  std::array<std::uint8_t, kMaximalDegree> at{};
};

LexicographicElements::LexicographicElements(std::size_t degree, bool even_only)
    : degree_(degree), even_only_(even_only), order_(1) {
  if (degree > kMaximalDegree) {
    throw GroupTooLargeError("lexicographic ranks: expected at most " + std::to_string(kMaximalDegree) +
                                 " points, got " + std::to_string(degree),
                             degree, kMaximalDegree);
  }
  for (std::size_t k = 2; k <= degree; ++k) order_ *= static_cast<Element>(k);
  if (even_only && degree >= 2) order_ /= 2;
}

LexicographicElements::Images LexicographicElements::unrank(Element a) const {
  Images images;
  const bool halved = even_only_ && degree_ >= 2;
  Element rest = halved ? 2 * a : a;
  std::array<std::uint8_t, kMaximalDegree> digits{};  // Lehmer code
  for (std::size_t i = degree_; i-- > 0;) {
    const auto base = static_cast<Element>(degree_ - i);
    digits[i] = static_cast<std::uint8_t>(rest % base);
    rest /= base;
  }
  // The points not used yet, four bits each, ascending from the lowest.
  std::uint64_t unused = 0xba9876543210;
  unsigned parity = 0;
  for (std::size_t i = 0; i < degree_; ++i) {
    const unsigned shift = 4U * digits[i];
    images.at[i] = static_cast<std::uint8_t>((unused >> shift) & 15U);
    const std::uint64_t below = (std::uint64_t{1} << shift) - 1;
    unused = (unused & below) | ((unused >> 4) & ~below);
    parity += digits[i];
  }
  if (halved && parity % 2 == 1) std::swap(images.at[degree_ - 2], images.at[degree_ - 1]);
  return images;
}

Element LexicographicElements::rank(const Images& images) const {
  Element result = 0;
  unsigned used = 0;
  for (std::size_t i = 0; i < degree_; ++i) {
    const unsigned point = images.at[i];
    const auto smaller = static_cast<unsigned>(std::popcount(used & ((1U << point) - 1)));
    result = result * static_cast<Element>(degree_ - i) + (point - smaller);
    used |= 1U << point;
  }
  return even_only_ && degree_ >= 2 ? result / 2 : result;
}

Element LexicographicElements::multiply(Element a, Element b) const {
  const Images left = unrank(a);
  const Images right = unrank(b);
  Images product;
  for (std::size_t i = 0; i < degree_; ++i) product.at[i] = right.at[left.at[i]];
  return rank(product);
}

Element LexicographicElements::inverse(Element a) const {
  const Images images = unrank(a);
  Images result;
  for (std::size_t i = 0; i < degree_; ++i) result.at[images.at[i]] = static_cast<std::uint8_t>(i);
  return rank(result);
}

Element LexicographicElements::conjugate(Element x, Element g) const {
  const Images images = unrank(x);
  const Images by = unrank(g);
  Images result;
  for (std::size_t i = 0; i < degree_; ++i) result.at[by.at[i]] = by.at[images.at[i]];
  return rank(result);
}

std::uint32_t LexicographicElements::element_order(Element a) const {
  const Images images = unrank(a);
  std::uint32_t order = 1;
  unsigned seen = 0;
  for (std::size_t i = 0; i < degree_; ++i) {
    std::uint32_t length = 0;
    for (std::size_t point = i; (seen >> point & 1U) == 0; point = images.at[point]) {
      seen |= 1U << point;
      ++length;
    }
    if (length > 1) order = std::lcm(order, length);
  }
  return order;
}

// How many cycles there are of each length, four bits each. Even permutations with cycles of odd and
// different lengths form two classes of A_n: the highest bit is the sign of the permutation that writes down
// the cycles, the longest first.
std::uint64_t LexicographicElements::class_key(const Images& images) const {
  std::uint64_t key = 0;
  std::array<unsigned, kMaximalDegree + 1> start{};  // a point in a cycle of each length
  bool is_split = even_only_ && degree_ > 1;
  unsigned seen = 0;
  for (std::size_t i = 0; i < degree_; ++i) {
    if ((seen >> i & 1U) != 0) continue;
    unsigned length = 0;
    for (std::size_t point = i; (seen >> point & 1U) == 0; point = images.at[point]) {
      seen |= 1U << point;
      ++length;
    }
    const std::uint64_t one = std::uint64_t{1} << (4 * (length - 1));
    is_split = is_split && length % 2 == 1 && (key & (one * 15)) == 0;
    key += one;
    start[length] = static_cast<unsigned>(i);
  }
  if (!is_split) return key;
  unsigned inversions = 0;
  seen = 0;
  for (std::size_t length = degree_; length > 0; --length) {
    if ((key >> (4 * (length - 1)) & 15U) == 0) continue;
    std::size_t point = start[length];
    for (std::size_t k = 0; k < length; ++k, point = images.at[point]) {
      inversions += static_cast<unsigned>(std::popcount(seen >> point));
      seen |= 1U << point;
    }
  }
  return key | std::uint64_t{inversions & 1U} << 63;
}

ConjugacyClasses LexicographicElements::conjugacy_classes(
    std::span<const Element>, const std::function<std::uint32_t(Element)>& element_order,
    const Interrupt& interrupt) const {
  return classes_by_invariant(
      order_, [this](Element x) { return class_key(unrank(x)); }, element_order, interrupt);
}

void LexicographicElements::image(Element a, std::span<std::uint16_t> images) const {
  const Images found = unrank(a);
  for (std::size_t i = 0; i < degree_; ++i) images[i] = found.at[i];
}

std::optional<Element> LexicographicElements::find(std::span<const std::uint16_t> images) const {
  if (images.size() != degree_) return std::nullopt;
  Images narrow;
  unsigned seen = 0;
  for (std::size_t i = 0; i < degree_; ++i) {
    if (images[i] >= degree_ || (seen >> images[i] & 1U) != 0) return std::nullopt;
    seen |= 1U << images[i];
    narrow.at[i] = static_cast<std::uint8_t>(images[i]);
  }
  const Element found = rank(narrow);
  // An odd permutation shares its rank with its even neighbour.
  if (even_only_ && unrank(found).at != narrow.at) return std::nullopt;
  return found;
}

ChainElements::ChainElements(StabilizerChain chain) : chain_(std::move(chain)) {
  const std::optional<std::uint64_t> order = chain_.order();
  if (!order || *order > std::numeric_limits<Element>::max()) {
    throw GroupTooLargeError("a group of order " + chain_.order_text() +
                                 " is too large to number its elements; the limit is 2^32 - 1",
                             order.value_or(std::numeric_limits<std::uint64_t>::max()),
                             std::numeric_limits<Element>::max());
  }
  order_ = static_cast<Element>(*order);
  for (std::size_t level = 0; level < chain_.length(); ++level) {
    const std::vector<std::uint16_t>& orbit = orbits_.emplace_back(chain_.basic_orbit(level));
    std::vector<std::uint16_t>& position = position_.emplace_back(chain_.degree(), std::uint16_t{0});
    for (std::size_t k = 0; k < orbit.size(); ++k) position[orbit[k]] = static_cast<std::uint16_t>(k + 1);
  }
}

std::optional<Element> ChainElements::rank(std::span<std::uint16_t> images) const {
  std::uint64_t result = 0;
  std::uint64_t place = 1;
  for (std::size_t level = 0; level < chain_.length(); ++level) {
    const std::uint16_t point = images[chain_.base()[level]];
    const std::uint16_t position = position_[level][point];
    if (position == 0) return std::nullopt;
    result += place * (position - std::uint64_t{1});
    place *= orbits_[level].size();
    chain_.strip_level(level, point, images);
  }
  return static_cast<Element>(result);
}

// The element is u_k ... u_1 u_0: stripping the identity by the same points leaves its inverse.
Permutation ChainElements::inverse_image(Element a) const {
  Permutation images = identity_permutation(chain_.degree());
  for (std::size_t level = 0; level < chain_.length(); ++level) {
    const auto length = static_cast<Element>(orbits_[level].size());
    chain_.strip_level(level, orbits_[level][a % length], images);
    a /= length;
  }
  return images;
}

void ChainElements::image(Element a, std::span<std::uint16_t> images) const {
  const Permutation inverse = inverse_image(a);
  for (std::size_t i = 0; i < inverse.size(); ++i) images[inverse[i]] = static_cast<std::uint16_t>(i);
}

std::optional<Element> ChainElements::find(std::span<const std::uint16_t> images) const {
  if (images.size() != chain_.degree()) return std::nullopt;
  Permutation copy(images.begin(), images.end());
  const std::optional<Element> found = rank(copy);
  return found && is_identity(copy) ? found : std::nullopt;
}

Element ChainElements::multiply(Element a, Element b) const {
  Permutation left(chain_.degree());
  Permutation right(chain_.degree());
  image(a, left);
  image(b, right);
  for (std::uint16_t& point : left) point = right[point];
  return rank(left).value_or(0);
}

Element ChainElements::inverse(Element a) const {
  Permutation images = inverse_image(a);
  return rank(images).value_or(0);
}

std::uint32_t ChainElements::element_order(Element a) const {
  return order_of_permutation(inverse_image(a));
}

GraphElements::GraphElements(Element order, std::vector<Element> generators, std::vector<Element> right)
    : order_(order),
      generators_(std::move(generators)),
      right_(std::move(right)),
      left_(right_.size()),
      parent_(order, 0),
      step_(order, 0),
      inverses_(order, 0) {
  const std::size_t rank = generators_.size();
  std::vector<Element> tree{0};
  tree.reserve(order);
  std::vector<char> seen(order, 0);
  seen[0] = 1;
  for (std::size_t i = 0; i < tree.size(); ++i) {
    for (std::size_t k = 0; k < rank; ++k) {
      const Element product = right_[tree[i] * rank + k];
      if (std::exchange(seen[product], 1) != 0) continue;
      parent_[product] = tree[i];
      step_[product] = static_cast<std::uint32_t>(k);
      tree.push_back(product);
    }
  }
  // g (p s) = (g p) s.
  for (const Element x : tree) {
    for (std::size_t k = 0; k < rank; ++k) {
      left_[x * rank + k] = x == 0 ? generators_[k] : right_[left_[parent_[x] * rank + k] * rank + step_[x]];
    }
  }
  std::vector<Element> undone(left_.size());  // generators[k]^-1 * x
  for (Element x = 0; x < order_; ++x) {
    for (std::size_t k = 0; k < rank; ++k) undone[left_[x * rank + k] * rank + k] = x;
  }
  for (std::size_t i = 1; i < tree.size(); ++i) {
    const Element x = tree[i];
    inverses_[x] = undone[inverses_[parent_[x]] * rank + step_[x]];
  }
}

Element GraphElements::multiply(Element a, Element b) const {
  for (; a != 0; a = parent_[a]) b = left_[b * generators_.size() + step_[a]];
  return b;
}

CayleyTable GraphElements::table(std::span<const Element>) const {
  return CayleyTable::from_right_cayley_graph_no_checks(order_, generators_, right_);
}

}  // namespace peterweyl
