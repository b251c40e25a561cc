#include "fourier/symmetric_four.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "fourier/chain_program.hpp"
#include "transform_checks.hpp"

using namespace peterweyl;
using namespace peterweyl::testing;

namespace {

// Row-major, by columns of unit vectors.
template <typename Real>
std::vector<Real> matrix_of(const Kernels<Real>& kernel, int side) {
  std::vector<Real> result(24 * 24);
  struct alignas(kSlotBytes) Block {
    Real numbers[24 * kLanes<Real>];
  };
  for (std::size_t column = 0; column < 24; ++column) {
    Block block = {};
    for (std::size_t lane = 0; lane < kLanes<Real>; ++lane) {
      block.numbers[column * kLanes<Real> + lane] = static_cast<Real>(lane + 1);
    }
    kernel.symmetric_four[side](block.numbers, 1);
    for (std::size_t row = 0; row < 24; ++row) {
      result[row * 24 + column] = block.numbers[row * kLanes<Real>];
      // Every lane is a transform of its own.
      const Real last = block.numbers[(row + 1) * kLanes<Real> - 1] / static_cast<Real>(kLanes<Real>);
      CHECK(std::abs(last - result[row * 24 + column]) < 1e-6);
    }
  }
  return result;
}

}  // namespace

TEST_CASE("symmetric four: S4 in registers has Young's matrices, and its adjoint the transposed ones") {
  const AdaptedIrreps irreps = adapted_irreps(symmetric_group(4));
  const auto program = compile_chain<double>(irreps);
  REQUIRE(program.levels.size() == 1);
  REQUIRE(program.levels[0].is_symmetric_four);
  for (const InstructionSet set :
       {InstructionSet::kBaseline, InstructionSet::kAvx2, InstructionSet::kAvx512}) {
    if (!is_available(set)) continue;
    const std::vector<double> forward = matrix_of(kernels<double>(set), 0);
    const std::vector<double> adjoint = matrix_of(kernels<double>(set), 1);
    const std::vector<float> single = matrix_of(kernels<float>(set), 0);
    for (Element label = 0; label < 24; ++label) {
      // The adjoint matrices of the irreps at one element, one after another.
      const auto matrices = evaluate(irreps, label);
      std::size_t e = 0;
      for (const std::size_t d : program.degrees) {
        const std::size_t offset = e;
        for (std::size_t a = 0; a < d; ++a) {
          for (std::size_t b = 0; b < d; ++b, ++e) {
            const double expected = matrices[offset + b * d + a].real();
            const std::size_t slot = program.coefficients[e];
            CHECK(std::abs(forward[slot * 24 + label] - expected) < 1e-15);
            CHECK(std::abs(adjoint[label * 24 + slot] - expected) < 1e-15);
            CHECK(std::abs(single[slot * 24 + label] - static_cast<float>(expected)) < 1e-6F);
          }
        }
      }
    }
  }
}
