#include "fourier/direct_plan.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <mutex>
#include <string>
#include <thread>

#include "support/error.hpp"

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

// Calls body(first, count) for every tile of rows. The first exception stops the others and is thrown here.
// Only the calling thread polls the interrupt.
template <typename Body>
void for_tiles(std::size_t rows, unsigned workers, const Interrupt& interrupt, const Body& body) {
  const std::size_t tiles = (rows + kTile - 1) / kTile;
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const auto run = [&](bool is_caller) {
    try {
      for (std::size_t tile = next++; tile < tiles; tile = next++) {
        if (is_caller) interrupt.poll();
        body(tile * kTile, std::min(kTile, rows - tile * kTile));
      }
    } catch (...) {
      const std::scoped_lock lock(failure_mutex);
      if (!failure) failure = std::current_exception();
      next = tiles;
    }
  };
  {
    std::vector<std::jthread> threads;
    const std::size_t extra = std::min<std::size_t>(workers, tiles);
    for (std::size_t i = 1; i < extra; ++i) threads.emplace_back(run, false);
    run(true);
  }
  if (failure) std::rethrow_exception(failure);
}

void check_workers(unsigned workers) {
  if (workers == 0) throw ArgumentError("workers: expected at least 1, got 0");
}

}  // namespace

template <typename Real>
DirectPlan<Real>::DirectPlan(const Irreps& irreps, std::uint64_t memory_limit) : order_(0), offsets_{0} {
  for (const Irrep& irrep : irreps.all) {
    degrees_.push_back(irrep.degree);
    order_ += std::size_t{irrep.degree} * irrep.degree;
    offsets_.push_back(order_);
  }
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
    plancherel_.resize(offsets_[r + 1],
                       static_cast<Real>(static_cast<double>(d) / static_cast<double>(order_)));
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
