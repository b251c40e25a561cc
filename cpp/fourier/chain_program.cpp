#include "fourier/chain_program.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

#include "arithmetic/roots_of_unity.hpp"
#include "fourier/factored_levels.hpp"
#include "fourier/first_levels.hpp"
#include "fourier/fourier_pieces.hpp"
#include "fourier/level_matrix.hpp"
#include "fourier/prime_dft.hpp"

namespace peterweyl {
namespace {

using Complex = std::complex<double>;

template <typename Real>
class Compiler {
 public:
  Compiler(const AdaptedIrreps& irreps, const Interrupt& interrupt) : irreps_(irreps), interrupt_(interrupt) {
    program_.order = irreps.order();
    program_.complex = !irreps.is_real();
    program_.elements.assign(irreps.elements.begin(), irreps.elements.end());
    slot_ = {0};
    phase_ = {1.0};
    offsets_ = {0, 1};
  }

  ChainProgram<Real> run() {
    for (std::size_t k = 1; k < irreps_.levels.size(); ++k) {
      add_level(irreps_.levels[k], irreps_.levels[k - 1]);
      merge_first_levels(program_, std::span(slot_));
    }
    apply_phases();
    program_.coefficients = slot_;
    for (const AdaptedIrrep& irrep : irreps_.irreps()) program_.degrees.push_back(irrep.degree);
    return std::move(program_);
  }

 private:
  using Level = typename ChainProgram<Real>::Level;
  using Panel = typename ChainProgram<Real>::Panel;
  using Factored = typename ChainProgram<Real>::Factored;
  using Butterflies = typename ChainProgram<Real>::Butterflies;
  using Butterfly = DftStages::Operation;

  std::uint32_t number(std::uint64_t slot) const {
    return static_cast<std::uint32_t>(slot * program_.slot_numbers());
  }

  static std::vector<std::size_t> packed_offsets(const AdaptedLevel& level) {
    std::vector<std::size_t> offsets{0};
    for (const AdaptedIrrep& irrep : level.irreps) {
      offsets.push_back(offsets.back() + std::size_t{irrep.degree} * irrep.degree);
    }
    return offsets;
  }

  void add_level(const AdaptedLevel& level, const AdaptedLevel& below) {
    interrupt_.poll();
    const std::vector<LevelMatrix> matrices = level_matrices(level, below);
    std::vector<std::vector<FourierPiece>> pieces;
    for (const LevelMatrix& matrix : matrices) {
      std::optional<std::vector<FourierPiece>> found = fourier_pieces(matrix, dfts_);
      if (!found) break;
      pieces.push_back(std::move(*found));
    }
    const std::size_t width = width_;
    const std::vector<std::size_t> offsets = packed_offsets(level);
    const bool in_place = pieces.size() == matrices.size();
    std::vector<FactoredMatrix> factored(matrices.size());
    if (!program_.complex) factored = factored_levels_.next(level, below, matrices, interrupt_);
    if (!in_place) apply_phases();
    width_ = width * level.index;
    Level result;
    result.block = width_;
    result.index = level.index;
    if (in_place) {
      add_butterflies(level, below, matrices, pieces, width, offsets, result);
    } else {
      add_panels(level, below, matrices, factored, width, offsets, result);
    }
    offsets_ = offsets;
    if (!result.butterflies.empty() || !result.in_place()) program_.levels.push_back(std::move(result));
  }

  // --- in place ---

  void add_butterflies(const AdaptedLevel& level, const AdaptedLevel& below,
                       const std::vector<LevelMatrix>& matrices,
                       const std::vector<std::vector<FourierPiece>>& pieces, std::size_t width,
                       const std::vector<std::size_t>& offsets, Level& result) {
    std::vector<std::vector<Butterfly>> stages(1);  // more than one where there are large primes
    std::vector<std::uint32_t> slots(width_);
    std::vector<Complex> phases(width_);
    for (std::size_t s = 0; s < matrices.size(); ++s) {
      const std::uint32_t d = below.irreps[s].degree;
      for (const FourierPiece& piece : pieces[s]) {
        const std::size_t p = piece.columns.size();
        for (std::uint32_t a = 0; a < d; ++a) {
          Butterfly butterfly;
          std::vector<Complex> factors;
          for (std::size_t j = 0; j < p; ++j) {
            const std::uint32_t i = piece.columns[j] / d;
            const std::size_t source = offsets_[s] + std::size_t{a} * d + piece.columns[j] % d;
            butterfly.slots.push_back(static_cast<std::uint32_t>(slot_[source] + i * width));
            factors.push_back(piece.column_phases[j] * phase_[source]);
          }
          for (std::size_t j = 1; j < p; ++j) {
            butterfly.twiddles.push_back(snapped(factors[j] * std::conj(factors[0])));
          }
          const auto prime = static_cast<std::uint32_t>(p);
          const DftStages* large = odd_radix_index(prime) >= 0 ? nullptr : dfts_.find(prime);
          std::vector<std::uint32_t> places = butterfly.slots;  // of each frequency
          for (std::size_t j = 0; large != nullptr && j < p; ++j) {
            places[j] = butterfly.slots[large->places[j]];
          }
          if (p == 2) {
            // The signs of both outputs are exchanged rather than that of the twiddle.
            Complex& w = butterfly.twiddles[0];
            if (w == Complex(-1, 0) || w == Complex(0, -1)) {
              w = -w;
              std::swap(places[0], places[1]);
            }
          }
          for (std::size_t j = 0; j < p; ++j) {
            const LevelMatrix::Row& row = matrices[s].rows[piece.rows[j]];
            const AdaptedIrrep& rho = level.irreps[row.irrep];
            const std::size_t target =
                offsets[row.irrep] + std::size_t{rho.blocks[row.copy].basis[a]} * rho.degree + row.b;
            slots[target] = places[j];
            phases[target] = snapped(piece.row_phases[j] * factors[0]);
          }
          if (large != nullptr) {
            add_stages(*large, butterfly, stages);
          } else if (p > 1) {
            stages[0].push_back(std::move(butterfly));
          }
        }
      }
    }
    slot_ = std::move(slots);
    phase_ = std::move(phases);
    result.description = std::to_string(level.index) + " butterflies";
    for (std::vector<Butterfly>& stage : stages) {
      flatten(stage, result);
      if (&stage == &stages.back()) break;
      // The stages of large primes are levels that leave the block as it is.
      program_.levels.push_back(result);
      result = {};
      result.block = width_;
    }
  }

  // The butterflies of a large prime, whose slots and twiddles are those of one butterfly.
  static void add_stages(const DftStages& dft, const Butterfly& butterfly,
                         std::vector<std::vector<Butterfly>>& stages) {
    stages.resize(std::max(stages.size(), dft.stages.size() + 1));
    for (std::size_t j = 1; j < butterfly.slots.size(); ++j) {
      if (butterfly.twiddles[j - 1] == 1.0) continue;
      stages[0].push_back({{butterfly.slots[j]}, {butterfly.twiddles[j - 1]}});
    }
    for (std::size_t k = 0; k < dft.stages.size(); ++k) {
      for (Butterfly operation : dft.stages[k]) {
        for (std::uint32_t& slot : operation.slots) slot = butterfly.slots[slot];
        stages[k + 1].push_back(std::move(operation));
      }
    }
  }

  // Butterflies by their kinds, in the order of memory.
  void flatten(std::vector<Butterfly>& butterflies, Level& result) const {
    std::map<std::pair<std::uint32_t, Twiddle>, std::vector<Butterfly>> groups;
    for (Butterfly& butterfly : butterflies) {
      Twiddle kind = Twiddle::kGeneral;
      if (butterfly.slots.size() == 2) {
        if (butterfly.twiddles[0] == Complex(1, 0)) kind = Twiddle::kOne;
        if (butterfly.twiddles[0] == Complex(0, 1)) kind = Twiddle::kImaginary;
      }
      groups[{static_cast<std::uint32_t>(butterfly.slots.size()), kind}].push_back(std::move(butterfly));
    }
    for (auto& [key, list] : groups) {
      std::ranges::sort(list, {}, [](const Butterfly& b) { return b.slots[0]; });
      Butterflies flat{key.first, key.second, {}, {}, circle<Real>(key.first)};
      for (const Butterfly& butterfly : list) {
        for (const std::uint32_t slot : butterfly.slots) flat.slots.push_back(number(slot));
        if (key.second != Twiddle::kGeneral) continue;
        for (const Complex w : butterfly.twiddles) {
          flat.twiddles.push_back(static_cast<Real>(w.real()));
          flat.twiddles.push_back(static_cast<Real>(w.imag()));
        }
      }
      const double parts = program_.complex ? 2 : 1;
      const auto p = static_cast<double>(key.first);
      const double each = p == 1 ? 4
                                 : (p == 2 ? 2 * parts : parts * (p * p + 3 * p) / 2) +
                                       (key.second == Twiddle::kGeneral ? 4 * (p - 1) : 0);
      result.operations += each * static_cast<double>(list.size());
      result.butterflies.push_back(std::move(flat));
    }
  }

  // Multiplies by the phases that still wait.
  void apply_phases() {
    Butterflies flat{1, Twiddle::kGeneral, {}, {}};
    for (std::size_t e = 0; e < slot_.size(); ++e) {
      if (phase_[e] == 1.0) continue;
      flat.slots.push_back(number(slot_[e]));
      flat.twiddles.push_back(static_cast<Real>(phase_[e].real()));
      flat.twiddles.push_back(static_cast<Real>(phase_[e].imag()));
      phase_[e] = 1.0;
    }
    if (flat.slots.empty()) return;
    Level level;
    level.block = width_;
    level.index = 1;
    level.operations = 4.0 * flat.count();
    level.description = "phases";
    level.butterflies.push_back(std::move(flat));
    program_.levels.push_back(std::move(level));
  }

  // --- from one buffer to the other ---

  void add_panels(const AdaptedLevel& level, const AdaptedLevel& below,
                  const std::vector<LevelMatrix>& matrices, const std::vector<FactoredMatrix>& factored,
                  std::size_t width, const std::vector<std::size_t>& offsets, Level& result) {
    // Coefficient (rho, a, b) goes to slot b * d + a: the rows a that are carried along lie side by side.
    std::vector<std::uint32_t> slots(width_);
    for (std::size_t r = 0; r < level.irreps.size(); ++r) {
      const std::size_t d = level.irreps[r].degree;
      for (std::size_t a = 0; a < d; ++a) {
        for (std::size_t b = 0; b < d; ++b) {
          slots[offsets[r] + a * d + b] = static_cast<std::uint32_t>(offsets[r] + b * d + a);
        }
      }
    }
    std::size_t entries = 0;
    std::size_t blocks = 0;
    double operations = 0;
    for (std::size_t s = 0; s < matrices.size(); ++s) {
      interrupt_.poll();
      const LevelMatrix& matrix = matrices[s];
      const std::uint32_t d = below.irreps[s].degree;
      const std::size_t columns = std::size_t{level.index} * d;
      // Slots of the column (i, c) and of the row for the carried row a.
      std::vector<std::vector<std::uint32_t>> inputs(d);
      std::vector<std::vector<std::uint32_t>> outputs(d);
      for (std::uint32_t a = 0; a < d; ++a) {
        for (std::uint32_t i = 0; i < level.index; ++i) {
          for (std::uint32_t c = 0; c < d; ++c) {
            inputs[a].push_back(number(slot_[offsets_[s] + std::size_t{a} * d + c] + i * width));
          }
        }
        for (const LevelMatrix::Row& row : matrix.rows) {
          const AdaptedIrrep& rho = level.irreps[row.irrep];
          outputs[a].push_back(number(
              slots[offsets[row.irrep] + std::size_t{rho.blocks[row.copy].basis[a]} * rho.degree + row.b]));
        }
      }
      if (!factored[s].blocks.empty()) {
        result.factored.push_back(product(factored[s], inputs, outputs));
        blocks += factored[s].blocks.size();
        for (const FactoredMatrix::Block& block : factored[s].blocks) {
          operations += static_cast<double>(block.values.size()) * d;
        }
        continue;
      }
      std::vector<std::vector<LevelMatrix::Entry>> transposed(columns);
      for (std::uint32_t row = 0; row < matrix.rows.size(); ++row) {
        for (const LevelMatrix::Entry& entry : matrix.entries[row]) {
          transposed[entry.column].push_back({row, std::conj(entry.value)});
          ++entries;
          operations += (program_.complex ? 4.0 : 1.0) * d;
        }
      }
      result.forward.push_back(panel(matrix.entries, inputs, outputs));
      result.adjoint.push_back(panel(transposed, outputs, inputs));
    }
    result.operations = operations;
    result.description = std::to_string(level.index) + " sparse, " + std::to_string(entries) + " entries";
    if (blocks > 0) result.description += " and " + std::to_string(blocks) + " small blocks";
    slot_ = std::move(slots);
    phase_.assign(width_, 1.0);
  }

  // `inputs[a]` and `outputs[a]` are the slots of the columns and rows for the carried row a.
  Panel panel(const std::vector<std::vector<LevelMatrix::Entry>>& rows,
              const std::vector<std::vector<std::uint32_t>>& inputs,
              const std::vector<std::vector<std::uint32_t>>& outputs) const {
    Panel result;
    result.rows = static_cast<std::uint32_t>(rows.size());
    result.row_begin.push_back(0);
    std::vector<std::uint32_t> columns;
    for (const auto& row : rows) {
      for (const LevelMatrix::Entry& entry : row) {
        columns.push_back(entry.column);
        result.values.push_back(static_cast<Real>(entry.value.real()));
        if (program_.complex) result.values.push_back(static_cast<Real>(entry.value.imag()));
      }
      result.row_begin.push_back(static_cast<std::uint32_t>(columns.size()));
    }
    for (const CarriedRows& group : carried_rows(inputs, outputs)) {
      result.columns.push_back(
          {group.vectors, group.input_stride, group.output_stride, {}, outputs[group.first]});
      for (const std::uint32_t column : columns) {
        result.columns.back().sources.push_back(inputs[group.first][column]);
      }
    }
    return result;
  }

  Factored product(const FactoredMatrix& matrix, const std::vector<std::vector<std::uint32_t>>& inputs,
                   const std::vector<std::vector<std::uint32_t>>& outputs) const {
    using Block = FactoredMatrix::Block;
    const auto kind = [](const Block* block) {
      return std::tuple(block->step, block->places.size(), block->fresh);
    };
    std::vector<const Block*> blocks;
    for (const Block& block : matrix.blocks) blocks.push_back(&block);
    std::ranges::stable_sort(blocks, {}, kind);
    Factored result;
    for (std::size_t k = 0; k < blocks.size(); ++k) {
      if (k == 0 || kind(blocks[k]) != kind(blocks[k - 1])) {
        result.runs.push_back({static_cast<std::uint32_t>(blocks[k]->places.size()), blocks[k]->fresh, 0});
      }
      ++result.runs.back().count;
      for (const double value : blocks[k]->values) result.values.push_back(static_cast<Real>(value));
    }
    std::vector<std::size_t> row_at(matrix.place_of_row.size());
    for (std::size_t r = 0; r < row_at.size(); ++r) row_at[matrix.place_of_row[r]] = r;
    for (const CarriedRows& group : carried_rows(inputs, outputs)) {
      result.columns.push_back({group.vectors, group.input_stride, group.output_stride, {}});
      std::vector<std::uint32_t>& places = result.columns.back().places;
      for (const Block* block : blocks) {
        for (const std::uint32_t x : block->places) places.push_back(outputs[group.first][row_at[x]]);
        for (std::uint32_t k = 0; k < block->fresh; ++k) {
          places.push_back(inputs[group.first][block->places[k]]);
        }
      }
    }
    return result;
  }

  // Carried rows that lie equally spaced are columns of one product.
  struct CarriedRows {
    std::size_t first;
    std::uint32_t vectors;
    std::uint32_t input_stride;
    std::uint32_t output_stride;
  };
  static std::vector<CarriedRows> carried_rows(const std::vector<std::vector<std::uint32_t>>& inputs,
                                               const std::vector<std::vector<std::uint32_t>>& outputs) {
    const auto spacing = [](const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
      const auto apart = [&](std::uint32_t x, std::uint32_t y) { return y > x && y - x == b[0] - a[0]; };
      return std::ranges::equal(a, b, apart) ? std::optional(b[0] - a[0]) : std::nullopt;
    };
    std::vector<CarriedRows> result;
    for (std::size_t a = 0; a < inputs.size();) {
      CarriedRows group{a, 1, 0, 0};
      for (std::size_t next = a + 1; next < inputs.size(); ++next) {
        const auto in = spacing(inputs[next - 1], inputs[next]);
        const auto out = spacing(outputs[next - 1], outputs[next]);
        if (!in || !out) break;
        if (group.vectors > 1 && (*in != group.input_stride || *out != group.output_stride)) break;
        group.input_stride = *in;
        group.output_stride = *out;
        ++group.vectors;
      }
      a += group.vectors;
      result.push_back(group);
    }
    return result;
  }

  const AdaptedIrreps& irreps_;
  const Interrupt& interrupt_;
  PrimeDfts dfts_;
  ChainProgram<Real> program_;
  FactoredLevels factored_levels_;
  std::size_t width_ = 1;
  // Of each packed coefficient of the level reached: its slot in the block, and the factor that is missing.
  std::vector<std::uint32_t> slot_;
  std::vector<Complex> phase_;
  std::vector<std::size_t> offsets_;  // of each irrep in that order
};

}  // namespace

template <typename Real>
double ChainProgram<Real>::operations() const {
  double sum = 0;
  for (const Level& level : levels) sum += level.operations * static_cast<double>(order / level.block);
  return sum;
}

template <typename Real>
std::size_t ChainProgram<Real>::bytes() const {
  std::size_t sum = (elements.size() + coefficients.size()) * sizeof(std::uint32_t);
  for (const Level& level : levels) {
    for (const Butterflies& group : level.butterflies) {
      sum += group.slots.size() * sizeof(std::uint32_t) + group.twiddles.size() * sizeof(Real);
    }
    for (const Factored& factored : level.factored) {
      sum += factored.values.size() * sizeof(Real);
      for (const auto& columns : factored.columns) sum += columns.places.size() * sizeof(std::uint32_t);
    }
    for (const auto* panels : {&level.forward, &level.adjoint}) {
      for (const Panel& panel : *panels) {
        sum += panel.row_begin.size() * sizeof(std::uint32_t) + panel.values.size() * sizeof(Real);
        for (const auto& columns : panel.columns) {
          sum += (columns.sources.size() + columns.targets.size()) * sizeof(std::uint32_t);
        }
      }
    }
  }
  return sum;
}

template <typename Real>
std::vector<Real> circle(std::uint32_t radix) {
  std::vector<Real> result;
  if (odd_radix_index(radix) != odd_radix_index(kLargestRadix)) return result;
  for (std::uint32_t j = 0; j < radix; ++j) {
    result.push_back(static_cast<Real>(root_of_unity(j, radix).real()));
    result.push_back(static_cast<Real>(root_of_unity(j, radix).imag()));
  }
  return result;
}

template <typename Real>
ChainProgram<Real> compile_chain(const AdaptedIrreps& irreps, const Interrupt& interrupt) {
  return Compiler<Real>(irreps, interrupt).run();
}

template std::vector<float> circle<float>(std::uint32_t);
template std::vector<double> circle<double>(std::uint32_t);
template struct ChainProgram<float>;
template struct ChainProgram<double>;
template ChainProgram<float> compile_chain<float>(const AdaptedIrreps&, const Interrupt&);
template ChainProgram<double> compile_chain<double>(const AdaptedIrreps&, const Interrupt&);

}  // namespace peterweyl
