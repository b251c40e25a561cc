#include "harmonics/block_harmonics.hpp"

#include <doctest/doctest.h>

#include <Eigen/Dense>
#include <cmath>

#include "groups/families.hpp"
#include "support/random.hpp"

using namespace peterweyl;
using Complex = std::complex<double>;
using RowMajor = Eigen::Matrix<Complex, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

namespace {

RowMajor gaussian_matrix(std::size_t d, Random& random) {
  RowMajor result(static_cast<Eigen::Index>(d), static_cast<Eigen::Index>(d));
  for (Complex& entry : result.reshaped()) entry = random.complex_normal();
  return result;
}

RowMajor unitary_matrix(std::size_t d, Random& random) {
  return Eigen::HouseholderQR<RowMajor>(gaussian_matrix(d, random)).householderQ();
}

std::vector<Complex> block(const Irrep& irrep, std::size_t n, bool adjoint, const RowMajor& left,
                           const RowMajor& right) {
  const auto d = static_cast<Eigen::Index>(irrep.degree);
  std::vector<Complex> entries;
  for (std::size_t g = 0; g < n; ++g) {
    const Eigen::Map<const RowMajor> rho(irrep.matrix(static_cast<Element>(g)).data(), d, d);
    const RowMajor value = adjoint ? RowMajor(left * rho.adjoint() * right) : RowMajor(left * rho * right);
    entries.insert(entries.end(), value.reshaped<Eigen::RowMajor>().begin(),
                   value.reshaped<Eigen::RowMajor>().end());
  }
  return entries;
}

}  // namespace

TEST_CASE(
    "block harmonics: every irrep is found in its convention, with a left, a right and a two-sided "
    "multiplier") {
  Random random(21);
  for (const Group& group :
       {symmetric_group(3), dicyclic_group(2), alternating_group(4), cyclic_by_cyclic_group(7, 3)}) {
    const Irreps irreps = irreducible_representations(group);
    for (std::uint32_t k = 0; k < irreps.all.size(); ++k) {
      const Irrep& irrep = irreps.all[k];
      const std::size_t d = irrep.degree;
      CAPTURE(group.name());
      CAPTURE(k);
      const RowMajor m = gaussian_matrix(d, random);
      const RowMajor u = unitary_matrix(d, random);
      for (const bool adjoint : {false, true}) {
        const auto left = block(irrep, group.order(), adjoint, m, u);
        const auto result = block_harmonics({d, left}, group, irreps);
        const BlockFit& fit = adjoint ? result.adjoint : result.direct;
        const BlockFit& other = adjoint ? result.direct : result.adjoint;
        CHECK(fit.irrep == k);
        CHECK(fit.share == doctest::Approx(1));
        CHECK(fit.residual < 1e-12);
        CHECK(fit.residual_left < 1e-6);
        CHECK(fit.homomorphism_residual < 1e-9);
        if (d > 1) {
          CHECK(fit.residual_right > 0.01);
          CHECK(fit.unitarity_defect > 0.01);
          CHECK(other.residual > 0.3);
          CHECK(other.homomorphism_residual > 0.3);
        }
        const auto right = block(irrep, group.order(), adjoint, u, m);
        const auto mirrored = block_harmonics({d, right}, group, irreps);
        CHECK((adjoint ? mirrored.adjoint : mirrored.direct).residual_right < 1e-6);
        const auto both = block(irrep, group.order(), adjoint, m, gaussian_matrix(d, random));
        const auto general = block_harmonics({d, both}, group, irreps);
        CHECK((adjoint ? general.adjoint : general.direct).residual < 1e-12);
        CHECK((adjoint ? general.adjoint : general.direct).homomorphism_residual < 1e-6);
      }
    }
  }
}

TEST_CASE("block harmonics: a unitary multiplier has no defect and its own scale") {
  Random random(2);
  const Group group = symmetric_group(4);
  const Irreps irreps = irreducible_representations(group);
  const Irrep& irrep = irreps.all.back();
  const auto entries = block(irrep, 24, true, 2.5 * unitary_matrix(3, random), unitary_matrix(3, random));
  const auto result = block_harmonics({3, entries}, group, irreps);
  CHECK(result.all_pairs);
  CHECK(result.adjoint.unitarity_defect < 1e-9);
  CHECK(result.adjoint.scale == doctest::Approx(2.5));
  CHECK(result.adjoint.residual_right < 1e-9);
}

TEST_CASE("block harmonics: noise raises the residual to its own size, zero and wrong degrees are no fit") {
  Random random(4);
  const Group group = symmetric_group(3);
  const Irreps irreps = irreducible_representations(group);
  auto entries = block(irreps.all[2], 6, false, RowMajor::Identity(2, 2), RowMajor::Identity(2, 2));
  double noise = 0;
  double total = 0;
  for (Complex& entry : entries) {
    const Complex step = 0.05 * random.complex_normal();
    noise += std::norm(step);
    entry += step;
    total += std::norm(entry);
  }
  const auto noisy = block_harmonics({2, entries}, group, irreps);
  CHECK(noisy.direct.residual < std::sqrt(noise / total));
  CHECK(noisy.direct.residual > 0.3 * std::sqrt(noise / total));
  CHECK(noisy.direct.residual_left >= noisy.direct.residual);

  const std::vector<Complex> zero(24);
  const auto dead = block_harmonics({2, zero}, group, irreps);
  CHECK_FALSE(dead.direct.irrep);
  CHECK(std::isnan(dead.direct.homomorphism_residual));
  const std::vector<Complex> large(6 * 9, 1.0);
  const auto none = block_harmonics({3, large}, group, irreps);
  CHECK_FALSE(none.direct.irrep);
  CHECK(none.direct.residual == 1);
}

TEST_CASE("block harmonics: the unitarity gap is zero for a complete set of irreps") {
  const Group group = dicyclic_group(3);
  const Irreps irreps = irreducible_representations(group);
  std::vector<WeightBlock> blocks;
  for (const Irrep& irrep : irreps.all) blocks.push_back({irrep.degree, irrep.matrices});
  CHECK(unitarity_gap(blocks, 12) < 1e-11);
  blocks.pop_back();  // without a block of degree 2 the diagonal misses 4
  CHECK(unitarity_gap(blocks, 12) == doctest::Approx(4));
}
