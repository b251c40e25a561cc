#include "groups/complements.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "arithmetic/integers.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

using Vector = std::vector<std::uint64_t>;
using Matrix = std::vector<Vector>;  // rows

// N as a vector space over GF(p): coordinates of its elements with respect to a basis, and conjugation as
// matrices.
class VectorSpace {
 public:
  VectorSpace(const Group& group, const Subgroup& normal) : group_(group), coordinates_(group.order()) {
    const auto factors = factorize(normal.order());
    if (factors.size() != 1 || !is_normal(group, normal)) refuse();
    prime_ = factors.front().first;
    std::vector<Element> span{group.identity()};
    Subgroup reached = Subgroup::trivial(group);
    for (const Element x : normal.elements()) {
      if (reached.contains(x)) continue;
      if (group.element_orders()[x] != prime_) refuse();
      basis_.push_back(x);
      // Every element so far times every power of the new basis element.
      for (Vector& coordinates : coordinates_) coordinates.resize(basis_.size(), 0);
      const std::size_t before = span.size();
      Element power = group.identity();
      for (std::uint64_t e = 1; e < prime_; ++e) {
        power = group.multiply(power, x);
        for (std::size_t i = 0; i < before; ++i) {
          const Element y = group.multiply(span[i], power);
          coordinates_[y] = coordinates_[span[i]];
          coordinates_[y].back() = e;
          span.push_back(y);
        }
      }
      reached = reached.joined(group, std::span(&x, 1));
    }
    for (const Element a : basis_) {
      for (const Element b : basis_) {
        if (group.multiply(a, b) != group.multiply(b, a)) refuse();
      }
    }
  }

  std::uint64_t prime() const { return prime_; }
  std::size_t dimension() const { return basis_.size(); }
  const Vector& coordinates(Element x) const { return coordinates_[x]; }

  // Row i holds the coordinates of g^-1 b_i g.
  Matrix conjugation(Element g) const {
    Matrix rows;
    for (const Element b : basis_) {
      rows.push_back(coordinates_[group_.multiply(group_.multiply(group_.inverse(g), b), g)]);
    }
    return rows;
  }

 private:
  [[noreturn]] static void refuse() {
    throw ArgumentError("normal: expected a normal elementary abelian subgroup, got one that is not");
  }

  const Group& group_;
  std::uint64_t prime_ = 0;
  std::vector<Element> basis_;
  std::vector<Vector> coordinates_;
};

// Rows in echelon form over GF(p); the last column is the right-hand side.
class LinearSystem {
 public:
  explicit LinearSystem(std::uint64_t prime) : prime_(prime) {}

  // False when the equation contradicts those that came before.
  bool add(Vector equation) {
    for (const auto& [pivot, row] : rows_) {
      if (equation[pivot] == 0) continue;
      const std::uint64_t factor = prime_ - equation[pivot];
      for (std::size_t j = 0; j < equation.size(); ++j)
        equation[j] = (equation[j] + factor * row[j]) % prime_;
    }
    const auto first = std::ranges::find_if(equation, [](std::uint64_t value) { return value != 0; });
    if (first == equation.end()) return true;
    if (first + 1 == equation.end()) return false;
    const std::uint64_t inverse = power_modulo(*first, prime_ - 2, prime_);
    const auto pivot = static_cast<std::size_t>(first - equation.begin());
    for (std::uint64_t& value : equation) value = value * inverse % prime_;
    rows_.emplace_back(pivot, std::move(equation));
    return true;
  }

 private:
  std::uint64_t prime_;
  std::vector<std::pair<std::size_t, Vector>> rows_;
};

}  // namespace

bool has_complement(const Group& group, const Subgroup& normal) {
  if (normal.order() == 1) return true;
  const VectorSpace space(group, normal);
  const std::uint64_t p = space.prime();
  const std::size_t k = space.dimension();
  const auto generators = group.generators();
  const std::size_t unknowns = k * generators.size();
  std::vector<Matrix> action;
  for (const Element g : generators) action.push_back(space.conjugation(g));

  // u(q)^g + m_i, for u(q) given as k affine rows in the unknowns (the last column is the constant).
  const auto moved = [&](const Matrix& u, std::size_t i) {
    Matrix result(k, Vector(unknowns + 1, 0));
    for (std::size_t row = 0; row < k; ++row) {
      for (std::size_t column = 0; column < k; ++column) {
        const std::uint64_t factor = action[i][row][column];
        for (std::size_t j = 0; factor != 0 && j <= unknowns; ++j) {
          result[column][j] = (result[column][j] + factor * u[row][j]) % p;
        }
      }
    }
    for (std::size_t column = 0; column < k; ++column) {
      std::uint64_t& entry = result[column][i * k + column];
      entry = (entry + 1) % p;
    }
    return result;
  };

  const Cosets cosets = left_cosets(group, normal);
  std::vector<std::optional<Element>> lift(cosets.transversal.size());
  std::vector<Matrix> shift(cosets.transversal.size());
  const Element start = cosets.of_element[group.identity()];
  lift[start] = group.identity();
  shift[start].assign(k, Vector(unknowns + 1, 0));
  LinearSystem system(p);
  std::vector<Element> reached{start};
  for (std::size_t step = 0; step < reached.size(); ++step) {
    const Element q = reached[step];
    for (std::size_t i = 0; i < generators.size(); ++i) {
      const Element x = group.multiply(*lift[q], generators[i]);
      const Element target = cosets.of_element[x];
      Matrix image = moved(shift[q], i);
      if (!lift[target]) {
        lift[target] = x;
        shift[target] = std::move(image);
        reached.push_back(target);
        continue;
      }
      const Vector& defect = space.coordinates(group.multiply(group.inverse(*lift[target]), x));
      for (std::size_t column = 0; column < k; ++column) {
        Vector& equation = image[column];
        for (std::size_t j = 0; j <= unknowns; ++j) {
          equation[j] = (equation[j] + p - shift[target][column][j]) % p;
        }
        equation[unknowns] = (equation[unknowns] + defect[column]) % p;
        if (!system.add(std::move(equation))) return false;
      }
    }
  }
  return true;
}

}  // namespace peterweyl
