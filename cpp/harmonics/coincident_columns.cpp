#include "harmonics/coincident_columns.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace peterweyl {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;

// A cut needs this gap between the longest edge inside classes and the shortest between them.
constexpr double kEdgeRatio = 0.5;
constexpr double kDistanceRatio = 0.6;
// Columns closer than this in relative distance are one column, whatever else there is.
constexpr double kSameColumn = 1e-7;

struct Edge {
  double squared;
  std::uint32_t a;
  std::uint32_t b;
};

// Prim's algorithm on the dense matrix of squared distances.
std::vector<Edge> spanning_tree(const MatrixXd& squared) {
  const auto n = static_cast<std::uint32_t>(squared.rows());
  std::vector<double> nearest(n, std::numeric_limits<double>::infinity());
  std::vector<std::uint32_t> link(n, 0);
  std::vector<char> inside(n, 0);
  std::vector<Edge> edges;
  std::uint32_t current = 0;
  for (std::uint32_t step = 1; step < n; ++step) {
    inside[current] = 1;
    std::uint32_t next = n;
    for (std::uint32_t j = 0; j < n; ++j) {
      if (inside[j] != 0) continue;
      if (squared(current, j) < nearest[j]) {
        nearest[j] = squared(current, j);
        link[j] = current;
      }
      if (next == n || nearest[j] < nearest[next]) next = j;
    }
    edges.push_back({nearest[next], link[next], next});
    current = next;
  }
  std::ranges::sort(edges, {}, &Edge::squared);
  return edges;
}

std::vector<std::vector<std::uint32_t>> components(std::span<const Edge> edges, std::uint32_t n) {
  std::vector<std::uint32_t> root(n);
  std::iota(root.begin(), root.end(), 0U);
  const auto find = [&](std::uint32_t x) {
    while (root[x] != x) x = root[x] = root[root[x]];
    return x;
  };
  for (const Edge& edge : edges) {
    const std::uint32_t a = find(edge.a);
    const std::uint32_t b = find(edge.b);
    root[std::max(a, b)] = std::min(a, b);
  }
  std::vector<std::vector<std::uint32_t>> classes;
  std::vector<std::uint32_t> place(n, n);
  for (std::uint32_t x = 0; x < n; ++x) {
    const std::uint32_t r = find(x);
    if (place[r] == n) {
      place[r] = static_cast<std::uint32_t>(classes.size());
      classes.emplace_back();
    }
    classes[place[r]].push_back(x);
  }
  return classes;
}

}  // namespace

ColumnClasses coincident_columns(std::span<const WhitenedBlock> blocks) {
  ColumnClasses best;
  if (blocks.empty()) return best;
  const Index n = blocks[0].order();
  if (n < 2) return best;
  MatrixXd gram = MatrixXd::Zero(n, n);
  double norm = 0;
  for (const auto& block : blocks) {
    const Index height = 2 * block.degree * block.degree;
    const Eigen::Map<const MatrixXd> flat(reinterpret_cast<const double*>(block.unitary.data()), height, n);
    gram.noalias() += static_cast<double>(block.degree) * (flat.transpose() * flat);
    norm += static_cast<double>(block.degree * block.degree);
  }
  return columns_within(MatrixXd((2.0 - 2.0 * gram.array() / norm).max(0.0).matrix()));
}

ColumnClasses columns_within(const MatrixXd& squared) {
  ColumnClasses best;
  const Index n = squared.rows();
  if (n < 2) return best;
  const std::vector<Edge> edges = spanning_tree(squared);
  double best_ratio = kEdgeRatio;
  for (std::size_t cut = 1; cut <= edges.size(); ++cut) {  // the first `cut` edges lie inside classes
    const auto count = static_cast<std::size_t>(n) - cut;
    if (static_cast<std::size_t>(n) % count != 0) continue;
    const double inner = std::sqrt(edges[cut - 1].squared);
    // All columns equal: nothing outside to compare with.
    const double outer = cut < edges.size() ? std::sqrt(edges[cut].squared) : 1.0;
    const double ratio = std::max(inner, kSameColumn) / std::max(outer, kSameColumn);
    if (!(ratio < best_ratio)) continue;
    auto classes = components(std::span(edges).first(cut), static_cast<std::uint32_t>(n));
    const std::size_t size = static_cast<std::size_t>(n) / count;
    if (!std::ranges::all_of(classes, [size](const auto& c) { return c.size() == size; })) continue;
    double widest = 0;
    for (const auto& members : classes) {
      for (const std::uint32_t a : members) {
        for (const std::uint32_t b : members) widest = std::max(widest, squared(a, b));
      }
    }
    widest = std::sqrt(widest);
    if (!(widest < kDistanceRatio * outer)) continue;
    best_ratio = ratio;
    best.classes = std::move(classes);
    best.largest_inner = widest;
    best.smallest_outer = outer;
  }
  return best;
}

}  // namespace peterweyl
