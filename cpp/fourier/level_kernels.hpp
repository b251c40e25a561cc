// One level of a program applied to slots by the kernels of an instruction set.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "fourier/chain_program.hpp"
#include "fourier/simd_kernels.hpp"

namespace peterweyl {

// For 0, 1, ... levels run: which of two buffers the data are in (each level that is not in place changes
// it).
template <typename Real>
std::vector<std::uint8_t> buffer_parities(const ChainProgram<Real>& program) {
  std::vector<std::uint8_t> parities{0};
  for (const auto& level : program.levels) {
    parities.push_back(static_cast<std::uint8_t>(parities.back() ^ (level.in_place() ? 0 : 1)));
  }
  return parities;
}

// The arguments of a factored matrix's kernel; `places` and the strides are divided by `unit`.
template <typename Real, typename Factored, typename Columns>
FactoredView<Real> factored_view(const Factored& factored, const Columns& columns,
                                 const std::uint32_t* places, std::uint32_t unit) {
  return {columns.vectors,
          columns.input_stride / unit,
          columns.output_stride / unit,
          static_cast<std::uint32_t>(factored.runs.size()),
          factored.runs.data(),
          places,
          factored.values.data()};
}

// Applies a level, or its adjoint, to neighbouring blocks. `before` holds the data below the level and
// `after` those above it; they are the same where it works in place.
template <typename Real>
void apply_level(const ChainProgram<Real>& program, const typename ChainProgram<Real>::Level& level,
                 const Kernels<Real>& kernels, Real* before, Real* after, std::size_t blocks, bool adjoint) {
  const std::size_t stride = level.block * program.slot_numbers();
  const int side = adjoint ? 1 : 0;
  if (level.is_symmetric_four) kernels.symmetric_four[side](before, blocks);
  for (const auto& group : level.butterflies) {
    const ButterflyView<Real> view{group.count(), group.slots.data(),
                                   group.twiddles.empty() ? nullptr : group.twiddles.data(), group.radix,
                                   group.circle.data()};
    if (!program.complex) {
      (group.radix == 1 ? kernels.real_scale : kernels.real_two)(view, before, blocks, stride);
    } else if (group.radix == 1) {
      kernels.scale[side](view, before, blocks, stride);
    } else if (group.radix == 2) {
      kernels.two[side][static_cast<int>(group.twiddle)](view, before, blocks, stride);
    } else {
      kernels.odd[side][odd_radix_index(group.radix)](view, before, blocks, stride);
    }
  }
  for (const auto& factored : level.factored) {
    for (const auto& columns : factored.columns) {
      kernels.factored[side](factored_view<Real>(factored, columns, columns.places.data(), 1), before, after,
                             blocks, stride);
    }
  }
  for (const auto& panel : adjoint ? level.adjoint : level.forward) {
    if (panel.is_dense()) {
      const auto& columns = panel.columns.front();
      const DenseView<Real> view{static_cast<std::uint32_t>(panel.sizes.size()), panel.sizes.data(),
                                 columns.sources.data(), columns.targets.data(), panel.values.data()};
      for (std::size_t block = 0; block < blocks; ++block) {
        kernels.dense[program.complex ? 1 : 0](view, (adjoint ? after : before) + block * stride,
                                               (adjoint ? before : after) + block * stride);
      }
      continue;
    }
    for (const auto& columns : panel.columns) {
      const PanelView<Real> view{panel.rows,
                                 columns.vectors,
                                 columns.input_stride,
                                 columns.output_stride,
                                 panel.row_begin.data(),
                                 columns.sources.data(),
                                 panel.values.data(),
                                 columns.targets.data()};
      (program.complex ? kernels.complex_panel : kernels.real_panel)(
          view, adjoint ? after : before, adjoint ? before : after, blocks, stride);
    }
  }
}

}  // namespace peterweyl
