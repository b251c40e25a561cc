#include "fourier/convolution.hpp"

#include <doctest/doctest.h>

#include "fourier/chain_plan.hpp"
#include "representations/irreps.hpp"
#include "transform_checks.hpp"

using namespace peterweyl;
using namespace peterweyl::testing;
using C = std::complex<double>;

namespace {

// The plain sum over the group.
std::vector<C> direct(const Group& group, std::span<const C> f, std::span<const C> h, bool correlate) {
  std::vector<C> result(group.order());
  for (Element k = 0; k < group.order(); ++k) {
    for (Element g = 0; g < group.order(); ++g) {
      if (correlate) {
        result[g] += std::conj(f[k]) * h[group.multiply(k, g)];
      } else {
        result[group.multiply(k, g)] += f[k] * h[g];
      }
    }
  }
  return result;
}

// Rows of numbers, `parts` an entry, each entry `step` entries after the one before it.
StridedRows<const double> numbers(const std::vector<double>& data, std::size_t rows, std::size_t apart,
                                  std::size_t parts, std::size_t step) {
  return {data.data(), rows,
          1,           static_cast<std::ptrdiff_t>(apart * parts),
          0,           static_cast<std::ptrdiff_t>(parts * step)};
}

void check(const Group& group, const ChainPlan<double>& plan, std::size_t rows, bool complex, bool correlate,
           bool shared, bool strided) {
  const std::size_t n = group.order();
  const std::size_t parts = complex ? 2 : 1;
  const std::size_t step = strided ? 2 : 1;
  const std::size_t f_rows = shared ? 1 : rows;
  std::vector<C> f = random_function(f_rows * n, 1);
  std::vector<C> h = random_function(rows * n, 2);
  const auto flat = [&](std::vector<C>& values) {
    std::vector<double> result(values.size() * parts * step, -3.0);
    for (std::size_t e = 0; e < values.size(); ++e) {
      if (!complex) values[e] = values[e].real();
      result[e * step * parts] = values[e].real();
      if (complex) result[e * step * parts + 1] = values[e].imag();
    }
    return result;
  };
  const std::vector<double> f_numbers = flat(f);
  const std::vector<double> h_numbers = flat(h);
  std::vector<double> output(rows * n * parts * step, -5.0);
  const auto target = numbers(output, rows, n * step, parts, step);
  plan.convolve({numbers(f_numbers, rows, shared ? 0 : n * step, parts, step),
                 numbers(h_numbers, rows, n * step, parts, step),
                 {output.data(), rows, 1, target.outer_stride, 0, target.element_stride},
                 complex,
                 correlate},
                2, {});
  for (std::size_t r = 0; r < rows; ++r) {
    const std::vector<C> expected =
        direct(group, std::span(f).subspan(shared ? 0 : r * n, n), std::span(h).subspan(r * n, n), correlate);
    std::vector<C> found;
    for (std::size_t e = 0; e < n; ++e) {
      const double* entry = output.data() + (r * n + e) * step * parts;
      found.emplace_back(entry[0], complex ? entry[1] : 0.0);
      if (strided) CHECK(entry[parts] == -5.0);  // nothing between the entries is touched
    }
    CHECK(relative_distance(found, expected) < 1e-12);
  }
}

}  // namespace

TEST_CASE("convolution: rows and tiles, real and complex, shared and strided, equal the plain sum") {
  for (const Group& group : varied_groups()) {
    CAPTURE(group.name());
    const Irreps irreps = irreducible_representations(group);
    for (const InstructionSet set :
         {InstructionSet::kBaseline, InstructionSet::kAvx2, InstructionSet::kAvx512}) {
      if (!is_available(set)) continue;
      const ChainPlan<double> plan(compile_chain<double>(*irreps.adapted), set);
      for (const std::size_t rows : {1U, 11U}) {
        for (int bits = 0; bits < 16; ++bits) {
          check(group, plan, rows, bits & 1, bits & 2, bits & 4, bits & 8);
        }
      }
    }
  }
}
