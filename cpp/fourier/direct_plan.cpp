#include "fourier/direct_plan.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "support/error.hpp"
#include "support/parallel_for.hpp"

namespace peterweyl {
namespace {

template <typename Scalar>
using RowMajor = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <typename Scalar>
using Rows = Eigen::Map<RowMajor<Scalar>>;
template <typename Scalar>
using ConstRows = Eigen::Map<const RowMajor<Scalar>>;

Eigen::Index index_of(std::size_t value) {
  return static_cast<Eigen::Index>(value);
}

constexpr std::size_t kTile =
    64;  // rows handed out at once: fixed, so that results do not depend on the workers

// Calls body(first, count) for every tile of rows.
template <typename Body>
void for_tiles(std::size_t rows, unsigned workers, const Interrupt& interrupt, const Body& body) {
  parallel_for((rows + kTile - 1) / kTile, workers, interrupt,
               [&](std::size_t tile) { body(tile * kTile, std::min(kTile, rows - tile * kTile)); });
}

void check_workers(unsigned workers) {
  if (workers == 0) throw ArgumentError("workers: expected at least 1, got 0");
}

}  // namespace

template <typename Real>
void DirectPlan<Real>::set_degrees(std::vector<std::uint32_t> degrees) {
  degrees_ = std::move(degrees);
  offsets_ = {0};
  for (const std::uint32_t d : degrees_) offsets_.push_back(offsets_.back() + std::size_t{d} * d);
  order_ = offsets_.back();
  plancherel_.reserve(order_);
  for (std::size_t r = 0; r < degrees_.size(); ++r) {
    plancherel_.resize(offsets_[r + 1],
                       static_cast<Real>(static_cast<double>(degrees_[r]) / static_cast<double>(order_)));
  }
}

template <typename Real>
DirectPlan<Real>::DirectPlan(std::vector<std::uint32_t> degrees, std::vector<Complex> matrix)
    : matrix_(std::move(matrix)) {
  set_degrees(std::move(degrees));
  if (matrix_.size() != order_ * order_) {
    throw ArgumentError("matrix: expected " + std::to_string(order_ * order_) + " entries, got " +
                        std::to_string(matrix_.size()));
  }
}

template <typename Real>
DirectPlan<Real>::DirectPlan(const Irreps& irreps, std::uint64_t memory_limit) {
  std::vector<std::uint32_t> degrees;
  for (const Irrep& irrep : irreps.all) degrees.push_back(irrep.degree);
  set_degrees(std::move(degrees));
  const std::uint64_t bytes = std::uint64_t{order_} * order_ * sizeof(Complex);
  if (bytes > memory_limit) {
    const auto largest =
        static_cast<std::uint64_t>(std::sqrt(static_cast<double>(memory_limit) / sizeof(Complex)));
    throw GroupTooLargeError("fourier plan: the dense matrix of a group of order " + std::to_string(order_) +
                                 " takes " + std::to_string(bytes >> 20) + " MiB, the limit is " +
                                 std::to_string(memory_limit >> 20) + " MiB (order " +
                                 std::to_string(largest) + ")",
                             order_, largest);
  }
  matrix_.resize(order_ * order_);
  for (std::size_t r = 0; r < irreps.all.size(); ++r) {
    const Irrep& irrep = irreps.all[r];
    const std::size_t d = irrep.degree;
    for (Element g = 0; g < order_; ++g) {
      const auto rho = irrep.matrix(g);
      Complex* row = matrix_.data() + g * order_ + offsets_[r];
      for (std::size_t i = 0; i < d; ++i) {
        for (std::size_t j = 0; j < d; ++j) row[i * d + j] = Complex(std::conj(rho[j * d + i]));
      }
    }
  }
}

template <typename Real>
std::size_t DirectPlan<Real>::rows(std::size_t input, std::size_t output) const {
  if (input % order_ != 0) {
    throw ArgumentError("input: expected a multiple of " + std::to_string(order_) + " entries, got " +
                        std::to_string(input));
  }
  if (input != output) {
    throw ArgumentError("output: expected " + std::to_string(input) + " entries like the input, got " +
                        std::to_string(output));
  }
  return input / order_;
}

template <typename Real>
void DirectPlan<Real>::forward(std::span<const Complex> input, std::span<Complex> output, Norm norm,
                               unsigned workers, const Interrupt& interrupt) const {
  check_workers(workers);
  const Eigen::Index n = index_of(order_);
  const ConstRows<Complex> matrix(matrix_.data(), n, n);
  const Eigen::Map<const Eigen::Array<Real, 1, Eigen::Dynamic>> weights(plancherel_.data(), n);
  for_tiles(rows(input.size(), output.size()), workers, interrupt, [&](std::size_t first, std::size_t count) {
    const ConstRows<Complex> source(input.data() + first * order_, index_of(count), n);
    Rows<Complex> target(output.data() + first * order_, index_of(count), n);
    target.noalias() = source * matrix;
    if (norm == Norm::kOrtho) target.array().rowwise() *= weights.sqrt().template cast<Complex>();
    if (norm == Norm::kForward) target /= static_cast<Real>(order_);
  });
}

template <typename Real>
void DirectPlan<Real>::forward(std::span<const Real> input, std::span<Complex> output, Norm norm,
                               unsigned workers, const Interrupt& interrupt) const {
  check_workers(workers);
  const Eigen::Index n = index_of(order_);
  // A row of complex numbers is a row of twice as many real ones (std::complex guarantees the layout).
  const ConstRows<Real> matrix(reinterpret_cast<const Real*>(matrix_.data()), n, 2 * n);
  const Eigen::Map<const Eigen::Array<Real, 1, Eigen::Dynamic>> weights(plancherel_.data(), n);
  for_tiles(rows(input.size(), output.size()), workers, interrupt, [&](std::size_t first, std::size_t count) {
    const ConstRows<Real> source(input.data() + first * order_, index_of(count), n);
    Rows<Real> parts(reinterpret_cast<Real*>(output.data() + first * order_), index_of(count), 2 * n);
    parts.noalias() = source * matrix;
    Rows<Complex> target(output.data() + first * order_, index_of(count), n);
    if (norm == Norm::kOrtho) target.array().rowwise() *= weights.sqrt().template cast<Complex>();
    if (norm == Norm::kForward) target /= static_cast<Real>(order_);
  });
}

template <typename Real>
void DirectPlan<Real>::inverse(std::span<const Complex> input, std::span<Complex> output, Norm norm,
                               unsigned workers, const Interrupt& interrupt) const {
  check_workers(workers);
  const Eigen::Index n = index_of(order_);
  const ConstRows<Complex> matrix(matrix_.data(), n, n);
  const Eigen::Map<const Eigen::Array<Real, 1, Eigen::Dynamic>> weights(plancherel_.data(), n);
  for_tiles(rows(input.size(), output.size()), workers, interrupt, [&](std::size_t first, std::size_t count) {
    RowMajor<Complex> weighted = ConstRows<Complex>(input.data() + first * order_, index_of(count), n);
    if (norm == Norm::kOrtho) {
      weighted.array().rowwise() *= weights.sqrt().template cast<Complex>();
    } else {
      weighted.array().rowwise() *= weights.template cast<Complex>();
    }
    Rows<Complex> target(output.data() + first * order_, index_of(count), n);
    target.noalias() = weighted * matrix.adjoint();
    if (norm == Norm::kForward) target *= static_cast<Real>(order_);
  });
}

template <typename Real>
void DirectPlan<Real>::multiply(std::span<const Complex> f_spectrum, std::span<const Complex> h_spectrum,
                                std::span<Complex> output) const {
  const std::size_t count = rows(f_spectrum.size(), output.size());
  rows(h_spectrum.size(), output.size());
  for (std::size_t row = 0; row < count; ++row) {
    for (std::size_t r = 0; r < degrees_.size(); ++r) {
      const std::size_t offset = row * order_ + offsets_[r];
      const Eigen::Index d = degrees_[r];
      Rows<Complex>(output.data() + offset, d, d).noalias() =
          ConstRows<Complex>(h_spectrum.data() + offset, d, d) *
          ConstRows<Complex>(f_spectrum.data() + offset, d, d);
    }
  }
}

template <typename Real>
void DirectPlan<Real>::power(std::span<const Complex> spectrum, std::span<Real> output) const {
  const std::size_t count = rows(spectrum.size(), spectrum.size());
  if (output.size() != count * degrees_.size()) {
    throw ArgumentError("output: expected " + std::to_string(count * degrees_.size()) + " entries, got " +
                        std::to_string(output.size()));
  }
  for (std::size_t row = 0; row < count; ++row) {
    for (std::size_t r = 0; r < degrees_.size(); ++r) {
      Real sum = 0;
      for (std::size_t c = offsets_[r]; c < offsets_[r + 1]; ++c)
        sum += std::norm(spectrum[row * order_ + c]);
      output[row * degrees_.size() + r] = plancherel_[offsets_[r]] * sum;
    }
  }
}

template class DirectPlan<float>;
template class DirectPlan<double>;

}  // namespace peterweyl
