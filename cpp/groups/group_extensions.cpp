#include "groups/group_extensions.hpp"

#include <algorithm>
#include <utility>

#include "support/error.hpp"

namespace peterweyl {

GroupExtensions::GroupExtensions(const PolycyclicPresentation& quotient, const MatrixRing& ring,
                                 std::vector<SmallMatrix> action)
    : quotient_(quotient),
      ring_(ring),
      action_(std::move(action)),
      unknowns_(quotient.relation_count() * ring.dimension),
      cocycles_(ring.prime, unknowns_) {
  for (std::size_t j = 0; j < quotient_.size(); ++j) {
    for (std::size_t i = 0; i <= j; ++i) spelled_.push_back(quotient_.letters(quotient_.word(i, j)));
  }
}

void GroupExtensions::act(Tail& tail, const SmallMatrix& a) const {
  const std::size_t d = ring_.dimension;
  if (d == 1) {
    if (a[0] == 1) return;
    for (std::uint8_t& entry : tail) entry = static_cast<std::uint8_t>(entry * a[0] % ring_.prime);
    return;
  }
  std::array<std::uint8_t, 4> row{};
  for (std::size_t u = 0; u < unknowns_; ++u) {
    std::copy_n(tail.begin() + static_cast<std::ptrdiff_t>(u * d), d, row.begin());
    for (std::size_t j = 0; j < d; ++j) {
      std::uint32_t sum = 0;
      for (std::size_t i = 0; i < d; ++i) sum += std::uint32_t{row[i]} * a[i * d + j];
      tail[u * d + j] = static_cast<std::uint8_t>(sum % ring_.prime);
    }
  }
}

// Multiplies on the right by the tail of a relation.
void GroupExtensions::add_at(std::size_t relation, Tail& tail) const {
  const std::size_t d = ring_.dimension;
  for (std::size_t a = 0; a < d; ++a) {
    std::uint8_t& entry = tail[(relation * d + a) * d + a];
    entry = static_cast<std::uint8_t>((entry + 1U) % ring_.prime);
  }
}

void GroupExtensions::multiply(State& state, std::size_t generator) const {
  const std::size_t at = state.element * quotient_.size() + generator;
  act(state.tail, action_[generator]);
  const Tail& left_behind = tails_[at];
  for (std::size_t i = 0; i < left_behind.size(); ++i) {
    state.tail[i] = static_cast<std::uint8_t>((state.tail[i] + left_behind[i]) % ring_.prime);
  }
  state.element = right_[at];
}

void GroupExtensions::multiply_word(State& state, Element word) const {
  for (const std::uint8_t letter : quotient_.letters(word)) multiply(state, letter);
}

GroupExtensions::Tail GroupExtensions::difference(const Tail& a, const Tail& b) const {
  Tail result(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    result[i] = static_cast<std::uint8_t>((a[i] + ring_.prime - b[i]) % ring_.prime);
  }
  return result;
}

// The recursion of PolycyclicPresentation::right_multiplication with tails.
void GroupExtensions::collect() {
  const std::size_t k = quotient_.size();
  right_ = quotient_.right_multiplication();
  tails_.assign(right_.size(), Tail(unknowns_ * ring_.dimension, 0));
  for (std::size_t j = k; j-- > 0;) {
    for (Element x = 0; x < quotient_.order(); ++x) {
      std::size_t last = k;
      while (last > 0 && quotient_.exponent(x, last - 1) == 0) --last;
      if (last <= j) continue;
      Tail& tail = tails_[x * k + j];
      if (last == j + 1) {
        if (quotient_.exponent(x, j) + 1 == quotient_.relative_orders()[j])
          add_at(quotient_.relation(j, j), tail);
        continue;
      }
      const std::size_t l = last - 1;
      const std::size_t before = (x - quotient_.generator(l)) * k + j;
      State state{right_[before], tails_[before]};
      for (const std::uint8_t letter : spelled_[quotient_.relation(j, l)]) multiply(state, letter);
      add_at(quotient_.relation(j, l), state.tail);
      tail = std::move(state.tail);
    }
  }
}

// What changes when the lift of generator i is multiplied by unit vector a of M, for all i and a.
std::vector<ModularVector> GroupExtensions::coboundaries() const {
  const std::size_t k = quotient_.size();
  const std::size_t d = ring_.dimension;
  using Vector = std::array<std::uint32_t, 4>;
  std::vector<ModularVector> result;
  for (std::size_t changed = 0; changed < k; ++changed) {
    for (std::size_t unit = 0; unit < d; ++unit) {
      const auto step = [&](std::pair<Element, Vector>& state, std::size_t generator) {
        Vector moved{};
        for (std::size_t j = 0; j < d; ++j) {
          for (std::size_t i = 0; i < d; ++i) moved[j] += state.second[i] * action_[generator][i * d + j];
          if (generator == changed && j == unit) ++moved[j];
          moved[j] %= ring_.prime;
        }
        state = {right_[state.first * k + generator], moved};
      };
      ModularVector& tails = result.emplace_back(unknowns_, std::uint8_t{0});
      for (std::size_t j = 0; j < k; ++j) {
        for (std::size_t i = 0; i <= j; ++i) {
          std::pair<Element, Vector> left{};
          std::pair<Element, Vector> right{};
          if (i == j) {
            for (std::uint32_t e = 0; e < quotient_.relative_orders()[j]; ++e) step(left, j);
          } else {
            step(left, j);
            step(left, i);
            step(right, i);
          }
          const std::size_t r = quotient_.relation(i, j);
          for (const std::uint8_t letter : spelled_[r]) step(right, letter);
          for (std::size_t a = 0; a < d; ++a) {
            tails[r * d + a] =
                static_cast<std::uint8_t>((left.second[a] + ring_.prime - right.second[a]) % ring_.prime);
          }
        }
      }
    }
  }
  return result;
}

void GroupExtensions::solve() {
  collect();
  const std::size_t k = quotient_.size();
  const std::size_t d = ring_.dimension;
  ModularSubspace equations(ring_.prime, unknowns_);
  const auto demand_equal = [&](const State& left, const State& right) {
    const Tail tail = difference(left.tail, right.tail);
    for (std::size_t b = 0; b < d; ++b) {
      ModularVector row(unknowns_);
      for (std::size_t u = 0; u < unknowns_; ++u) row[u] = tail[u * d + b];
      equations.insert(std::move(row));
    }
  };
  // The overlaps of the rewriting rules begin with g_h or with g_h^(p-1); all others follow from them.
  for (std::size_t h = 0; h < k; ++h) {
    for (const Element start :
         {quotient_.generator(h), quotient_.generator(h) * (quotient_.relative_orders()[h] - 1)}) {
      for (std::size_t j = 0; j < k; ++j) {
        for (std::size_t i = 0; i <= j; ++i) {
          State left{start, Tail(unknowns_ * d, 0)};
          State right = left;
          if (i == j) {
            for (std::uint32_t e = 0; e < quotient_.relative_orders()[j]; ++e) multiply(left, j);
          } else {
            multiply(left, j);
            multiply(left, i);
            multiply(right, i);
          }
          const std::size_t r = quotient_.relation(i, j);
          for (const std::uint8_t letter : spelled_[r]) multiply(right, letter);
          add_at(r, right.tail);
          demand_equal(left, right);
        }
      }
    }
  }
  for (ModularVector& b : coboundaries()) cocycles_.insert(std::move(b));
  const std::vector<ModularVector> kernel = equations.annihilator();
  // Coordinates are carried behind the cocycle; a coboundary has none.
  const std::size_t bound = kernel.size() - cocycles_.dimension();
  ModularSubspace with_coordinates(ring_.prime, unknowns_);
  for (const ModularVector& row : cocycles_.rows()) {
    ModularVector extended = row;
    extended.resize(unknowns_ + bound, 0);
    with_coordinates.insert(std::move(extended));
  }
  for (const ModularVector& cocycle : kernel) {
    ModularVector extended = cocycle;
    extended.resize(unknowns_ + bound, 0);
    if (basis_.size() < bound) extended[unknowns_ + basis_.size()] = 1;
    if (with_coordinates.insert(std::move(extended))) basis_.push_back(cocycle);
  }
  cocycles_ = std::move(with_coordinates);
}

std::vector<ModularVector> GroupExtensions::cohomology_action(std::span<const Element> images,
                                                              const SmallMatrix& n) const {
  const std::size_t d = ring_.dimension;
  const std::size_t k = quotient_.size();
  // The tails of the relations among the new generators, as linear functions of the old ones.
  std::vector<Tail> tails(quotient_.relation_count());
  for (std::size_t j = 0; j < k; ++j) {
    for (std::size_t i = 0; i <= j; ++i) {
      State left{0, Tail(unknowns_ * d, 0)};
      State right = left;
      if (i == j) {
        for (std::uint32_t e = 0; e < quotient_.relative_orders()[j]; ++e) multiply_word(left, images[j]);
      } else {
        multiply_word(left, images[j]);
        multiply_word(left, images[i]);
        multiply_word(right, images[i]);
      }
      const std::size_t r = quotient_.relation(i, j);
      for (const std::uint8_t letter : spelled_[r]) multiply_word(right, images[letter]);
      tails[r] = difference(left.tail, right.tail);
      act(tails[r], n);
    }
  }
  std::vector<ModularVector> matrix;
  for (const ModularVector& cocycle : basis_) {
    ModularVector moved(unknowns_ + basis_.size(), 0);
    for (std::size_t r = 0; r < tails.size(); ++r) {
      for (std::size_t b = 0; b < d; ++b) {
        std::uint32_t sum = 0;
        for (std::size_t u = 0; u < unknowns_; ++u) sum += std::uint32_t{cocycle[u]} * tails[r][u * d + b];
        moved[r * d + b] = static_cast<std::uint8_t>(sum % ring_.prime);
      }
    }
    cocycles_.reduce(moved);
    ModularVector& row = matrix.emplace_back(basis_.size());
    for (std::size_t c = 0; c < row.size(); ++c) {
      row[c] = static_cast<std::uint8_t>((ring_.prime - moved[unknowns_ + c]) % ring_.prime);
    }
  }
  return matrix;
}

PolycyclicPresentation GroupExtensions::extension(std::span<const std::uint8_t> coordinates) const {
  const std::size_t k = quotient_.size();
  const std::size_t d = ring_.dimension;
  std::vector<std::uint32_t> tails(unknowns_, 0);
  for (std::size_t c = 0; c < coordinates.size(); ++c) {
    for (std::size_t u = 0; u < unknowns_; ++u) {
      tails[u] = (tails[u] + std::uint32_t{coordinates[c]} * basis_[c][u]) % ring_.prime;
    }
  }
  std::vector<std::uint32_t> relative_orders(quotient_.relative_orders().begin(),
                                             quotient_.relative_orders().end());
  relative_orders.insert(relative_orders.end(), d, ring_.prime);
  PolycyclicPresentation result(std::move(relative_orders));
  const Element size = result.order() / quotient_.order();
  const auto rank = [&](auto entry) {
    Element value = 0;
    for (std::size_t a = 0; a < d; ++a) value = value * ring_.prime + entry(a);
    return value;
  };
  for (std::size_t j = 0; j < k; ++j) {
    for (std::size_t i = 0; i <= j; ++i) {
      const std::size_t r = quotient_.relation(i, j);
      result.set_word(i, j,
                      quotient_.word(i, j) * size + rank([&](std::size_t a) { return tails[r * d + a]; }));
    }
    for (std::size_t b = 0; b < d; ++b) {
      result.set_word(j, k + b, rank([&](std::size_t a) { return Element{action_[j][b * d + a]}; }));
    }
  }
  return result;
}

std::vector<ModularVector> orbit_representatives(std::uint32_t prime, std::size_t dimension,
                                                 std::span<const std::vector<ModularVector>> matrices,
                                                 const Interrupt& interrupt) {
  constexpr std::uint64_t kLimit = std::uint64_t{1} << 28;
  std::uint64_t count = 1;
  for (std::size_t i = 0; i < dimension; ++i) {
    count *= prime;
    if (count > kLimit) throw EnumerationLimitError("orbits: more vectors than the limit", count, kLimit);
  }
  // Vectors are numbered by their digits, entry 0 lowest. The image of a vector is the sum of the images of
  // its low and high halves, each looked up; for p = 2 sums are exclusive ors of the numbers.
  const std::size_t low = dimension / 2;
  std::uint64_t low_count = 1;
  for (std::size_t i = 0; i < low; ++i) low_count *= prime;
  const auto digits = [&](std::uint64_t number, std::size_t from, std::size_t to) {
    ModularVector v(dimension, 0);
    for (std::size_t i = from; i < to; ++i, number /= prime) v[i] = static_cast<std::uint8_t>(number % prime);
    return v;
  };
  const auto image = [&](const std::vector<ModularVector>& matrix, const ModularVector& v) {
    std::uint64_t number = 0;
    for (std::size_t j = dimension; j-- > 0;) {
      std::uint64_t sum = 0;
      for (std::size_t i = 0; i < dimension; ++i) sum += std::uint64_t{v[i]} * matrix[i][j];
      number = number * prime + sum % prime;
    }
    return static_cast<std::uint32_t>(number);
  };
  const auto add = [&](std::uint32_t a, std::uint32_t b) {
    if (prime == 2) return a ^ b;
    std::uint32_t sum = 0;
    for (std::uint32_t place = 1; a != 0 || b != 0; place *= prime, a /= prime, b /= prime) {
      sum += (a % prime + b % prime) % prime * place;
    }
    return sum;
  };
  std::vector<std::vector<std::uint32_t>> low_images;
  std::vector<std::vector<std::uint32_t>> high_images;
  for (const std::vector<ModularVector>& matrix : matrices) {
    auto& lows = low_images.emplace_back();
    auto& highs = high_images.emplace_back();
    for (std::uint64_t v = 0; v < low_count; ++v) lows.push_back(image(matrix, digits(v, 0, low)));
    for (std::uint64_t v = 0; v < count / low_count; ++v)
      highs.push_back(image(matrix, digits(v, low, dimension)));
  }

  std::vector<ModularVector> representatives;
  std::vector<char> seen(count, 0);
  std::vector<std::uint32_t> orbit;
  for (std::uint64_t start = 0; start < count; ++start) {
    if (seen[start] != 0) continue;
    representatives.push_back(digits(start, 0, dimension));
    seen[start] = 1;
    orbit.assign(1, static_cast<std::uint32_t>(start));
    while (!orbit.empty()) {
      interrupt.poll();
      const std::uint32_t v = orbit.back();
      orbit.pop_back();
      for (std::size_t g = 0; g < matrices.size(); ++g) {
        const std::uint32_t w = add(low_images[g][v % low_count], high_images[g][v / low_count]);
        if (seen[w] != 0) continue;
        seen[w] = 1;
        orbit.push_back(w);
      }
    }
  }
  return representatives;
}

}  // namespace peterweyl
