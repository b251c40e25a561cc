#include "fourier/first_levels.hpp"

#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

#include "fourier/level_kernels.hpp"

namespace peterweyl {
namespace {

constexpr std::size_t kBlock = 24;

template <typename Real>
struct alignas(kSlotBytes) Block {
  Real numbers[kBlock * kLanes<Real>];
};

// The matrix of some steps on the slots of a block: column by column.
template <typename Real, typename Steps>
std::vector<Real> matrix_of(const Steps& steps) {
  std::vector<Real> columns;
  for (std::size_t column = 0; column < kBlock; ++column) {
    Block<Real> buffers[2] = {};
    buffers[0].numbers[column * kLanes<Real>] = 1;
    const Real* done = buffers[steps(buffers[0].numbers, buffers[1].numbers)].numbers;
    for (std::size_t slot = 0; slot < kBlock; ++slot) columns.push_back(done[slot * kLanes<Real>]);
  }
  return columns;
}

}  // namespace

template <typename Real>
void merge_first_levels(ChainProgram<Real>& program, std::span<std::uint32_t> slots) {
  if (program.complex || program.levels.size() != 3 || program.levels.back().block != kBlock) return;
  const Kernels<Real>& plain = kernels<Real>(InstructionSet::kBaseline);
  const std::vector<Real> merged = matrix_of<Real>([&](Real* data, Real*) {
    plain.symmetric_four[0](data, 1);
    return 0;
  });
  const std::vector<Real> wanted = matrix_of<Real>([&](Real* first, Real* second) {
    Real* buffers[2] = {first, second};
    const auto parities = buffer_parities(program);
    for (std::size_t k = 0; k < 3; ++k) {
      apply_level(program, program.levels[k], plain, buffers[parities[k]], buffers[parities[k + 1]],
                  kBlock / program.levels[k].block, false);
    }
    return static_cast<int>(parities[3]);
  });
  const auto is_row = [&](std::size_t row, std::size_t other) {
    for (std::size_t column = 0; column < kBlock; ++column) {
      const Real difference = wanted[column * kBlock + row] - merged[column * kBlock + other];
      if (std::abs(difference) > 16 * std::numeric_limits<Real>::epsilon()) return false;
    }
    return true;
  };
  std::vector<std::uint32_t> moved;  // where the number of each slot is now
  for (std::size_t row = 0; row < kBlock; ++row) {
    std::uint32_t other = 0;
    while (other < kBlock && !is_row(row, other)) ++other;
    if (other == kBlock) return;
    moved.push_back(other);
  }
  for (std::uint32_t& slot : slots) slot = moved[slot];
  typename ChainProgram<Real>::Level level;
  level.block = kBlock;
  level.index = kBlock;
  level.is_symmetric_four = true;
  level.operations = 130;
  level.description = "S4 in registers";
  program.levels.clear();
  program.levels.push_back(std::move(level));
}

template void merge_first_levels<float>(ChainProgram<float>&, std::span<std::uint32_t>);
template void merge_first_levels<double>(ChainProgram<double>&, std::span<std::uint32_t>);

}  // namespace peterweyl
