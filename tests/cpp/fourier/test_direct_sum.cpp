#include "fourier/direct_sum.hpp"

#include <doctest/doctest.h>

#include "arithmetic/roots_of_unity.hpp"
#include "groups/families.hpp"

using namespace peterweyl;
using C = std::complex<double>;

TEST_CASE("direct sum: the discrete Fourier transform on C4") {
  const Irreps irreps = irreducible_representations(cyclic_group(4));
  const std::vector<C> f{C(1, 2), C(0, -1), C(3, 0), C(-2, 1)};
  const std::vector<C> spectrum = direct_sum_forward(irreps, f);
  for (std::uint64_t k = 0; k < 4; ++k) {
    C expected = 0;
    for (std::uint64_t j = 0; j < 4; ++j) expected += f[j] * std::conj(root_of_unity(j * k, 4));
    CHECK(std::abs(spectrum[k] - expected) < 1e-15);
  }
}

TEST_CASE("direct sum: a delta at g has the spectrum rho(g)^H, and the inverse undoes it") {
  const Group group = symmetric_group(4);
  const Irreps irreps = irreducible_representations(group);
  for (const Element g : {0U, 5U, 23U}) {
    std::vector<C> delta(24, 0.0);
    delta[g] = 1.0;
    const std::vector<C> spectrum = direct_sum_forward(irreps, delta);
    std::size_t c = 0;
    for (const Irrep& rho : irreps.all) {
      const auto inverse = rho.matrix(group.inverse(g));
      for (const C& entry : inverse) CHECK(std::abs(spectrum[c++] - entry) < 1e-15);
    }
    const std::vector<C> back = direct_sum_inverse(irreps, spectrum);
    for (Element h = 0; h < 24; ++h) CHECK(std::abs(back[h] - delta[h]) < 1e-14);
  }
}
