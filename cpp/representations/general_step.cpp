#include "representations/general_step.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "representations/matrix.hpp"
#include "support/error.hpp"
#include "support/hermitian_eigenvectors.hpp"

namespace peterweyl {
namespace {

// An eigenspace in the induced space: orthonormal columns, with its character.
struct Piece {
  Matrix basis;
  std::vector<Complex> character;
};

class GeneralStep {
 public:
  GeneralStep(const StepContext& context, Random& random)
      : context_(context), random_(random), width_(context.lower.order), index_(context.step.index) {}

  std::vector<ChainIrrep> run() {
    const auto& lower = context_.lower.irreps;
    std::vector<std::uint32_t> order(lower.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return lower[i].degree; });
    std::vector<std::uint64_t>
        quota;  // dimension of the induced representation that no found irrep accounts for
    for (const ChainIrrep& sigma : lower) quota.push_back(std::uint64_t{index_} * sigma.degree);

    std::vector<ChainIrrep> found;
    for (const std::uint32_t i : order) {
      if (quota[i] == 0) continue;
      for (Piece& piece : decompose(lower[i])) {
        const bool known = std::ranges::any_of(found, [&](const ChainIrrep& other) {
          return std::abs(inner_product(piece.character, other.character, context_.classes)) > 0.5;
        });
        if (known) continue;
        found.push_back(adapt(lower[i], std::move(piece)));
        for (const ChainIrrep::Block& block : found.back().blocks) {
          if (quota[block.irrep] < found.back().degree) {
            throw NumericalError("general step: an irrep passes its Frobenius quota");
          }
          quota[block.irrep] -= found.back().degree;
        }
      }
    }
    return found;
  }

 private:
  struct Coset {
    Element index;
    Element rest;
  };
  // g t_j = t_index rest.
  Coset act(Element g, Element j) const {
    const Element y = context_.chain.product(g, j * width_);
    return {y / width_, y % width_};
  }

  void fill(Matrix& matrix) {
    for (Complex& entry : std::span(matrix.data(), static_cast<std::size_t>(matrix.size()))) {
      entry = random_.complex_normal();
    }
  }

  // Irreducible subspaces of the representation induced from sigma, repeated drawings until they separate.
  std::vector<Piece> decompose(const ChainIrrep& sigma) {
    constexpr int kDraws = 20;
    for (int draw = 0; draw < kDraws; ++draw) {
      context_.interrupt.poll();
      const HermitianEigenvectors<Complex> eigen = hermitian_eigenvectors(commutant_element(sigma));
      if (!eigen.converged) continue;
      std::optional<std::vector<Piece>> pieces = split(sigma, eigen.values, eigen.vectors);
      if (pieces) return std::move(*pieces);
    }
    throw NumericalError("general step: no random element of the commutant separated the irreps of degree-" +
                         std::to_string(sigma.degree) + " induction");
  }

  Eigen::MatrixXcd commutant_element(const ChainIrrep& sigma) {
    constexpr double kZero = 1e-9;
    const std::size_t d = sigma.degree;
    const auto at = [&](Element h) { return square_at(sigma.matrices.data(), h, d); };
    std::vector<Matrix> phi(index_);  // Phi(t_l)
    for (Element q = 0; q < index_; ++q) {
      if (phi[q].size() != 0) continue;
      context_.interrupt.poll();
      // H acts on the cosets of its double coset: h t_q = t_l h'.
      struct Path {
        Element left;
        Element right;
      };
      std::vector<std::optional<Path>> path(index_);
      Matrix start(index_of(d), index_of(d));
      fill(start);
      Matrix mean = Matrix::Zero(index_of(d), index_of(d));
      std::size_t orbit = 0;
      for (Element h = 0; h < width_; ++h) {
        context_.interrupt.poll();
        const Coset c = act(h, q);
        if (c.index == q) mean.noalias() += at(h) * start * at(c.rest).adjoint();
        if (!path[c.index]) {
          path[c.index] = Path{h, c.rest};
          ++orbit;
        }
      }
      mean *= static_cast<double>(orbit) / static_cast<double>(width_);
      // Where nothing intertwines, the average is rounding error; elsewhere each double coset gets its fair
      // weight.
      const double norm = mean.norm();
      mean *= norm < kZero * static_cast<double>(d)
                  ? 0.0
                  : random_.normal() * std::sqrt(static_cast<double>(d) / static_cast<double>(orbit)) / norm;
      for (Element l = 0; l < index_; ++l) {
        if (path[l]) phi[l] = at(path[l]->left) * mean * at(path[l]->right).adjoint();
      }
    }
    const std::size_t size = index_ * d;
    Eigen::MatrixXcd t(index_of(size), index_of(size));
    for (Element i = 0; i < index_; ++i) {
      const Element inverse = context_.chain.inverse(i * width_);
      for (Element j = 0; j < index_; ++j) {
        const Coset c = act(inverse, j);
        t.block(index_of(i * d), index_of(j * d), index_of(d), index_of(d)) = phi[c.index] * at(c.rest);
      }
    }
    return 0.5 * (t + t.adjoint());
  }

  // Groups equal eigenvalues; nothing when two are neither equal nor apart, or when an eigenspace is
  // reducible.
  std::optional<std::vector<Piece>> split(const ChainIrrep& sigma, const Eigen::VectorXd& values,
                                          const Eigen::MatrixXcd& vectors) const {
    constexpr double kEqual = 1e-10;
    constexpr double kApart = 1e-5;
    const double scale = values.cwiseAbs().maxCoeff();
    std::vector<Piece> pieces;
    Eigen::Index start = 0;
    for (Eigen::Index end = 1; end <= values.size(); ++end) {
      if (end < values.size()) {
        const double gap = values[end] - values[end - 1];
        if (gap < kEqual * scale) continue;
        if (gap < kApart * scale) return std::nullopt;
      }
      Piece piece{vectors.middleCols(start, end - start), {}};
      piece.character = character(sigma, piece.basis);
      const double norm = inner_product(piece.character, piece.character, context_.classes).real();
      if (std::abs(norm - 1.0) > 1e-6) return std::nullopt;
      pieces.push_back(std::move(piece));
      start = end;
    }
    return pieces;
  }

  // Ind(g) x for columns x of the induced space: block i of the result is sigma(h) x_j where g t_j = t_i h.
  void induced_action(const ChainIrrep& sigma, Element g, const Matrix& x, Matrix& result) const {
    const std::size_t d = sigma.degree;
    for (Element j = 0; j < index_; ++j) {
      const Coset c = act(g, j);
      result.middleRows(index_of(c.index * d), index_of(d)).noalias() =
          square_at(sigma.matrices.data(), c.rest, d) * x.middleRows(index_of(j * d), index_of(d));
    }
  }

  std::vector<Complex> character(const ChainIrrep& sigma, const Matrix& basis) const {
    std::vector<Complex> values;
    Matrix moved(basis.rows(), basis.cols());
    for (const Element g : context_.classes.representatives) {
      induced_action(sigma, g, basis, moved);
      values.push_back(basis.conjugate().cwiseProduct(moved).sum());
    }
    return values;
  }

  // How often each irrep of H is in the restriction of a character.
  std::vector<std::size_t> multiplicities(const std::vector<Complex>& character) const {
    const LabelClasses& classes = context_.lower.classes;
    std::vector<Complex> restricted;
    for (const Element h : classes.representatives)
      restricted.push_back(character[context_.classes.of_label[h]]);
    std::vector<std::size_t> result;
    for (const ChainIrrep& tau : context_.lower.irreps) {
      const double value = inner_product(restricted, tau.character, classes).real();
      if (std::abs(value - std::round(value)) > 1e-6) {
        throw NumericalError("general step: a multiplicity is not an integer: " + std::to_string(value));
      }
      result.push_back(static_cast<std::size_t>(std::llround(value)));
    }
    return result;
  }

  // sum_h Ind(h) y tau(h)^-1 over H, level by level: sum_i Ind(t_i) (the sum over the subgroup below)
  // tau(t_i)^-1. For almost every y it is a multiple of an isometry that intertwines tau with the induced
  // representation.
  Matrix average(const ChainIrrep& sigma, const ChainIrrep& tau, Matrix y) const {
    Matrix moved(y.rows(), y.cols());
    Element below = 1;
    for (const SubgroupChain::Step& step : context_.chain.steps()) {
      if (step.order > width_) break;
      Matrix sum = y;
      for (Element i = 1; i < step.index; ++i) {
        context_.interrupt.poll();
        const Element t = i * below;
        induced_action(sigma, t, y, moved);
        sum.noalias() += moved * square_at(tau.matrices.data(), t, tau.degree).adjoint();
      }
      y = std::move(sum);
      below = step.order;
    }
    return y;
  }

  // Bases of `copies` copies of tau inside the columns of `basis`: one matrix a basis vector, one column a
  // copy.
  std::vector<Matrix> copies_of(const ChainIrrep& sigma, const ChainIrrep& tau, std::size_t copies,
                                const Matrix& basis) {
    constexpr int kDraws = 20;
    constexpr double kWorstCondition = 1e3;
    const std::size_t d = tau.degree;
    for (int draw = 0; draw < kDraws; ++draw) {
      std::vector<Matrix> u(d, Matrix(basis.rows(), index_of(copies)));
      for (Eigen::Index c = 0; c < index_of(copies); ++c) {
        Matrix start(basis.cols(), index_of(d));
        fill(start);
        const Matrix y = average(sigma, tau, basis * start);
        for (std::size_t a = 0; a < d; ++a) u[a].col(c) = y.col(index_of(a));
      }
      // The Gram matrix of the copies is the same for every a; its inverse square root makes them
      // orthonormal.
      const double size = std::sqrt(static_cast<double>(d)) / static_cast<double>(width_);
      Eigen::MatrixXcd gram = Eigen::MatrixXcd::Zero(index_of(copies), index_of(copies));
      for (const Matrix& ua : u) gram += size * size / static_cast<double>(d) * (ua.adjoint() * ua);
      const HermitianEigenvectors<Complex> eigen = hermitian_eigenvectors(gram);
      const double least = eigen.values.minCoeff();
      if (!(least * kWorstCondition > eigen.values.maxCoeff()) || least < 1e-3) continue;
      const Matrix normaliser = size * eigen.inverse_square_root();
      for (Matrix& ua : u) ua = ua * normaliser;
      return u;
    }
    throw NumericalError("general step: the copies of an irrep of the subgroup could not be told apart");
  }

  ChainIrrep adapt(const ChainIrrep& sigma, Piece piece) {
    const auto& lower = context_.lower.irreps;
    const Eigen::Index degree = piece.basis.cols();
    ChainIrrep irrep{static_cast<std::uint32_t>(degree), degree == 1, {}, {}, {}, {}};
    Matrix q(piece.basis.rows(), degree);
    Eigen::Index offset = 0;
    const std::vector<std::size_t> copies = multiplicities(piece.character);
    for (std::uint32_t i = 0; i < lower.size(); ++i) {
      if (copies[i] == 0) continue;
      const std::vector<Matrix> u = copies_of(sigma, lower[i], copies[i], piece.basis);
      const Eigen::Index d = index_of(lower[i].degree);
      for (Eigen::Index c = 0; c < index_of(copies[i]); ++c) {
        irrep.blocks.push_back({i, static_cast<std::uint32_t>(offset)});
        for (Eigen::Index a = 0; a < d; ++a) q.col(offset + a) = u[static_cast<std::size_t>(a)].col(c);
        offset += d;
      }
    }
    if (offset != degree) throw NumericalError("general step: the restriction does not fill the irrep");
    q = polar_factor(std::move(q));

    irrep.representatives.resize(index_ * static_cast<std::size_t>(degree * degree));
    Matrix moved(q.rows(), q.cols());
    for (Element i = 0; i < index_; ++i) {
      MatrixMap target = square_at(irrep.representatives.data(), i, static_cast<std::size_t>(degree));
      if (i == 0) {
        target.setIdentity();
      } else {
        induced_action(sigma, i * width_, q, moved);
        target = polar_factor(q.adjoint() * moved);
      }
    }
    if (degree == 1) irrep.monomial = context_.roots.snap(irrep.representatives);
    irrep.character = character_of(irrep, context_.lower, context_.classes);
    return irrep;
  }

  const StepContext& context_;
  Random& random_;
  Element width_;
  Element index_;
};

}  // namespace

std::vector<ChainIrrep> general_step(const StepContext& context, Random& random) {
  return GeneralStep(context, random).run();
}

}  // namespace peterweyl
