#include "representations/clifford_step.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "representations/matrix.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

// One step: t is the element with label |N|, t^i n has label i |N| + n.
class CliffordStep {
 public:
  CliffordStep(const StepContext& context, Random& random)
      : context_(context), random_(random), width_(context.lower.order), prime_(context.step.index) {
    const SubgroupChain& chain = context.chain;
    const Element t = width_;
    twisted_.resize(width_);
    for (Element n = 0; n < width_; ++n) twisted_[n] = chain.product(chain.product(t, n), chain.inverse(t));
    power_ = chain.product((prime_ - 1) * width_, t);  // t^p, an element of N
  }

  std::vector<ChainIrrep> run() {
    const auto& lower = context_.lower.irreps;
    const std::vector<std::uint32_t> successor = conjugation();
    std::vector<char> done(lower.size(), 0);
    std::vector<ChainIrrep> result;
    for (std::uint32_t i = 0; i < lower.size(); ++i) {
      if (done[i] != 0) continue;
      context_.interrupt.poll();
      std::vector<std::uint32_t> orbit{i};
      for (std::uint32_t j = successor[i]; j != i && orbit.size() <= prime_; j = successor[j])
        orbit.push_back(j);
      if (orbit.size() != 1 && orbit.size() != prime_) {
        throw NumericalError("Clifford step: expected an orbit of 1 or " + std::to_string(prime_) +
                             " irreps, got " + std::to_string(orbit.size()));
      }
      for (const std::uint32_t j : orbit) done[j] = 1;
      if (orbit.size() == 1) {
        extend(i, result);
      } else {
        result.push_back(induce(orbit));
      }
    }
    for (ChainIrrep& irrep : result) {
      irrep.character = character_of(irrep, context_.lower, context_.classes);
    }
    return result;
  }

 private:
  // For each irrep sigma of N the position of the irrep sigma' with sigma'(t n t^-1) equivalent to sigma(n).
  std::vector<std::uint32_t> conjugation() {
    const LabelClasses& classes = context_.lower.classes;
    const auto& irreps = context_.lower.irreps;
    std::vector<std::uint32_t> image(classes.count());
    for (std::size_t c = 0; c < classes.count(); ++c) {
      image[c] = classes.of_label[twisted_[classes.representatives[c]]];
    }
    // Characters are compared through one random functional first: O(k) an irrep instead of O(k^2).
    std::vector<double> weight(classes.count());
    for (double& w : weight) w = random_.uniform();
    const auto functional = [&](const ChainIrrep& irrep, bool twisted) {
      Complex sum = 0.0;
      for (std::size_t c = 0; c < classes.count(); ++c) {
        sum += irrep.character[c] * (twisted ? weight[image[c]] : weight[c]);
      }
      return sum;
    };
    std::vector<std::pair<double, std::uint32_t>> keys;
    keys.reserve(irreps.size());
    for (std::uint32_t i = 0; i < irreps.size(); ++i)
      keys.emplace_back(functional(irreps[i], false).real(), i);
    std::ranges::sort(keys);

    // chi'(image(c)) = chi(c), so sum_c weight(c) chi'(c) = sum_c weight(image(c)) chi(c).
    constexpr double kTolerance = 1e-6;
    std::vector<std::uint32_t> successor(irreps.size());
    for (std::uint32_t i = 0; i < irreps.size(); ++i) {
      const double target = functional(irreps[i], true).real();
      auto candidate = std::ranges::lower_bound(keys, std::pair(target - kTolerance, 0U));
      std::optional<std::uint32_t> found;
      for (; !found && candidate != keys.end() && candidate->first <= target + kTolerance; ++candidate) {
        const ChainIrrep& other = irreps[candidate->second];
        double difference = 0;
        for (std::size_t c = 0; c < classes.count(); ++c) {
          difference = std::max(difference, std::abs(other.character[image[c]] - irreps[i].character[c]));
        }
        if (difference < kTolerance) found = candidate->second;
      }
      if (!found) throw NumericalError("Clifford step: a conjugate character is not in the table");
      successor[i] = *found;
    }
    return successor;
  }

  // The unitary X, up to phase, with X sigma(n) = tau(t n t^-1) X for all n in N, snapped where it is
  // monomial. X is proportional to sum_n tau(t n t^-1) e_0 (sigma(n) v)^H for almost every v.
  Matrix intertwiner(const ChainIrrep& sigma, const ChainIrrep& tau) {
    constexpr int kDraws = 20;
    constexpr double kSmall = 0.2;
    const std::size_t d = sigma.degree;
    if (d == 1) return Matrix::Ones(1, 1);
    Eigen::VectorXcd v(index_of(d));
    Eigen::VectorXcd column(index_of(d));
    Eigen::VectorXcd row(index_of(d));
    for (int draw = 0; draw < kDraws; ++draw) {
      for (Complex& entry : v) entry = random_.complex_normal();
      Matrix sum = Matrix::Zero(index_of(d), index_of(d));
      for (Element n = 0; n < width_; ++n) {
        context_.interrupt.poll();
        column = square_at(tau.matrices.data(), twisted_[n], d).col(0);
        row.noalias() = square_at(sigma.matrices.data(), n, d) * v;
        sum.noalias() += column * row.adjoint();
      }
      // A unitary has Frobenius norm sqrt(d); a small multiple of it has lost digits.
      const double scale = sum.norm() / std::sqrt(static_cast<double>(d));
      if (scale * static_cast<double>(d) / static_cast<double>(width_) < kSmall) continue;
      Matrix x = polar_factor(sum / scale);
      x /= phase_of_first_entry(x);
      return x;
    }
    throw NumericalError("Clifford step: no intertwiner found for an irrep of degree " + std::to_string(d));
  }

  // The phase of the first entry that is not small: dividing by it makes the intertwiner independent of the
  // draw.
  static Complex phase_of_first_entry(const Matrix& x) {
    const double threshold = 0.5 / std::sqrt(static_cast<double>(x.rows()));
    for (Eigen::Index i = 0; i < x.size(); ++i) {
      const Complex z = x.data()[i];
      if (std::abs(z) > threshold) return z / std::abs(z);
    }
    return 1.0;
  }

  bool snap(Matrix& x) const {
    return context_.roots.snap(std::span(x.data(), static_cast<std::size_t>(x.size())));
  }

  // The p extensions of an irrep that t fixes.
  void extend(std::uint32_t position, std::vector<ChainIrrep>& result) {
    const ChainIrrep& sigma = context_.lower.irreps[position];
    const std::size_t d = sigma.degree;
    Matrix m = intertwiner(sigma, sigma);
    // m^p = c sigma(t^p) for a phase c; dividing m by a p-th root of c leaves the p choices of the extension.
    Matrix power = Matrix::Identity(m.rows(), m.cols());
    for (Element i = 0; i < prime_; ++i) power = power * m;
    const Complex c =
        (square_at(sigma.matrices.data(), power_, d).adjoint() * power).trace() / static_cast<double>(d);
    m *= std::polar(1.0, -std::arg(c) / static_cast<double>(prime_));
    bool monomial = sigma.monomial && snap(m);

    // Powers of m; the extensions differ by a root of unity on each coset.
    std::vector<Complex> powers(std::size_t{prime_} * d * d);
    power = Matrix::Identity(m.rows(), m.cols());
    for (Element i = 0; i < prime_; ++i) {
      square_at(powers.data(), i, d) = power;
      power = polar_factor(power * m);
      if (monomial) snap(power);
    }
    if (monomial) monomial = context_.roots.snap(powers);
    const RootsOfUnity roots(prime_);
    for (Element j = 0; j < prime_; ++j) {
      ChainIrrep extension{sigma.degree, monomial, {{position, 0}}, powers, {}, {}};
      for (Element i = 1; i < prime_ && j > 0; ++i) {
        square_at(extension.representatives.data(), i, d) *= roots[std::uint64_t{i} * j % prime_];
      }
      if (monomial) context_.roots.snap(extension.representatives);
      result.push_back(std::move(extension));
    }
  }

  // The irrep induced from an orbit of p irreps: t maps block j to block j+1 by X_j, and X_(p-1) ... X_0 =
  // sigma(t^p).
  ChainIrrep induce(const std::vector<std::uint32_t>& orbit) {
    const auto& lower = context_.lower.irreps;
    const std::size_t d = lower[orbit[0]].degree;
    const std::size_t degree = prime_ * d;
    bool monomial = true;
    std::vector<Matrix> steps;
    Matrix cycle = Matrix::Identity(index_of(d), index_of(d));
    for (std::size_t j = 0; j < prime_; ++j) {
      const ChainIrrep& sigma = lower[orbit[j]];
      steps.push_back(intertwiner(sigma, lower[orbit[(j + 1) % prime_]]));
      cycle = steps.back() * cycle;
      monomial = monomial && sigma.monomial;
    }
    const ConstMatrixMap target = square_at(lower[orbit[0]].matrices.data(), power_, d);
    const Complex c = (target.adjoint() * cycle).trace();
    steps.back() *= std::conj(c) / std::abs(c);
    for (Matrix& x : steps) monomial = monomial && snap(x);

    ChainIrrep irrep{static_cast<std::uint32_t>(degree), monomial, {}, {}, {}, {}};
    irrep.representatives.assign(prime_ * degree * degree, 0.0);
    for (std::size_t j = 0; j < prime_; ++j) {
      irrep.blocks.push_back({orbit[j], static_cast<std::uint32_t>(j * d)});
      Matrix path = Matrix::Identity(index_of(d), index_of(d));  // of t^i from block j
      for (std::size_t i = 0; i < prime_; ++i) {
        const std::size_t row = (j + i) % prime_;
        square_at(irrep.representatives.data(), i, degree)
            .block(index_of(row * d), index_of(j * d), index_of(d), index_of(d)) = path;
        path = polar_factor(steps[row] * path);
        if (monomial) snap(path);
      }
    }
    if (monomial) irrep.monomial = context_.roots.snap(irrep.representatives);
    return irrep;
  }

  const StepContext& context_;
  Random& random_;
  Element width_;
  Element prime_;
  std::vector<Element> twisted_;  // n -> t n t^-1
  Element power_ = 0;
};

}  // namespace

std::vector<ChainIrrep> clifford_step(const StepContext& context, Random& random) {
  return CliffordStep(context, random).run();
}

}  // namespace peterweyl
