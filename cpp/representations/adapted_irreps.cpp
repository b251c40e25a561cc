#include "representations/adapted_irreps.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>
#include <variant>

#include "arithmetic/integers.hpp"
#include "arithmetic/roots_of_unity.hpp"
#include "representations/chain_irreps.hpp"
#include "representations/irrep_order.hpp"
#include "representations/matrix.hpp"
#include "representations/subgroup_chain.hpp"
#include "representations/young_orthogonal_form.hpp"
#include "support/error.hpp"
#include "support/random.hpp"

namespace peterweyl {
namespace {

AdaptedLevel trivial_level() {
  return {1, {{1, {}, {{0, 0, 1.0}}, {0, 1}}}};
}

std::vector<std::uint32_t> consecutive(std::uint32_t first, std::uint32_t count) {
  std::vector<std::uint32_t> result(count);
  std::iota(result.begin(), result.end(), first);
  return result;
}

// Appends the entries of a row-major square matrix above rounding error.
void append_representative(AdaptedIrrep& irrep, const Complex* matrix) {
  constexpr double kZero = 1e-15;
  const std::uint32_t d = irrep.degree;
  if (irrep.offsets.empty()) irrep.offsets.push_back(0);
  for (std::uint32_t a = 0; a < d; ++a) {
    for (std::uint32_t b = 0; b < d; ++b) {
      const Complex z = matrix[std::size_t{a} * d + b];
      if (std::abs(z.real()) > kZero || std::abs(z.imag()) > kZero) irrep.entries.push_back({a, b, z});
    }
  }
  irrep.offsets.push_back(irrep.entries.size());
}

// The subgroups of C_n of orders p_1, p_1 p_2, ...; t_k is the generator n / (p_1 ... p_k), and the character
// f of H_k takes it to exp(2 pi i f / |H_k|), so that the character f mod |H_(k-1)| is its restriction.
AdaptedIrreps cyclic_chain(std::uint32_t n) {
  AdaptedIrreps result;
  result.method = "closed form: roots of unity";
  result.levels.push_back(trivial_level());
  result.elements = {0};
  std::uint32_t order = 1;
  for (const auto& [prime, multiplicity] : factorize(n)) {
    for (std::uint32_t repeat = 0; repeat < multiplicity; ++repeat) {
      const auto p = static_cast<std::uint32_t>(prime);
      const std::uint32_t below = order;
      order *= p;
      AdaptedLevel level{p, {}};
      for (std::uint32_t f = 0; f < order; ++f) {
        AdaptedIrrep irrep{1, {{f % below, {0}}}, {}, {0}};
        for (std::uint32_t i = 0; i < p; ++i) {
          irrep.entries.push_back({0, 0, root_of_unity(std::uint64_t{f} * i, order)});
          irrep.offsets.push_back(i + 1);
        }
        level.irreps.push_back(std::move(irrep));
      }
      result.levels.push_back(std::move(level));
      const std::uint32_t step = n / order;
      for (std::uint32_t i = 1; i < p; ++i) {
        for (std::uint32_t j = 0; j < below; ++j) result.elements.push_back(result.elements[j] + i * step);
      }
    }
  }
  return result;
}

// S_1 < S_2 < ... < S_n, S_k moving the points 0 ... k-1; t_i is the cycle s_(k-1-i) ... s_(k-2), which takes
// the point k-1-i to k-1. Elements are the lexicographic ranks of the permutations.
AdaptedIrreps symmetric_chain(std::uint32_t n, const Interrupt& interrupt) {
  AdaptedIrreps result;
  result.method = "Young's orthogonal form";
  result.levels.push_back(trivial_level());
  for (std::uint32_t k = 2; k <= n; ++k) {
    const std::vector<Partition> below = partitions(k - 1);
    AdaptedLevel level{k, {}};
    for (const Partition& partition : partitions(k)) {
      interrupt.poll();
      const std::vector<SparseTransposition> s = young_orthogonal_transpositions(partition);
      AdaptedIrrep irrep;
      const std::size_t d = s.front().diagonal.size();
      irrep.degree = static_cast<std::uint32_t>(d);
      // Last-letter order: tableaux with the letter k-1 in one row are next to each other, lower rows last.
      std::uint32_t offset = 0;
      for (std::size_t row = 0; row < partition.size(); ++row) {
        if (row + 1 < partition.size() && partition[row + 1] == partition[row]) continue;
        Partition smaller = partition;
        if (--smaller[row] == 0) smaller.pop_back();
        const auto found = std::ranges::find(below, smaller);
        const auto position = static_cast<std::uint32_t>(found - below.begin());
        const std::uint32_t width = result.levels.back().irreps[position].degree;
        irrep.blocks.push_back({position, consecutive(offset, width)});
        offset += width;
      }
      std::vector<Complex> matrix(d * d, 0.0);
      for (std::size_t a = 0; a < d; ++a) matrix[a * (d + 1)] = 1.0;
      append_representative(irrep, matrix.data());
      for (std::uint32_t i = 1; i < k; ++i) {
        const SparseTransposition& factor = s[k - 1 - i];
        std::vector<Complex> next(d * d);
        for (std::size_t a = 0; a < d; ++a) {
          const std::size_t partner = factor.partner[a];
          const double off = partner == a ? 0.0 : factor.off_diagonal[a];
          for (std::size_t b = 0; b < d; ++b) {
            next[a * d + b] = factor.diagonal[a] * matrix[a * d + b] + off * matrix[partner * d + b];
          }
        }
        matrix = std::move(next);
        append_representative(irrep, matrix.data());
      }
      level.irreps.push_back(std::move(irrep));
    }
    result.levels.push_back(std::move(level));
  }

  // Images of t h, first t, then h: n numbers an element, in the order of the labels.
  std::vector<std::uint8_t> images(n);
  std::iota(images.begin(), images.end(), std::uint8_t{0});
  std::vector<Element> factorials{1};
  for (std::uint32_t k = 1; k <= n; ++k) factorials.push_back(factorials.back() * k);
  images.reserve(std::size_t{factorials[n]} * n);
  for (std::uint32_t k = 2; k <= n; ++k) {
    const std::size_t below = images.size();
    for (std::uint32_t i = 1; i < k; ++i) {
      interrupt.poll();
      for (std::size_t h = 0; h < below; h += n) {
        // t takes k-1-i to k-1 and the points after it one down.
        const std::size_t image = images.size();
        for (std::uint32_t x = 0; x < n; ++x) images.push_back(images[h + x]);
        const auto first = images.begin() + static_cast<std::ptrdiff_t>(image);
        std::rotate(first + (k - 1 - i), first + (k - 1), first + k);
      }
    }
  }
  result.elements.clear();
  result.elements.reserve(factorials[n]);
  for (std::size_t image = 0; image < images.size(); image += n) {
    Element rank = 0;
    std::uint32_t used = 0;  // a bit for each image met
    for (std::uint32_t x = 0; x < n; ++x) {
      const std::uint32_t y = images[image + x];
      const auto smaller = y - static_cast<std::uint32_t>(std::popcount(used & ((1U << y) - 1)));
      rank += smaller * factorials[n - 1 - x];
      used |= 1U << y;
    }
    result.elements.push_back(rank);
  }
  return result;
}

// 1 < ... < B < ... < A x B, the irreps of H_k x B being the products of those of H_k and of B: the basis
// vectors of a block, (i, b) with i in a block of the first factor, stay next to each other.
AdaptedIrreps product_chain(const AdaptedIrreps& left, AdaptedIrreps right) {
  const std::vector<AdaptedIrrep> inner = right.irreps();
  for (std::size_t k = 1; k < left.levels.size(); ++k) {
    const AdaptedLevel& source = left.levels[k];
    AdaptedLevel level{source.index, {}};
    for (const AdaptedIrrep& outer : source.irreps) {
      for (std::size_t s = 0; s < inner.size(); ++s) {
        const std::uint32_t width = inner[s].degree;
        AdaptedIrrep irrep;
        irrep.degree = outer.degree * width;
        for (const AdaptedIrrep::Block& block : outer.blocks) {
          AdaptedIrrep::Block product{static_cast<std::uint32_t>(block.irrep * inner.size() + s), {}};
          for (const std::uint32_t i : block.basis) {
            for (std::uint32_t b = 0; b < width; ++b) product.basis.push_back(i * width + b);
          }
          irrep.blocks.push_back(std::move(product));
        }
        irrep.offsets.push_back(0);
        for (Element t = 0; t < source.index; ++t) {
          for (const AdaptedIrrep::Entry& entry : outer.representative(t)) {
            for (std::uint32_t b = 0; b < width; ++b) {
              irrep.entries.push_back({entry.row * width + b, entry.column * width + b, entry.value});
            }
          }
          irrep.offsets.push_back(irrep.entries.size());
        }
        level.irreps.push_back(std::move(irrep));
      }
    }
    right.levels.push_back(std::move(level));
  }
  std::vector<Element> elements;
  elements.reserve(left.order() * right.order());
  for (const Element a : left.elements) {
    for (const Element b : right.elements) {
      elements.push_back(a * static_cast<Element>(right.order()) + b);
    }
  }
  right.elements = std::move(elements);
  return right;
}

AdaptedIrreps generic_chain(const Group& group, const AdaptedIrrepsOptions& options,
                            const Interrupt& interrupt) {
  const SubgroupChain chain(group, interrupt);
  const std::vector<ChainLevel> levels = chain_levels(chain, options.seed, interrupt);
  AdaptedIrreps result;
  result.method = group.order() == 1 ? "trivial group" : "subgroup chain of indices " + chain.describe();
  result.levels.push_back(trivial_level());
  for (std::size_t k = 1; k < levels.size(); ++k) {
    AdaptedLevel level{chain.steps()[k - 1].index, {}};
    for (const ChainIrrep& source : levels[k].irreps) {
      AdaptedIrrep irrep;
      irrep.degree = source.degree;
      for (const ChainIrrep::Block& block : source.blocks) {
        irrep.blocks.push_back(
            {block.irrep, consecutive(block.offset, levels[k - 1].irreps[block.irrep].degree)});
      }
      const std::size_t size = std::size_t{source.degree} * source.degree;
      for (Element i = 0; i < level.index; ++i) {
        append_representative(irrep, source.representatives.data() + i * size);
      }
      level.irreps.push_back(std::move(irrep));
    }
    result.levels.push_back(std::move(level));
  }
  result.elements.reserve(chain.order());
  for (Element label = 0; label < chain.order(); ++label) result.elements.push_back(chain.element(label));
  return result;
}

// Where each basis vector of an irrep is: its block and its position there.
std::vector<std::pair<std::uint32_t, std::uint32_t>> places_of(const AdaptedIrrep& irrep) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> place(irrep.degree);
  for (std::uint32_t b = 0; b < irrep.blocks.size(); ++b) {
    const auto& basis = irrep.blocks[b].basis;
    for (std::uint32_t j = 0; j < basis.size(); ++j) place[basis[j]] = {b, j};
  }
  return place;
}

// The irreps of level `end` - 1 at the lower digits of a label.
std::vector<std::vector<Complex>> matrices_below(const AdaptedIrreps& irreps, Element label,
                                                 std::size_t end) {
  std::vector<std::vector<Complex>> below{{1.0}};
  Element width = 1;
  for (std::size_t k = 1; k < end; ++k) {
    const AdaptedLevel& level = irreps.levels[k];
    const Element digit = label / width % level.index;
    std::vector<std::vector<Complex>> matrices;
    for (const AdaptedIrrep& irrep : level.irreps) {
      const std::size_t d = irrep.degree;
      const auto place = places_of(irrep);
      std::vector<Complex> matrix(d * d, 0.0);
      for (const AdaptedIrrep::Entry& entry : irrep.representative(digit)) {
        const auto [b, j] = place[entry.column];
        const AdaptedIrrep::Block& block = irrep.blocks[b];
        const std::size_t s = block.basis.size();
        const Complex* sigma = below[block.irrep].data() + j * s;
        Complex* row = matrix.data() + entry.row * d;
        // In real numbers, as the products of std::complex look for infinities.
        const double x = entry.value.real();
        const double y = entry.value.imag();
        for (std::size_t c = 0; c < s; ++c) {
          row[block.basis[c]] +=
              Complex(x * sigma[c].real() - y * sigma[c].imag(), x * sigma[c].imag() + y * sigma[c].real());
        }
      }
      matrices.push_back(std::move(matrix));
    }
    below = std::move(matrices);
    width *= level.index;
  }
  return below;
}

// The traces of the group's irreps at a label: the matrices of the last level are not needed for them.
std::vector<Complex> traces(const AdaptedIrreps& irreps, Element label) {
  const std::size_t top = irreps.levels.size() - 1;
  if (top == 0) return {1.0};
  const auto below = matrices_below(irreps, label, top);
  const auto digit = static_cast<Element>(label / (irreps.order() / irreps.levels[top].index));
  std::vector<Complex> result;
  for (const AdaptedIrrep& irrep : irreps.irreps()) {
    const auto place = places_of(irrep);
    Complex trace = 0.0;
    for (const AdaptedIrrep::Entry& entry : irrep.representative(digit)) {
      const auto [b, j] = place[entry.column];
      if (place[entry.row].first != b) continue;
      trace += entry.value *
               below[irrep.blocks[b].irrep][j * irrep.blocks[b].basis.size() + place[entry.row].second];
    }
    result.push_back(trace);
  }
  return result;
}

std::vector<Element> labels_of(const AdaptedIrreps& adapted) {
  std::vector<Element> labels(adapted.order());
  for (Element label = 0; label < adapted.order(); ++label) labels[adapted.elements[label]] = label;
  return labels;
}

// The documented order, from the characters at the representatives of the classes.
void sort_by_character(const Group& group, AdaptedIrreps& adapted) {
  std::vector<AdaptedIrrep>& irreps = adapted.levels.back().irreps;
  const std::vector<Element> labels = labels_of(adapted);
  std::vector<std::vector<Complex>> characters(irreps.size());
  for (const Element g : group.conjugacy_classes().representatives) {
    const std::vector<Complex> values = traces(adapted, labels[g]);
    for (std::size_t r = 0; r < irreps.size(); ++r)
      characters[r].push_back(snapped_character_value(values[r]));
  }
  std::vector<std::uint32_t> order(irreps.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, [&](std::uint32_t r, std::uint32_t s) {
    return compare_characters(irreps[r].degree, characters[r], irreps[s].degree, characters[s]) < 0;
  });
  std::vector<AdaptedIrrep> sorted;
  for (const std::uint32_t r : order) sorted.push_back(std::move(irreps[r]));
  irreps = std::move(sorted);
}

AdaptedIrreps unsorted(const Group& group, const AdaptedIrrepsOptions& options, const Interrupt& interrupt,
                       bool& abelian_order) {
  const auto& how = group.construction().how;
  if (const auto* cyclic = std::get_if<Construction::Cyclic>(&how)) {
    abelian_order = true;
    return cyclic_chain(cyclic->order);
  }
  if (const auto* symmetric = std::get_if<Construction::Symmetric>(&how)) {
    if (symmetric->degree >= 2) return symmetric_chain(symmetric->degree, interrupt);
  }
  if (const auto* product = std::get_if<Construction::DirectProduct>(&how)) {
    AdaptedIrreps result{{trivial_level()}, {0}, "", 0, {}};
    std::string method;
    abelian_order = true;
    for (const Group& factor : product->factors) {
      bool abelian = std::holds_alternative<Construction::Cyclic>(factor.construction().how);
      // The irreps of a factor keep its documented order, as the closed forms of products need it.
      AdaptedIrreps next = adapted_irreps(factor, options, interrupt);
      abelian_order = abelian_order && abelian;
      method += (method.empty() ? "" : "; ") + next.method;
      result = product_chain(result, std::move(next));
    }
    result.method =
        abelian_order ? "closed form: products of roots of unity" : "tensor products of (" + method + ")";
    return result;
  }
  return generic_chain(group, options, interrupt);
}

}  // namespace

bool AdaptedIrreps::is_real() const {
  for (const AdaptedLevel& level : levels) {
    for (const AdaptedIrrep& irrep : level.irreps) {
      for (const AdaptedIrrep::Entry& entry : irrep.entries) {
        if (entry.value.imag() != 0.0) return false;
      }
    }
  }
  return true;
}

AdaptedIrreps adapted_irreps(const Group& group, const AdaptedIrrepsOptions& options,
                             const Interrupt& interrupt) {
  constexpr std::uint64_t kAttempts = 4;
  for (std::uint64_t attempt = 0;; ++attempt) {
    try {
      bool abelian_order = false;
      AdaptedIrreps result =
          unsorted(group, {options.seed + attempt, options.tolerance}, interrupt, abelian_order);
      if (!abelian_order) sort_by_character(group, result);
      measure_residual(group, result, options.seed);
      if (result.residual <= options.tolerance) {
        add_left_products(group, result);
        return result;
      }
      throw NumericalError("irreps: expected residuals up to " + std::to_string(options.tolerance) +
                           ", got " + std::to_string(result.residual));
    } catch (const NumericalError&) {
      if (attempt + 1 == kAttempts) throw;  // another seed draws other random matrices
    }
  }
}

void measure_residual(const Group& group, AdaptedIrreps& adapted, std::uint64_t seed) {
  constexpr std::size_t kLarge = 100'000;
  const int pairs = adapted.order() < kLarge ? 4 : 1;
  Random random(seed);
  const std::vector<Element> labels = labels_of(adapted);
  for (int pair = 0; pair < pairs && adapted.order() > 1; ++pair) {
    const auto a = static_cast<Element>(random.below(adapted.order()));
    const auto b = static_cast<Element>(random.below(adapted.order()));
    const Element quotient = group.multiply(adapted.elements[a], group.inverse(adapted.elements[b]));
    const std::vector<Complex> left = evaluate(adapted, a);
    const std::vector<Complex> right = evaluate(adapted, b);
    const std::vector<Complex> expected = evaluate(adapted, labels[quotient]);
    std::size_t offset = 0;
    for (const AdaptedIrrep& irrep : adapted.irreps()) {
      const ConstMatrixMap x = square_at(left.data() + offset, 0, irrep.degree);
      const ConstMatrixMap y = square_at(right.data() + offset, 0, irrep.degree);
      const ConstMatrixMap z = square_at(expected.data() + offset, 0, irrep.degree);
      adapted.residual = std::max(adapted.residual, (x * y.adjoint() - z).cwiseAbs().maxCoeff());
      offset += std::size_t{irrep.degree} * irrep.degree;
    }
  }
}

std::vector<std::uint32_t> cyclic_orders(const Group& group) {
  const auto& how = group.construction().how;
  if (const auto* cyclic = std::get_if<Construction::Cyclic>(&how)) return {cyclic->order};
  std::vector<std::uint32_t> orders;
  if (const auto* product = std::get_if<Construction::DirectProduct>(&how)) {
    for (const Group& factor : product->factors) {
      const auto* cyclic = std::get_if<Construction::Cyclic>(&factor.construction().how);
      if (cyclic == nullptr) return {};
      orders.push_back(cyclic->order);
    }
  }
  return orders;
}

std::vector<std::complex<double>> evaluate(const AdaptedIrreps& irreps, Element label) {
  std::vector<Complex> result;
  for (const auto& matrix : matrices_below(irreps, label, irreps.levels.size())) {
    result.insert(result.end(), matrix.begin(), matrix.end());
  }
  return result;
}

}  // namespace peterweyl
