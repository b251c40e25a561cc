#include "groups/irreducible_modules.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "arithmetic/integers.hpp"
#include "arithmetic/modular_linear_algebra.hpp"
#include "groups/generation_chain.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

std::uint64_t power_of(std::uint64_t base, std::uint32_t exponent) {
  std::uint64_t result = 1;
  for (std::uint32_t e = 0; e < exponent; ++e) result *= base;
  return result;
}

// The multiplicative order, by repeated multiplication; 0 when it exceeds the limit.
std::uint32_t order_of(const MatrixRing& ring, const SmallMatrix& a, std::uint64_t limit) {
  SmallMatrix power = a;
  for (std::uint32_t k = 1; k <= limit; ++k) {
    if (power == ring.one()) return k;
    power = ring.multiply(power, a);
  }
  return 0;
}

// Powers of a companion matrix of order p^d - 1: the multiplicative group of the field with p^d elements.
std::vector<SmallMatrix> make_singer_cycle(const MatrixRing& ring) {
  const std::uint64_t units = power_of(ring.prime, ring.dimension) - 1;
  const std::uint32_t d = ring.dimension;
  for (std::uint64_t code = 1;; ++code) {
    SmallMatrix companion{};
    for (std::uint32_t i = 0; i + 1 < d; ++i) companion[i * d + i + 1] = 1;
    std::uint64_t digits = code;
    for (std::uint32_t i = 0; i < d; ++i, digits /= ring.prime) {
      companion[(d - 1) * d + i] = static_cast<std::uint8_t>(digits % ring.prime);
    }
    if (companion[(d - 1) * d] == 0 || order_of(ring, companion, units) != units) continue;
    std::vector<SmallMatrix> cycle{ring.one()};
    while (cycle.size() < units) cycle.push_back(ring.multiply(cycle.back(), companion));
    return cycle;
  }
}

std::vector<SmallMatrix> all_invertible(const MatrixRing& ring) {
  const std::uint32_t entries = ring.dimension * ring.dimension;
  std::vector<SmallMatrix> result;
  for (std::uint64_t code = 0; code < power_of(ring.prime, entries); ++code) {
    SmallMatrix a{};
    std::uint64_t digits = code;
    for (std::uint32_t i = 0; i < entries; ++i, digits /= ring.prime) {
      a[i] = static_cast<std::uint8_t>(digits % ring.prime);
    }
    if (ring.is_invertible(a)) result.push_back(a);
  }
  return result;
}

// The smallest element of each conjugacy class of GL(d, p) among `matrices`, which are ascending as arrays.
std::set<SmallMatrix> smallest_of_classes(const MatrixRing& ring, const std::vector<SmallMatrix>& matrices) {
  // Elementary matrices and diagonal ones with a single entry other than 1 generate GL(d, p).
  std::vector<std::pair<SmallMatrix, SmallMatrix>> generators;  // with inverses
  const std::uint32_t d = ring.dimension;
  for (std::uint32_t i = 0; i < d; ++i) {
    for (std::uint32_t j = 0; j < d; ++j) {
      if (i == j) continue;
      SmallMatrix plus = ring.one();
      SmallMatrix minus = ring.one();
      plus[i * d + j] = 1;
      minus[i * d + j] = static_cast<std::uint8_t>(ring.prime - 1);
      generators.emplace_back(plus, minus);
    }
  }
  for (std::uint32_t unit = 2; unit < ring.prime; ++unit) {
    SmallMatrix scale = ring.one();
    SmallMatrix inverse = ring.one();
    scale[0] = static_cast<std::uint8_t>(unit);
    inverse[0] = inverse_modulo(unit, ring.prime);
    generators.emplace_back(scale, inverse);
  }
  std::set<SmallMatrix> unseen(matrices.begin(), matrices.end());
  std::set<SmallMatrix> representatives;
  while (!unseen.empty()) {
    std::vector<SmallMatrix> orbit{*unseen.begin()};
    unseen.erase(unseen.begin());
    representatives.insert(orbit.front());
    for (std::size_t i = 0; i < orbit.size(); ++i) {
      for (const auto& [g, inverse] : generators) {
        const SmallMatrix conjugate = ring.multiply(ring.multiply(inverse, orbit[i]), g);
        if (unseen.erase(conjugate) != 0) orbit.push_back(conjugate);
      }
    }
  }
  return representatives;
}

bool is_irreducible(const MatrixRing& ring, std::span<const SmallMatrix> generators) {
  const std::uint32_t d = ring.dimension;
  for (std::uint64_t code = 1; code < power_of(ring.prime, d); ++code) {
    ModularVector v(d);
    std::uint64_t digits = code;
    for (std::uint32_t i = 0; i < d; ++i, digits /= ring.prime) {
      v[i] = static_cast<std::uint8_t>(digits % ring.prime);
    }
    // The smallest submodule that contains v.
    ModularSubspace span(ring.prime, d);
    span.insert(v);
    std::vector<ModularVector> queue{v};
    for (std::size_t q = 0; q < queue.size() && span.dimension() < d; ++q) {
      for (const SmallMatrix& a : generators) {
        ModularVector image(d);
        for (std::uint32_t j = 0; j < d; ++j) {
          std::uint32_t sum = 0;
          for (std::uint32_t i = 0; i < d; ++i) sum += std::uint32_t{queue[q][i]} * a[i * d + j];
          image[j] = static_cast<std::uint8_t>(sum % ring.prime);
        }
        if (span.insert(image)) queue.push_back(std::move(image));
      }
    }
    if (span.dimension() < d) return false;
  }
  return true;
}

// Homomorphisms from a group onto irreducible matrix groups, by images of a base.
class HomomorphismSearch {
 public:
  HomomorphismSearch(const Group& group, const MatrixRing& ring, std::span<const Element> core,
                     const Interrupt& interrupt)
      : group_(group), ring_(ring), interrupt_(interrupt), chain_(make_chain(group, core, core_generators_)) {
    images_.assign(chain_.length(), ring.one());
    map_.assign(group.order(), ring.one());
    // The core acts trivially.
    for (std::size_t level = 0; level < core_generators_; ++level) assign(level, ring.one());
  }

  // Adds the modules whose generators have images in `matrices`, the first in `first` only if that is given.
  void run(const std::vector<SmallMatrix>& matrices, const std::set<SmallMatrix>* first, bool nonabelian,
           std::map<std::vector<std::uint32_t>, IrreducibleModule>& found) {
    orders_.clear();
    for (const SmallMatrix& a : matrices) orders_.push_back(order_of(ring_, a, group_.order()));
    extend(core_generators_, matrices, first, nonabelian, found);
  }

 private:
  static GenerationChain make_chain(const Group& group, std::span<const Element> core,
                                    std::size_t& core_size) {
    std::vector<Element> base;
    std::vector<Element> reached{group.identity()};
    const auto add = [&](Element x) {
      if (std::ranges::binary_search(reached, x)) return;
      base.push_back(x);
      reached = group.table().subgroup(base);
    };
    for (const Element x : core) add(x);
    core_size = base.size();
    // Elements of large order first: they have few images.
    std::vector<Element> by_order(group.order());
    for (Element x = 0; x < group.order(); ++x) by_order[x] = x;
    std::ranges::stable_sort(by_order, std::ranges::greater{},
                             [&](Element x) { return group.element_orders()[x]; });
    for (const Element x : by_order) add(x);
    return {group.table(), base};
  }

  bool assign(std::size_t level, const SmallMatrix& image) {
    images_[level] = image;
    for (const GenerationChain::Edge& edge : chain_.edges(level)) {
      const SmallMatrix product = ring_.multiply(map_[edge.from], images_[edge.generator]);
      if (edge.defines) {
        map_[edge.to] = product;
      } else if (map_[edge.to] != product) {
        return false;
      }
    }
    return true;
  }

  void extend(std::size_t level, const std::vector<SmallMatrix>& matrices, const std::set<SmallMatrix>* first,
              bool nonabelian, std::map<std::vector<std::uint32_t>, IrreducibleModule>& found) {
    if (level == chain_.length()) return record(nonabelian, found);
    for (std::size_t i = 0; i < matrices.size(); ++i) {
      interrupt_.poll();
      if (orders_[i] == 0 || group_.element_orders()[chain_.base()[level]] % orders_[i] != 0) continue;
      if (level == core_generators_ && first != nullptr && !first->contains(matrices[i])) continue;
      if (assign(level, matrices[i])) extend(level + 1, matrices, first, nonabelian, found);
    }
  }

  void record(bool nonabelian, std::map<std::vector<std::uint32_t>, IrreducibleModule>& found) {
    const std::span<const SmallMatrix> generators = std::span(images_).subspan(core_generators_);
    bool commute = true;
    for (const SmallMatrix& a : generators) {
      for (const SmallMatrix& b : generators)
        commute = commute && ring_.multiply(a, b) == ring_.multiply(b, a);
    }
    if (commute == nonabelian) return;
    const ConjugacyClasses& classes = group_.conjugacy_classes();
    std::vector<std::uint32_t> traces;
    for (const Element x : classes.representatives) traces.push_back(ring_.trace(map_[x]));
    if (found.contains(traces) || !is_irreducible(ring_, generators)) return;
    found.emplace(traces, IrreducibleModule{ring_, map_, traces});
  }

  const Group& group_;
  MatrixRing ring_;
  const Interrupt& interrupt_;
  std::size_t core_generators_ = 0;
  GenerationChain chain_;
  std::vector<SmallMatrix> images_;
  std::vector<SmallMatrix> map_;
  std::vector<std::uint32_t> orders_;
};

// Whether x^-1 y^-1 x y lies in the core for all x, y.
bool is_abelian_modulo(const Group& group, std::span<const Element> core) {
  for (const Element a : group.generators()) {
    for (const Element b : group.generators()) {
      const Element commutator = group.multiply(group.inverse(group.multiply(b, a)), group.multiply(a, b));
      if (!std::ranges::binary_search(core, commutator)) return false;
    }
  }
  return true;
}

}  // namespace

SmallMatrix MatrixRing::one() const {
  SmallMatrix result{};
  for (std::uint32_t i = 0; i < dimension; ++i) result[i * dimension + i] = 1;
  return result;
}

SmallMatrix MatrixRing::multiply(const SmallMatrix& a, const SmallMatrix& b) const {
  SmallMatrix result{};
  for (std::uint32_t i = 0; i < dimension; ++i) {
    for (std::uint32_t j = 0; j < dimension; ++j) {
      std::uint32_t sum = 0;
      for (std::uint32_t k = 0; k < dimension; ++k) {
        sum += std::uint32_t{a[i * dimension + k]} * b[k * dimension + j];
      }
      result[i * dimension + j] = static_cast<std::uint8_t>(sum % prime);
    }
  }
  return result;
}

std::uint32_t MatrixRing::trace(const SmallMatrix& a) const {
  std::uint32_t sum = 0;
  for (std::uint32_t i = 0; i < dimension; ++i) sum += a[i * dimension + i];
  return sum % prime;
}

bool MatrixRing::is_invertible(const SmallMatrix& a) const {
  ModularSubspace rows(prime, dimension);
  for (std::uint32_t i = 0; i < dimension; ++i) {
    const auto begin = a.begin() + static_cast<std::ptrdiff_t>(i * dimension);
    if (!rows.insert(ModularVector(begin, begin + static_cast<std::ptrdiff_t>(dimension)))) return false;
  }
  return true;
}

const std::vector<SmallMatrix>& LinearGroupLists::singer_cycle() {
  if (singer_cycle_.empty()) singer_cycle_ = make_singer_cycle(ring_);
  return singer_cycle_;
}

const std::vector<SmallMatrix>& LinearGroupLists::all() {
  if (all_.empty()) all_ = all_invertible(ring_);
  return all_;
}

const std::set<SmallMatrix>& LinearGroupLists::class_representatives() {
  if (class_representatives_.empty()) class_representatives_ = smallest_of_classes(ring_, all());
  return class_representatives_;
}

std::vector<IrreducibleModule> irreducible_modules(const Group& group, std::span<const Element> core,
                                                   LinearGroupLists& lists, const Interrupt& interrupt) {
  const MatrixRing ring = lists.ring();
  if (ring.dimension < 1 || ring.dimension > 4) {
    throw ArgumentError("dimension: expected 1 ... 4, got " + std::to_string(ring.dimension));
  }
  std::map<std::vector<std::uint32_t>, IrreducibleModule> found;
  HomomorphismSearch search(group, ring, core, interrupt);
  search.run(lists.singer_cycle(), nullptr, false, found);
  // Absolutely irreducible parts of degree f >= 2 have f^2 < |H / O_p(H)| and f divides d.
  const std::uint64_t quotient = group.order() / core.size();
  const std::uint64_t least_degree = ring.dimension == 3 ? 3 : 2;
  if (ring.dimension >= 2 && least_degree * least_degree < quotient && !is_abelian_modulo(group, core)) {
    search.run(lists.all(), &lists.class_representatives(), true, found);
  }
  std::vector<IrreducibleModule> modules;
  for (auto& [traces, module] : found) modules.push_back(std::move(module));
  return modules;
}

std::vector<SmallMatrix> intertwiners(const MatrixRing& ring, std::span<const SmallMatrix> a,
                                      std::span<const SmallMatrix> b, std::size_t limit) {
  const std::uint32_t d = ring.dimension;
  const std::uint32_t p = ring.prime;
  ModularSubspace equations(p, std::size_t{d} * d);
  for (std::size_t g = 0; g < a.size(); ++g) {
    for (std::uint32_t i = 0; i < d; ++i) {
      for (std::uint32_t j = 0; j < d; ++j) {
        // (a N - N b)[i][j] = sum_k a[i][k] N[k][j] - N[i][k] b[k][j].
        ModularVector row(std::size_t{d} * d, 0);
        for (std::uint32_t k = 0; k < d; ++k) {
          row[k * d + j] = static_cast<std::uint8_t>((row[k * d + j] + a[g][i * d + k]) % p);
          row[i * d + k] = static_cast<std::uint8_t>((row[i * d + k] + p - b[g][k * d + j]) % p);
        }
        equations.insert(std::move(row));
      }
    }
  }
  const std::vector<ModularVector> basis = equations.annihilator();
  std::vector<SmallMatrix> result;
  for (std::uint64_t code = 1; code < power_of(p, static_cast<std::uint32_t>(basis.size())); ++code) {
    if (result.size() == limit) break;
    SmallMatrix n{};
    std::uint64_t digits = code;
    for (const ModularVector& v : basis) {
      for (std::uint32_t e = 0; e < d * d; ++e) {
        n[e] = static_cast<std::uint8_t>((n[e] + digits % p * v[e]) % p);
      }
      digits /= p;
    }
    if (ring.is_invertible(n)) result.push_back(n);
  }
  return result;
}

}  // namespace peterweyl
