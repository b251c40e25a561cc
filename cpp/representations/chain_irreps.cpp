#include "representations/chain_irreps.hpp"

#include <cstddef>
#include <string>
#include <utility>

#include "representations/clifford_step.hpp"
#include "representations/general_step.hpp"
#include "representations/matrix.hpp"
#include "support/error.hpp"
#include "support/random.hpp"

namespace peterweyl {
namespace {

// The matrices of all elements of a subgroup take 16 bytes for each pair of elements.
void check_subgroup_memory(Element subgroup, Element order) {
  constexpr std::uint64_t kMostBytes = std::uint64_t{4} << 30;
  constexpr std::uint64_t kLargest = 16384;
  const std::uint64_t bytes = std::uint64_t{subgroup} * subgroup * sizeof(Complex);
  if (bytes <= kMostBytes) return;
  throw GroupTooLargeError(
      "irreps: in a group of order " + std::to_string(order) + " the matrices of a subgroup of order " +
          std::to_string(subgroup) + " would take " + std::to_string(bytes >> 20) + " MiB, the limit is " +
          std::to_string(kMostBytes >> 20) + " MiB (order " + std::to_string(kLargest) + ")",
      subgroup, kLargest);
}

}  // namespace

std::vector<std::complex<double>> character_of(const ChainIrrep& irrep, const ChainLevel& lower,
                                               const LabelClasses& classes) {
  const std::size_t d = irrep.degree;
  std::vector<std::complex<double>> character;
  character.reserve(classes.count());
  for (const Element g : classes.representatives) {
    const std::complex<double>* representative = &irrep.representatives[g / lower.order * d * d];
    std::complex<double> trace = 0.0;
    for (const ChainIrrep::Block& block : irrep.blocks) {
      const ChainIrrep& sigma = lower.irreps[block.irrep];
      const std::size_t s = sigma.degree;
      const std::complex<double>* matrix = &sigma.matrices[g % lower.order * s * s];
      for (std::size_t i = 0; i < s; ++i) {
        for (std::size_t j = 0; j < s; ++j) {
          trace += representative[(block.offset + i) * d + block.offset + j] * matrix[j * s + i];
        }
      }
    }
    character.push_back(trace);
  }
  return character;
}

std::complex<double> inner_product(std::span<const std::complex<double>> a,
                                   std::span<const std::complex<double>> b, const LabelClasses& classes) {
  std::complex<double> sum = 0.0;
  for (std::size_t c = 0; c < classes.count(); ++c) {
    sum += static_cast<double>(classes.sizes[c]) * a[c] * std::conj(b[c]);
  }
  return sum / static_cast<double>(classes.of_label.size());
}

void expand(ChainIrrep& irrep, Element index, const ChainLevel& lower, const RootsOfUnity& roots,
            const Interrupt& interrupt) {
  const std::size_t d = irrep.degree;
  irrep.matrices.assign(std::size_t{index} * lower.order * d * d, 0.0);
  for (Element i = 0; i < index; ++i) {
    const ConstMatrixMap representative = square_at(std::as_const(irrep.representatives).data(), i, d);
    for (Element h = 0; h < lower.order; ++h) {
      interrupt.poll();
      MatrixMap target = square_at(irrep.matrices.data(), std::size_t{i} * lower.order + h, d);
      for (const ChainIrrep::Block& block : irrep.blocks) {
        const ChainIrrep& sigma = lower.irreps[block.irrep];
        const Eigen::Index s = sigma.degree;
        const ConstMatrixMap base = square_at(sigma.matrices.data(), h, sigma.degree);
        if (i == 0) {
          target.block(block.offset, block.offset, s, s) = base;
        } else if (d < 8) {
          target.middleCols(block.offset, s) = representative.middleCols(block.offset, s).lazyProduct(base);
        } else {
          target.middleCols(block.offset, s).noalias() = representative.middleCols(block.offset, s) * base;
        }
      }
    }
  }
  if (irrep.monomial) irrep.monomial = roots.snap(irrep.matrices);
}

std::vector<ChainLevel> chain_levels(const SubgroupChain& chain, std::uint64_t seed,
                                     const Interrupt& interrupt) {
  for (const SubgroupChain::Step& step : chain.steps()) {
    if (step.order < chain.order()) check_subgroup_memory(step.order, chain.order());
  }
  Random random(seed);
  const RootsOfUnity roots(chain.order());
  std::vector<ChainLevel> levels(1);
  levels[0].classes = classes_of_step(chain, 1, {});
  levels[0].irreps.push_back({1, true, {}, {1.0}, {1.0}, {1.0}});
  for (const SubgroupChain::Step& step : chain.steps()) {
    ChainLevel& lower = levels.back();
    if (levels.size() > 1) {
      ChainLevel& lowest = levels[levels.size() - 2];
      for (ChainIrrep& irrep : lower.irreps) {
        expand(irrep, lower.order / lowest.order, lowest, roots, interrupt);
      }
      for (ChainIrrep& irrep : lowest.irreps) irrep.matrices = {};
    }
    ChainLevel next;
    next.order = step.order;
    next.classes = classes_of_step(chain, step.order, step.generators);
    const StepContext context{chain, step, lower, next.classes, roots, interrupt};
    next.irreps = step.normal_of_prime_index ? clifford_step(context, random) : general_step(context, random);
    std::uint64_t squares = 0;
    for (const ChainIrrep& irrep : next.irreps) squares += std::uint64_t{irrep.degree} * irrep.degree;
    if (squares != step.order || next.irreps.size() != next.classes.count()) {
      throw NumericalError("irreps of a subgroup of order " + std::to_string(step.order) + ": expected " +
                           std::to_string(next.classes.count()) +
                           " with squared degrees adding up to the order, got " +
                           std::to_string(next.irreps.size()) + " adding up to " + std::to_string(squares));
    }
    levels.push_back(std::move(next));
  }
  return levels;
}

ChainLevel chain_irreps(const SubgroupChain& chain, std::uint64_t seed, const Interrupt& interrupt) {
  std::vector<ChainLevel> levels = chain_levels(chain, seed, interrupt);
  ChainLevel top = std::move(levels.back());
  levels.pop_back();
  if (levels.empty()) return top;
  const RootsOfUnity roots(chain.order());
  for (ChainIrrep& irrep : top.irreps) {
    expand(irrep, top.order / levels.back().order, levels.back(), roots, interrupt);
  }
  return top;
}

}  // namespace peterweyl
