#include "harmonics/block_orientation.hpp"

#include <algorithm>
#include <cmath>

#include "support/random.hpp"

namespace peterweyl {
namespace {

using Eigen::Index;
using Eigen::MatrixXcd;
using Eigen::MatrixXf;

struct Sample {
  Index reference = 0;
  std::vector<Index> left;   // h
  std::vector<Index> right;  // g
};

Sample draw_sample(Index n, Random& random) {
  Sample sample;
  const auto draw = [&] { return static_cast<Index>(random.below(static_cast<std::uint64_t>(n))); };
  sample.reference = draw();
  const Index products = std::min<Index>(256, n * n);
  for (Index i = 0; i < products; ++i) {
    sample.left.push_back(draw());
    sample.right.push_back(draw());
  }
  return sample;
}

// Scores of products against columns (products x n), d Re <V(k), V(h) V(r)^H V(g)>; turned: V(g) V(r)^H V(h).
MatrixXf scores(const WhitenedBlock& block, const Sample& sample, bool turned) {
  const Index d = block.degree;
  const Index n = block.order();
  const auto products = static_cast<Index>(sample.left.size());
  MatrixXcd values(d, products * d);
  const MatrixXcd reference = block.matrix(sample.reference).adjoint();
  for (Index i = 0; i < products; ++i) {
    const auto h = block.matrix(sample.left[static_cast<std::size_t>(i)]);
    const auto g = block.matrix(sample.right[static_cast<std::size_t>(i)]);
    if (turned) {
      values.middleCols(i * d, d) = (g * reference) * h;
    } else {
      values.middleCols(i * d, d) = (h * reference) * g;
    }
  }
  const Index height = 2 * d * d;
  const auto flat = [height](const MatrixXcd& matrix, Index columns) -> MatrixXf {
    return Eigen::Map<const Eigen::MatrixXd>(reinterpret_cast<const double*>(matrix.data()), height, columns)
        .cast<float>();
  };
  return static_cast<float>(d) * (flat(values, products).transpose() * flat(block.unitary, n));
}

// Whether turning a block brings the products nearer to common columns, by more than chance and rounding.
bool better_turned(const MatrixXf& others, const MatrixXf& kept, const MatrixXf& turned, double scale) {
  const Eigen::VectorXf gain = (others + turned).rowwise().maxCoeff() - (others + kept).rowwise().maxCoeff();
  const auto count = static_cast<double>(gain.size());
  const double mean = static_cast<double>(gain.sum()) / count;
  const double square = static_cast<double>(gain.squaredNorm()) / count;
  const double error = std::sqrt(std::max(0.0, square - mean * mean) / count);
  return mean > std::max(3 * error, 1e-4 * scale);
}

}  // namespace

std::size_t align_orientations(std::vector<WhitenedBlock>& blocks, std::uint64_t seed,
                               const Interrupt& interrupt) {
  std::vector<std::size_t> larger;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].degree > 1) larger.push_back(i);
  }
  if (larger.size() < 2) return 0;
  const Index n = blocks[0].order();
  Random random(seed);
  const Sample sample = draw_sample(n, random);
  double scale = 0;
  MatrixXf total = MatrixXf::Zero(static_cast<Index>(sample.left.size()), n);
  for (const auto& block : blocks) {
    scale += static_cast<double>(block.degree * block.degree);
    if (block.degree == 1) total += scores(block, sample, false);
  }
  std::vector<MatrixXf> kept(larger.size());
  std::vector<MatrixXf> turned(larger.size());
  std::vector<char> turn(larger.size(), 0);
  for (std::size_t i = 0; i < larger.size(); ++i) {
    interrupt.poll();
    kept[i] = scores(blocks[larger[i]], sample, false);
    turned[i] = scores(blocks[larger[i]], sample, true);
    if (i > 0 && better_turned(total, kept[i], turned[i], scale)) {
      turn[i] = 1;
      std::swap(kept[i], turned[i]);
    }
    total += kept[i];
  }
  for (std::size_t i = 1; i < larger.size(); ++i) {
    interrupt.poll();
    total -= kept[i];
    if (better_turned(total, kept[i], turned[i], scale)) {
      turn[i] = turn[i] != 0 ? 0 : 1;
      std::swap(kept[i], turned[i]);
    }
    total += kept[i];
  }
  std::size_t count = 0;
  for (std::size_t i = 0; i < larger.size(); ++i) {
    if (turn[i] == 0) continue;
    flip(blocks[larger[i]]);
    ++count;
  }
  return count;
}

}  // namespace peterweyl
