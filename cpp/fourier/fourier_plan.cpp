#include "fourier/fourier_plan.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "fourier/double_coset_program.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

std::string text_of(double number) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, number < 100 ? "%.3g" : "%.0f", number);
  return buffer;
}

std::string size_text(double bytes) {
  const char* unit = "bytes";
  for (const char* larger : {"KiB", "MiB", "GiB"}) {
    if (bytes < 1024) break;
    bytes /= 1024;
    unit = larger;
  }
  return text_of(bytes) + " " + unit;
}

// Bytes that the plan and one thread's scratch memory will take, before any of it is allocated.
template <typename Real>
std::uint64_t bytes_needed(const AdaptedIrreps& irreps) {
  const std::uint64_t parts = irreps.is_real() ? 1 : 2;
  std::uint64_t entries = 0;
  for (const AdaptedLevel& level : irreps.levels) {
    for (const AdaptedIrrep& irrep : level.irreps) entries += irrep.entries.size();
  }
  return entries * 2 * (sizeof(std::uint32_t) + parts * sizeof(Real)) +
         irreps.order() * (2 * parts * kSlotBytes + 2 * sizeof(std::uint32_t));
}

// The same by double cosets, with the matrices of their representatives.
template <typename Real>
std::uint64_t bytes_needed(const AdaptedIrreps& irreps, const DoubleCosets& cosets) {
  const std::uint64_t parts = irreps.is_real() ? 1 : 2;
  std::uint64_t values = 0;
  for (const std::uint64_t size : cosets.sizes) {
    values += (size + kLanes<Real> - 1) / kLanes<Real> * kLanes<Real> * size;
  }
  return values * 2 * parts * sizeof(Real) +
         irreps.order() * (2 * parts * kSlotBytes + (6 + 2 * cosets.levels.size()) * sizeof(std::uint32_t) +
                           cosets.all.size() * sizeof(std::complex<double>));
}

void check_memory(std::uint64_t bytes, std::size_t order, std::uint64_t limit) {
  if (bytes <= limit) return;
  throw GroupTooLargeError("fourier plan: for a group of order " + std::to_string(order) + " it takes " +
                               size_text(static_cast<double>(bytes)) + ", the limit is " +
                               size_text(static_cast<double>(limit)),
                           order, order * limit / bytes);
}

// Clock cycles of one of many transforms: the operations, a load and a store of everything at each level,
// and the values that do not stay in the second-level cache, which a tile reads once.
template <typename Real>
double estimated_cycles(const ChainProgram<Real>& program) {
  constexpr double kCacheBytes = 1 << 19;
  constexpr double kBytesACycle = 12;
  const double moved = static_cast<double>(program.order * program.levels.size()) * (program.complex ? 4 : 2);
  const double values = static_cast<double>(program.bytes()) / 2;
  return (program.operations() + moved + (values > kCacheBytes ? values / kBytesACycle : 0.0)) /
         static_cast<double>(kLanes<Real>);
}

template <typename T>
StridedRows<T> contiguous(std::span<T> values, std::size_t order) {
  return {values.data(), values.size() / order, 1, static_cast<std::ptrdiff_t>(order), 0, 1};
}

// Transforms contiguous rows one after another; false, with nothing done, where the rows are strided or where
// input and output are the same memory.
template <typename In, typename Out, typename Transform>
bool row_by_row(const StridedRows<const In>& input, const StridedRows<Out>& output, std::size_t order,
                const Transform& transform) {
  const bool in_place = static_cast<const void*>(input.data) == static_cast<const void*>(output.data);
  if (in_place || input.element_stride != 1 || output.element_stride != 1) return false;
  for (std::size_t r = 0; r < input.count(); ++r)
    transform(std::span(input.row(r), order), std::span(output.row(r), order));
  return true;
}

}  // namespace

template <typename Real>
FourierPlan<Real>::FourierPlan(const AdaptedIrreps& irreps, const FourierPlanOptions& options,
                               const Interrupt& interrupt)
    : method_(options.method), chain_(choose(irreps, options, interrupt)), offsets_{0} {
  const auto n = static_cast<double>(order());
  for (const std::uint32_t degree : degrees()) {
    const double d = degree;
    offsets_.push_back(offsets_.back() + std::size_t{degree} * degree);
    for (const auto& [norm, forward, inverse] : {std::tuple(Norm::kBackward, 1.0, d / n),
                                                 std::tuple(Norm::kOrtho, std::sqrt(d / n), std::sqrt(d / n)),
                                                 std::tuple(Norm::kForward, 1.0 / n, d)}) {
      forward_weights_[static_cast<int>(norm)].push_back(static_cast<Real>(forward));
      inverse_weights_[static_cast<int>(norm)].push_back(static_cast<Real>(inverse));
    }
  }
  if (options.method == Method::kDense) {
    const std::uint64_t bytes = std::uint64_t{order()} * order() * sizeof(Complex);
    if (bytes > options.memory_limit) {
      throw GroupTooLargeError(
          "fourier plan: the dense matrix of a group of order " + std::to_string(order()) + " takes " +
              size_text(static_cast<double>(bytes)) + ", the limit is " +
              size_text(static_cast<double>(options.memory_limit)),
          order(),
          static_cast<std::uint64_t>(std::sqrt(static_cast<double>(options.memory_limit) / sizeof(Complex))));
    }
    // The spectra of the functions that are 1 at one element.
    std::vector<Real> unit(order() * order(), 0);
    for (std::size_t g = 0; g < order(); ++g) unit[g * (order() + 1)] = 1;
    std::vector<Complex> matrix(order() * order());
    chain_.forward(contiguous(std::span<const Real>(unit), order()), contiguous(std::span(matrix), order()),
                   forward_weights_[0], 1, interrupt);
    dense_.emplace(std::vector<std::uint32_t>(degrees().begin(), degrees().end()), std::move(matrix));
  }
}

template <typename Real>
ChainProgram<Real> FourierPlan<Real>::choose(const AdaptedIrreps& irreps, const FourierPlanOptions& options,
                                             const Interrupt& interrupt) {
  std::optional<DoubleCosets> cosets;
  if (method_ == Method::kAutomatic || method_ == Method::kTwoSided)
    cosets = double_cosets(irreps, interrupt);
  if (method_ == Method::kTwoSided) {
    if (!cosets) {
      throw ArgumentError(
          "method: expected a group whose chain of subgroups begins with an abelian one for \"two-sided\", "
          "not "
          "all of it, with prime indices of at most 61, got order " +
          std::to_string(irreps.order()) + ", " + irreps.method);
    }
    check_memory(bytes_needed<Real>(irreps, *cosets), irreps.order(), options.memory_limit);
    return compile_double_cosets<Real>(irreps, *cosets, interrupt);
  }
  check_memory(bytes_needed<Real>(irreps), irreps.order(), options.memory_limit);
  ChainProgram<Real> chain = compile_chain<Real>(irreps, interrupt);
  if (method_ == Method::kAutomatic) method_ = Method::kChain;
  // The products alone must not take more than all of the chain.
  const double product = chain.complex ? 4 : 1;
  if (!cosets || product * static_cast<double>(cosets->entries) > chain.operations() ||
      bytes_needed<Real>(irreps, *cosets) > options.memory_limit) {
    return chain;
  }
  ChainProgram<Real> two_sided = compile_double_cosets<Real>(irreps, *cosets, interrupt);
  // Small products take longer than as many operations of butterflies and long rows (measured).
  constexpr double kPenalty = 1.3;
  const bool is_better = kPenalty * estimated_cycles(two_sided) < estimated_cycles(chain);
  const ChainProgram<Real>& other = is_better ? chain : two_sided;
  rejected_ = (is_better ? "chain: " : "two-sided: ") +
              text_of(other.operations() / static_cast<double>(irreps.order())) + ", ";
  if (!is_better) return chain;
  method_ = Method::kTwoSided;
  return two_sided;
}

template <typename Real>
template <typename In>
void FourierPlan<Real>::check(const StridedRows<const In>& input, const StridedRows<Complex>& output,
                              unsigned workers) const {
  if (workers == 0) throw ArgumentError("workers: expected at least 1, got 0");
  if (input.count() != output.count()) {
    throw ArgumentError("output: expected " + std::to_string(input.count()) + " rows like the input, got " +
                        std::to_string(output.count()));
  }
}

template <typename Real>
void FourierPlan<Real>::forward(const StridedRows<const Complex>& input, const StridedRows<Complex>& output,
                                Norm norm, unsigned workers, const Interrupt& interrupt) const {
  check(input, output, workers);
  const auto dense = [&](auto in, auto out) { dense_->forward(in, out, norm, 1, interrupt); };
  if (is_dense() && row_by_row(input, output, order(), dense)) return;
  chain_.forward(input, output, forward_weights_[static_cast<int>(norm)], workers, interrupt);
}

template <typename Real>
void FourierPlan<Real>::forward(const StridedRows<const Real>& input, const StridedRows<Complex>& output,
                                Norm norm, unsigned workers, const Interrupt& interrupt) const {
  check(input, output, workers);
  const auto dense = [&](auto in, auto out) { dense_->forward(in, out, norm, 1, interrupt); };
  if (is_dense() && row_by_row(input, output, order(), dense)) return;
  chain_.forward(input, output, forward_weights_[static_cast<int>(norm)], workers, interrupt);
}

template <typename Real>
void FourierPlan<Real>::inverse(const StridedRows<const Complex>& input, const StridedRows<Complex>& output,
                                Norm norm, unsigned workers, const Interrupt& interrupt) const {
  check(input, output, workers);
  const auto dense = [&](auto in, auto out) { dense_->inverse(in, out, norm, 1, interrupt); };
  if (is_dense() && row_by_row(input, output, order(), dense)) return;
  chain_.adjoint(input, output, inverse_weights_[static_cast<int>(norm)], workers, interrupt);
}

template <typename Real>
void FourierPlan<Real>::adjoint(const StridedRows<const Complex>& input, const StridedRows<Complex>& output,
                                Norm norm, unsigned workers, const Interrupt& interrupt) const {
  check(input, output, workers);
  chain_.adjoint(input, output, forward_weights_[static_cast<int>(norm)], workers, interrupt);
}

template <typename Real>
void FourierPlan<Real>::convolve(const Convolution<Real>& rows, unsigned workers,
                                 const Interrupt& interrupt) const {
  if (workers == 0) throw ArgumentError("workers: expected at least 1, got 0");
  for (const std::size_t count : {rows.f.count(), rows.h.count()}) {
    if (count == rows.output.count()) continue;
    throw ArgumentError("output: expected " + std::to_string(count) + " rows like the input, got " +
                        std::to_string(rows.output.count()));
  }
  chain_.convolve(rows, workers, interrupt);
}

template <typename Real>
void FourierPlan<Real>::power(std::span<const Complex> spectrum, std::span<Real> output) const {
  const std::size_t rows = spectrum.size() / order();
  const std::size_t count = degrees().size();
  if (spectrum.size() % order() != 0 || output.size() != rows * count) {
    throw ArgumentError("output: expected " + std::to_string(rows * count) + " entries, got " +
                        std::to_string(output.size()));
  }
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t r = 0; r < count; ++r) {
      Real sum = 0;
      for (std::size_t c = offsets_[r]; c < offsets_[r + 1]; ++c) {
        sum += std::norm(spectrum[row * order() + c]);
      }
      output[row * count + r] = inverse_weights_[static_cast<int>(Norm::kBackward)][r] * sum;
    }
  }
}

template <typename Real>
std::size_t FourierPlan<Real>::bytes() const {
  return chain_.program().bytes() + (is_dense() ? order() * order() * sizeof(Complex) : 0);
}

template <typename Real>
std::string FourierPlan<Real>::describe() const {
  const ChainProgram<Real>& program = chain_.program();
  const auto n = static_cast<double>(order());
  const double complex_parts = program.complex ? 4 : 1;
  if (dense_) {
    return "dense product " + std::to_string(order()) + " x " + std::to_string(order()) + ": " +
           text_of(n * complex_parts) + " real multiply-adds an element, " +
           size_text(n * n * static_cast<double>(sizeof(Complex)));
  }
  std::string text = program.method + ", " + std::string(program.complex ? "complex" : "real") +
                     " arithmetic, " + kernels<Real>(best_instruction_set()).name +
                     " kernels: " + text_of(program.operations() / n) + " real multiply-adds an element (" +
                     rejected_ + "dense: " + text_of(n * complex_parts) + "), " +
                     size_text(static_cast<double>(program.bytes()));
  std::size_t before = 1;
  const auto& levels = program.levels;
  for (std::size_t k = 0; k < levels.size();) {
    const std::size_t first = k;
    double operations = 0;
    do {
      operations += levels[k].operations / static_cast<double>(levels[k].block);
    } while (++k < levels.size() && levels[k].description.empty());
    const std::string stages = k - first > 1 ? " in " + std::to_string(k - first) + " stages" : "";
    text += "\n  ";
    if (method_ != Method::kTwoSided) {
      text += "order " + std::to_string(before) + " to " + std::to_string(levels[first].block) + ": ";
    }
    text += levels[first].description + stages + ", " + text_of(operations) + " an element";
    before = levels[first].block;
  }
  return text;
}

template class FourierPlan<float>;
template class FourierPlan<double>;

}  // namespace peterweyl
