// What character tables are compared with: definitions, computed here without the code that is tested.
#pragma once

#include <doctest/doctest.h>

#include <complex>
#include <cstddef>

#include "characters/character_table.hpp"
#include "groups/group.hpp"

namespace peterweyl::testing {

// Orthogonality of rows and columns in floating point, and that products of characters are characters: their
// inner products with all rows are non-negative integers.
inline void check_table(const CharacterTable& table) {
  const std::size_t k = table.count();
  const auto values = table.values();
  const ClassStructure& classes = table.classes();
  const auto order = static_cast<double>(classes.group_order);
  const auto size = [&](std::size_t c) { return static_cast<double>(classes.sizes[c]); };
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j < k; ++j) {
      std::complex<double> rows = 0;
      std::complex<double> columns = 0;
      for (std::size_t c = 0; c < k; ++c) {
        rows += size(c) * values[i * k + c] * std::conj(values[j * k + c]);
        columns += values[c * k + i] * std::conj(values[c * k + j]);
      }
      CHECK(std::abs(rows / order - (i == j ? 1.0 : 0.0)) < 1e-9);
      CHECK(std::abs(columns * size(i) / order - (i == j ? 1.0 : 0.0)) < 1e-9);
    }
  }
  if (k > 24) return;
  for (std::size_t a = 0; a < k; ++a) {
    for (std::size_t b = a; b < k; ++b) {
      for (std::size_t i = 0; i < k; ++i) {
        std::complex<double> sum = 0;
        for (std::size_t c = 0; c < k; ++c) {
          sum += size(c) * values[a * k + c] * values[b * k + c] * std::conj(values[i * k + c]);
        }
        sum /= order;
        CHECK(std::abs(sum - std::round(sum.real())) < 1e-7);
        CHECK(sum.real() > -1e-7);
      }
    }
  }
}

}  // namespace peterweyl::testing
