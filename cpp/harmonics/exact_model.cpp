#include "harmonics/exact_model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "support/random.hpp"

namespace peterweyl {
namespace {

using Eigen::Index;
using Eigen::MatrixXcd;

constexpr int kAveragingTurns = 40;
constexpr int kFittingTurns = 12;
constexpr double kExactResidual = 1e-9;

auto column_block(const MatrixXcd& values, Index d, Element g) {
  return values.middleCols(static_cast<Index>(g) * d, d);
}

// mean over g of values(g) values(g s)^H, as one product.
MatrixXcd shifted_mean(const MatrixXcd& values, const CayleyTable& table, Element s, Index d) {
  const Element n = table.order();
  MatrixXcd shifted(d, values.cols());
  for (Element g = 0; g < n; ++g) {
    shifted.middleCols(static_cast<Index>(g) * d, d) = column_block(values, d, table(g, s));
  }
  return values * shifted.adjoint() / static_cast<double>(n);
}

// rho(g)^H for all g from rho on the generators: rho(g s)^H = rho(s)^H rho(g)^H.
void spread(const CayleyTree& tree, const std::vector<MatrixXcd>& rho, Index d, MatrixXcd& adjoints,
            const Interrupt& interrupt) {
  adjoints.middleCols(static_cast<Index>(tree.order[0]) * d, d).setIdentity();
  for (std::size_t i = 1; i < tree.order.size(); ++i) {
    interrupt.poll();
    const Element g = tree.order[i];
    adjoints.middleCols(static_cast<Index>(g) * d, d).noalias() =
        rho[tree.generator[g]].adjoint() * column_block(adjoints, d, tree.parent[g]);
  }
}

double homomorphism_residual(const CayleyTable& table, const CayleyTree& tree,
                             const std::vector<MatrixXcd>& rho, const MatrixXcd& adjoints, Index d) {
  double largest = 0;
  for (std::size_t k = 0; k < rho.size(); ++k) {
    const MatrixXcd product = rho[k].adjoint() * adjoints;
    for (Element g = 0; g < table.order(); ++g) {
      const auto difference =
          column_block(product, d, g) - column_block(adjoints, d, table(g, tree.generators[k]));
      largest = std::max(largest, difference.squaredNorm());
    }
  }
  return std::sqrt(largest);
}

// Over the reals an irreducible representation may split in two over the complex numbers: character norm 2
// with no invariant form left (complex type), or 4 with a quaternionic structure.
bool is_irreducible(const CayleyTable& table, const std::vector<std::complex<double>>& character, bool real) {
  double norm = 0;
  double indicator = 0;
  for (Element g = 0; g < table.order(); ++g) {
    norm += std::norm(character[g]);
    indicator += character[table(g, g)].real();
  }
  norm /= table.order();
  indicator /= table.order();
  const auto near = [](double value, double integer) { return std::abs(value - integer) < 1e-4; };
  return near(norm, 1) ||
         (real && ((near(norm, 2) && near(indicator, 0)) || (near(norm, 4) && near(indicator, -2))));
}

// X and Y of V*(g) = X adjoints(g) Y by alternating polar factors; writes V* into `model`.
void fit_sides(const WhitenedBlock& block, const MatrixXcd& adjoints, MatrixXcd& model,
               const Interrupt& interrupt) {
  const Index d = block.degree;
  const Index n = block.order();
  MatrixXcd x = MatrixXcd::Identity(d, d);
  MatrixXcd y = x;
  double previous = -std::numeric_limits<double>::infinity();
  for (int turn = 0; turn < kFittingTurns; ++turn) {
    interrupt.poll();
    MatrixXcd right = MatrixXcd::Zero(d, d);
    for (Index g = 0; g < n; ++g) {
      right.noalias() +=
          adjoints.middleCols(g * d, d).adjoint() * (x.adjoint() * block.unitary.middleCols(g * d, d));
    }
    y = nearest_unitary(right);
    if (d == 1) break;
    MatrixXcd left = MatrixXcd::Zero(d, d);
    for (Index g = 0; g < n; ++g) {
      left.noalias() +=
          (block.unitary.middleCols(g * d, d) * y.adjoint()) * adjoints.middleCols(g * d, d).adjoint();
    }
    x = nearest_unitary(left);
    const double overlap = (x.adjoint() * left).trace().real();
    if (overlap - previous < 1e-10 * static_cast<double>(n * d)) break;
    previous = overlap;
  }
  model = x * adjoints;
  for (Index g = 0; g < n; ++g) model.middleCols(g * d, d) = (model.middleCols(g * d, d) * y).eval();
}

}  // namespace

CayleyTree cayley_tree(const CayleyTable& table, std::uint64_t seed) {
  const Element n = table.order();
  CayleyTree tree;
  tree.generators = table.greedy_generators();
  Random random(seed);
  for (int extra = 0; n > 16 && extra < 2; ++extra)
    tree.generators.push_back(static_cast<Element>(random.below(n)));
  tree.parent.assign(n, n);
  tree.generator.assign(n, 0);
  tree.order.push_back(table.identity());
  tree.parent[table.identity()] = table.identity();
  for (std::size_t i = 0; i < tree.order.size(); ++i) {
    for (std::size_t k = 0; k < tree.generators.size(); ++k) {
      const Element product = table(tree.order[i], tree.generators[k]);
      if (tree.parent[product] != n) continue;
      tree.parent[product] = tree.order[i];
      tree.generator[product] = static_cast<std::uint32_t>(k);
      tree.order.push_back(product);
    }
  }
  return tree;
}

BlockModel fit_exact_model(const CayleyTable& table, const CayleyTree& tree, const WhitenedBlock& block,
                           const Interrupt& interrupt) {
  const Index d = block.degree;
  const Index n = block.order();
  BlockModel model;
  std::vector<MatrixXcd> rho(tree.generators.size());
  for (std::size_t k = 0; k < rho.size(); ++k) {
    rho[k] = nearest_unitary(shifted_mean(block.unitary, table, tree.generators[k], d));
  }
  MatrixXcd adjoints(d, n * d);
  double best = std::numeric_limits<double>::infinity();
  int without_progress = 0;
  for (int turn = 0; turn < kAveragingTurns; ++turn) {
    spread(tree, rho, d, adjoints, interrupt);
    const double residual = homomorphism_residual(table, tree, rho, adjoints, d);
    model.homomorphism_residual = residual;
    without_progress = residual < 0.5 * best ? 0 : without_progress + 1;
    best = std::min(best, residual);
    // Converged, at the floor of rounding, or lost.
    if (residual < 1e-13 || (residual < kExactResidual && without_progress > 0) || without_progress > 12)
      break;
    for (std::size_t k = 0; k < rho.size(); ++k) {
      rho[k] = nearest_unitary(shifted_mean(adjoints, table, tree.generators[k], d));
    }
  }
  model.exact = model.homomorphism_residual < kExactResidual;
  if (!model.exact) {
    model.squared_deviation = 2.0 * static_cast<double>(n * d);
    model.squared_whitened = model.squared_deviation;
    model.largest_deviation = 2.0 * std::sqrt(static_cast<double>(d));
    return model;
  }
  model.character.resize(static_cast<std::size_t>(n));
  for (Index g = 0; g < n; ++g) {
    model.character[static_cast<std::size_t>(g)] = std::conj(adjoints.middleCols(g * d, d).trace());
  }
  model.irreducible = is_irreducible(table, model.character, block.real);
  fit_sides(block, adjoints, model.values, interrupt);
  double largest = 0;
  for (Index g = 0; g < n; ++g) {
    const auto exact = model.values.middleCols(g * d, d);
    const double squared = (block.unitary.middleCols(g * d, d) - exact).squaredNorm();
    largest = std::max(largest, squared);
    model.squared_deviation += squared;
    model.squared_whitened += (block.whitened.middleCols(g * d, d) - exact).squaredNorm();
  }
  model.largest_deviation = std::sqrt(largest);
  return model;
}

}  // namespace peterweyl
