#include "representations/young_orthogonal_form.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <map>
#include <numeric>
#include <utility>

#include "support/error.hpp"

namespace peterweyl {
namespace {

// A standard tableau as the row of each letter 0 ... n-1.
using Tableau = std::vector<std::uint32_t>;

// Last-letter order: tableaux with equal place of the last letter are next to each other, and so on inside.
std::vector<Tableau> standard_tableaux(Partition shape) {
  const std::uint32_t n = std::accumulate(shape.begin(), shape.end(), 0U);
  if (n == 0) return {Tableau{}};
  std::vector<Tableau> result;
  for (std::uint32_t row = 0; row < shape.size(); ++row) {
    if (row + 1 < shape.size() && shape[row + 1] == shape[row]) continue;
    Partition smaller = shape;
    if (--smaller[row] == 0) smaller.pop_back();
    for (Tableau& tableau : standard_tableaux(std::move(smaller))) {
      tableau.push_back(row);
      result.push_back(std::move(tableau));
    }
  }
  return result;
}

// Column minus row of each letter.
std::vector<std::int64_t> contents(const Tableau& tableau) {
  std::vector<std::int64_t> filled(tableau.size(), 0);
  std::vector<std::int64_t> result;
  result.reserve(tableau.size());
  for (const std::uint32_t row : tableau) result.push_back(filled[row]++ - static_cast<std::int64_t>(row));
  return result;
}

}  // namespace

std::vector<SparseTransposition> young_orthogonal_transpositions(const Partition& partition) {
  const std::vector<Tableau> tableaux = standard_tableaux(partition);
  std::map<Tableau, std::uint32_t> position;
  for (std::uint32_t t = 0; t < tableaux.size(); ++t) position.emplace(tableaux[t], t);
  const std::size_t n = tableaux.front().size();
  std::vector<SparseTransposition> result;
  for (std::size_t i = 0; i + 1 < n; ++i) {
    SparseTransposition s;
    for (std::uint32_t t = 0; t < tableaux.size(); ++t) {
      const std::vector<std::int64_t> content = contents(tableaux[t]);
      const auto distance = static_cast<double>(content[i + 1] - content[i]);
      s.diagonal.push_back(1.0 / distance);
      // (r^2 - 1) / r^2 with one rounding less than 1 - 1/r^2.
      s.off_diagonal.push_back(std::sqrt((distance - 1.0) * (distance + 1.0)) / std::abs(distance));
      Tableau swapped = tableaux[t];
      std::swap(swapped[i], swapped[i + 1]);
      const auto found = position.find(swapped);
      // Neighbours in a row or a column have r = 1 or -1 and no standard partner.
      s.partner.push_back(std::abs(distance) > 1.5 && found != position.end() ? found->second : t);
    }
    result.push_back(std::move(s));
  }
  return result;
}

std::vector<Irrep> young_orthogonal_irreps(const Group& group, const Interrupt& interrupt) {
  const PermutationAction* action = group.action();
  if (action == nullptr) throw ArgumentError("group: expected one built from permutations");
  const std::uint32_t n = action->degree;
  const Element order = group.order();

  // The elements s_i by their images.
  std::vector<Element> transpositions;
  for (std::uint32_t i = 0; i + 1 < n; ++i) {
    std::vector<std::uint16_t> images(n);
    std::iota(images.begin(), images.end(), std::uint16_t{0});
    std::swap(images[i], images[i + 1]);
    for (Element g = 0; g < order; ++g) {
      if (std::ranges::equal(action->image(g), images)) transpositions.push_back(g);
    }
  }
  if (transpositions.size() + 1 < n) throw ArgumentError("group: expected all permutations of its points");

  // Breadth-first: every element is an earlier one times some s_i, along words of least length.
  struct Edge {
    Element from;
    Element to;
    std::uint32_t letter;
  };
  std::vector<Edge> edges;
  std::vector<char> seen(order, 0);
  std::vector<Element> queue{group.identity()};
  seen[group.identity()] = 1;
  for (std::size_t k = 0; k < queue.size(); ++k) {
    for (std::uint32_t i = 0; i < transpositions.size(); ++i) {
      const Element next = group.multiply(queue[k], transpositions[i]);
      if (std::exchange(seen[next], char{1}) != 0) continue;
      edges.push_back({queue[k], next, i});
      queue.push_back(next);
    }
  }

  std::vector<Irrep> result;
  for (const Partition& partition : partitions(n)) {
    const std::vector<SparseTransposition> s = young_orthogonal_transpositions(partition);
    Irrep irrep;
    const std::size_t d = s.empty() ? 1 : s.front().diagonal.size();
    irrep.degree = static_cast<std::uint32_t>(d);
    irrep.matrices.assign(order * d * d, 0.0);
    for (std::size_t i = 0; i < d; ++i) irrep.matrices[group.identity() * d * d + i * (d + 1)] = 1.0;
    for (const Edge& edge : edges) {
      interrupt.poll();
      const SparseTransposition& factor = s[edge.letter];
      const std::complex<double>* from = &irrep.matrices[edge.from * d * d];
      std::complex<double>* to = &irrep.matrices[edge.to * d * d];
      for (std::size_t row = 0; row < d; ++row) {
        for (std::size_t t = 0; t < d; ++t) {
          const double off = factor.partner[t] == t ? 0.0 : factor.off_diagonal[t];
          to[row * d + t] = factor.diagonal[t] * from[row * d + t] + off * from[row * d + factor.partner[t]];
        }
      }
    }
    result.push_back(std::move(irrep));
  }
  return result;
}

}  // namespace peterweyl
