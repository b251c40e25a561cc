// Products of small matrices in place; see factored_levels.hpp for what they are for and simd_values.hpp for
// how this is compiled.
#pragma once

#include "fourier/simd_values.hpp"

namespace peterweyl::PETERWEYL_ISA {

// One register of each number; kSize 0 is any size, and the first `length` lanes are written if not all.
template <int kSize, bool kAdjoint, bool kWhole, typename Real>
PETERWEYL_INLINE void apply_blocks(const BlockRun& run, const std::uint32_t* places, const Real* values,
                                   Real* before, Real* after, int length) {
  const std::uint32_t size = kSize == 0 ? run.size : static_cast<std::uint32_t>(kSize);
  Line<Real> x[kSize == 0 ? kLargestBlock : kSize];
  for (std::uint32_t block = 0; block < run.count; ++block) {
    const auto address = [&](std::uint32_t k, bool outside) {
      return outside && k < run.fresh ? before + places[size + k] : after + places[k];
    };
    for (std::uint32_t k = 0; k < size; ++k) x[k] = Line<Real>::load(address(k, !kAdjoint));
    for (std::uint32_t r = 0; r < size; ++r) {
      const auto value = [&](std::uint32_t c) {
        return kAdjoint ? values[c * size + r] : values[r * size + c];
      };
      Line<Real> sum = x[0].times(value(0));
      for (std::uint32_t c = 1; c < size; ++c) sum.add_product(value(c), x[c]);
      if constexpr (kWhole) {
        sum.store(address(r, kAdjoint));
      } else {
        sum.store(address(r, kAdjoint), length);
      }
    }
    places += size + run.fresh;
    values += size * size;
  }
}

template <bool kAdjoint, bool kWhole, typename Real>
void apply_runs(const FactoredView<Real>& view, Real* before, Real* after, int length) {
  const std::uint32_t* places = view.places;
  const Real* values = view.values;
  if (kAdjoint) {
    for (std::uint32_t k = 0; k < view.run_count; ++k) {
      places += view.runs[k].count * (view.runs[k].size + view.runs[k].fresh);
      values += view.runs[k].count * view.runs[k].size * view.runs[k].size;
    }
  }
  for (std::uint32_t k = 0; k < view.run_count; ++k) {
    const BlockRun& run = view.runs[kAdjoint ? view.run_count - 1 - k : k];
    const std::uint32_t steps = run.count * (run.size + run.fresh);
    const std::uint32_t factors = run.count * run.size * run.size;
    if (kAdjoint) {
      places -= steps;
      values -= factors;
    }
    constexpr bool kCompact = kWhole || kMaskedStores;  // elsewhere code for a part of a register is long
    if (kCompact && run.size == 2) {
      apply_blocks<2, kAdjoint, kWhole>(run, places, values, before, after, length);
    } else if (kCompact && run.size == 3) {
      apply_blocks<3, kAdjoint, kWhole>(run, places, values, before, after, length);
    } else if (kCompact && run.size == 4) {
      apply_blocks<4, kAdjoint, kWhole>(run, places, values, before, after, length);
    } else {
      apply_blocks<0, kAdjoint, kWhole>(run, places, values, before, after, length);
    }
    if (!kAdjoint) {
      places += steps;
      values += factors;
    }
  }
}

template <bool kAdjoint, typename Real>
void apply_factored(const FactoredView<Real>& view, Real* before, Real* after, std::size_t blocks,
                    std::size_t stride) {
  for (std::size_t block = 0; block < blocks; ++block) {
    for (std::uint32_t v = 0; v < view.vectors; ++v) {
      for (std::size_t part = 0; part < kLanes<Real>; part += kWidth<Real>) {
        apply_runs<kAdjoint, true>(view, before + block * stride + v * view.input_stride + part,
                                   after + block * stride + v * view.output_stride + part, 0);
      }
    }
  }
}

template <bool kAdjoint, typename Real>
void apply_factored_lines(const FactoredView<Real>& view, Real* before, Real* after, std::size_t blocks,
                          std::size_t stride) {
  const bool is_line = view.input_stride == 1 && view.output_stride == 1;
  const auto length = static_cast<int>(view.vectors);
  for (std::size_t block = 0; block < blocks; ++block, before += stride, after += stride) {
    Real* source = before;
    Real* target = after;
    for (int done = 0; done < length;) {
      const int used = is_line ? length - done : 1;
      if (used >= kWidth<Real>) {
        apply_runs<kAdjoint, true>(view, source, target, 0);
      } else {
        apply_runs<kAdjoint, false>(view, source, target, used);
      }
      const int step = used >= kWidth<Real> ? kWidth<Real> : used;
      done += step;
      source += is_line ? static_cast<std::size_t>(step) : view.input_stride;
      target += is_line ? static_cast<std::size_t>(step) : view.output_stride;
    }
  }
}

}  // namespace peterweyl::PETERWEYL_ISA
