#include "groups/element_enumeration.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

#include "support/error.hpp"

namespace peterweyl {
namespace {

constexpr Element kNone = ~Element{0};
// Elements between two looks at the interrupt.
constexpr Element kPollMask = 63;

// The map "packed base images of x -> packed base images of x*g" by look-ups of a few points at a time.
class KeyMap {
 public:
  KeyMap(const Permutation& g, unsigned bits, std::size_t points, std::uint64_t order) {
    const auto affordable = static_cast<unsigned>(std::bit_width(order)) / 2;
    const unsigned together = std::max(1U, std::min(10U, affordable) / bits);
    chunk_bits_ = together * bits;
    const std::size_t codes = std::size_t{1} << chunk_bits_;
    chunks_ = (points + together - 1) / together;
    table_.assign(chunks_ * codes, 0);
    for (std::size_t chunk = 0; chunk < chunks_; ++chunk) {
      for (std::size_t code = 0; code < codes; ++code) {
        std::uint64_t image = 0;
        for (unsigned j = 0; j < together && chunk * together + j < points; ++j) {
          const std::size_t point = (code >> (j * bits)) & ((std::size_t{1} << bits) - 1);
          if (point < g.size()) image |= std::uint64_t{g[point]} << ((chunk * together + j) * bits);
        }
        table_[chunk * codes + code] = image;
      }
    }
  }

  std::uint64_t operator()(std::uint64_t key) const {
    const std::uint64_t mask = (std::uint64_t{1} << chunk_bits_) - 1;
    const std::uint64_t* table = table_.data();
    std::uint64_t image = table[key & mask];
    for (std::size_t chunk = 1; chunk < chunks_; ++chunk) {
      key >>= chunk_bits_;
      table += mask + 1;
      image |= table[key & mask];
    }
    return image;
  }

 private:
  unsigned chunk_bits_;
  std::size_t chunks_;
  std::vector<std::uint64_t> table_;
};

std::uint64_t hash_row(std::span<const std::uint16_t> row) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const std::uint16_t point : row) {
    h = (h ^ point) * 0xff51afd7ed558ccdULL;
    h ^= h >> 32;
  }
  return h;
}

}  // namespace

// Fills the arrays of an enumeration whose order is known.
class ElementEnumeration::Builder {
 public:
  Builder(ElementEnumeration& target, std::span<const Permutation> generators, std::uint64_t order,
          const Interrupt& interrupt)
      : e_(target), generators_(generators), order_(order), interrupt_(interrupt) {
    const std::size_t length = e_.chain_.length();
    const auto bits = static_cast<unsigned>(std::bit_width(std::max<std::size_t>(e_.degree(), 2) - 1));
    e_.bits_ = bits * length <= 64 ? bits : 0;
    const auto slots = std::bit_ceil(2 * order);
    e_.slot_shift_ = 64 - static_cast<unsigned>(std::countr_zero(slots));
    e_.slots_.assign(slots, kNone);
    e_.keys_.clear();
    e_.parent_.clear();
    e_.step_.clear();
    e_.keys_.reserve(order);
    e_.parent_.reserve(order);
    e_.step_.reserve(order);
    e_.right_.resize(order * generators.size());
    if (e_.bits_ == 0) e_.base_rows_.reserve(order * length);
  }

  void run() {
    const auto base = e_.chain_.base();
    const std::uint64_t identity = e_.key_of(base);
    e_.base_rows_.assign(base.begin(), base.end());
    if (e_.bits_ != 0) e_.base_rows_.clear();
    append(identity, e_.first_slot(identity), 0, 0);
    if (e_.bits_ != 0) {
      list_by_keys();
    } else {
      list_by_rows();
    }
    for (std::size_t k = 0; k < generators_.size(); ++k) e_.generators_.push_back(e_.right_[k]);
    const bool narrow = e_.degree() <= 256;
    if (order_ * e_.degree() * (narrow ? 1 : 2) > kImageBytes) return;
    if (narrow) {
      fill_rows(e_.narrow_rows_);
    } else {
      fill_rows(e_.wide_rows_);
    }
  }

 private:
  void append(std::uint64_t key, std::size_t slot, Element parent, std::uint32_t step) {
    e_.slots_[slot] = static_cast<Element>(e_.keys_.size());
    e_.keys_.push_back(key);
    e_.parent_.push_back(parent);
    e_.step_.push_back(step);
  }

  void list_by_keys() {
    std::vector<KeyMap> maps;
    maps.reserve(generators_.size());
    for (const Permutation& g : generators_) maps.emplace_back(g, e_.bits_, e_.chain_.length(), order_);
    const std::size_t mask = e_.slots_.size() - 1;
    Element* right = e_.right_.data();
    for (Element x = 0; x < order_; ++x) {
      if ((x & kPollMask) == 0) interrupt_.poll();
      const std::uint64_t key = e_.keys_[x];
      for (std::uint32_t k = 0; k < maps.size(); ++k) {
        const std::uint64_t product = maps[k](key);
        std::size_t slot = e_.first_slot(product);
        while (e_.slots_[slot] != kNone && e_.keys_[e_.slots_[slot]] != product) slot = (slot + 1) & mask;
        if (e_.slots_[slot] == kNone) append(product, slot, x, k);
        *right++ = e_.slots_[slot];
      }
    }
  }

  void list_by_rows() {
    const std::size_t length = e_.chain_.length();
    const std::size_t mask = e_.slots_.size() - 1;
    std::vector<std::uint16_t> product(length);
    Element* right = e_.right_.data();
    for (Element x = 0; x < order_; ++x) {
      if ((x & kPollMask) == 0) interrupt_.poll();
      for (std::uint32_t k = 0; k < generators_.size(); ++k) {
        const std::uint16_t* row = e_.base_rows_.data() + x * length;
        for (std::size_t j = 0; j < length; ++j) product[j] = generators_[k][row[j]];
        const std::uint64_t key = hash_row(product);
        std::size_t slot = e_.first_slot(key);
        for (; e_.slots_[slot] != kNone; slot = (slot + 1) & mask) {
          const Element y = e_.slots_[slot];
          if (e_.keys_[y] == key &&
              std::equal(product.begin(), product.end(),
                         e_.base_rows_.begin() + static_cast<std::ptrdiff_t>(y * length))) {
            break;
          }
        }
        if (e_.slots_[slot] == kNone) {
          append(key, slot, x, k);
          e_.base_rows_.insert(e_.base_rows_.end(), product.begin(), product.end());
        }
        *right++ = e_.slots_[slot];
      }
    }
  }

  template <typename Point>
  void fill_rows(std::vector<Point>& rows) {
    const std::size_t degree = e_.degree();
    rows.resize(order_ * degree);
    for (std::size_t p = 0; p < degree; ++p) rows[p] = static_cast<Point>(p);
    std::vector<std::vector<Point>> images;
    for (const Permutation& g : generators_) images.emplace_back(g.begin(), g.end());
    for (Element x = 1; x < order_; ++x) {
      if ((x & kPollMask) == 0) interrupt_.poll();
      const Point* g = images[e_.step_[x]].data();
      const Point* from = rows.data() + e_.parent_[x] * degree;
      Point* to = rows.data() + x * degree;
      for (std::size_t p = 0; p < degree; ++p) to[p] = g[from[p]];
    }
  }

  ElementEnumeration& e_;
  std::span<const Permutation> generators_;
  std::uint64_t order_;
  const Interrupt& interrupt_;
};

ElementEnumeration::ElementEnumeration() : keys_{0}, slots_{kNone, kNone}, parent_{0}, step_{0} {
  slots_[first_slot(0)] = 0;
}

ElementEnumeration enumerate_elements(std::size_t degree, std::span<const Permutation> generators,
                                      std::uint64_t limit, const Interrupt& interrupt) {
  return enumerate_elements(StabilizerChain::build(degree, generators, interrupt), limit, interrupt);
}

ElementEnumeration enumerate_elements(StabilizerChain chain, std::uint64_t limit,
                                      const Interrupt& interrupt) {
  ElementEnumeration result;
  result.chain_ = std::move(chain);
  const auto useful = result.chain_.generators();
  const std::uint64_t order = result.chain_.order().value_or(std::numeric_limits<std::uint64_t>::max());
  if (order > limit) {
    throw EnumerationLimitError("generators: more than " + std::to_string(limit) +
                                    " elements; the group has order " + result.chain_.order_text() +
                                    ", and nothing was listed",
                                order, limit);
  }
  const std::uint64_t most =
      std::min<std::uint64_t>(kNone, ElementEnumeration::kGraphBytes / (4 * useful.size() + 32));
  if (order > most) {
    throw EnumerationLimitError("generators: the graph of " + std::to_string(order) + " elements and " +
                                    std::to_string(useful.size()) + " generators would pass 4 GiB",
                                order, most);
  }
  const std::vector<Permutation> copies(useful.begin(), useful.end());
  ElementEnumeration::Builder(result, copies, order, interrupt).run();
  return result;
}

std::uint64_t ElementEnumeration::key_of(std::span<const std::uint16_t> images) const {
  if (bits_ == 0) return hash_row(images);
  std::uint64_t key = 0;
  for (std::size_t j = 0; j < images.size(); ++j) key |= std::uint64_t{images[j]} << (j * bits_);
  return key;
}

void ElementEnumeration::base_images(Element x, std::span<std::uint16_t> out) const {
  if (bits_ == 0) {
    std::copy_n(base_rows_.begin() + static_cast<std::ptrdiff_t>(x * out.size()), out.size(), out.begin());
    return;
  }
  const std::uint64_t mask = (std::uint64_t{1} << bits_) - 1;
  for (std::size_t j = 0; j < out.size(); ++j) {
    out[j] = static_cast<std::uint16_t>((keys_[x] >> (j * bits_)) & mask);
  }
}

std::optional<Element> ElementEnumeration::look_up(std::span<const std::uint16_t> images) const {
  const std::uint64_t key = key_of(images);
  for (std::size_t slot = first_slot(key); slots_[slot] != kNone; slot = (slot + 1) & (slots_.size() - 1)) {
    const Element x = slots_[slot];
    if (keys_[x] != key) continue;
    if (bits_ != 0) return x;
    const auto row = std::span(base_rows_).subspan(x * images.size(), images.size());
    if (std::ranges::equal(row, images)) return x;
  }
  return std::nullopt;
}

Permutation ElementEnumeration::image(Element x) const {
  const auto start = static_cast<std::ptrdiff_t>(x * degree());
  const auto stop = static_cast<std::ptrdiff_t>((std::size_t{x} + 1) * degree());
  if (!narrow_rows_.empty()) return {narrow_rows_.begin() + start, narrow_rows_.begin() + stop};
  if (!wide_rows_.empty()) return {wide_rows_.begin() + start, wide_rows_.begin() + stop};
  std::vector<std::uint16_t> points(chain_.length());
  base_images(x, points);
  return *chain_.from_base_images(points);
}

std::vector<std::uint16_t> ElementEnumeration::images() const {
  if (!narrow_rows_.empty()) return {narrow_rows_.begin(), narrow_rows_.end()};
  if (!wide_rows_.empty()) return wide_rows_;
  std::vector<std::uint16_t> result;
  result.reserve(order() * degree());
  for (Element x = 0; x < order(); ++x) {
    const Permutation row = image(x);
    result.insert(result.end(), row.begin(), row.end());
  }
  return result;
}

std::optional<Element> ElementEnumeration::find(std::span<const std::uint16_t> permutation) const {
  if (!chain_.contains(permutation)) return std::nullopt;
  std::vector<std::uint16_t> points;
  for (const std::uint16_t p : chain_.base()) points.push_back(permutation[p]);
  return look_up(points);
}

std::vector<std::uint32_t> ElementEnumeration::word(Element x) const {
  std::vector<std::uint32_t> result;
  for (; x != 0; x = parent_[x]) result.push_back(step_[x]);
  std::ranges::reverse(result);
  return result;
}

template <typename Row>
Element ElementEnumeration::product_by_row(Element a, const Row* row) const {
  const std::size_t length = chain_.length();
  if (bits_ != 0) {
    const std::uint64_t mask = (std::uint64_t{1} << bits_) - 1;
    std::uint64_t key = 0;
    for (std::size_t j = 0; j < length; ++j) {
      key |= std::uint64_t{row[(keys_[a] >> (j * bits_)) & mask]} << (j * bits_);
    }
    std::size_t slot = first_slot(key);
    while (keys_[slots_[slot]] != key) slot = (slot + 1) & (slots_.size() - 1);
    return slots_[slot];
  }
  std::vector<std::uint16_t> points(length);
  base_images(a, points);
  for (std::uint16_t& p : points) p = row[p];
  return *look_up(points);
}

Element ElementEnumeration::multiply(Element a, Element b) const {
  if (!narrow_rows_.empty()) return product_by_row(a, narrow_rows_.data() + b * degree());
  if (!wide_rows_.empty()) return product_by_row(a, wide_rows_.data() + b * degree());
  return product_by_row(a, image(b).data());
}

Element ElementEnumeration::inverse(Element a) const {
  return product_by_row(0, inverse_permutation(image(a)).data());
}

std::uint64_t ElementEnumeration::element_order(Element a) const {
  const Permutation row = image(a);
  std::vector<char> seen(row.size(), 0);
  std::uint64_t order = 1;
  for (std::size_t start = 0; start < row.size(); ++start) {
    std::uint64_t length = 0;
    for (std::size_t p = start; std::exchange(seen[p], 1) == 0; p = row[p]) ++length;
    if (length > 1) order = std::lcm(order, length);
  }
  return order;
}

std::vector<Element> ElementEnumeration::left_multiplication(Element g) const {
  const std::size_t rank = generators_.size();
  std::vector<Element> result(order());
  result[0] = g;
  for (Element x = 1; x < order(); ++x) result[x] = right_[result[parent_[x]] * rank + step_[x]];
  return result;
}

std::vector<Element> ElementEnumeration::inverses() const {
  // (parent * s)^-1 = s^-1 * parent^-1.
  std::vector<std::vector<Element>> by_inverse;
  for (const Element s : generators_) by_inverse.push_back(left_multiplication(inverse(s)));
  std::vector<Element> result(order());
  for (Element x = 1; x < order(); ++x) result[x] = by_inverse[step_[x]][result[parent_[x]]];
  return result;
}

}  // namespace peterweyl
