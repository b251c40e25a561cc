// Linear algebra over the prime field GF(p), p < 256, for vectors of a few hundred entries: one byte an
// entry.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace peterweyl {

using ModularVector = std::vector<std::uint8_t>;

// 1/a modulo p, for a not divisible by p.
std::uint8_t inverse_modulo(std::uint32_t a, std::uint32_t p);

// A subspace of GF(p)^width, kept in echelon form: the first non-zero entry of each row is 1, and no row has
// an entry other than zero where a row before it starts.
class ModularSubspace {
 public:
  ModularSubspace(std::uint32_t prime, std::size_t width) : prime_(prime), width_(width) {}

  std::size_t dimension() const { return rows_.size(); }
  std::span<const ModularVector> rows() const { return rows_; }

  // Subtracts rows so that v vanishes at all their starts; zero among the first `width` entries if and only
  // if v lies in the subspace. Vectors may be longer than `width`: the rest is carried along. O(dimension *
  // length).
  void reduce(ModularVector& v) const;
  // Adds v; false when it was in the subspace already.
  bool insert(ModularVector v);
  // A basis of the vectors whose products with all rows are zero. O(width^2 * dimension).
  std::vector<ModularVector> annihilator() const;

 private:
  std::uint32_t prime_;
  std::size_t width_;
  std::vector<ModularVector> rows_;
  std::vector<std::size_t> starts_;
};

}  // namespace peterweyl
