#include "fourier/chain_plan.hpp"

#include <doctest/doctest.h>

#include "fourier/direct_sum.hpp"
#include "transform_checks.hpp"

using namespace peterweyl;
using namespace peterweyl::testing;
using C = std::complex<double>;

namespace {

std::vector<double> ones(const ChainPlan<double>& plan) {
  return std::vector<double>(plan.program().degrees.size(), 1.0);
}

}  // namespace

TEST_CASE("chain plan: equal to the direct sum, and its adjoint is the conjugate transpose") {
  for (const Group& group : varied_groups()) {
    CAPTURE(group.name());
    const Irreps irreps = irreducible_representations(group);
    const ChainPlan<double> plan(compile_chain<double>(*irreps.adapted));
    const std::size_t n = group.order();
    for (const std::size_t rows : {1U, 3U, 9U}) {
      const std::vector<C> f = random_function(rows * n, rows);
      const std::vector<C> h = random_function(rows * n, rows + 10);
      std::vector<C> spectrum(rows * n);
      std::vector<C> back(rows * n);
      plan.forward(contiguous_rows(std::span(f), n), contiguous_rows(std::span(spectrum), n), ones(plan), 1,
                   {});
      plan.adjoint(contiguous_rows(std::span(h), n), contiguous_rows(std::span(back), n), ones(plan), 1, {});
      for (std::size_t row = 0; row < rows; ++row) {
        const auto part = [&](const std::vector<C>& all) { return std::span(all).subspan(row * n, n); };
        CHECK(relative_distance(part(spectrum), direct_sum_forward(irreps, part(f))) < 1e-13);
      }
      C left = 0;
      C right = 0;
      for (std::size_t k = 0; k < rows * n; ++k) {
        left += std::conj(spectrum[k]) * h[k];
        right += std::conj(f[k]) * back[k];
      }
      CHECK(std::abs(left - right) < 1e-10 * static_cast<double>(rows * n));
    }
  }
}

TEST_CASE("chain plan: every instruction set gives the same numbers, in both precisions") {
  for (const Group& group : varied_groups()) {
    CAPTURE(group.name());
    const AdaptedIrreps irreps = adapted_irreps(group);
    const std::size_t n = group.order();
    const std::vector<C> f = random_function(5 * n, 1);
    const std::vector<std::complex<float>> single(f.begin(), f.end());
    const ChainPlan<double> reference(compile_chain<double>(irreps), InstructionSet::kBaseline);
    std::vector<C> expected(5 * n);
    reference.forward(contiguous_rows(std::span(f), n), contiguous_rows(std::span(expected), n),
                      ones(reference), 1, {});
    for (const InstructionSet set :
         {InstructionSet::kBaseline, InstructionSet::kAvx2, InstructionSet::kAvx512}) {
      if (!is_available(set)) continue;
      std::vector<C> spectrum(5 * n);
      ChainPlan<double>(compile_chain<double>(irreps), set)
          .forward(contiguous_rows(std::span(f), n), contiguous_rows(std::span(spectrum), n), ones(reference),
                   1, {});
      CHECK(relative_distance(spectrum, expected) < 1e-14 * 10);
      std::vector<std::complex<float>> rough(5 * n);
      const std::vector<float> weights(reference.program().degrees.size(), 1.0F);
      ChainPlan<float>(compile_chain<float>(irreps), set)
          .forward(contiguous_rows(std::span(single), n), contiguous_rows(std::span(rough), n), weights, 1,
                   {});
      CHECK(relative_distance(std::vector<C>(rough.begin(), rough.end()), expected) < 1e-5);
    }
  }
}

TEST_CASE("chain plan: strides, real input, weights, in place, and the bits of any number of workers") {
  for (const char* spec : {"S4", "A5", "D6"}) {
    const AdaptedIrreps irreps = adapted_irreps(group_from_specification(spec));
    const ChainPlan<double> plan(compile_chain<double>(irreps));
    const std::size_t n = irreps.order();
    const std::size_t rows = 37;
    const std::vector<C> f = random_function(rows * n, 3);
    std::vector<C> expected(rows * n);
    plan.forward(contiguous_rows(std::span(f), n), contiguous_rows(std::span(expected), n), ones(plan), 1,
                 {});

    // Functions in columns, the last one first.
    std::vector<C> columns(rows * n);
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t g = 0; g < n; ++g) columns[g * rows + (rows - 1 - r)] = f[r * n + g];
    }
    std::vector<C> out(rows * n);
    const StridedRows<const C> source{columns.data() + rows - 1,        1, rows, 0, -1,
                                      static_cast<std::ptrdiff_t>(rows)};
    plan.forward(source, contiguous_rows(std::span(out), n), ones(plan), 2, {});
    CHECK(out == expected);

    out = f;
    plan.forward(contiguous_rows(std::span<const C>(out), n), contiguous_rows(std::span(out), n), ones(plan),
                 3, {});
    CHECK(out == expected);

    std::vector<double> real(rows * n);
    std::vector<C> same(rows * n);
    for (std::size_t k = 0; k < f.size(); ++k) same[k] = real[k] = f[k].real();
    std::vector<C> from_real(rows * n);
    plan.forward(contiguous_rows(std::span<const double>(real), n), contiguous_rows(std::span(from_real), n),
                 ones(plan), 1, {});
    plan.forward(contiguous_rows(std::span<const C>(same), n), contiguous_rows(std::span(out), n), ones(plan),
                 1, {});
    CHECK(relative_distance(from_real, out) < 1e-15);

    std::vector<double> weights;
    for (std::size_t r = 0; r < plan.program().degrees.size(); ++r) weights.push_back(static_cast<double>(r));
    plan.forward(contiguous_rows(std::span(f), n), contiguous_rows(std::span(out), n), weights, 1, {});
    for (std::size_t row = 0; row < rows; ++row) {
      std::size_t e = row * n;
      for (std::size_t r = 0; r < weights.size(); ++r) {
        for (std::size_t k = 0; k < plan.program().degrees[r] * plan.program().degrees[r]; ++k, ++e) {
          CHECK(out[e] == weights[r] * expected[e]);
        }
      }
    }
  }
}

TEST_CASE("chain plan: blocks larger than the cache go depth first") {
  // S7: the buffers of S6 fit, those of S7 do not. Against the plain product of one coefficient.
  const Group group = symmetric_group(7);
  const AdaptedIrreps irreps = adapted_irreps(group);
  const ChainPlan<double> plan(compile_chain<double>(irreps));
  const std::size_t n = 5040;
  const std::vector<C> f = random_function(n, 5);
  std::vector<C> spectrum(n);
  std::vector<C> back(n);
  plan.forward(contiguous_rows(std::span(f), n), contiguous_rows(std::span(spectrum), n), ones(plan), 1, {});
  C sum = 0;
  for (const C& value : f) sum += value;
  CHECK(std::abs(spectrum[0] - sum) < 1e-11);
  std::vector<double> weights;
  for (const std::uint32_t d : plan.program().degrees) weights.push_back(d / 5040.0);
  plan.adjoint(contiguous_rows(std::span<const C>(spectrum), n), contiguous_rows(std::span(back), n), weights,
               1, {});
  CHECK(relative_distance(back, f) < 1e-13);
}
