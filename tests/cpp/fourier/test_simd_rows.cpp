#include "fourier/simd_rows.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

using namespace peterweyl;

namespace {

template <typename Real>
void check(InstructionSet set, std::size_t entries) {
  constexpr std::size_t kWide = kLanes<Real>;
  std::vector<Real> storage((2 * entries + 1) * kWide);
  const auto address = reinterpret_cast<std::uintptr_t>(storage.data());
  Real* buffer = storage.data() + (kSlotBytes - address % kSlotBytes) % kSlotBytes / sizeof(Real);
  std::vector<std::uint32_t> slots;  // in reverse
  std::vector<Real> weights;
  for (std::size_t e = 0; e < entries; ++e) {
    slots.push_back(static_cast<std::uint32_t>((entries - 1 - e) * 2 * kWide));
    weights.push_back(static_cast<Real>(e % 3 + 1));
  }
  std::vector<std::vector<Real>> rows(kWide, std::vector<Real>(2 * entries + 1));
  const auto value = [&](std::size_t row, std::size_t k) { return static_cast<Real>(row * 1000 + k); };
  for (std::size_t row = 0; row < kWide; ++row) {
    for (std::size_t k = 0; k < 2 * entries; ++k) rows[row][k] = value(row, k);
  }
  std::vector<const Real*> inputs;
  for (const auto& row : rows) inputs.push_back(row.data());
  const RowKernels<Real>& kernel = row_kernels<Real>(set);

  for (const RowKind kind : {RowKind::kReal, RowKind::kComplex, RowKind::kPaired}) {
    std::fill(storage.begin(), storage.end(), Real{-7});
    const bool complex = kind != RowKind::kPaired;
    const RowsView<Real> view{kind, complex, entries, slots.data(), weights.data()};
    kernel.load(view, inputs.data(), buffer);
    const std::size_t count = kind == RowKind::kPaired ? kWide / 2 : kWide;
    for (std::size_t e = 0; e < entries; ++e) {
      const Real* slot = buffer + slots[e];
      for (std::size_t row = 0; row < count; ++row) {
        if (kind == RowKind::kReal) {
          CHECK(slot[row] == weights[e] * value(row, e));
          CHECK(slot[kWide + row] == 0);
        } else {
          const std::size_t first = kind == RowKind::kPaired ? 2 * row : row;
          const std::size_t second = kind == RowKind::kPaired ? 2 * row + 1 : kWide + row;
          CHECK(slot[first] == weights[e] * value(row, 2 * e));
          CHECK(slot[second] == weights[e] * value(row, 2 * e + 1));
        }
      }
    }
    // And back, to some of the rows.
    for (const std::size_t used : {std::size_t{1}, count - 1, count}) {
      const std::size_t numbers = kind == RowKind::kReal ? 1 : 2;
      std::vector<std::vector<Real>> back(count, std::vector<Real>(numbers * entries + 1, Real{-1}));
      std::vector<Real*> outputs;
      for (auto& row : back) outputs.push_back(row.data());
      kernel.store({kind, complex, entries, slots.data(), nullptr}, outputs.data(), used, buffer);
      for (std::size_t row = 0; row < count; ++row) {
        for (std::size_t k = 0; k < numbers * entries; ++k) {
          CHECK(back[row][k] == (row < used ? weights[k / numbers] * value(row, k) : Real{-1}));
        }
        CHECK(back[row][numbers * entries] == -1);
      }
    }
  }
  std::vector<Real> out(2 * entries, Real{5});
  std::vector<Real*> outputs(kWide, out.data());
  kernel.store({RowKind::kRealPart, false, entries, slots.data(), weights.data()}, outputs.data(), 1, buffer);
  for (std::size_t e = 0; e < entries; ++e) {
    CHECK(out[2 * e] == weights[e] * buffer[slots[e]]);
    CHECK(out[2 * e + 1] == 0);
  }
}

}  // namespace

TEST_CASE("simd rows: every kind, every instruction set, lengths with and without a rest") {
  for (const InstructionSet set :
       {InstructionSet::kBaseline, InstructionSet::kAvx2, InstructionSet::kAvx512}) {
    if (!is_available(set)) continue;
    for (const std::size_t entries : {1U, 4U, 16U, 23U}) {
      check<double>(set, entries);
      check<float>(set, entries);
    }
  }
}
