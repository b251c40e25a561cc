// What the tests of this layer share: groups by table, and independent checks of irreps.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <complex>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "groups/families.hpp"
#include "groups/permutation.hpp"
#include "representations/irreps.hpp"

namespace peterweyl::testing {

// A group known by its table alone, its elements renamed by `rename` (a permutation of the labels).
inline Group raw(
    const Group& group, const std::function<Element(Element)>& rename = [](Element g) { return g; }) {
  const std::size_t n = group.order();
  std::vector<std::int64_t> entries(n * n);
  for (Element a = 0; a < n; ++a) {
    for (Element b = 0; b < n; ++b) entries[rename(a) * n + rename(b)] = rename(group.multiply(a, b));
  }
  return Group(CayleyTable::from_entries(entries, n, n));
}

// Renames g to a g + b modulo n: a moves everything, the identity included.
inline std::function<Element(Element)> affine(std::uint64_t a, std::uint64_t b, std::uint64_t n) {
  return [=](Element g) { return static_cast<Element>((a * g + b) % n); };
}

// Upper triangular unipotent 3 x 3 matrices over Z/p: (a, b, c)(a', b', c') = (a+a', b+b', c+c'+a b').
inline Group heisenberg(Element p) {
  return Group(CayleyTable::from_product_no_checks(std::uint64_t{p} * p * p, [p](Element x, Element y) {
    const Element a = x / (p * p) + y / (p * p);
    const Element b = x / p % p + y / p % p;
    const Element c = x % p + y % p + (x / (p * p)) * (y / p % p);
    return a % p * p * p + b % p * p + c % p;
  }));
}

// SL(2, p) for a prime p, matrices in lexicographic order of their entries; the identity is not at 0.
inline Group special_linear(Element p) {
  struct M {
    Element a, b, c, d;
    bool operator==(const M&) const = default;
  };
  std::vector<M> elements;
  for (Element a = 0; a < p; ++a)
    for (Element b = 0; b < p; ++b)
      for (Element c = 0; c < p; ++c)
        for (Element d = 0; d < p; ++d)
          if ((a * d + p * p - b * c) % p == 1) elements.push_back({a, b, c, d});
  const std::size_t n = elements.size();
  std::vector<std::int64_t> entries(n * n);
  for (std::size_t x = 0; x < n; ++x) {
    for (std::size_t y = 0; y < n; ++y) {
      const M& u = elements[x];
      const M& v = elements[y];
      const M product{(u.a * v.a + u.b * v.c) % p, (u.a * v.b + u.b * v.d) % p, (u.c * v.a + u.d * v.c) % p,
                      (u.c * v.b + u.d * v.d) % p};
      entries[x * n + y] = std::find(elements.begin(), elements.end(), product) - elements.begin();
    }
  }
  return Group(CayleyTable::from_entries(entries, n, n));
}

// max |rho(a) rho(b) - rho(ab)| over all pairs, by three plain loops.
inline double homomorphism_defect(const Group& group, const Irrep& rho) {
  const std::size_t d = rho.degree;
  double worst = 0;
  for (Element a = 0; a < group.order(); ++a) {
    for (Element b = 0; b < group.order(); ++b) {
      const auto x = rho.matrix(a);
      const auto y = rho.matrix(b);
      const auto z = rho.matrix(group.multiply(a, b));
      for (std::size_t i = 0; i < d; ++i) {
        for (std::size_t j = 0; j < d; ++j) {
          std::complex<double> sum = -z[i * d + j];
          for (std::size_t k = 0; k < d; ++k) sum += x[i * d + k] * y[k * d + j];
          worst = std::max(worst, std::abs(sum));
        }
      }
    }
  }
  return worst;
}

// Schur's relations for all pairs of matrix entries: (1/n) sum_g rho_ij(g) conj(sigma_kl(g)) = delta / d.
inline double entry_orthogonality_defect(const Group& group, const std::vector<Irrep>& all) {
  struct Entry {
    const Irrep* irrep;
    std::size_t position;
  };
  std::vector<Entry> entries;
  for (const Irrep& rho : all) {
    for (std::size_t e = 0; e < rho.degree * rho.degree; ++e) entries.push_back({&rho, e});
  }
  double worst = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      std::complex<double> sum = i == j ? -1.0 / entries[i].irrep->degree : 0.0;
      std::complex<double> mean = 0.0;
      for (Element g = 0; g < group.order(); ++g) {
        mean += entries[i].irrep->matrix(g)[entries[i].position] *
                std::conj(entries[j].irrep->matrix(g)[entries[j].position]);
      }
      worst = std::max(worst, std::abs(sum + mean / static_cast<double>(group.order())));
    }
  }
  return worst;
}

// (degree, indicator) of each irrep, in order.
inline std::vector<std::pair<int, int>> types(const Irreps& irreps) {
  std::vector<std::pair<int, int>> result;
  for (const Irrep& rho : irreps.all) result.emplace_back(static_cast<int>(rho.degree), rho.indicator);
  return result;
}

}  // namespace peterweyl::testing
