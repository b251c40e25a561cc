#include "groups/polycyclic_presentation.hpp"

#include <bit>
#include <utility>

#include "arithmetic/integers.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

// Bits from the least significant end of each byte.
class BitWriter {
 public:
  void write(std::uint32_t value, unsigned bits) {
    for (unsigned b = 0; b < bits; ++b) {
      if (used_ % 8 == 0) bytes_.push_back(0);
      if ((value >> b & 1U) != 0) bytes_.back() = static_cast<std::uint8_t>(bytes_.back() | 1U << used_ % 8);
      ++used_;
    }
  }
  std::vector<std::uint8_t> take() { return std::move(bytes_); }

 private:
  std::vector<std::uint8_t> bytes_;
  unsigned used_ = 0;
};

class BitReader {
 public:
  explicit BitReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  std::uint32_t read(unsigned bits) {
    std::uint32_t value = 0;
    for (unsigned b = 0; b < bits; ++b, ++used_) {
      if (used_ / 8 >= bytes_.size()) throw ArgumentError("presentation code: ends too early");
      value |= (bytes_[used_ / 8] >> used_ % 8 & 1U) << b;
    }
    return value;
  }
  std::size_t bytes_used() const { return (used_ + 7) / 8; }

 private:
  std::span<const std::uint8_t> bytes_;
  std::size_t used_ = 0;
};

unsigned bits_for(std::uint64_t values) {
  return values <= 1 ? 0 : static_cast<unsigned>(std::bit_width(values - 1));
}

}  // namespace

PolycyclicPresentation::PolycyclicPresentation(std::vector<std::uint32_t> relative_orders)
    : relative_orders_(std::move(relative_orders)), strides_(relative_orders_.size()) {
  for (std::size_t i = size(); i-- > 0;) {
    strides_[i] = order_;
    order_ *= relative_orders_[i];
  }
  words_.resize(size() * (size() + 1) / 2);
  for (std::size_t j = 0; j < size(); ++j) {
    for (std::size_t i = 0; i <= j; ++i) set_word(i, j, trivial_word(i, j));
  }
}

std::vector<std::uint8_t> PolycyclicPresentation::letters(Element rank) const {
  std::vector<std::uint8_t> result;
  for (std::size_t i = 0; i < size(); ++i) {
    result.insert(result.end(), exponent(rank, i), static_cast<std::uint8_t>(i));
  }
  return result;
}

std::vector<Element> PolycyclicPresentation::right_multiplication() const {
  const std::size_t k = size();
  std::vector<std::vector<std::uint8_t>> spelled(words_.size());
  for (std::size_t r = 0; r < words_.size(); ++r) spelled[r] = letters(words_[r]);

  std::vector<Element> right(order_ * k);
  for (std::size_t j = k; j-- > 0;) {
    for (Element x = 0; x < order_; ++x) {
      std::size_t last = k;  // the last generator that occurs in x
      while (last > 0 && exponent(x, last - 1) == 0) --last;
      Element product;
      if (last <= j || (last == j + 1 && exponent(x, j) + 1 < relative_orders_[j])) {
        product = x + strides_[j];
      } else if (last == j + 1) {
        product = x - exponent(x, j) * strides_[j] + word(j, j);
      } else {
        // x = y g_l with l > j: x g_j = (y g_j) (g_j^-1 g_l g_j), both known already.
        const std::size_t l = last - 1;
        product = right[(x - strides_[l]) * k + j];
        for (const std::uint8_t letter : spelled[relation(j, l)]) product = right[product * k + letter];
      }
      right[x * k + j] = product;
    }
  }
  return right;
}

bool PolycyclicPresentation::is_consistent() const {
  const std::size_t k = size();
  const std::vector<Element> right = right_multiplication();
  const auto times_word = [&](Element x, Element rank) {
    for (const std::uint8_t letter : letters(rank)) x = right[x * k + letter];
    return x;
  };
  for (Element x = 0; x < order_; ++x) {
    for (std::size_t i = 0; i < k; ++i) {
      Element power = x;
      for (std::uint32_t e = 0; e < relative_orders_[i]; ++e) power = right[power * k + i];
      if (power != times_word(x, word(i, i))) return false;
      for (std::size_t j = i + 1; j < k; ++j) {
        if (right[right[x * k + j] * k + i] != times_word(right[x * k + i], word(i, j))) return false;
      }
    }
  }
  return true;
}

Group PolycyclicPresentation::group(std::string name) const {
  return Group(CayleyTable::from_right_cayley_graph_no_checks(order_, strides_, right_multiplication()),
               strides_, std::move(name), Construction{});
}

std::vector<std::uint8_t> PolycyclicPresentation::encode() const {
  const auto primes = factorize(order_);
  BitWriter writer;
  for (const std::uint32_t p : relative_orders_) {
    std::uint32_t index = 0;
    while (primes[index].first != p) ++index;
    writer.write(index, bits_for(primes.size()));
  }
  for (std::size_t j = 0; j < size(); ++j) {
    for (std::size_t i = 0; i <= j; ++i) {
      const bool trivial = word(i, j) == trivial_word(i, j);
      writer.write(trivial ? 0 : 1, 1);
      if (!trivial) writer.write(word(i, j), bits_for(strides_[i]));
    }
  }
  return writer.take();
}

PolycyclicPresentation PolycyclicPresentation::decode(std::span<const std::uint8_t>& code, Element order) {
  const auto primes = factorize(order);
  std::size_t length = 0;
  for (const auto& prime : primes) length += prime.second;
  BitReader reader(code);
  std::vector<std::uint32_t> relative_orders;
  for (std::size_t i = 0; i < length; ++i) {
    const std::uint32_t index = reader.read(bits_for(primes.size()));
    if (index >= primes.size()) throw ArgumentError("presentation code: no such prime");
    relative_orders.push_back(static_cast<std::uint32_t>(primes[index].first));
  }
  PolycyclicPresentation result(std::move(relative_orders));
  if (result.order_ != order) throw ArgumentError("presentation code: of another order");
  for (std::size_t j = 0; j < length; ++j) {
    for (std::size_t i = 0; i <= j; ++i) {
      if (reader.read(1) == 0) continue;
      const Element rank = reader.read(bits_for(result.strides_[i]));
      if (rank >= result.strides_[i]) throw ArgumentError("presentation code: a word out of range");
      result.set_word(i, j, rank);
    }
  }
  code = code.subspan(reader.bytes_used());
  return result;
}

}  // namespace peterweyl
