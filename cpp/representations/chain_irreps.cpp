#include "representations/chain_irreps.hpp"

#include <cstddef>
#include <string>
#include <utility>

#include "representations/clifford_step.hpp"
#include "representations/general_step.hpp"
#include "support/error.hpp"
#include "support/random.hpp"

namespace peterweyl {

std::vector<std::complex<double>> character_of(const ChainIrrep& irrep, const LabelClasses& classes) {
  const std::size_t d = irrep.degree;
  std::vector<std::complex<double>> character;
  character.reserve(classes.count());
  for (const Element g : classes.representatives) {
    std::complex<double> trace = 0.0;
    for (std::size_t i = 0; i < d; ++i) trace += irrep.matrices[g * d * d + i * (d + 1)];
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

ChainLevel chain_irreps(const SubgroupChain& chain, std::uint64_t seed, const Interrupt& interrupt) {
  Random random(seed);
  const RootsOfUnity roots(chain.order());
  ChainLevel level;
  level.classes = classes_of_step(chain, 1, {});
  level.irreps.push_back({1, true, {}, {1.0}, {1.0}});
  for (const SubgroupChain::Step& step : chain.steps()) {
    ChainLevel next;
    next.order = step.order;
    next.classes = classes_of_step(chain, step.order, step.generators);
    const StepContext context{chain, step, level, next.classes, roots, interrupt};
    next.irreps = step.normal_of_prime_index ? clifford_step(context, random) : general_step(context, random);
    std::uint64_t squares = 0;
    for (const ChainIrrep& irrep : next.irreps) squares += std::uint64_t{irrep.degree} * irrep.degree;
    if (squares != step.order || next.irreps.size() != next.classes.count()) {
      throw NumericalError("irreps of a subgroup of order " + std::to_string(step.order) + ": expected " +
                           std::to_string(next.classes.count()) +
                           " with squared degrees adding up to the order, got " +
                           std::to_string(next.irreps.size()) + " adding up to " + std::to_string(squares));
    }
    level = std::move(next);
  }
  return level;
}

}  // namespace peterweyl
