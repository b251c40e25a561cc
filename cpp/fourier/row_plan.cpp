#include "fourier/row_plan.hpp"

#include <algorithm>
#include <utility>

#include "fourier/level_kernels.hpp"

namespace peterweyl {
namespace {

constexpr std::size_t kCacheBytes = std::size_t{3}
                                    << 18;  // of the planes of a block that is finished at once

}  // namespace

template <typename Real>
RowPlan<Real>::RowPlan(std::shared_ptr<const ChainProgram<Real>> program, InstructionSet set)
    : program_(std::move(program)),
      kernels_(&kernels<Real>(set)),
      row_kernels_(&row_kernels<Real>(set)),
      buffer_after_(buffer_parities(*program_)) {
  const std::size_t depth = program_->levels.size();
  // What works on whole slots stays below the turn.
  turn_ = depth > 0 && program_->levels[0].is_symmetric_four ? 1 : 0;
  cycles_ = estimated_cycles(turn_);
  for (std::size_t turn = turn_ + 1; turn <= depth; ++turn) {
    if (2 * program_->levels[turn - 1].block * program_->slot_numbers() * sizeof(Real) > kCacheBytes) break;
    const double cycles = estimated_cycles(turn);
    if (cycles < cycles_) {
      cycles_ = cycles;
      turn_ = turn;
    }
  }
  cached_depth_ = turn_;
  const std::size_t parts = program_->complex ? 2 : 1;
  while (cached_depth_ < depth &&
         2 * parts * program_->levels[cached_depth_].block * sizeof(Real) <= kCacheBytes) {
    ++cached_depth_;
  }
  is_turned_ = true;
  const std::uint32_t* slot = program_->coefficients.data();
  for (const std::uint32_t d : program_->degrees) {
    for (std::uint32_t k = 0; k < d * d; ++k) is_turned_ &= slot[k] == slot[0] + k % d * d + k / d;
    slot += std::size_t{d} * d;
  }
  const std::size_t block = lower_block();
  const std::size_t cached_block = cached_depth_ == 0 ? 1 : program_->levels[cached_depth_ - 1].block;
  constexpr std::size_t kRows = kLanes<Real>;
  for (std::size_t end = cached_block; turn_ > 0 && end <= program_->order; end += cached_block) {
    for (std::size_t first = end - cached_block; first < end; first += kRows * block) {
      for (std::size_t s = 0; s < block; ++s) {
        for (std::size_t at = first + s; at < std::min(end, first + kRows * block); at += block) {
          gathered_.push_back(program_->elements[at]);
        }
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
    for (const auto& factored : level.factored) {
      forward.places.emplace_back();
      for (const auto& columns : factored.columns) forward.places.back().push_back(scaled(columns.places));
    }
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
  for (const auto& factored : level.factored) {
    double each = 0;
    for (const BlockRun& run : factored.runs) each += run.count * run.size * (run.size + 2.5);
    for (const auto& columns : factored.columns) {
      const bool line = columns.input_stride == program_->slot_numbers() &&
                        columns.output_stride == program_->slot_numbers();
      cycles += each * static_cast<double>(line ? (columns.vectors + kRows - 1) / kRows : columns.vectors);
    }
  }
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

// Some cosets' elements through the lower levels to the plane of the turn; slots are counted by `first`.
template <typename Real>
void RowPlan<Real>::load(const Real* input, std::ptrdiff_t stride, bool complex_input, const Buffers& buffers,
                         std::size_t first, std::size_t count) const {
  constexpr std::size_t kRows = kLanes<Real>;
  Real* plane = buffers.plane[buffer_after_[turn_]];
  Real* imaginary = plane + plane_size();
  const bool complex = program_->complex;
  if (turn_ == 0) {
    for (std::size_t s = first; s < first + count; ++s) {
      const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(program_->elements[s]) * stride;
      plane[s] = input[at];
      if (complex) imaginary[s] = complex_input ? input[at + 1] : Real{0};
    }
    return;
  }
  const std::size_t block = lower_block();
  const std::size_t slot_numbers = program_->slot_numbers();
  const std::uint32_t* element = gathered_.data() + first;
  for (const std::size_t end = first + count; first < end; first += kRows * block) {
    const std::size_t lanes = std::min(kRows, (end - first) / block);
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
      slot += slot_numbers;
    }
    apply_lower(buffers, false);
    const Real* done = buffers.slot[buffer_after_[turn_]];
    const TurnShape shape{block, lanes, slot_numbers, block};
    row_kernels_->turn(shape, done, plane + first);
    if (complex) row_kernels_->turn(shape, done + kRows, imaginary + first);
  }
}

// The reverse: the plane of the turn through the adjoints of the lower levels to the elements.
template <typename Real>
void RowPlan<Real>::store(Real* output, std::ptrdiff_t stride, bool complex_output, const Buffers& buffers,
                          std::size_t first, std::size_t count) const {
  constexpr std::size_t kRows = kLanes<Real>;
  const Real* plane = buffers.plane[buffer_after_[turn_]];
  const Real* imaginary = plane + plane_size();
  const bool complex = program_->complex;
  if (turn_ == 0) {
    for (std::size_t s = first; s < first + count; ++s) {
      const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(program_->elements[s]) * stride;
      output[at] = plane[s];
      if (complex && complex_output) output[at + 1] = imaginary[s];
    }
    return;
  }
  const std::size_t block = lower_block();
  const std::size_t slot_numbers = program_->slot_numbers();
  const std::uint32_t* element = gathered_.data() + first;
  for (const std::size_t end = first + count; first < end; first += kRows * block) {
    const std::size_t lanes = std::min(kRows, (end - first) / block);
    Real* slot = buffers.slot[buffer_after_[turn_]];
    const TurnShape shape{lanes, block, block, slot_numbers};
    row_kernels_->turn(shape, plane + first, slot);
    if (complex) row_kernels_->turn(shape, imaginary + first, slot + kRows);
    for (std::size_t s = 0; lanes < kRows && s < block; ++s) {
      std::fill(slot + s * slot_numbers + lanes, slot + s * slot_numbers + kRows, Real{0});
      if (complex) std::fill(slot + s * slot_numbers + kRows + lanes, slot + (s + 1) * slot_numbers, Real{0});
    }
    apply_lower(buffers, true);
    const Real* done = buffers.slot[0];
    for (std::size_t s = 0; s < block; ++s) {
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(element[lane]) * stride;
        output[at] = done[lane];
        if (complex && complex_output) output[at + 1] = done[kRows + lane];
      }
      element += lanes;
      done += slot_numbers;
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
void RowPlan<Real>::apply_upper(std::size_t depth, const Buffers& buffers, std::size_t first,
                                std::size_t count, bool adjoint) const {
  const auto& level = program_->levels[depth];
  const std::size_t blocks = count / level.block;
  const std::size_t plane = plane_size();
  Real* before = buffers.plane[buffer_after_[depth]] + first;
  Real* after = buffers.plane[buffer_after_[depth + 1]] + first;
  const int side = adjoint ? 1 : 0;
  const UpperLevel& upper = (adjoint ? upper_adjoint_ : upper_)[depth - turn_];
  if (level.in_place()) {
    const UpperLevel& places = upper_[depth - turn_];
    for (std::size_t g = 0; g < level.butterflies.size(); ++g) {
      const auto& group = level.butterflies[g];
      const ButterflyView<Real> view{group.count(), places.slots[g].data(),
                                     group.twiddles.empty() ? nullptr : group.twiddles.data(), group.radix,
                                     group.circle.data()};
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
  const auto unit = static_cast<std::uint32_t>(program_->slot_numbers());
  for (std::size_t f = 0; f < level.factored.size(); ++f) {
    const auto& factored = level.factored[f];
    for (std::size_t c = 0; c < factored.columns.size(); ++c) {
      const FactoredView<Real> view =
          factored_view<Real>(factored, factored.columns[c], upper_[depth - turn_].places[f][c].data(), unit);
      kernels_->line_factored[side](view, before, after, blocks, level.block);
    }
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
template <typename Bottom>
void RowPlan<Real>::descend(const Buffers& buffers, std::size_t depth, std::size_t first, bool adjoint,
                            const Bottom& bottom) const {
  const std::size_t size = depth == 0 ? 1 : program_->levels[depth - 1].block;
  if (depth <= cached_depth_) {
    if (!adjoint) bottom(first, size);
    for (std::size_t k = turn_; k < depth; ++k) {
      apply_upper(adjoint ? depth - 1 - (k - turn_) : k, buffers, first, size, adjoint);
    }
    if (adjoint) bottom(first, size);
    return;
  }
  if (adjoint) apply_upper(depth - 1, buffers, first, size, true);
  const std::size_t part = program_->levels[depth - 2].block;
  for (std::size_t at = first; at < first + size; at += part) {
    descend(buffers, depth - 1, at, adjoint, bottom);
  }
  if (!adjoint) apply_upper(depth - 1, buffers, first, size, false);
}

// Smaller blocks are copied entry by entry in less time than a call of a kernel takes.
constexpr std::size_t kSmallestSquare = 3;

// The plane of the last level to the packed coefficients.
template <typename Real>
void RowPlan<Real>::write_spectrum(const Buffers& buffers, std::span<const Real> weights, bool has_imaginary,
                                   Real* output, std::ptrdiff_t stride) const {
  const Real* plane = buffers.plane[buffer_after_.back()];
  const Real* imaginary = has_imaginary ? plane + plane_size() : nullptr;
  const std::uint32_t* slot = program_->coefficients.data();
  for (std::size_t r = 0; r < program_->degrees.size(); ++r) {
    const std::size_t d = program_->degrees[r];
    if (is_turned_ && stride == 2 && d >= kSmallestSquare) {
      row_kernels_->turn_to_complex({d, d, d, d}, plane + *slot, has_imaginary ? imaginary + *slot : nullptr,
                                    weights[r], output);
      slot += d * d;
      output += 2 * d * d;
      continue;
    }
    for (const std::uint32_t* end = slot + d * d; slot != end; ++slot, output += stride) {
      output[0] = weights[r] * plane[*slot];
      output[1] = has_imaginary ? weights[r] * imaginary[*slot] : Real{0};
    }
  }
}

template <typename Real>
void RowPlan<Real>::read_spectrum(const Buffers& buffers, std::span<const Real> weights, const Real* input,
                                  std::ptrdiff_t stride) const {
  Real* plane = buffers.plane[buffer_after_.back()];
  Real* imaginary = plane + plane_size();
  const std::uint32_t* slot = program_->coefficients.data();
  for (std::size_t r = 0; r < program_->degrees.size(); ++r) {
    const std::size_t d = program_->degrees[r];
    if (is_turned_ && stride == 2 && d >= kSmallestSquare) {
      row_kernels_->turn_from_complex({d, d, d, d}, input, weights[r], plane + *slot, imaginary + *slot);
      slot += d * d;
      input += 2 * d * d;
      continue;
    }
    for (const std::uint32_t* end = slot + d * d; slot != end; ++slot, input += stride) {
      plane[*slot] = weights[r] * input[0];
      imaginary[*slot] = weights[r] * input[1];
    }
  }
}

// A complex row of a real program is two real ones: the same memory, with the other plane first.
template <typename Real>
void RowPlan<Real>::to_coefficients(const Real* input, std::ptrdiff_t stride, bool complex_input,
                                    const Buffers& memory) const {
  if (is_staged() && input != memory.staged) {
    const std::size_t width = complex_input ? 2 : 1;
    const bool dense = stride == static_cast<std::ptrdiff_t>(width);
    if (dense) std::copy_n(input, program_->order * width, memory.staged);
    for (std::size_t g = 0; !dense && g < program_->order; ++g) {
      const Real* source = input + static_cast<std::ptrdiff_t>(g) * stride;
      for (std::size_t k = 0; k < width; ++k) memory.staged[g * width + k] = source[k];
    }
    input = memory.staged;
    stride = static_cast<std::ptrdiff_t>(width);
  }
  const int passes = !program_->complex && complex_input ? 2 : 1;
  for (int pass = 0; pass < passes; ++pass) {
    Buffers part = memory;
    for (Real*& plane : part.plane) plane += pass == 0 ? 0 : plane_size();
    descend(part, program_->levels.size(), 0, false, [&](std::size_t first, std::size_t count) {
      load(input + pass, stride, complex_input, part, first, count);
    });
  }
}

template <typename Real>
void RowPlan<Real>::from_coefficients(Real* output, std::ptrdiff_t stride, bool complex_output,
                                      const Buffers& memory) const {
  const std::ptrdiff_t width = complex_output ? 2 : 1;
  Real* target = is_staged() ? memory.staged : output;
  const std::ptrdiff_t target_stride = is_staged() ? width : stride;
  const int passes = program_->complex || !complex_output ? 1 : 2;
  for (int pass = 0; pass < passes; ++pass) {
    Buffers part = memory;
    for (Real*& plane : part.plane) plane += pass == 0 ? 0 : plane_size();
    descend(part, program_->levels.size(), 0, true, [&](std::size_t first, std::size_t count) {
      store(target + pass, target_stride, complex_output, part, first, count);
    });
  }
  if (!is_staged()) return;
  const auto order = static_cast<std::ptrdiff_t>(program_->order);
  if (stride == width) {
    std::copy_n(memory.staged, order * width, output);
    return;
  }
  for (std::ptrdiff_t g = 0; g < order; ++g)
    std::copy_n(memory.staged + g * width, width, output + g * stride);
}

template <typename Real>
void RowPlan<Real>::forward(const Real* input, std::ptrdiff_t input_stride, bool complex_input, Real* output,
                            std::ptrdiff_t output_stride, std::span<const Real> weights,
                            std::byte* scratch) const {
  const Buffers memory = buffers(scratch);
  to_coefficients(input, input_stride, complex_input, memory);
  write_spectrum(memory, weights, program_->complex || complex_input, output, output_stride);
}

template <typename Real>
void RowPlan<Real>::adjoint(const Real* input, std::ptrdiff_t input_stride, Real* output,
                            std::ptrdiff_t output_stride, std::span<const Real> weights,
                            std::byte* scratch) const {
  const Buffers memory = buffers(scratch);
  read_spectrum(memory, weights, input, input_stride);
  from_coefficients(output, output_stride, true, memory);
}

template class RowPlan<float>;
template class RowPlan<double>;

}  // namespace peterweyl
