#include "fourier/fourier_plan.hpp"

#include <doctest/doctest.h>

#include <numeric>

#include "fourier/direct_sum.hpp"
#include "fourier/double_coset_program.hpp"
#include "support/error.hpp"
#include "transform_checks.hpp"

using namespace peterweyl;
using namespace peterweyl::testing;
using C = std::complex<double>;

namespace {

// One row each of complex functions; `f` may be longer than `output`, which is refused.
Convolution<double> convolution_of(const std::vector<C>& f, const std::vector<C>& h, std::vector<C>& output) {
  const std::size_t n = output.size();
  const auto rows = [&](const std::vector<C>& x) {
    return StridedRows<const double>{
        reinterpret_cast<const double*>(x.data()), x.size() / n, 1, static_cast<std::ptrdiff_t>(2 * n), 0, 2};
  };
  return {rows(f), rows(h), {reinterpret_cast<double*>(output.data()), 1, 1, 0, 0, 2}, true, false};
}

}  // namespace

TEST_CASE("fourier plan: every method and norm against the direct sum, there and back") {
  for (const Group& group : varied_groups()) {
    CAPTURE(group.name());
    const Irreps irreps = irreducible_representations(group);
    const std::size_t n = group.order();
    const std::vector<C> f = random_function(2 * n, 1);
    for (const auto method : {FourierPlanOptions::Method::kAutomatic, FourierPlanOptions::Method::kDense,
                              FourierPlanOptions::Method::kChain, FourierPlanOptions::Method::kTwoSided}) {
      if (method == FourierPlanOptions::Method::kTwoSided && !double_cosets(*irreps.adapted)) continue;
      FourierPlanOptions options;
      options.method = method;
      const FourierPlan<double> plan(*irreps.adapted, options);
      for (const Norm norm : {Norm::kBackward, Norm::kOrtho, Norm::kForward}) {
        std::vector<C> spectrum(2 * n);
        std::vector<C> back(2 * n);
        plan.forward(contiguous_rows(std::span(f), n), contiguous_rows(std::span(spectrum), n), norm);
        plan.inverse(contiguous_rows(std::span<const C>(spectrum), n), contiguous_rows(std::span(back), n),
                     norm);
        CHECK(relative_distance(back, f) < 1e-13);
        for (std::size_t row = 0; row < 2; ++row) {
          std::vector<C> expected = direct_sum_forward(irreps, std::span(f).subspan(row * n, n));
          for (std::size_t r = 0; r < irreps.all.size(); ++r) {
            const double d = irreps.all[r].degree;
            const double weight = norm == Norm::kBackward ? 1.0
                                  : norm == Norm::kOrtho  ? std::sqrt(d / static_cast<double>(n))
                                                          : 1.0 / static_cast<double>(n);
            for (std::size_t e = plan.offsets()[r]; e < plan.offsets()[r + 1]; ++e) expected[e] *= weight;
          }
          CHECK(relative_distance(std::span(spectrum).subspan(row * n, n), expected) < 1e-13);
        }
      }
    }
  }
}

TEST_CASE("fourier plan: the convolution theorem and Plancherel") {
  const Group group = group_from_specification("GL(2,3)");
  const FourierPlan<double> plan(adapted_irreps(group));
  const std::size_t n = group.order();
  const std::vector<C> f = random_function(n, 1);
  const std::vector<C> h = random_function(n, 2);
  std::vector<C> convolution(n, 0.0);
  double energy = 0;
  for (Element g = 0; g < n; ++g) {
    energy += std::norm(f[g]);
    for (Element k = 0; k < n; ++k) convolution[g] += f[k] * h[group.multiply(group.inverse(k), g)];
  }
  const auto transform = [&](const std::vector<C>& x) {
    std::vector<C> y(n);
    plan.forward(contiguous_rows(std::span(x), n), contiguous_rows(std::span(y), n), Norm::kBackward);
    return y;
  };
  std::vector<C> found(n);
  plan.convolve(convolution_of(f, h, found));
  CHECK(relative_distance(found, convolution) < 1e-13);
  std::vector<double> power(plan.degrees().size());
  plan.power(transform(f), power);
  CHECK(std::accumulate(power.begin(), power.end(), 0.0) == doctest::Approx(energy));
}

TEST_CASE("fourier plan: refusals, and what it says of itself") {
  const AdaptedIrreps irreps = adapted_irreps(symmetric_group(5));
  FourierPlanOptions options;
  options.memory_limit = 4096;
  CHECK_THROWS_AS(FourierPlan<double>(irreps, options), GroupTooLargeError);
  const FourierPlan<double> plan(irreps);
  std::vector<C> f(240);
  std::vector<C> out(120);
  CHECK_THROWS_AS(plan.forward(contiguous_rows(std::span<const C>(f), 120),
                               contiguous_rows(std::span(out), 120), Norm::kBackward),
                  ArgumentError);
  CHECK_THROWS_AS(plan.inverse(contiguous_rows(std::span<const C>(out), 120),
                               contiguous_rows(std::span(out), 120), Norm::kBackward, 0),
                  ArgumentError);
  CHECK_THROWS_AS(plan.convolve(convolution_of(f, f, out)), ArgumentError);
  CHECK_THROWS_AS(plan.convolve(convolution_of(out, out, out), 0), ArgumentError);
  std::vector<double> power(3);
  CHECK_THROWS_AS(plan.power(f, power), ArgumentError);
  CHECK(plan.describe().find("chain of subgroups, real arithmetic") == 0);
  CHECK(plan.method() == FourierPlanOptions::Method::kChain);
}

TEST_CASE(
    "fourier plan: double cosets where they take fewer operations, within the limit, and where there are "
    "any") {
  FourierPlanOptions options;
  const AdaptedIrreps simple = adapted_irreps(group_from_specification("PSL(2,11)"));
  const FourierPlan<double> plan(simple, options);
  CHECK(plan.method() == FourierPlanOptions::Method::kTwoSided);
  CHECK(plan.describe().find("double cosets of an abelian subgroup of order 11, complex arithmetic") == 0);
  CHECK(plan.describe().find("(chain: ") != std::string::npos);
  options.method = FourierPlanOptions::Method::kTwoSided;
  // A cyclic group is abelian itself, and there are no butterflies for 67.
  for (const char* spec : {"C1", "C12", "D67"}) {
    CHECK_THROWS_AS(FourierPlan<double>(adapted_irreps(group_from_specification(spec)), options),
                    ArgumentError);
  }
  // Products of 3650 entries need more.
  options.memory_limit = 100'000;
  CHECK_THROWS_AS(FourierPlan<double>(simple, options), GroupTooLargeError);
}
