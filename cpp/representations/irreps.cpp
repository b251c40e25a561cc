#include "representations/irreps.hpp"

#include <cmath>
#include <cstddef>
#include <exception>
#include <string>
#include <utility>
#include <variant>

#include "arithmetic/roots_of_unity.hpp"
#include "representations/adapted_irreps.hpp"
#include "representations/cyclic_irreps.hpp"
#include "representations/irreps_completion.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

using Complex = std::complex<double>;

void check_memory(std::uint64_t order, std::uint64_t limit) {
  const std::uint64_t bytes = order * order * sizeof(std::complex<double>);
  if (bytes <= limit) return;
  const auto largest =
      static_cast<std::uint64_t>(std::sqrt(static_cast<double>(limit) / sizeof(std::complex<double>)));
  throw GroupTooLargeError("irreps: the matrices of a group of order " + std::to_string(order) + " take " +
                               std::to_string(bytes >> 20) + " MiB, the limit is " +
                               std::to_string(limit >> 20) + " MiB (order " + std::to_string(largest) + ")",
                           order, largest);
}

// The matrices of the coset t_i H from those of H: sparse times block diagonal. `below[sigma]` holds those of
// all `width` labels; label i * width + h goes to place `places[label]`, or `label` where that is null.
void expand_coset(const AdaptedIrrep& irrep, Element i, const std::vector<std::vector<Complex>>& below,
                  std::size_t width, const std::vector<Element>* places, std::vector<Complex>& all,
                  const Interrupt& interrupt) {
  const std::size_t d = irrep.degree;
  for (std::size_t b = 0; b < irrep.blocks.size(); ++b) {
    const std::vector<std::uint32_t>& basis = irrep.blocks[b].basis;
    const std::vector<Complex>& sigma = below[irrep.blocks[b].irrep];
    const std::size_t s = basis.size();
    std::vector<std::uint32_t> position(d, ~0U);  // of a basis vector in the block
    for (std::uint32_t j = 0; j < s; ++j) position[basis[j]] = j;
    std::vector<AdaptedIrrep::Entry> entries;
    for (const AdaptedIrrep::Entry& entry : irrep.representative(i)) {
      if (position[entry.column] != ~0U) entries.push_back({entry.row, position[entry.column], entry.value});
    }
    for (std::size_t h = 0; h < width; ++h) {
      interrupt.poll();
      const std::size_t label = i * width + h;
      Complex* target = all.data() + (places == nullptr ? label : (*places)[label]) * d * d;
      const Complex* matrix = sigma.data() + h * s * s;
      for (const AdaptedIrrep::Entry& entry : entries) {
        Complex* row = target + entry.row * d;
        const Complex* source = matrix + entry.column * s;
        const double x = entry.value.real();
        const double y = entry.value.imag();
        for (std::size_t c = 0; c < s; ++c) {
          const Complex z = source[c];
          row[basis[c]] += Complex(x * z.real() - y * z.imag(), x * z.imag() + y * z.real());
        }
      }
    }
  }
}

bool is_monomial(const AdaptedIrrep& irrep) {
  return irrep.entries.size() == std::size_t{irrep.degree} * (irrep.offsets.size() - 1);
}

// The matrices of all elements, in the order of the elements.
std::vector<Irrep> expanded(const AdaptedIrreps& adapted, const Interrupt& interrupt) {
  const RootsOfUnity roots(adapted.order());
  std::vector<std::vector<Complex>> below{{1.0}};
  std::size_t width = 1;
  const std::size_t top = adapted.levels.size() - 1;
  if (top == 0) return {{1, 0, 0, {}, {1.0}}};
  std::vector<Irrep> result;
  for (std::size_t k = 1; k <= top; ++k) {
    const AdaptedLevel& level = adapted.levels[k];
    std::vector<std::vector<Complex>> matrices;
    for (const AdaptedIrrep& irrep : level.irreps) {
      std::vector<Complex> all(level.index * width * irrep.degree * irrep.degree, 0.0);
      for (Element i = 0; i < level.index; ++i) {
        expand_coset(irrep, i, below, width, k == top ? &adapted.elements : nullptr, all, interrupt);
      }
      // Products of exact roots of unity have lost a digit; where all are, they become exact again.
      if (is_monomial(irrep)) roots.snap(all);
      if (k == top) {
        result.push_back({irrep.degree, 0, 0, {}, std::move(all)});
      } else {
        matrices.push_back(std::move(all));
      }
    }
    below = std::move(matrices);
    width *= level.index;
  }
  return result;
}

// The coset representatives of all steps of the chain but the identity.
std::vector<Element> transversal_of(const AdaptedIrreps& adapted) {
  std::vector<Element> result;
  std::size_t width = 1;
  for (const AdaptedLevel& level : adapted.levels) {
    for (Element i = 1; i < level.index; ++i) result.push_back(adapted.elements[i * width]);
    width *= level.index;
  }
  return result;
}

}  // namespace

Irreps irreducible_representations(const Group& group, const IrrepsOptions& options,
                                   const Interrupt& interrupt) {
  constexpr std::uint64_t kAttempts = 4;
  check_memory(group.order(), options.memory_limit);
  for (std::uint64_t attempt = 0;; ++attempt) {
    try {
      auto adapted = std::make_shared<const AdaptedIrreps>(
          adapted_irreps(group, {options.seed + attempt, options.tolerance}, interrupt));
      const std::vector<std::uint32_t> orders = cyclic_orders(group);
      Irreps result = complete_irreps(
          group, orders.empty() ? expanded(*adapted, interrupt) : cyclic_irreps(orders, interrupt),
          adapted->method, IrrepOrder::kAsGiven, options.tolerance, interrupt, transversal_of(*adapted));
      result.adapted = std::move(adapted);
      return result;
    } catch (const NumericalError&) {
      if (attempt + 1 == kAttempts) throw;  // another seed draws other random matrices
    }
  }
}

}  // namespace peterweyl
