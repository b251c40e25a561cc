#include "groups/fingerprint.hpp"

#include <algorithm>

#include "arithmetic/integers.hpp"

namespace peterweyl {
namespace {

// The finaliser of splitmix64 (Steele, Lea and Flood 2014): a bijection that mixes all bits.
std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

std::uint64_t combine(std::uint64_t seed, std::uint64_t value) {
  return mix(seed * 0x9e3779b97f4a7c15ULL + value);
}

// A cheaper hash of three colours for the inner loop.
std::uint64_t mix_triple(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  std::uint64_t z = a * 0x9e3779b97f4a7c15ULL + b * 0xc2b2ae3d27d4eb4fULL + c * 0xd6e8feb86659fd93ULL;
  z = (z ^ (z >> 32)) * 0xff51afd7ed558ccdULL;
  return z ^ (z >> 29);
}

std::size_t count_distinct(std::vector<std::uint64_t> values) {
  std::ranges::sort(values);
  return static_cast<std::size_t>(std::ranges::unique(values).begin() - values.begin());
}

class Refinement {
 public:
  explicit Refinement(const Group& group)
      : group_(group), classes_(group.conjugacy_classes()), primes_(factorize(group.order())) {
    for (const auto& prime : primes_) {
      power_maps_.push_back(group.power_map(static_cast<std::int64_t>(prime.first)));
    }
    for (std::size_t c = 0; c < classes_.count(); ++c) {
      colour_.push_back(combine(mix(classes_.orders[c]), classes_.sizes[c]));
    }
  }

  ClassColours run() {
    std::size_t distinct = count_distinct(colour_);
    for (;;) {
      refine();
      const std::size_t now = count_distinct(colour_);
      // One round always, so that the fingerprint sees products even where no class splits.
      if (now == distinct || now == classes_.count()) break;
      distinct = now;
    }
    std::uint64_t sum = 0;
    for (std::size_t c = 0; c < classes_.count(); ++c) sum += classes_.sizes[c] * mix(colour_[c]);
    return {colour_, combine(combine(0, group_.order()), sum)};
  }

 private:
  void refine() {
    const CayleyTable& table = group_.table();
    const Element n = table.order();
    std::vector<std::uint64_t> of_element(n);
    for (Element x = 0; x < n; ++x) of_element[x] = colour_[classes_.of_element[x]];

    std::vector<std::uint64_t> refined = colour_;
    for (const auto& map : power_maps_) {
      std::vector<std::uint64_t> roots(classes_.count(), 0);
      for (std::size_t c = 0; c < classes_.count(); ++c) roots[map[c]] += classes_.sizes[c] * mix(colour_[c]);
      for (std::size_t c = 0; c < classes_.count(); ++c) {
        refined[c] = combine(combine(refined[c], colour_[map[c]]), roots[c]);
      }
    }
    for (std::size_t c = 0; c < classes_.count(); ++c) {
      refined[c] = combine(refined[c], products_with(classes_.representatives[c], of_element));
    }
    colour_ = std::move(refined);
  }

  std::uint64_t products_with(Element x, const std::vector<std::uint64_t>& of_element) const {
    const CayleyTable& table = group_.table();
    const std::span<const Element> inverses = table.inverses();
    const auto row = table.row(x);
    const auto inverse_row = table.row(table.inverse(x));
    std::uint64_t sum = 0;
    for (Element y = 0; y < table.order(); ++y) {
      // [x, y] = x^-1 y^-1 x y, read along rows.
      const Element commutator = table(inverse_row[inverses[y]], row[y]);
      sum += mix_triple(of_element[y], of_element[row[y]], of_element[commutator]);
    }
    return sum;
  }

  const Group& group_;
  const ConjugacyClasses& classes_;
  std::vector<std::pair<std::uint64_t, unsigned>> primes_;
  std::vector<std::vector<std::uint32_t>> power_maps_;
  std::vector<std::uint64_t> colour_;
};

}  // namespace

ClassColours class_colours(const Group& group) {
  return Refinement(group).run();
}

ElementColours element_colours(const Group& group, const ClassColours& colours) {
  const ConjugacyClasses& classes = group.conjugacy_classes();
  ElementColours result;
  result.values = colours.of_class;
  std::ranges::sort(result.values);
  result.values.erase(std::ranges::unique(result.values).begin(), result.values.end());
  std::vector<std::uint32_t> number(classes.count());
  for (std::size_t c = 0; c < classes.count(); ++c) {
    number[c] = static_cast<std::uint32_t>(std::ranges::lower_bound(result.values, colours.of_class[c]) -
                                           result.values.begin());
  }
  result.of_element.resize(group.order());
  for (Element x = 0; x < group.order(); ++x) result.of_element[x] = number[classes.of_element[x]];
  return result;
}

std::uint64_t fingerprint(const Group& group) {
  return class_colours(group).fingerprint;
}

}  // namespace peterweyl
