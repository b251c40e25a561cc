#include "groups/nonsolvable_groups.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "arithmetic/integers.hpp"
#include "groups/automorphisms.hpp"
#include "groups/families.hpp"
#include "groups/fingerprint.hpp"
#include "groups/isomorphism.hpp"
#include "groups/permutation.hpp"

namespace peterweyl {
namespace {

using Images = std::vector<Element>;

Permutation permutation_by(std::uint16_t degree, const std::function<unsigned(unsigned)>& image) {
  Permutation result(degree);
  for (std::uint16_t i = 0; i < degree; ++i) result[i] = static_cast<std::uint16_t>(image(i));
  return result;
}

// SL(2, p) on row vectors (x, y), numbered x p + y.
Group special_linear_group(unsigned p) {
  const auto degree = static_cast<std::uint16_t>(p * p);
  return permutation_group(std::array{
      permutation_by(degree, [p](unsigned v) { return v / p * p + (v % p + v / p) % p; }),  // (x, y+x)
      permutation_by(degree, [p](unsigned v) { return (p - v % p) % p * p + v / p; })});    // (-y, x)
}

// PSL(2, p) on the projective line 0 ... p-1, infinity = p.
Group projective_special_linear_group(unsigned p) {
  const auto inverse = [p](unsigned x) { return static_cast<unsigned>(power_modulo(x, p - 2, p)); };
  return permutation_group(std::array{
      permutation_by(static_cast<std::uint16_t>(p + 1), [p](unsigned x) { return x == p ? p : (x + 1) % p; }),
      permutation_by(static_cast<std::uint16_t>(p + 1), [&](unsigned x) {
        if (x == 0) return p;
        return x == p ? 0 : (p - inverse(x)) % p;
      })});
}

// PSL(2, 8) = SL(2, 8) on the projective line over GF(2)[t]/(t^3+t+1), infinity = 8.
Group projective_special_linear_group_8() {
  const auto times = [](unsigned a, unsigned b) {
    unsigned product = 0;
    for (unsigned bit = 0; bit < 3; ++bit) {
      if ((b >> bit & 1U) != 0) product ^= a << bit;
    }
    for (unsigned bit = 4; bit >= 3; --bit) {
      if ((product >> bit & 1U) != 0) product ^= 0b1011U << (bit - 3);
    }
    return product;
  };
  const auto inverse = [&](unsigned a) {
    unsigned b = 1;
    while (times(a, b) != 1) ++b;
    return b;
  };
  return permutation_group(
      std::array{permutation_by(9, [](unsigned x) { return x == 8 ? 8 : x ^ 1U; }),
                 permutation_by(9, [&](unsigned x) { return x == 8 ? 8 : times(x, 2); }),
                 permutation_by(9, [&](unsigned x) { return x == 0 ? 8U : (x == 8 ? 0U : inverse(x)); })});
}

// All automorphisms, from generators; each once, the identity first.
std::vector<Images> all_automorphisms(const Group& group, const Interrupt& interrupt) {
  const AutomorphismGroup automorphisms = automorphism_group(group, interrupt);
  Images identity(group.order());
  for (Element x = 0; x < group.order(); ++x) identity[x] = x;
  std::vector<Images> list{identity};
  std::set<Images> seen{identity};
  for (std::size_t i = 0; i < list.size(); ++i) {
    for (const Images& g : automorphisms.generators) {
      Images product(group.order());
      for (Element x = 0; x < group.order(); ++x) product[x] = g[list[i][x]];
      if (seen.insert(product).second) list.push_back(std::move(product));
    }
  }
  return list;
}

Images conjugation(const Group& group, Element a) {
  Images images(group.order());
  for (Element x = 0; x < group.order(); ++x) {
    images[x] = group.multiply(group.multiply(group.inverse(a), x), a);
  }
  return images;
}

// Elements g^i x with label i |N| + x; (g^i x)(g^j y) = g^(i+j) s^j(x) y, and g^q = a.
Group cyclic_extension(const Group& normal, Element q, const Images& s, Element a) {
  const Element n = normal.order();
  std::vector<Images> powers(q);
  powers[0] = conjugation(normal, normal.identity());
  for (Element j = 1; j < q; ++j) {
    for (Element x = 0; x < n; ++x) powers[j].push_back(s[powers[j - 1][x]]);
  }
  return Group(CayleyTable::from_product_no_checks(std::uint64_t{q} * n, [&](Element left, Element right) {
    const Element i = left / n + right / n;
    Element x = normal.multiply(powers[right / n][left % n], right % n);
    if (i >= q) x = normal.multiply(a, x);
    return i % q * n + x;
  }));
}

class Collection {
 public:
  explicit Collection(const Interrupt& interrupt) : interrupt_(interrupt) {}

  void add(Group group) {
    std::vector<std::size_t>& rivals = by_fingerprint_[fingerprint(group)];
    for (const std::size_t rival : rivals) {
      if (find_isomorphism(groups_[rival], group, interrupt_)) return;
    }
    rivals.push_back(groups_.size());
    groups_.push_back(std::move(group));
  }

  // All cyclic extensions of `normal` of index q.
  void extend(const Group& normal, Element q) {
    std::set<Images> seen;  // automorphisms in the cosets of inner ones that were tried
    for (const Images& s : all_automorphisms(normal, interrupt_)) {
      if (seen.contains(s)) continue;
      Images power = s;
      for (Element e = 1; e < q; ++e) {
        for (Element& image : power) image = s[image];
      }
      for (Element a = 0; a < normal.order(); ++a) {
        interrupt_.poll();
        const Images inner = conjugation(normal, a);
        Images product(normal.order());
        for (Element x = 0; x < normal.order(); ++x) product[x] = inner[s[x]];
        seen.insert(std::move(product));
        if (s[a] == a && inner == power) add(cyclic_extension(normal, q, s, a));
      }
    }
  }

  std::vector<Group> take() { return std::move(groups_); }

 private:
  const Interrupt& interrupt_;
  std::vector<Group> groups_;
  std::map<std::uint64_t, std::vector<std::size_t>> by_fingerprint_;
};

}  // namespace

std::vector<Group> perfect_groups(Element order) {
  switch (order) {
    case 60:
      return {alternating_group(5)};
    case 120:
      return {special_linear_group(5)};
    case 168:
      return {projective_special_linear_group(7)};
    case 336:
      return {special_linear_group(7)};
    case 360:
      return {alternating_group(6)};
    case 504:
      return {projective_special_linear_group_8()};
    default:
      return {};
  }
}

std::vector<Group> nonsolvable_groups(Element order, const Interrupt& interrupt) {
  Collection found(interrupt);
  for (Group& group : perfect_groups(order)) found.add(std::move(group));
  // The smallest non-solvable group has order 60.
  for (const auto& prime : factorize(order)) {
    const auto q = static_cast<Element>(prime.first);
    if (order / q < 60) continue;
    for (const Group& normal : nonsolvable_groups(order / q, interrupt)) found.extend(normal, q);
  }
  return found.take();
}

}  // namespace peterweyl
