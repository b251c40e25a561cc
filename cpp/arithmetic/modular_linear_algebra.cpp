#include "arithmetic/modular_linear_algebra.hpp"

#include <utility>

namespace peterweyl {
namespace {

// v += factor * row.
void add_multiple(ModularVector& v, const ModularVector& row, std::uint32_t factor, std::uint32_t p) {
  if (p == 2) {
    for (std::size_t i = 0; i < v.size(); ++i) v[i] ^= row[i];
  } else {
    for (std::size_t i = 0; i < v.size(); ++i) v[i] = static_cast<std::uint8_t>((v[i] + factor * row[i]) % p);
  }
}

}  // namespace

std::uint8_t inverse_modulo(std::uint32_t a, std::uint32_t p) {
  std::uint32_t result = 1;
  while (a * result % p != 1) ++result;  // p is small
  return static_cast<std::uint8_t>(result);
}

void ModularSubspace::reduce(ModularVector& v) const {
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    const std::uint32_t entry = v[starts_[r]];
    if (entry != 0) add_multiple(v, rows_[r], prime_ - entry, prime_);
  }
}

bool ModularSubspace::insert(ModularVector v) {
  reduce(v);
  std::size_t start = 0;
  while (start < width_ && v[start] == 0) ++start;
  if (start == width_) return false;
  const std::uint32_t scale = inverse_modulo(v[start], prime_);
  for (std::uint8_t& entry : v) entry = static_cast<std::uint8_t>(entry * scale % prime_);
  rows_.push_back(std::move(v));
  starts_.push_back(start);
  return true;
}

std::vector<ModularVector> ModularSubspace::annihilator() const {
  // Clear above the starts as well, so that each row gives one start entry in terms of the free ones.
  std::vector<ModularVector> reduced = rows_;
  for (std::size_t r = reduced.size(); r-- > 0;) {
    for (std::size_t s = 0; s < r; ++s) {
      const std::uint32_t entry = reduced[s][starts_[r]];
      if (entry != 0) add_multiple(reduced[s], reduced[r], prime_ - entry, prime_);
    }
  }
  std::vector<char> is_start(width_, 0);
  for (const std::size_t start : starts_) is_start[start] = 1;
  std::vector<ModularVector> basis;
  for (std::size_t free = 0; free < width_; ++free) {
    if (is_start[free] != 0) continue;
    ModularVector& v = basis.emplace_back(width_, std::uint8_t{0});
    v[free] = 1;
    for (std::size_t r = 0; r < reduced.size(); ++r) {
      v[starts_[r]] = static_cast<std::uint8_t>((prime_ - reduced[r][free]) % prime_);
    }
  }
  return basis;
}

}  // namespace peterweyl
