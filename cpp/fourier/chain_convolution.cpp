// Convolutions along a chain of subgroups: tiles stay in their slots, single rows in their planes, from the
// transforms of both factors through the products of their blocks to the inverse transform.
#include <algorithm>
#include <complex>
#include <vector>

#include "fourier/chain_plan.hpp"
#include "fourier/scratch_memory.hpp"
#include "support/parallel_for.hpp"

namespace peterweyl {
namespace {

thread_local ScratchMemory convolution_scratch;

// Each row once, where all of them are repeated along an axis.
template <typename Real>
StridedRows<const Real> distinct(StridedRows<const Real> rows) {
  if (rows.outer_stride == 0) rows.outer = 1;
  if (rows.inner_stride == 0) rows.inner = 1;
  return rows;
}

}  // namespace

// Functions on the group, or (for rows) planes of packed spectra, or (for tiles) packed spectra.
template <typename Real>
struct ChainPlan<Real>::Operand {
  StridedRows<const Real> rows;
  bool is_spectrum = false;
  std::vector<Real> spectra;
};

template <typename Real>
struct ChainPlan<Real>::Arguments {
  const Convolution<Real>& convolution;
  const Operand& f;
  const Operand& h;
  BlocksView<Real> blocks;
};

// Transforms rows that several results share.
template <typename Real>
auto ChainPlan<Real>::prepared(const StridedRows<const Real>& rows, const Convolution<Real>& convolution,
                               bool by_rows, bool transposed, unsigned workers,
                               const Interrupt& interrupt) const -> Operand {
  Operand operand{rows, false, {}};
  const StridedRows<const Real> once = distinct(rows);
  if (once.count() == rows.count()) return operand;
  const bool complex = convolution.complex;
  // Spectra are real only where the program and the functions are.
  const std::size_t parts = complex || program_->complex ? 2 : 1;
  const std::size_t size = by_rows ? parts * row_plan_.plane_size() : parts * program_->order;
  operand.spectra.resize(once.count() * size);
  if (by_rows) {
    parallel_for(once.count(), workers, interrupt, [&](std::size_t r) {
      row_plan_.to_planes(once.row(r), rows.element_stride, complex, transposed,
                          operand.spectra.data() + r * size,
                          convolution_scratch.reserve(row_plan_.scratch_bytes()));
    });
  } else {
    const std::size_t n = program_->order;
    std::vector<Complex> spectra(once.count() * n);
    const StridedRows<Complex> target{spectra.data(), once.count(), 1, static_cast<std::ptrdiff_t>(n), 0, 1};
    const std::vector<Real> ones(program_->degrees.size(), Real{1});
    if (complex) {
      const StridedRows<const Complex> source{reinterpret_cast<const Complex*>(once.data),
                                              once.outer,
                                              once.inner,
                                              once.outer_stride / 2,
                                              once.inner_stride / 2,
                                              once.element_stride / 2};
      forward(source, target, ones, workers, interrupt);
    } else {
      forward(once, target, ones, workers, interrupt);
    }
    for (std::size_t e = 0; e < spectra.size(); ++e) {
      operand.spectra[e * parts] = spectra[e].real();
      if (parts == 2) operand.spectra[e * parts + 1] = spectra[e].imag();
    }
  }
  const auto apart = static_cast<std::ptrdiff_t>(size);
  operand.is_spectrum = true;
  operand.rows = {operand.spectra.data(),
                  rows.outer,
                  rows.inner,
                  rows.outer_stride == 0 ? 0 : static_cast<std::ptrdiff_t>(once.inner) * apart,
                  rows.inner_stride == 0 ? 0 : apart,
                  1};
  return operand;
}

template <typename Real>
void ChainPlan<Real>::convolve_row(const Arguments& arguments, std::size_t r) const {
  const Convolution<Real>& convolution = arguments.convolution;
  const bool has_imaginary = convolution.complex || program_->complex;
  const std::size_t plane = row_plan_.plane_size();
  const std::size_t size = (has_imaginary ? 2 : 1) * plane;
  std::byte* memory = convolution_scratch.reserve(3 * size * sizeof(Real) + row_plan_.scratch_bytes());
  Real* planes = reinterpret_cast<Real*>(memory);
  std::byte* work = memory + 3 * size * sizeof(Real);
  const auto spectrum = [&](const Operand& operand, bool transposed, Real* target) -> const Real* {
    if (operand.is_spectrum) return operand.rows.row(r);
    row_plan_.to_planes(operand.rows.row(r), operand.rows.element_stride, convolution.complex, transposed,
                        target, work);
    return target;
  };
  const Real* f = spectrum(arguments.f, convolution.correlate, planes);
  const Real* h = spectrum(arguments.h, false, planes + size);
  Real* product = planes + 2 * size;
  product_kernels_->lines(arguments.blocks, h, f, product, has_imaginary ? plane : 0);
  row_plan_.from_planes(product, convolution.output.row(r), convolution.output.element_stride,
                        convolution.complex, work);
}

template <typename Real>
void ChainPlan<Real>::convolve_tile(const Arguments& arguments, std::size_t piece) const {
  const Convolution<Real>& convolution = arguments.convolution;
  const std::size_t parts = convolution.complex && !program_->complex ? 2 : 1;
  const std::size_t rows_a_tile = Tile::kRows / parts;
  const std::size_t first = piece * rows_a_tile;
  const std::size_t used = std::min(rows_a_tile, convolution.output.count() - first);
  const std::size_t size = program_->order * program_->slot_numbers();
  Real* memory = reinterpret_cast<Real*>(convolution_scratch.reserve(3 * size * sizeof(Real)));
  const std::uint8_t last = buffer_after_.back();

  Tile tile;
  tile.complex_slots = program_->complex;
  tile.real_input = tile.real_output = !convolution.complex;
  tile.rows = used * parts;
  // The place of each lane's row; lanes that are not used repeat the first one.
  const auto place = [&](const auto& rows, auto& lanes, auto& whole_rows) {
    for (std::size_t lane = 0; lane < Tile::kRows; ++lane) {
      const std::size_t row = lane < tile.rows ? lane / parts : 0;
      lanes[lane] = rows.row(first + row) + (parts == 2 ? lane % 2 : 0);
    }
    for (std::size_t k = 0; k < rows_a_tile; ++k) whole_rows[k] = lanes[k < used ? k * parts : 0];
  };
  const auto entry = [&](std::ptrdiff_t stride) { return stride == (convolution.complex ? 2 : 1); };
  const auto transform = [&](const Operand& operand, Real* result, Real* other) {
    place(operand.rows, tile.input, tile.input_row);
    if (operand.is_spectrum) {
      const RowKind kind = tile.complex_slots    ? RowKind::kComplex
                           : convolution.complex ? RowKind::kPaired
                                                 : RowKind::kReal;
      row_kernels_->load({kind, tile.complex_slots, program_->order, coefficient_slots_.data(), nullptr},
                         tile.input_row, result);
      return;
    }
    tile.input_stride = operand.rows.element_stride;
    tile.input_is_dense = entry(tile.input_stride);
    tile.buffers[last] = result;
    tile.buffers[1 - last] = other;
    to_coefficients(tile);
  };
  Real* product = memory + size;
  transform(arguments.f, memory, product);
  transform(arguments.h, memory + 2 * size, product);
  const auto multiply = tile.complex_slots    ? product_kernels_->complex
                        : convolution.complex ? product_kernels_->paired
                                              : product_kernels_->real;
  multiply(arguments.blocks, memory + 2 * size, memory, product);
  tile.adjoint = true;
  place(convolution.output, tile.output, tile.output_row);
  tile.output_stride = convolution.output.element_stride;
  tile.output_is_dense = entry(tile.output_stride);
  tile.input_is_dense = false;
  tile.buffers[last] = product;
  tile.buffers[1 - last] = memory;
  from_coefficients(tile);
}

template <typename Real>
void ChainPlan<Real>::convolve(const Convolution<Real>& convolution, unsigned workers,
                               const Interrupt& interrupt) const {
  const std::size_t rows = convolution.output.count();
  const std::size_t parts = convolution.complex && !program_->complex ? 2 : 1;
  const bool by_rows = is_by_rows(rows * parts);
  const bool transposed = by_rows && convolution.correlate;
  const Operand f = prepared(convolution.f, convolution, by_rows, transposed, workers, interrupt);
  const Operand h = prepared(convolution.h, convolution, by_rows, false, workers, interrupt);
  const Arguments arguments{convolution,
                            f,
                            h,
                            {program_->degrees.size(), program_->degrees.data(), coefficient_slots_.data(),
                             Real{1} / static_cast<Real>(program_->order), convolution.correlate}};
  if (by_rows) {
    parallel_for(rows, workers, interrupt, [&](std::size_t r) { convolve_row(arguments, r); });
    return;
  }
  const std::size_t rows_a_tile = Tile::kRows / parts;
  parallel_for((rows + rows_a_tile - 1) / rows_a_tile, workers, interrupt,
               [&](std::size_t piece) { convolve_tile(arguments, piece); });
}

template auto ChainPlan<float>::prepared(const StridedRows<const float>&, const Convolution<float>&, bool,
                                         bool, unsigned, const Interrupt&) const -> Operand;
template void ChainPlan<float>::convolve_row(const Arguments&, std::size_t) const;
template void ChainPlan<float>::convolve_tile(const Arguments&, std::size_t) const;
template void ChainPlan<float>::convolve(const Convolution<float>&, unsigned, const Interrupt&) const;
template auto ChainPlan<double>::prepared(const StridedRows<const double>&, const Convolution<double>&, bool,
                                          bool, unsigned, const Interrupt&) const -> Operand;
template void ChainPlan<double>::convolve_row(const Arguments&, std::size_t) const;
template void ChainPlan<double>::convolve_tile(const Arguments&, std::size_t) const;
template void ChainPlan<double>::convolve(const Convolution<double>&, unsigned, const Interrupt&) const;

}  // namespace peterweyl
