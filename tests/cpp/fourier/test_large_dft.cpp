#include "fourier/large_dft.hpp"

#include <doctest/doctest.h>

#include <complex>
#include <vector>

#include "arithmetic/roots_of_unity.hpp"
#include "fourier/chain_program.hpp"

using namespace peterweyl;
using namespace peterweyl::PETERWEYL_ISA;

TEST_CASE("large dft: the definition, both signs, places in any order, and the table of the circle") {
  for (const std::uint32_t p : {17U, 31U, kLargestRadix}) {
    const std::vector<double> table = circle<double>(p);
    REQUIRE(table.size() == 2 * p);
    std::vector<std::uint32_t> slots;
    std::vector<double> before(2 * p);
    for (std::uint32_t k = 0; k < p; ++k) {
      slots.push_back(p - 1 - k);
      before[slots[k]] = 1.0 / (k + 1);
      before[p + slots[k]] = 0.05 * k - 1;
    }
    const ButterflyView<double> view{1, slots.data(), nullptr, p, table.data()};
    for (const bool adjoint : {false, true}) {
      std::vector<double> data = before;
      if (adjoint) {
        large_radix_of<Single<double>, true>(view, data.data(), p, 1, 0);
      } else {
        large_radix_of<Single<double>, false>(view, data.data(), p, 1, 0);
      }
      for (std::uint32_t j = 0; j < p; ++j) {
        std::complex<double> expected = 0;
        for (std::uint32_t k = 0; k < p; ++k) {
          const auto root = root_of_unity(std::uint64_t{j} * k, p);
          expected += (adjoint ? root : std::conj(root)) *
                      std::complex<double>(before[slots[k]], before[p + slots[k]]);
        }
        CHECK(std::abs(std::complex<double>(data[slots[j]], data[p + slots[j]]) - expected) < 1e-12);
      }
    }
  }
  CHECK(circle<double>(13).empty());
}
