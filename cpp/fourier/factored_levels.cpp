#include "fourier/factored_levels.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "fourier/simd_kernels.hpp"

namespace peterweyl {
namespace {

constexpr double kZero = 1e-12;   // entries of a product of matrices of norm 1 below it are rounding errors
constexpr double kTraffic = 2.5;  // of a load and a store, in multiply-adds
constexpr double kUnfactored = std::numeric_limits<double>::infinity();

struct SparseRow {
  std::vector<std::uint32_t> columns;
  std::vector<double> values;
};

double norm_of(const std::vector<LevelMatrix::Entry>& row) {
  double sum = 0;
  for (const LevelMatrix::Entry& entry : row) sum += std::norm(entry.value);
  return std::sqrt(sum);
}

double block_cost(std::size_t size) {
  return size == 1 ? 0.0 : static_cast<double>(size) * (static_cast<double>(size) + kTraffic);
}

// The places and rows of the connected components of a square matrix, or nothing where one is too large.
struct Component {
  std::vector<std::uint32_t> columns;
  std::vector<std::uint32_t> rows;
};

std::optional<std::vector<Component>> small_components(const std::vector<SparseRow>& rows) {
  std::vector<std::uint32_t> parent(rows.size());  // of columns
  std::iota(parent.begin(), parent.end(), 0U);
  const auto root = [&](std::uint32_t x) {
    while (parent[x] != x) x = parent[x] = parent[parent[x]];
    return x;
  };
  for (const SparseRow& row : rows) {
    if (row.columns.empty() || row.columns.size() > kLargestBlock) return std::nullopt;
    for (const std::uint32_t column : row.columns) parent[root(column)] = root(row.columns[0]);
  }
  std::map<std::uint32_t, Component> components;
  for (std::uint32_t column = 0; column < rows.size(); ++column) {
    components[root(column)].columns.push_back(column);
  }
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    components[root(rows[row].columns[0])].rows.push_back(row);
  }
  std::vector<Component> result;
  for (auto& [first, component] : components) {
    if (component.rows.size() != component.columns.size() || component.rows.size() > kLargestBlock) {
      return std::nullopt;
    }
    result.push_back(std::move(component));
  }
  return result;
}

// Multiplies `matrix` by further rows: `rows[r]` in terms of the numbers that are at `place[q]` of it, up to
// `factor[q]`. Numbers that are still as they were given come before the others.
void multiply(FactoredMatrix& matrix, const std::vector<SparseRow>& rows,
              const std::vector<Component>& components, const std::vector<std::uint32_t>& place,
              const std::vector<double>& factor, const std::vector<char>& is_fresh) {
  const std::uint32_t step = matrix.blocks.empty() ? 0 : matrix.blocks.back().step + 1;
  matrix.place_of_row.assign(rows.size(), 0);
  matrix.factor.assign(rows.size(), 1.0);
  for (const Component& component : components) {
    std::vector<std::uint32_t> columns = component.columns;
    std::ranges::stable_partition(columns, [&](std::uint32_t q) { return is_fresh[q] != 0; });
    const std::size_t size = columns.size();
    const auto fresh =
        static_cast<std::uint32_t>(std::ranges::count_if(columns, [&](auto q) { return is_fresh[q] != 0; }));
    for (std::size_t r = 0; r < size; ++r) matrix.place_of_row[component.rows[r]] = place[columns[r]];
    if (size == 1 && fresh == 0) {
      matrix.factor[component.rows[0]] = rows[component.rows[0]].values[0] * factor[columns[0]];
      continue;
    }
    FactoredMatrix::Block block{step, fresh, {}, std::vector<double>(size * size, 0.0)};
    for (const std::uint32_t q : columns) block.places.push_back(place[q]);
    for (std::size_t r = 0; r < size; ++r) {
      const SparseRow& row = rows[component.rows[r]];
      for (std::size_t k = 0; k < row.columns.size(); ++k) {
        const auto c = static_cast<std::size_t>(std::ranges::find(columns, row.columns[k]) - columns.begin());
        block.values[r * size + c] = row.values[k] * factor[row.columns[k]];
      }
    }
    matrix.cost += block_cost(size);
    matrix.blocks.push_back(std::move(block));
  }
}

std::vector<SparseRow> unit_rows(const LevelMatrix& matrix) {
  std::vector<SparseRow> result(matrix.rows.size());
  for (std::size_t r = 0; r < result.size(); ++r) {
    const double scale = 1.0 / norm_of(matrix.entries[r]);
    for (const LevelMatrix::Entry& entry : matrix.entries[r]) {
      if (std::abs(entry.value) < kZero) continue;
      result[r].columns.push_back(entry.column);
      result[r].values.push_back(scale * entry.value.real());
    }
  }
  return result;
}

// A single factor.
FactoredMatrix undivided(const std::vector<SparseRow>& rows) {
  FactoredMatrix result;
  const auto components = small_components(rows);
  if (!components) {
    result.cost = kUnfactored;
    return result;
  }
  std::vector<std::uint32_t> place(rows.size());
  std::iota(place.begin(), place.end(), 0U);
  multiply(result, rows, *components, place, std::vector<double>(rows.size(), 1.0),
           std::vector<char>(rows.size(), 1));
  return result;
}

// The factors of the matrices of the level before, on the cosets after the first, and what is left to do.
FactoredMatrix divided(const AdaptedIrrep& sigma, const std::vector<SparseRow>& rows,
                       const std::vector<std::vector<SparseRow>>& unit_below,
                       const std::vector<FactoredMatrix>& below) {
  FactoredMatrix result;
  const std::uint32_t d = sigma.degree;
  // The number q of the middle basis: its place, and each column's entries in that basis.
  std::vector<std::uint32_t> place;
  std::vector<double> factor;
  std::vector<std::vector<std::pair<std::uint32_t, double>>> columns(rows.size());
  for (std::uint32_t c = 0; c < d; ++c) {
    place.push_back(c);
    columns[c].emplace_back(c, 1.0);
  }
  factor.assign(d, 1.0);
  for (const AdaptedIrrep::Block& block : sigma.blocks) {
    const FactoredMatrix& part = below[block.irrep];
    if (part.cost == kUnfactored) return {{}, {}, {}, kUnfactored};
    const auto width = static_cast<std::uint32_t>(block.basis.size());
    const auto column_of = [&](std::uint32_t column) {
      return (column / width + 1) * d + block.basis[column % width];
    };
    for (const FactoredMatrix::Block& piece : part.blocks) {
      result.blocks.push_back(piece);
      for (std::uint32_t& x : result.blocks.back().places) x = column_of(x);
    }
    result.cost += part.cost;
    const std::vector<SparseRow>& unit = unit_below[block.irrep];
    for (std::size_t r = 0; r < unit.size(); ++r) {
      const auto q = static_cast<std::uint32_t>(place.size());
      place.push_back(column_of(part.place_of_row[r]));
      factor.push_back(part.factor[r]);
      for (std::size_t k = 0; k < unit[r].columns.size(); ++k) {
        columns[column_of(unit[r].columns[k])].emplace_back(q, unit[r].values[k]);
      }
    }
  }
  std::ranges::stable_sort(result.blocks, {}, &FactoredMatrix::Block::step);
  std::vector<SparseRow> last(rows.size());
  std::vector<double> sums(rows.size(), 0.0);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t k = 0; k < rows[r].columns.size(); ++k) {
      for (const auto& [q, value] : columns[rows[r].columns[k]]) sums[q] += value * rows[r].values[k];
    }
    for (std::uint32_t q = 0; q < sums.size(); ++q) {
      const double sum = std::exchange(sums[q], 0.0);
      if (std::abs(sum) < kZero) continue;
      last[r].columns.push_back(q);
      last[r].values.push_back(sum);
    }
  }
  const auto components = small_components(last);
  if (!components) return {{}, {}, {}, kUnfactored};
  std::vector<char> is_fresh(rows.size(), 0);
  std::fill_n(is_fresh.begin(), d, char{1});
  multiply(result, last, *components, place, factor, is_fresh);
  return result;
}

// Gives the rows of the product their norms, in the blocks that touch their places last.
void scale_rows(FactoredMatrix& matrix, const LevelMatrix& rows) {
  std::vector<double> scale(matrix.place_of_row.size());
  for (std::size_t r = 0; r < scale.size(); ++r) {
    scale[matrix.place_of_row[r]] = matrix.factor[r] * norm_of(rows.entries[r]);
    matrix.factor[r] = 1.0;
  }
  for (auto block = matrix.blocks.rbegin(); block != matrix.blocks.rend(); ++block) {
    const std::size_t size = block->places.size();
    for (std::size_t r = 0; r < size; ++r) {
      const double factor = std::exchange(scale[block->places[r]], 1.0);
      for (std::size_t c = 0; c < size; ++c) block->values[r * size + c] *= factor;
    }
  }
}

}  // namespace

std::vector<FactoredMatrix> FactoredLevels::next(const AdaptedLevel& level, const AdaptedLevel& below,
                                                 const std::vector<LevelMatrix>& matrices,
                                                 const Interrupt& interrupt) {
  const bool has_middle = !matrices_.empty() && level.index == index_ + 1;
  std::vector<std::vector<SparseRow>> unit_below;
  for (const LevelMatrix& matrix : matrices_) unit_below.push_back(unit_rows(matrix));
  std::vector<FactoredMatrix> made;
  std::vector<FactoredMatrix> result;
  for (std::size_t s = 0; s < matrices.size(); ++s) {
    interrupt.poll();
    const std::vector<SparseRow> rows = unit_rows(matrices[s]);
    FactoredMatrix factored = undivided(rows);
    if (has_middle) {
      FactoredMatrix product = divided(below.irreps[s], rows, unit_below, factored_);
      if (product.cost < factored.cost) factored = std::move(product);
    }
    double sparse_cost = 0;
    for (const SparseRow& row : rows) sparse_cost += static_cast<double>(row.columns.size()) + kTraffic;
    if (factored.cost < sparse_cost) {
      result.push_back(factored);
      scale_rows(result.back(), matrices[s]);
    } else {
      result.emplace_back();
    }
    made.push_back(std::move(factored));
  }
  index_ = level.index;
  matrices_ = matrices;
  factored_ = std::move(made);
  return result;
}

}  // namespace peterweyl
