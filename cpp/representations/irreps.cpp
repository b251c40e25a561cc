#include "representations/irreps.hpp"

#include <cmath>
#include <cstddef>
#include <exception>
#include <string>
#include <utility>
#include <variant>

#include "representations/chain_irreps.hpp"
#include "representations/cyclic_irreps.hpp"
#include "representations/irreps_completion.hpp"
#include "representations/product_irreps.hpp"
#include "representations/subgroup_chain.hpp"
#include "representations/young_orthogonal_form.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

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

// Matrices in the order of the labels of the chain become matrices in the order of the elements.
std::vector<Irrep> relabelled(const SubgroupChain& chain, std::vector<ChainIrrep> irreps) {
  std::vector<Irrep> result;
  result.reserve(irreps.size());
  for (ChainIrrep& source : irreps) {
    const std::size_t size = std::size_t{source.degree} * source.degree;
    Irrep irrep;
    irrep.degree = source.degree;
    irrep.matrices.resize(source.matrices.size());
    for (Element label = 0; label < chain.order(); ++label) {
      const auto from = source.matrices.begin() + static_cast<std::ptrdiff_t>(label * size);
      std::copy(from, from + static_cast<std::ptrdiff_t>(size),
                irrep.matrices.begin() + static_cast<std::ptrdiff_t>(chain.element(label) * size));
    }
    source = ChainIrrep{};  // at most one irrep is in memory twice
    result.push_back(std::move(irrep));
  }
  return result;
}

Irreps generic_irreps(const Group& group, const IrrepsOptions& options, const Interrupt& interrupt) {
  constexpr std::uint64_t kAttempts = 4;
  const SubgroupChain chain(group, interrupt);
  const std::string method =
      group.order() == 1 ? "trivial group" : "subgroup chain of indices " + chain.describe();
  for (std::uint64_t attempt = 0;; ++attempt) {
    try {
      ChainLevel top = chain_irreps(chain, options.seed + attempt, interrupt);
      return complete_irreps(group, relabelled(chain, std::move(top.irreps)), method,
                             IrrepOrder::kByCharacter, options.tolerance, interrupt);
    } catch (const NumericalError&) {
      if (attempt + 1 == kAttempts) throw;  // another seed draws other random matrices
    }
  }
}

Irreps tensor_irreps(const Group& group, const std::vector<Group>& factors, const IrrepsOptions& options,
                     const Interrupt& interrupt) {
  std::vector<std::uint32_t> orders;
  for (const Group& factor : factors) {
    if (const auto* cyclic = std::get_if<Construction::Cyclic>(&factor.construction().how)) {
      orders.push_back(cyclic->order);
    }
  }
  if (orders.size() == factors.size()) {
    return complete_irreps(group, cyclic_irreps(orders, interrupt), "closed form: products of roots of unity",
                           IrrepOrder::kAsGiven, options.tolerance, interrupt);
  }
  std::vector<Irrep> product{Irrep{1, 1, 0, {}, {1.0}}};
  std::uint64_t order = 1;
  std::string method = "tensor products of (";
  for (const Group& factor : factors) {
    const Irreps irreps = irreducible_representations(factor, options, interrupt);
    product = product_irreps(product, order, irreps.all, factor.order(), interrupt);
    method += (order > 1 ? "; " : "") + irreps.method;
    order *= factor.order();
  }
  return complete_irreps(group, std::move(product), method + ")", IrrepOrder::kByCharacter, options.tolerance,
                         interrupt);
}

}  // namespace

Irreps irreducible_representations(const Group& group, const IrrepsOptions& options,
                                   const Interrupt& interrupt) {
  check_memory(group.order(), options.memory_limit);
  const auto& how = group.construction().how;
  if (const auto* cyclic = std::get_if<Construction::Cyclic>(&how)) {
    return complete_irreps(group, cyclic_irreps(std::vector{cyclic->order}, interrupt),
                           "closed form: roots of unity", IrrepOrder::kAsGiven, options.tolerance, interrupt);
  }
  if (std::holds_alternative<Construction::Symmetric>(how) && group.action() != nullptr) {
    return complete_irreps(group, young_orthogonal_irreps(group, interrupt), "Young's orthogonal form",
                           IrrepOrder::kByCharacter, options.tolerance, interrupt);
  }
  if (const auto* product = std::get_if<Construction::DirectProduct>(&how)) {
    return tensor_irreps(group, product->factors, options, interrupt);
  }
  return generic_irreps(group, options, interrupt);
}

}  // namespace peterweyl
