#include "fourier/row_plan.hpp"

#include <algorithm>
#include <utility>

#include "fourier/level_kernels.hpp"

namespace peterweyl {

template <typename Real>
RowPlan<Real>::RowPlan(std::shared_ptr<const ChainProgram<Real>> program, InstructionSet set)
    : program_(std::move(program)), kernels_(&kernels<Real>(set)), buffer_after_(buffer_parities(*program_)) {
  const std::size_t depth = program_->levels.size();
  cycles_ = estimated_cycles(0);
  for (std::size_t turn = 1; turn <= depth; ++turn) {
    const double cycles = estimated_cycles(turn);
    if (cycles < cycles_) {
      cycles_ = cycles;
      turn_ = turn;
    }
  }
  const std::size_t block = lower_block();
  const std::size_t cosets = program_->order / block;
  constexpr std::size_t kRows = kLanes<Real>;
  for (std::size_t first = 0; turn_ > 0 && first < cosets; first += kRows) {
    for (std::size_t s = 0; s < block; ++s) {
      for (std::size_t lane = 0; lane < std::min(kRows, cosets - first); ++lane) {
        gathered_.push_back(program_->elements[(first + lane) * block + s]);
      }
    }
  }
  const auto scaled = [&](const std::vector<std::uint32_t>& numbers) {
    std::vector<std::uint32_t> result;
    result.reserve(numbers.size());
    for (const std::uint32_t x : numbers) {
      result.push_back(static_cast<std::uint32_t>(x / program_->slot_numbers()));
    }
    return result;
  };
  for (std::size_t k = turn_; k < depth; ++k) {
    const auto& level = program_->levels[k];
    UpperLevel forward;
    UpperLevel adjoint;
    for (const auto& group : level.butterflies) forward.slots.push_back(scaled(group.slots));
    for (const auto& [panels, target] :
         {std::pair(&level.forward, &forward), std::pair(&level.adjoint, &adjoint)}) {
      for (const auto& panel : *panels) {
        target->sources.emplace_back();
        target->targets.emplace_back();
        for (const auto& columns : panel.columns) {
          target->sources.back().push_back(scaled(columns.sources));
          target->targets.back().push_back(scaled(columns.targets));
        }
      }
    }
    upper_.push_back(std::move(forward));
    upper_adjoint_.push_back(std::move(adjoint));
  }
}

// Rough costs of this machine's generation: a register's load, product and addition take a cycle; single
// numbers about as much; each number moved between elements, slots and lines one and a half.
template <typename Real>
double RowPlan<Real>::upper_cycles(const typename Program::Level& level) const {
  const double parts = program_->complex ? 2 : 1;
  if (level.in_place()) return level.operations + 2.5 * parts * static_cast<double>(level.block);
  constexpr std::size_t kRows = kLanes<Real>;
  double cycles = 0;
  for (const auto& panel : level.forward) {
    const auto entries = static_cast<double>(panel.values.size()) / parts;
    if (panel.is_dense()) {
      cycles += entries / kRows * (program_->complex ? 4.0 : 1.2) + panel.rows * 3.0 * parts + 10.0;
      continue;
    }
    for (const auto& columns : panel.columns) {
      const bool line = columns.vectors > 1 && columns.input_stride == program_->slot_numbers() &&
                        columns.output_stride == program_->slot_numbers();
      const auto registers =
          static_cast<double>(line ? (columns.vectors + kRows - 1) / kRows : columns.vectors);
      cycles += registers * (entries * (program_->complex ? 4.0 : 1.2) + panel.rows * (line ? 6.0 : 3.0));
    }
  }
  return cycles;
}

template <typename Real>
double RowPlan<Real>::estimated_cycles(std::size_t turn) const {
  constexpr std::size_t kRows = kLanes<Real>;
  const double parts = program_->complex ? 2 : 1;
  const auto n = static_cast<double>(program_->order);
  double cycles = n * parts * (turn == 0 ? 3.0 : 5.0);
  if (turn > 0) {
    const std::size_t block = program_->levels[turn - 1].block;
    const std::size_t cosets = program_->order / block;
    const auto tiles = static_cast<double>((cosets + kRows - 1) / kRows);
    for (std::size_t k = 0; k < turn; ++k) {
      const auto& level = program_->levels[k];
      cycles += tiles * static_cast<double>(block / level.block) *
                (level.operations + 2 * parts * static_cast<double>(level.block));
    }
  }
  for (std::size_t k = turn; k < program_->levels.size(); ++k) {
    const auto& level = program_->levels[k];
    cycles += upper_cycles(level) * n / static_cast<double>(level.block);
  }
  return cycles;
}

// Rounded up so that planes begin on slots, with a slot to read past the end; an odd number of slots, so that
// real and imaginary parts do not fall on the same lines of the cache.
template <typename Real>
std::size_t RowPlan<Real>::plane_size() const {
  const std::size_t slots = (program_->order + kLanes<Real> - 1) / kLanes<Real> + 1;
  return (slots | 1) * kLanes<Real>;
}

template <typename Real>
std::size_t RowPlan<Real>::scratch_bytes() const {
  return (6 * plane_size() + 2 * lower_block() * program_->slot_numbers()) * sizeof(Real);
}

template <typename Real>
typename RowPlan<Real>::Buffers RowPlan<Real>::buffers(std::byte* scratch) const {
  Real* numbers = reinterpret_cast<Real*>(scratch);
  Real* slots = numbers + 6 * plane_size();
  return {{numbers, numbers + 2 * plane_size()},
          numbers + 4 * plane_size(),
          {slots, slots + lower_block() * program_->slot_numbers()}};
}

// Elements through the lower levels to the plane of the turn.
template <typename Real>
void RowPlan<Real>::load(const Real* input, std::ptrdiff_t stride, bool complex_input,
                         const Buffers& buffers) const {
  constexpr std::size_t kRows = kLanes<Real>;
  Real* plane = buffers.plane[buffer_after_[turn_]];
  Real* imaginary = plane + plane_size();
  const bool complex = program_->complex;
  if (turn_ == 0) {
    for (std::size_t s = 0; s < program_->order; ++s) {
      const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(program_->elements[s]) * stride;
      plane[s] = input[at];
      if (complex) imaginary[s] = complex_input ? input[at + 1] : Real{0};
    }
    return;
  }
  const std::size_t block = lower_block();
  const std::size_t cosets = program_->order / block;
  const std::uint32_t* element = gathered_.data();
  for (std::size_t first = 0; first < cosets; first += kRows) {
    const std::size_t lanes = std::min(kRows, cosets - first);
    Real* slot = buffers.slot[0];
    for (std::size_t s = 0; s < block; ++s) {
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(element[lane]) * stride;
        slot[lane] = input[at];
        if (complex) slot[kRows + lane] = complex_input ? input[at + 1] : Real{0};
      }
      // Lanes without a coset hold whatever they held, which may be anything but must be a number.
      for (std::size_t lane = lanes; lane < kRows; ++lane) {
        slot[lane] = 0;
        if (complex) slot[kRows + lane] = 0;
      }
      element += lanes;
      slot += program_->slot_numbers();
    }
    apply_lower(buffers, false);
    const Real* done = buffers.slot[buffer_after_[turn_]];
    for (std::size_t s = 0; s < block; ++s) {
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        plane[(first + lane) * block + s] = done[lane];
        if (complex) imaginary[(first + lane) * block + s] = done[kRows + lane];
      }
      done += program_->slot_numbers();
    }
  }
}

// The reverse: the plane of the turn through the adjoints of the lower levels to the elements.
template <typename Real>
void RowPlan<Real>::store(Real* output, std::ptrdiff_t stride, const Buffers& buffers) const {
  constexpr std::size_t kRows = kLanes<Real>;
  const Real* plane = buffers.plane[buffer_after_[turn_]];
  const Real* imaginary = plane + plane_size();
  const bool complex = program_->complex;
  if (turn_ == 0) {
    for (std::size_t s = 0; s < program_->order; ++s) {
      const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(program_->elements[s]) * stride;
      output[at] = plane[s];
      if (complex) output[at + 1] = imaginary[s];
    }
    return;
  }
  const std::size_t block = lower_block();
  const std::size_t cosets = program_->order / block;
  const std::uint32_t* element = gathered_.data();
  for (std::size_t first = 0; first < cosets; first += kRows) {
    const std::size_t lanes = std::min(kRows, cosets - first);
    Real* slot = buffers.slot[buffer_after_[turn_]];
    for (std::size_t s = 0; s < block; ++s) {
      for (std::size_t lane = 0; lane < kRows; ++lane) {
        const std::size_t at = (first + (lane < lanes ? lane : 0)) * block + s;
        slot[lane] = plane[at];
        if (complex) slot[kRows + lane] = imaginary[at];
      }
      slot += program_->slot_numbers();
    }
    apply_lower(buffers, true);
    const Real* done = buffers.slot[0];
    for (std::size_t s = 0; s < block; ++s) {
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(element[lane]) * stride;
        output[at] = done[lane];
        if (complex) output[at + 1] = done[kRows + lane];
      }
      element += lanes;
      done += program_->slot_numbers();
    }
  }
}

template <typename Real>
void RowPlan<Real>::apply_lower(const Buffers& buffers, bool adjoint) const {
  const std::size_t block = lower_block();
  for (std::size_t k = 0; k < turn_; ++k) {
    const std::size_t depth = adjoint ? turn_ - 1 - k : k;
    const auto& level = program_->levels[depth];
    apply_level(*program_, level, *kernels_, buffers.slot[buffer_after_[depth]],
                buffers.slot[buffer_after_[depth + 1]], block / level.block, adjoint);
  }
}

template <typename Real>
void RowPlan<Real>::apply_upper(std::size_t depth, const Buffers& buffers, bool adjoint) const {
  const auto& level = program_->levels[depth];
  const std::size_t blocks = program_->order / level.block;
  const std::size_t plane = plane_size();
  Real* before = buffers.plane[buffer_after_[depth]];
  Real* after = buffers.plane[buffer_after_[depth + 1]];
  const int side = adjoint ? 1 : 0;
  const UpperLevel& upper = (adjoint ? upper_adjoint_ : upper_)[depth - turn_];
  if (level.in_place()) {
    const UpperLevel& places = upper_[depth - turn_];
    for (std::size_t g = 0; g < level.butterflies.size(); ++g) {
      const auto& group = level.butterflies[g];
      const ButterflyView<Real> view{group.count(), places.slots[g].data(),
                                     group.twiddles.empty() ? nullptr : group.twiddles.data()};
      if (!program_->complex) {
        (group.radix == 1 ? kernels_->line_real_scale : kernels_->line_real_two)(view, before, plane, blocks,
                                                                                 level.block);
      } else if (group.radix == 1) {
        kernels_->line_scale[side](view, before, plane, blocks, level.block);
      } else if (group.radix == 2) {
        kernels_->line_two[side][static_cast<int>(group.twiddle)](view, before, plane, blocks, level.block);
      } else {
        kernels_->line_odd[side][odd_radix_index(group.radix)](view, before, plane, blocks, level.block);
      }
    }
    return;
  }
  const auto& panels = adjoint ? level.adjoint : level.forward;
  for (std::size_t p = 0; p < panels.size(); ++p) {
    if (panels[p].is_dense()) {
      const DenseView<Real> view{static_cast<std::uint32_t>(panels[p].sizes.size()), panels[p].sizes.data(),
                                 upper.sources[p].front().data(), upper.targets[p].front().data(),
                                 panels[p].values.data()};
      for (std::size_t block = 0; block < blocks; ++block) {
        kernels_->line_dense[program_->complex ? 1 : 0](
            view, (adjoint ? after : before) + block * level.block,
            (adjoint ? before : after) + block * level.block, plane);
      }
      continue;
    }
    for (std::size_t c = 0; c < panels[p].columns.size(); ++c) {
      const auto& columns = panels[p].columns[c];
      const auto apart = [&](std::uint32_t numbers) {
        return static_cast<std::uint32_t>(numbers / program_->slot_numbers());
      };
      const PanelView<Real> view{panels[p].rows,
                                 columns.vectors,
                                 apart(columns.input_stride),
                                 apart(columns.output_stride),
                                 panels[p].row_begin.data(),
                                 upper.sources[p][c].data(),
                                 panels[p].values.data(),
                                 upper.targets[p][c].data()};
      (program_->complex ? kernels_->complex_lines : kernels_->real_lines)(
          view, adjoint ? after : before, adjoint ? before : after, plane, blocks, level.block);
    }
  }
}

template <typename Real>
void RowPlan<Real>::forward(const Real* input, std::ptrdiff_t input_stride, bool complex_input, Real* output,
                            std::ptrdiff_t output_stride, std::span<const Real> weights,
                            std::byte* scratch) const {
  const Buffers memory = buffers(scratch);
  // A complex row of a real program is two real ones.
  const int passes = !program_->complex && complex_input ? 2 : 1;
  if (is_staged()) {
    const std::size_t width = complex_input ? 2 : 1;
    for (std::size_t g = 0; g < program_->order; ++g) {
      const Real* source = input + static_cast<std::ptrdiff_t>(g) * input_stride;
      for (std::size_t k = 0; k < width; ++k) memory.staged[g * width + k] = source[k];
    }
    input = memory.staged;
    input_stride = static_cast<std::ptrdiff_t>(width);
  }
  for (int pass = 0; pass < passes; ++pass) {
    load(input + pass, input_stride, complex_input, memory);
    for (std::size_t depth = turn_; depth < program_->levels.size(); ++depth)
      apply_upper(depth, memory, false);
    const Real* plane = memory.plane[buffer_after_.back()];
    const Real* imaginary = plane + plane_size();
    Real* target = output + pass;
    const std::uint32_t* slot = program_->coefficients.data();
    for (std::size_t r = 0; r < program_->degrees.size(); ++r) {
      const Real weight = weights[r];
      const std::uint32_t* end = slot + std::size_t{program_->degrees[r]} * program_->degrees[r];
      for (; slot != end; ++slot, target += output_stride) {
        target[0] = weight * plane[*slot];
        if (program_->complex) {
          target[1] = weight * imaginary[*slot];
        } else if (!complex_input) {
          target[1] = 0;
        }
      }
    }
  }
}

template <typename Real>
void RowPlan<Real>::adjoint(const Real* input, std::ptrdiff_t input_stride, Real* output,
                            std::ptrdiff_t output_stride, std::span<const Real> weights,
                            std::byte* scratch) const {
  const Buffers memory = buffers(scratch);
  const int passes = program_->complex ? 1 : 2;
  for (int pass = 0; pass < passes; ++pass) {
    Real* plane = memory.plane[buffer_after_.back()];
    Real* imaginary = plane + plane_size();
    const Real* source = input + pass;
    const std::uint32_t* slot = program_->coefficients.data();
    for (std::size_t r = 0; r < program_->degrees.size(); ++r) {
      const Real weight = weights[r];
      const std::uint32_t* end = slot + std::size_t{program_->degrees[r]} * program_->degrees[r];
      for (; slot != end; ++slot, source += input_stride) {
        plane[*slot] = weight * source[0];
        if (program_->complex) imaginary[*slot] = weight * source[1];
      }
    }
    for (std::size_t depth = program_->levels.size(); depth > turn_; --depth) {
      apply_upper(depth - 1, memory, true);
    }
    if (is_staged()) {
      store(memory.staged + pass, 2, memory);
    } else {
      store(output + pass, output_stride, memory);
    }
  }
  for (std::size_t g = 0; is_staged() && g < program_->order; ++g) {
    Real* target = output + static_cast<std::ptrdiff_t>(g) * output_stride;
    target[0] = memory.staged[2 * g];
    target[1] = memory.staged[2 * g + 1];
  }
}

template class RowPlan<float>;
template class RowPlan<double>;

}  // namespace peterweyl
