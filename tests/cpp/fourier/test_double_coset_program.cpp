#include "fourier/double_coset_program.hpp"

#include <doctest/doctest.h>

#include <numeric>
#include <string>
#include <tuple>

#include "fourier/chain_plan.hpp"
#include "fourier/direct_sum.hpp"
#include "representations/irreps.hpp"
#include "transform_checks.hpp"

using namespace peterweyl;
using namespace peterweyl::testing;
using C = std::complex<double>;

namespace {

// Those of the varied groups that it is for, and more: a subgroup that is not cyclic, one that meets its
// conjugates in the centre (C10 in SL(2,5)) or in more, real irreps, steps above it that are not normal.
std::vector<Group> groups_with_double_cosets() {
  std::vector<Group> groups = varied_groups();
  for (const char* spec :
       {"A6", "PSL(2,7)", "PSL(2,8)", "PSL(2,11)", "SL(2,7)", "C2 wr S3", "C9 : C3", "GL(2,4)"}) {
    groups.push_back(group_from_specification(spec));
  }
  std::erase_if(groups, [](const Group& group) { return !double_cosets(adapted_irreps(group)); });
  return groups;
}

template <typename Real>
void check_transform(const Irreps& irreps, InstructionSet set, std::size_t rows, double tolerance) {
  using Complex = std::complex<Real>;
  const DoubleCosets cosets = *double_cosets(*irreps.adapted);
  const ChainPlan<Real> plan(compile_double_cosets<Real>(*irreps.adapted, cosets), set);
  const std::size_t n = irreps.adapted->order();
  const std::vector<Real> weights(plan.program().degrees.size(), Real{1});
  const std::vector<C> f = random_function(rows * n, rows);
  const std::vector<C> h = random_function(rows * n, rows + 10);
  const std::vector<Complex> input(f.begin(), f.end());
  const std::vector<Complex> other(h.begin(), h.end());
  std::vector<Complex> spectrum(rows * n);
  std::vector<Complex> back(rows * n);
  plan.forward(contiguous_rows(std::span(input), n), contiguous_rows(std::span(spectrum), n), weights, 1, {});
  plan.adjoint(contiguous_rows(std::span(other), n), contiguous_rows(std::span(back), n), weights, 1, {});
  C left = 0;
  C right = 0;
  for (std::size_t k = 0; k < rows * n; ++k) {
    left += std::conj(C(spectrum[k])) * h[k];
    right += std::conj(f[k]) * C(back[k]);
  }
  CHECK(std::abs(left - right) < 10 * tolerance * static_cast<double>(rows * n * n));
  std::vector<Real> real;
  for (const C z : f) real.push_back(static_cast<Real>(z.real()));
  std::vector<Complex> of_real(rows * n);
  plan.forward(contiguous_rows(std::span<const Real>(real), n), contiguous_rows(std::span(of_real), n),
               weights, 1, {});
  for (std::size_t row = 0; row < rows; ++row) {
    const auto part = [&](const auto& all) {
      return std::vector<C>(all.begin() + static_cast<std::ptrdiff_t>(row * n),
                            all.begin() + static_cast<std::ptrdiff_t>((row + 1) * n));
    };
    CHECK(relative_distance(part(spectrum), direct_sum_forward(irreps, part(f))) < tolerance);
    CHECK(relative_distance(part(of_real), direct_sum_forward(irreps, part(real))) < tolerance);
  }
}

}  // namespace

TEST_CASE(
    "double coset program: equal to the direct sum, one row and many, and its adjoint the conjugate "
    "transpose") {
  const std::vector<Group> groups = groups_with_double_cosets();
  CHECK(groups.size() > 15);
  for (const Group& group : groups) {
    CAPTURE(group.name());
    const Irreps irreps = irreducible_representations(group);
    for (const InstructionSet set :
         {InstructionSet::kBaseline, InstructionSet::kAvx2, InstructionSet::kAvx512}) {
      if (!is_available(set)) continue;
      for (const std::size_t rows : {1U, 3U, 9U}) check_transform<double>(irreps, set, rows, 1e-13);
      for (const std::size_t rows : {1U, 17U}) check_transform<float>(irreps, set, rows, 1e-5);
    }
  }
}

TEST_CASE("double coset program: sizes by Frobenius reciprocity, and the numbers of double cosets") {
  for (const Group& group : groups_with_double_cosets()) {
    CAPTURE(group.name());
    const AdaptedIrreps irreps = adapted_irreps(group);
    const DoubleCosets cosets = *double_cosets(irreps);
    const std::size_t a = cosets.order;
    // Intertwiners of two induced characters: sum over rho of the products of the multiplicities.
    std::vector<std::uint32_t> expected(a * a, 0);
    const std::vector<C>& trivial = cosets.levels.back().values[0];
    CHECK(trivial.size() == a);
    std::vector<std::vector<C>> matrices;
    for (Element v = 0; v < a; ++v) matrices.push_back(evaluate(irreps, v));
    std::size_t offset = 0;
    for (const AdaptedIrrep& rho : irreps.irreps()) {
      std::vector<std::uint32_t> multiplicities;
      for (const std::vector<C>& character : cosets.levels.back().values) {
        C sum = 0;
        for (Element v = 0; v < a; ++v) {
          for (std::size_t i = 0; i < rho.degree; ++i) {
            sum += matrices[v][offset + i * (rho.degree + 1)] * std::conj(character[v]);
          }
        }
        multiplicities.push_back(
            static_cast<std::uint32_t>(std::lround(sum.real() / static_cast<double>(a))));
      }
      for (std::size_t left = 0; left < a; ++left) {
        for (std::size_t right = 0; right < a; ++right) {
          expected[left * a + right] += multiplicities[left] * multiplicities[right];
        }
      }
      offset += std::size_t{rho.degree} * rho.degree;
    }
    CHECK(cosets.sizes == expected);
  }
  for (const auto& [spec, order, count] :
       {std::tuple("A5", 5U, 4U), std::tuple("SL(2,5)", 10U, 4U), std::tuple("PSL(2,7)", 7U, 6U),
        std::tuple("PSL(2,11)", 11U, 10U)}) {
    const DoubleCosets cosets = *double_cosets(adapted_irreps(group_from_specification(spec)));
    CHECK(cosets.order == order);
    CHECK(cosets.all.size() == count);
  }
}

TEST_CASE("double coset program: elements, slots and coefficients are used once each") {
  for (const Group& group : groups_with_double_cosets()) {
    CAPTURE(group.name());
    const AdaptedIrreps irreps = adapted_irreps(group);
    const auto program = compile_double_cosets<double>(irreps, *double_cosets(irreps));
    std::vector<std::uint32_t> all(group.order());
    std::iota(all.begin(), all.end(), 0U);
    for (std::vector<std::uint32_t> list : {program.elements, program.coefficients}) {
      std::ranges::sort(list);
      CHECK(list == all);
    }
  }
}
