#include "characters/alternating_characters.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "arithmetic/power_basis.hpp"
#include "characters/cycle_types.hpp"
#include "characters/symmetric_characters.hpp"

namespace peterweyl {
namespace {

bool is_even(const Partition& type) {
  return (size_of(type) - type.size()) % 2 == 0;
}

// Whether the permutations of an even type are two classes.
bool is_split(const Partition& type) {
  for (std::size_t i = 0; i < type.size(); ++i) {
    if (type[i] % 2 == 0 || (i > 0 && type[i] == type[i - 1])) return false;
  }
  return true;
}

int sign_of(std::vector<std::uint32_t> images) {
  int sign = 1;
  for (std::uint32_t i = 0; i < images.size(); ++i) {
    while (images[i] != i) {
      std::swap(images[i], images[images[i]]);
      sign = -sign;
    }
  }
  return sign;
}

template <typename Images>
AlternatingClass class_of(const Images& images) {
  std::vector<std::vector<std::uint32_t>> cycles;
  std::vector<char> seen(images.size(), 0);
  for (std::uint32_t first = 0; first < images.size(); ++first) {
    if (seen[first] != 0) continue;
    auto& cycle = cycles.emplace_back();
    for (std::uint32_t i = first; seen[i] == 0; i = images[i]) {
      seen[i] = 1;
      cycle.push_back(i);
    }
  }
  std::ranges::stable_sort(cycles, [](const auto& a, const auto& b) { return a.size() > b.size(); });
  AlternatingClass result;
  std::vector<std::uint32_t> written;
  for (const auto& cycle : cycles) {
    result.type.push_back(static_cast<std::uint32_t>(cycle.size()));
    written.insert(written.end(), cycle.begin(), cycle.end());
  }
  if (is_split(result.type)) result.sign = sign_of(std::move(written));
  return result;
}

// The sign of x -> t x on the integers modulo an odd r, for t prime to r (Zolotarev: the Jacobi symbol).
int multiplication_sign(std::uint32_t t, std::uint32_t r) {
  std::vector<std::uint32_t> images(r);
  for (std::uint32_t x = 0; x < r; ++x) {
    images[x] = static_cast<std::uint32_t>(std::uint64_t{t} * x % r);
  }
  return sign_of(std::move(images));
}

std::uint64_t alternating_class_size(const AlternatingClass& c) {
  return symmetric_class_size(c.type) / (c.sign == 0 ? 1 : 2);
}

AlternatingClass power_of_class(const AlternatingClass& c, std::uint32_t t) {
  AlternatingClass result{power_of_type(c.type, t), 0};
  // Otherwise some cycle falls into several of one length.
  if (result.type == c.type && c.sign != 0) {
    result.sign = c.sign;
    for (const std::uint32_t part : c.type) result.sign *= multiplication_sign(t, part);
  }
  return result;
}

Partition conjugate(const Partition& partition) {
  Partition result;
  for (std::uint32_t column = 0; !partition.empty() && column < partition[0]; ++column) {
    result.push_back(
        static_cast<std::uint32_t>(std::ranges::count_if(partition, [&](auto row) { return row > column; })));
  }
  return result;
}

// The lengths of the hooks on the diagonal of a partition that is its own conjugate.
Partition diagonal_hooks(const Partition& partition) {
  Partition hooks;
  for (std::uint32_t i = 0; i < partition.size() && partition[i] > i; ++i) {
    hooks.push_back(2 * (partition[i] - i) - 1);
  }
  return hooks;
}

// (e + s sqrt(e h_1 h_2 ...))/2 in powers of zeta_m, m the least common multiple of the odd numbers h, and
// e = (-1)^(sum of (h - 1)/2).
std::vector<CyclotomicTerm> split_value(const Partition& hooks, int e, int s) {
  const std::uint32_t m = order_of_type(hooks);
  std::vector<std::int64_t> sum(m, 0);
  sum[0] = s;
  for (const std::uint32_t h : hooks) {
    std::vector<std::int64_t> product(m, 0);
    for (std::uint32_t x = 0; x < h; ++x) {
      const std::uint32_t shift = x * x % h * (m / h);
      for (std::uint32_t i = 0; i < m; ++i) product[(i + shift) % m] += sum[i];
    }
    sum = std::move(product);
  }
  sum[0] += e;
  std::vector<std::uint32_t> used(m);
  std::iota(used.begin(), used.end(), 0U);
  std::vector<CyclotomicTerm> terms;
  PowerBasis(m).collect(sum, used, terms);
  // Twice an algebraic integer, and the basis is integral.
  for (CyclotomicTerm& term : terms) term.coefficient /= 2;
  return terms;
}

}  // namespace

std::vector<AlternatingClass> alternating_classes(std::uint32_t n) {
  using Images = std::vector<std::uint32_t>;
  std::vector<std::pair<Images, AlternatingClass>> classes;
  for (const Partition& type : partitions(n)) {
    if (!is_even(type)) continue;
    Images images = smallest_images(type);
    classes.emplace_back(images, class_of(images));
    if (classes.back().second.sign == 0) continue;
    // The next array in lexicographic order exchanges the last two points of the longest cycle, so it is the
    // smallest of the other class: (... y z) has the images ..., y, z, first and becomes ..., z, first, y.
    std::ranges::next_permutation(images);
    classes.emplace_back(images, class_of(images));
  }
  std::ranges::sort(classes, {}, [](const auto& entry) {
    return std::tuple(order_of_type(entry.second.type), alternating_class_size(entry.second), entry.first);
  });
  std::vector<AlternatingClass> result;
  for (auto& [images, c] : classes) result.push_back(std::move(c));
  return result;
}

AlternatingClass alternating_class(std::span<const std::uint16_t> permutation) {
  return class_of(permutation);
}

ClassStructure alternating_class_structure(std::span<const AlternatingClass> classes) {
  ClassStructure result;
  result.group_order = factorial(size_of(classes[0].type)) / 2;
  std::map<AlternatingClass, std::uint32_t> place;
  for (const AlternatingClass& c : classes) place.emplace(c, static_cast<std::uint32_t>(place.size()));
  for (const AlternatingClass& c : classes) {
    result.sizes.push_back(alternating_class_size(c));
    result.orders.push_back(order_of_type(c.type));
    result.power_starts.push_back(result.power_classes.size());
    for (std::uint32_t t = 0; t < result.orders.back(); ++t) {
      const std::uint32_t divisor = std::gcd(t, result.orders.back());
      const bool is_listed = t > divisor && c.sign == 0;  // the divisor tells the type
      result.power_classes.push_back(is_listed ? result.power_classes[result.power_starts.back() + divisor]
                                               : place.at(power_of_class(c, t)));
    }
  }
  result.power_starts.push_back(result.power_classes.size());
  return result;
}

CharacterRows alternating_characters(std::span<const AlternatingClass> classes, const Interrupt& interrupt) {
  std::vector<Partition> types;
  for (const AlternatingClass& c : classes) types.push_back(c.type);
  const auto columns = symmetric_columns(types, interrupt);
  const std::vector<Partition> shapes = partitions(size_of(types[0]));
  CharacterRows rows(classes.size());
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const Partition other = conjugate(shapes[i]);
    if (other > shapes[i]) continue;
    if (other < shapes[i]) {
      for (const auto& column : columns) rows.append_integer(column[i]);
      continue;
    }
    const Partition hooks = diagonal_hooks(shapes[i]);
    const int e = (size_of(hooks) - hooks.size()) / 2 % 2 == 0 ? 1 : -1;
    for (const int s : {1, -1}) {
      for (std::size_t c = 0; c < classes.size(); ++c) {
        if (types[c] == hooks) {
          rows.append(split_value(hooks, e, s * classes[c].sign));
        } else {
          rows.append_integer(columns[c][i] / 2);
        }
      }
    }
  }
  return rows;
}

}  // namespace peterweyl
