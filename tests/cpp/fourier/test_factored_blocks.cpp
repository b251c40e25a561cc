#include "fourier/factored_blocks.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "fourier/simd_kernels.hpp"
#include "support/random.hpp"

using namespace peterweyl;

namespace {

// A first step on numbers that have not been touched, of blocks of size 2 to 5, and a second on one number of
// each of them and a new one.
struct Product {
  std::vector<BlockRun> runs;
  std::vector<std::uint32_t> places;  // in slots
  std::vector<double> values;
  std::uint32_t slots = 0;
};

Product make_product() {
  Product product;
  Random random(3);
  std::vector<std::uint32_t> heads;
  const auto add = [&](const std::vector<std::uint32_t>& inside, std::uint32_t fresh) {
    const auto size = static_cast<std::uint32_t>(inside.size());
    product.runs.push_back({size, fresh, 1});
    product.places.insert(product.places.end(), inside.begin(), inside.end());
    // The input is in another order than the output.
    for (std::uint32_t k = 0; k < fresh; ++k) product.places.push_back(19 - inside[k]);
    for (std::uint32_t k = 0; k < size * size; ++k) product.values.push_back(random.normal());
  };
  for (std::uint32_t size = 2; size <= 5; ++size) {
    heads.push_back(product.slots);
    std::vector<std::uint32_t> inside;
    for (std::uint32_t k = 0; k < size; ++k) inside.push_back(product.slots++);
    add(inside, size);
  }
  for (const std::uint32_t head : heads) add({product.slots++, head}, 1);
  add({heads[0], heads[1], heads[2], heads[3], 17, 16}, 0);
  product.slots = 20;
  return product;
}

// Forward on one vector: out from in, slot by slot.
std::vector<double> plainly(const Product& product, const std::vector<double>& input) {
  std::vector<double> output(product.slots, 0.0);
  std::size_t place = 0;
  std::size_t value = 0;
  for (const BlockRun& run : product.runs) {
    std::vector<double> x;
    for (std::uint32_t k = 0; k < run.size; ++k) {
      x.push_back(k < run.fresh ? input[product.places[place + run.size + k]]
                                : output[product.places[place + k]]);
    }
    for (std::uint32_t r = 0; r < run.size; ++r) {
      double sum = 0;
      for (std::uint32_t c = 0; c < run.size; ++c) sum += product.values[value + r * run.size + c] * x[c];
      output[product.places[place + r]] = sum;
    }
    place += run.size + run.fresh;
    value += run.size * run.size;
  }
  return output;
}

}  // namespace

TEST_CASE("factored blocks: slots and lines, forward and adjoint, on each instruction set") {
  const Product product = make_product();
  constexpr std::size_t kLine = 13;  // a register of each set and a part of one
  constexpr std::size_t kNumbers = 20 * kLine + 16;
  for (const InstructionSet set :
       {InstructionSet::kBaseline, InstructionSet::kAvx2, InstructionSet::kAvx512}) {
    if (!is_available(set)) continue;
    const Kernels<double>& kernel = kernels<double>(set);
    for (const std::uint32_t spacing : {1U, 20U}) {  // neighbours, or columns that lie apart
      CAPTURE(spacing);
      const std::uint32_t step = spacing == 1 ? kLine : 1;
      std::vector<std::uint32_t> places = product.places;
      for (std::uint32_t& x : places) x *= step;
      const FactoredView<double> view{kLine,
                                      spacing,
                                      spacing,
                                      static_cast<std::uint32_t>(product.runs.size()),
                                      product.runs.data(),
                                      places.data(),
                                      product.values.data()};
      Random random(9);
      std::vector<double> input(kNumbers);
      std::vector<double> output(kNumbers, 0.0);
      for (double& x : input) x = random.normal();
      const std::vector<double> given = input;
      kernel.line_factored[0](view, input.data(), output.data(), 1, 0);
      const std::vector<double> done = output;
      // <F x, y> = <x, F* y>, with F* written over the input's numbers.
      std::vector<double> y(kNumbers);
      for (double& x : y) x = random.normal();
      const std::vector<double> kept = y;
      std::vector<double> back(kNumbers, 0.0);
      kernel.line_factored[1](view, back.data(), y.data(), 1, 0);
      for (std::size_t column = 0; column < kLine; ++column) {
        std::vector<double> x;
        for (std::size_t slot = 0; slot < 20; ++slot) x.push_back(given[slot * step + column * spacing]);
        const std::vector<double> expected = plainly(product, x);
        double left = 0;
        double right = 0;
        for (std::size_t slot = 0; slot < 18; ++slot) {
          CHECK(std::abs(done[slot * step + column * spacing] - expected[slot]) < 1e-12);
          left += expected[slot] * kept[slot * step + column * spacing];
        }
        for (std::size_t slot = 0; slot < 20; ++slot) right += x[slot] * back[slot * step + column * spacing];
        CHECK(std::abs(left - right) < 1e-11);
      }
      for (std::size_t past = 20 * kLine; past < kNumbers; ++past) CHECK(done[past] == 0.0);
    }
    // Slots: every lane is a column of its own, in two blocks.
    constexpr std::size_t kWide = kLanes<double>;
    std::vector<std::uint32_t> places = product.places;
    for (std::uint32_t& x : places) x *= kWide;
    const FactoredView<double> view{1,
                                    0,
                                    0,
                                    static_cast<std::uint32_t>(product.runs.size()),
                                    product.runs.data(),
                                    places.data(),
                                    product.values.data()};
    struct alignas(kSlotBytes) Blocks {
      double numbers[40 * kWide];
    };
    Blocks before = {};
    Blocks after = {};
    for (std::size_t k = 0; k < 40 * kWide; ++k) before.numbers[k] = std::sin(static_cast<double>(k));
    kernel.factored[0](view, before.numbers, after.numbers, 2, 20 * kWide);
    for (std::size_t lane = 0; lane < 2 * kWide; ++lane) {
      const std::size_t base = lane / kWide * 20 * kWide + lane % kWide;
      std::vector<double> x;
      for (std::size_t slot = 0; slot < 20; ++slot) x.push_back(before.numbers[base + slot * kWide]);
      const std::vector<double> expected = plainly(product, x);
      for (std::size_t slot = 0; slot < 18; ++slot) {
        CHECK(std::abs(after.numbers[base + slot * kWide] - expected[slot]) < 1e-12);
      }
    }
  }
}
