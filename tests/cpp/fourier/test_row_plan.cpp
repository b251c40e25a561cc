#include "fourier/row_plan.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <new>

#include "fourier/direct_sum.hpp"
#include "transform_checks.hpp"

using namespace peterweyl;
using namespace peterweyl::testing;
using C = std::complex<double>;

namespace {

struct Memory {
  explicit Memory(std::size_t bytes)
      : data(static_cast<std::byte*>(::operator new(bytes, std::align_val_t{kSlotBytes}))) {}
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  ~Memory() { ::operator delete(data, std::align_val_t{kSlotBytes}); }
  std::byte* data;
};

}  // namespace

TEST_CASE("row plan: one row equals the direct sum, forward, real, strided and adjoint") {
  for (const Group& group : varied_groups()) {
    CAPTURE(group.name());
    const Irreps irreps = irreducible_representations(group);
    const std::size_t n = group.order();
    const auto program = std::make_shared<const ChainProgram<double>>(compile_chain<double>(*irreps.adapted));
    const std::vector<double> ones(irreps.all.size(), 1.0);
    for (const InstructionSet set :
         {InstructionSet::kBaseline, InstructionSet::kAvx2, InstructionSet::kAvx512}) {
      if (!is_available(set)) continue;
      const RowPlan<double> plan(program, set);
      CHECK(plan.turn() <= program->levels.size());
      const Memory scratch(plan.scratch_bytes());
      const std::vector<C> f = random_function(2 * n, 1);  // every other entry is used
      std::vector<C> used;
      std::vector<C> real;
      for (std::size_t k = 0; k < n; ++k) {
        used.push_back(f[2 * k]);
        real.emplace_back(f[2 * k].real());
      }
      std::vector<C> spectrum(n);
      const auto* input = reinterpret_cast<const double*>(f.data());
      auto* output = reinterpret_cast<double*>(spectrum.data());
      plan.forward(input, 4, true, output, 2, ones, scratch.data);
      CHECK(relative_distance(spectrum, direct_sum_forward(irreps, used)) < 1e-13);
      std::vector<C> back(2 * n);
      plan.adjoint(output, 2, reinterpret_cast<double*>(back.data()), 4, ones, scratch.data);
      C left = 0;
      C right = 0;
      for (std::size_t k = 0; k < n; ++k) {
        left += std::norm(spectrum[k]);
        right += std::conj(used[k]) * back[2 * k];
        CHECK(back[2 * k + 1] == 0.0);
      }
      CHECK(std::abs(left - right) < 1e-12 * std::abs(left));
      plan.forward(input, 4, false, output, 2, ones, scratch.data);
      CHECK(relative_distance(spectrum, direct_sum_forward(irreps, real)) < 1e-13);
    }
  }
}

TEST_CASE("row plan: single precision, and long lines") {
  const AdaptedIrreps irreps = adapted_irreps(symmetric_group(7));
  const auto program = std::make_shared<const ChainProgram<float>>(compile_chain<float>(irreps));
  const auto exact = std::make_shared<const ChainProgram<double>>(compile_chain<double>(irreps));
  const std::vector<C> f = random_function(5040, 4);
  const std::vector<std::complex<float>> single(f.begin(), f.end());
  std::vector<C> expected(5040);
  std::vector<std::complex<float>> spectrum(5040);
  const RowPlan<double> reference(exact);
  const RowPlan<float> plan(program);
  const Memory scratch(reference.scratch_bytes());
  const std::vector<double> ones(15, 1.0);
  const std::vector<float> unit(15, 1.0F);
  reference.forward(reinterpret_cast<const double*>(f.data()), 2, true,
                    reinterpret_cast<double*>(expected.data()), 2, ones, scratch.data);
  plan.forward(reinterpret_cast<const float*>(single.data()), 2, true,
               reinterpret_cast<float*>(spectrum.data()), 2, unit, scratch.data);
  C sum = 0;
  for (const C& value : f) sum += value;
  CHECK(std::abs(expected[0] - sum) < 1e-10);
  CHECK(relative_distance(std::vector<C>(spectrum.begin(), spectrum.end()), expected) < 1e-5);
}
