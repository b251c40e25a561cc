#include "fourier/chain_plan.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "fourier/level_kernels.hpp"
#include "fourier/scratch_memory.hpp"
#include "support/parallel_for.hpp"
#include "support/random.hpp"

namespace peterweyl {
namespace {

thread_local ScratchMemory scratch;
thread_local ScratchMemory weight_scratch;

constexpr std::size_t kLargestTileBytes = std::size_t{1} << 20;
constexpr std::size_t kCacheBytes = std::size_t{1} << 19;  // of the two buffers of a block run breadth first

}  // namespace

template <typename Real>
ChainPlan<Real>::ChainPlan(ChainProgram<Real> program, InstructionSet set)
    : program_(std::make_shared<const ChainProgram<Real>>(std::move(program))),
      kernels_(&kernels<Real>(set)),
      row_kernels_(&row_kernels<Real>(set)),
      product_kernels_(&product_kernels<Real>(set)),
      buffer_after_(buffer_parities(*program_)),
      row_plan_(program_, set) {
  const std::size_t slot_bytes = program_->slot_numbers() * sizeof(Real);
  element_slots_.resize(program_->order);
  for (std::size_t s = 0; s < program_->order; ++s) {
    element_slots_[program_->elements[s]] = static_cast<std::uint32_t>(s * program_->slot_numbers());
  }
  for (const std::uint32_t slot : program_->coefficients) {
    coefficient_slots_.push_back(static_cast<std::uint32_t>(slot * program_->slot_numbers()));
  }
  // Of a whole tile, in the units of RowPlan.
  tile_cycles_ = static_cast<double>(program_->order * kLanes<Real>) * (program_->complex ? 6.0 : 3.0);
  for (const Level& level : program_->levels) {
    tile_cycles_ += static_cast<double>(program_->order / level.block) *
                    (level.operations + (program_->complex ? 4.0 : 2.0) * static_cast<double>(level.block));
  }
  while (leaf_depth_ < program_->levels.size() &&
         (leaf_depth_ == 0 || 2 * program_->levels[leaf_depth_].block * slot_bytes <= kCacheBytes)) {
    ++leaf_depth_;
  }
  find_pairs();
}

template <typename Real>
void ChainPlan<Real>::find_pairs() {
  const std::size_t order = program_->order;
  if (!program_->complex) return;
  constexpr std::size_t kFunctions = 3;
  Random random(order);
  std::vector<Real> functions(kFunctions * order);
  for (Real& x : functions) x = static_cast<Real>(random.normal());
  std::vector<Complex> spectra(functions.size());
  const auto row = static_cast<std::ptrdiff_t>(order);
  forward(StridedRows<const Real>{functions.data(), kFunctions, 1, row, 0, 1},
          StridedRows<Complex>{spectra.data(), kFunctions, 1, row, 0, 1},
          std::vector<Real>(program_->degrees.size(), Real{1}), 1, {});
  pairs_ = conjugate_pairs<Real>(spectra, order);
  for (const std::uint32_t entry : pairs_.entries) pair_slots_.push_back(coefficient_slots_[entry]);
}

// Forward: elements into slots. Adjoint: slots into elements.
template <typename Real>
void ChainPlan<Real>::load(const Tile& tile, std::size_t first, std::size_t count, Real* buffer) const {
  constexpr std::size_t kRows = Tile::kRows;
  if (tile.input_is_dense) return;  // done before, for all blocks
  Real* slot = buffer + first * program_->slot_numbers();
  for (std::size_t s = first; s < first + count; ++s) {
    const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(program_->elements[s]) * tile.input_stride;
    for (std::size_t lane = 0; lane < kRows; ++lane) slot[lane] = tile.input[lane][at];
    slot += kRows;
    if (!tile.complex_slots) continue;
    if (tile.real_input) {
      for (std::size_t lane = 0; lane < kRows; ++lane) slot[lane] = 0;
    } else {
      for (std::size_t lane = 0; lane < kRows; ++lane) slot[lane] = tile.input[lane][at + 1];
    }
    slot += kRows;
  }
}

template <typename Real>
void ChainPlan<Real>::store(const Tile& tile, std::size_t first, std::size_t count,
                            const Real* buffer) const {
  constexpr std::size_t kRows = Tile::kRows;
  if (tile.output_is_dense) return;  // done later, for all blocks
  const Real* slot = buffer + first * program_->slot_numbers();
  for (std::size_t s = first; s < first + count; ++s) {
    const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(program_->elements[s]) * tile.output_stride;
    for (std::size_t lane = 0; lane < tile.rows; ++lane) tile.output[lane][at] = slot[lane];
    slot += kRows;
    if (!tile.complex_slots) continue;
    for (std::size_t lane = 0; lane < tile.rows && !tile.real_output; ++lane)
      tile.output[lane][at + 1] = slot[lane];
    slot += kRows;
  }
}

// Applies level `depth` (counted from 0) to neighbouring blocks of it.
template <typename Real>
void ChainPlan<Real>::apply(const Tile& tile, std::size_t depth, std::size_t first,
                            std::size_t blocks) const {
  const std::size_t base = first * program_->slot_numbers();
  apply_level(*program_, program_->levels[depth], *kernels_, tile.buffers[buffer_after_[depth]] + base,
              tile.buffers[buffer_after_[depth + 1]] + base, blocks, tile.adjoint);
}

// The first `depth` levels on one block of the last of them (forward), or their adjoints in reverse.
template <typename Real>
void ChainPlan<Real>::descend(const Tile& tile, std::size_t depth, std::size_t first) const {
  const std::size_t size = depth == 0 ? 1 : program_->levels[depth - 1].block;
  if (depth <= leaf_depth_) {
    if (!tile.adjoint) load(tile, first, size, tile.buffers[0]);
    for (std::size_t k = 0; k < depth; ++k) {
      const std::size_t level = tile.adjoint ? depth - 1 - k : k;
      apply(tile, level, first, size / program_->levels[level].block);
    }
    if (tile.adjoint) store(tile, first, size, tile.buffers[0]);
    return;
  }
  if (tile.adjoint) apply(tile, depth - 1, first, 1);
  const std::size_t part = program_->levels[depth - 2].block;
  for (std::size_t offset = 0; offset < size; offset += part) descend(tile, depth - 1, first + offset);
  if (!tile.adjoint) apply(tile, depth - 1, first, 1);
}

// Elements to the coefficients in the buffer of the last level.
template <typename Real>
void ChainPlan<Real>::to_coefficients(const Tile& tile) const {
  if (tile.input_is_dense) {
    const RowKind kind = tile.real_input ? RowKind::kReal : tile.row_kind();
    row_kernels_->load({kind, tile.complex_slots, program_->order, element_slots_.data(), nullptr},
                       tile.input_row, tile.buffers[0]);
  }
  descend(tile, program_->levels.size(), 0);
}

// The reverse, by the adjoints of the levels.
template <typename Real>
void ChainPlan<Real>::from_coefficients(const Tile& tile) const {
  descend(tile, program_->levels.size(), 0);
  if (tile.output_is_dense) {
    const RowKind kind = tile.real_output ? RowKind::kReal : tile.row_kind();
    row_kernels_->store({kind, tile.complex_slots, program_->order, element_slots_.data(), nullptr},
                        tile.output_row, tile.row_count(), tile.buffers[0]);
  }
}

template <typename Real>
void ChainPlan<Real>::run_forward(const Tile& tile) const {
  constexpr std::size_t kRows = Tile::kRows;
  to_coefficients(tile);
  if (tile.output_is_dense) {
    const RowKind kind = tile.real_input && !tile.complex_slots ? RowKind::kRealPart : tile.row_kind();
    row_kernels_->store(
        {kind, tile.complex_slots, program_->order, coefficient_slots_.data(), tile.entry_weights},
        tile.output_row, tile.row_count(), tile.buffers[buffer_after_.back()]);
    return;
  }
  const Real* buffer = tile.buffers[buffer_after_.back()];
  const std::size_t size = program_->slot_numbers();
  for (std::size_t e = 0; e < program_->order; ++e) {
    const Real* slot = buffer + program_->coefficients[e] * size;
    const Real weight = tile.entry_weights == nullptr ? Real{1} : tile.entry_weights[e];
    const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(e) * tile.output_stride;
    for (std::size_t lane = 0; lane < tile.rows; ++lane) tile.output[lane][at] = weight * slot[lane];
    if (tile.complex_slots) {
      for (std::size_t lane = 0; lane < tile.rows; ++lane) {
        tile.output[lane][at + 1] = weight * slot[kRows + lane];
      }
    } else if (tile.real_input) {
      for (std::size_t lane = 0; lane < tile.rows; ++lane) tile.output[lane][at + 1] = 0;
    }
  }
}

// The rows of the tile are the real parts, the second ones the imaginary parts of complex rows.
template <typename Real>
void ChainPlan<Real>::run_pairs(const Tile& tile, const Real* const* second_input, Real* const* second_output,
                                std::size_t second_rows) const {
  const RowsView<Real> elements{RowKind::kReal, false, program_->order, element_slots_.data(), nullptr};
  row_kernels_->load(elements, tile.input_row, tile.buffers[0]);
  row_kernels_->load(elements, second_input, tile.buffers[0] + kLanes<Real>);
  descend(tile, program_->levels.size(), 0);
  Real* first = tile.buffers[buffer_after_.back()];
  Real* second = tile.buffers[1 - buffer_after_.back()];
  row_kernels_->separate({pair_slots_.size() / 2, pair_slots_.data(), pairs_.half_phases.data()}, first,
                         second);
  const RowsView<Real> spectrum{RowKind::kComplex, true, program_->order, coefficient_slots_.data(),
                                tile.entry_weights};
  row_kernels_->store(spectrum, tile.output_row, kLanes<Real>, first);
  row_kernels_->store(spectrum, second_output, second_rows, second);
}

template <typename Real>
void ChainPlan<Real>::run_adjoint(const Tile& tile) const {
  constexpr std::size_t kRows = Tile::kRows;
  Real* buffer = tile.buffers[buffer_after_.back()];
  const std::size_t size = program_->slot_numbers();
  if (tile.input_is_dense) {
    row_kernels_->load(
        {tile.row_kind(), tile.complex_slots, program_->order, coefficient_slots_.data(), tile.entry_weights},
        tile.input_row, buffer);
  } else {
    for (std::size_t e = 0; e < program_->order; ++e) {
      Real* slot = buffer + program_->coefficients[e] * size;
      const Real weight = tile.entry_weights == nullptr ? Real{1} : tile.entry_weights[e];
      const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(e) * tile.input_stride;
      for (std::size_t lane = 0; lane < kRows; ++lane) slot[lane] = weight * tile.input[lane][at];
      if (!tile.complex_slots) continue;
      for (std::size_t lane = 0; lane < kRows; ++lane) {
        slot[kRows + lane] = weight * tile.input[lane][at + 1];
      }
    }
  }
  from_coefficients(tile);
}

template <typename Real>
bool ChainPlan<Real>::has_two_buffers() const {
  return std::ranges::find(buffer_after_, 1) != buffer_after_.end();
}

template <typename Real>
bool ChainPlan<Real>::is_by_rows(std::size_t lanes) const {
  // Buffers of a tile that leave the second-level cache cost more than its lanes save, but for butterflies.
  const std::size_t buffer_bytes = program_->order * program_->slot_numbers() * sizeof(Real);
  const bool is_factored =
      std::ranges::any_of(program_->levels, [](const Level& level) { return !level.factored.empty(); });
  const std::size_t buffers = has_two_buffers() ? 2 : is_factored ? 1 : 0;
  const bool too_large = buffers * buffer_bytes > kLargestTileBytes;
  return too_large || static_cast<double>(lanes) * row_plan_.cycles() < tile_cycles_;
}

template <typename Real>
template <typename In>
void ChainPlan<Real>::run(const StridedRows<const In>& input, const StridedRows<Complex>& output,
                          std::span<const Real> weights, bool adjoint, unsigned workers,
                          const Interrupt& interrupt) const {
  constexpr std::size_t kRows = Tile::kRows;
  constexpr bool kRealInput = std::is_same_v<In, Real>;
  // Real programs work on the real and the imaginary parts of complex rows as on two rows.
  const std::size_t parts = program_->complex || kRealInput ? 1 : 2;
  const std::size_t rows = input.count();
  const bool paired =
      kRealInput && pairs_real_rows() && input.element_stride == 1 && output.element_stride == 1;
  const std::size_t rows_a_tile = paired ? 2 * kRows : kRows / parts;
  const std::size_t buffer_numbers = program_->order * program_->slot_numbers();
  const bool two_buffers = has_two_buffers();
  if (is_by_rows(paired ? (rows + 1) / 2 : rows * parts)) {
    const std::size_t together = paired ? 2 : 1;
    parallel_for((rows + together - 1) / together, workers, interrupt, [&](std::size_t piece) {
      const std::size_t r = piece * together;
      std::byte* memory = scratch.reserve(row_plan_.scratch_bytes());
      const auto* source = reinterpret_cast<const Real*>(input.row(r));
      auto* target = reinterpret_cast<Real*>(output.row(r));
      if (paired && r + 1 < rows) {
        const Real* sources[2] = {source, reinterpret_cast<const Real*>(input.row(r + 1))};
        Real* targets[2] = {target, reinterpret_cast<Real*>(output.row(r + 1))};
        row_plan_.forward_pair(sources, targets, weights, pairs_, memory);
      } else if (adjoint) {
        row_plan_.adjoint(source, input.element_stride * 2, target, output.element_stride * 2, weights,
                          memory);
      } else {
        row_plan_.forward(source, input.element_stride * (kRealInput ? 1 : 2), !kRealInput, target,
                          output.element_stride * 2, weights, memory);
      }
    });
    return;
  }
  const Real* entry_weights = nullptr;
  if (std::ranges::any_of(weights, [](Real weight) { return weight != 1; })) {
    auto* entries = reinterpret_cast<Real*>(weight_scratch.reserve(program_->order * sizeof(Real)));
    entry_weights = entries;
    for (std::size_t r = 0; r < weights.size(); ++r) {
      const std::size_t size = std::size_t{program_->degrees[r]} * program_->degrees[r];
      entries = std::fill_n(entries, size, weights[r]);
    }
  }
  parallel_for((rows + rows_a_tile - 1) / rows_a_tile, workers, interrupt, [&](std::size_t piece) {
    Tile tile;
    tile.adjoint = adjoint;
    tile.complex_slots = program_->complex;
    tile.real_input = kRealInput;
    const std::size_t first = piece * rows_a_tile;
    const std::size_t all_rows = std::min(rows_a_tile, rows - first) * parts;
    tile.rows = std::min(kRows, all_rows);
    for (std::size_t lane = 0; lane < kRows; ++lane) {
      const std::size_t used = lane < tile.rows ? lane : 0;
      tile.input[lane] = reinterpret_cast<const Real*>(input.row(first + used / parts)) + used % parts;
      tile.output[lane] = reinterpret_cast<Real*>(output.row(first + used / parts)) + used % parts;
    }
    for (std::size_t k = 0; k < kRows / parts; ++k) {
      const std::size_t lane = k < tile.row_count() ? k * parts : 0;
      tile.input_row[k] = tile.input[lane];
      tile.output_row[k] = tile.output[lane];
    }
    tile.input_stride = input.element_stride * (kRealInput ? 1 : 2);
    tile.output_stride = output.element_stride * 2;
    tile.input_is_dense = input.element_stride == 1;
    tile.output_is_dense = output.element_stride == 1;
    tile.entry_weights = entry_weights;
    std::byte* memory = scratch.reserve((two_buffers || paired ? 2 : 1) * buffer_numbers * sizeof(Real));
    tile.buffers[0] = reinterpret_cast<Real*>(memory);
    tile.buffers[1] = tile.buffers[0] + (two_buffers || paired ? buffer_numbers : 0);
    if (all_rows > kRows) {
      const Real* second_input[kRows];
      Real* second_output[kRows];
      for (std::size_t k = 0; k < kRows; ++k) {
        const std::size_t used = first + kRows + (kRows + k < all_rows ? k : 0);
        second_input[k] = reinterpret_cast<const Real*>(input.row(used));
        second_output[k] = reinterpret_cast<Real*>(output.row(used));
      }
      run_pairs(tile, second_input, second_output, all_rows - kRows);
      return;
    }
    if (adjoint) {
      run_adjoint(tile);
    } else {
      run_forward(tile);
    }
  });
}

template <typename Real>
void ChainPlan<Real>::forward(const StridedRows<const Complex>& input, const StridedRows<Complex>& output,
                              std::span<const Real> weights, unsigned workers,
                              const Interrupt& interrupt) const {
  run(input, output, weights, false, workers, interrupt);
}

template <typename Real>
void ChainPlan<Real>::forward(const StridedRows<const Real>& input, const StridedRows<Complex>& output,
                              std::span<const Real> weights, unsigned workers,
                              const Interrupt& interrupt) const {
  run(input, output, weights, false, workers, interrupt);
}

template <typename Real>
void ChainPlan<Real>::adjoint(const StridedRows<const Complex>& input, const StridedRows<Complex>& output,
                              std::span<const Real> weights, unsigned workers,
                              const Interrupt& interrupt) const {
  run(input, output, weights, true, workers, interrupt);
}

template class ChainPlan<float>;
template class ChainPlan<double>;

}  // namespace peterweyl
