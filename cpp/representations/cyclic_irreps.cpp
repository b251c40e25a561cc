#include "representations/cyclic_irreps.hpp"

#include <cstddef>
#include <numeric>

#include "arithmetic/roots_of_unity.hpp"

namespace peterweyl {

std::vector<Irrep> cyclic_irreps(std::span<const std::uint32_t> orders, const Interrupt& interrupt) {
  std::uint64_t order = 1;
  std::uint64_t exponent = 1;
  for (const std::uint32_t n : orders) {
    order *= n;
    exponent = std::lcm(exponent, std::uint64_t{n});
  }
  const RootsOfUnity roots(exponent);

  std::vector<Irrep> irreps(order);
  std::vector<std::uint64_t> angles;  // of chi_k(j), in units of 1/exponent of a turn, for all j
  for (std::uint64_t k = 0; k < order; ++k) {
    interrupt.poll();
    angles.assign(1, 0);
    std::uint64_t stride = order;
    for (const std::uint32_t n : orders) {
      stride /= n;
      const std::uint64_t digit = k / stride % n;
      const std::uint64_t turn = exponent / n * digit;
      std::vector<std::uint64_t> longer;
      longer.reserve(angles.size() * n);
      for (const std::uint64_t angle : angles) {
        std::uint64_t value = angle;
        for (std::uint32_t j = 0; j < n; ++j) {
          longer.push_back(value);
          value += turn;
          if (value >= exponent) value -= exponent;
        }
      }
      angles = std::move(longer);
    }
    irreps[k].degree = 1;
    irreps[k].matrices.reserve(order);
    for (const std::uint64_t angle : angles) irreps[k].matrices.push_back(roots[angle]);
  }
  return irreps;
}

}  // namespace peterweyl
