// What the tests of this layer share: random functions, distances, and a varied list of groups.
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdint>
#include <span>
#include <vector>

#include "fourier/strided_rows.hpp"
#include "groups/families.hpp"
#include "groups/specification.hpp"
#include "support/random.hpp"

namespace peterweyl::testing {

inline std::vector<std::complex<double>> random_function(std::size_t size, std::uint64_t seed) {
  Random random(seed);
  std::vector<std::complex<double>> values(size);
  for (auto& value : values) value = random.complex_normal();
  return values;
}

// max |a - b| / max |b|.
inline double relative_distance(std::span<const std::complex<double>> a,
                                std::span<const std::complex<double>> b) {
  double worst = 0;
  double scale = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    worst = std::max(worst, std::abs(a[i] - b[i]));
    scale = std::max(scale, std::abs(b[i]));
  }
  return scale == 0 ? worst : worst / scale;
}

template <typename T>
StridedRows<T> contiguous_rows(std::span<T> values, std::size_t order) {
  return {values.data(), values.size() / order, 1, static_cast<std::ptrdiff_t>(order), 0, 1};
}

// Abelian, monomial, solvable, symmetric, simple; products whose factors' blocks are not next to each other.
inline std::vector<Group> varied_groups() {
  std::vector<Group> groups;
  for (const char* spec :
       {"C1",      "C2",      "C12",     "C17",     "C2^3",     "C3 x C9",   "D5",       "D8",      "Q8",
        "Dic3",    "S3",      "S4",      "A4",      "A5",       "C7 : C3",   "C13 : C3", "S3 x C4", "S3 x S3",
        "A4 x S3", "GL(2,3)", "SL(2,3)", "SL(2,5)", "2^(1+4)+", "AGL(1,11)", "D59",      "C29 : C7"}) {
    groups.push_back(group_from_specification(spec));
  }
  return groups;
}

}  // namespace peterweyl::testing
