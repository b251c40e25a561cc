// Memory for slots, aligned as the kernels expect it, and random numbers in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "fourier/simd_kernels.hpp"
#include "support/random.hpp"

namespace peterweyl::testing {

template <typename Real>
struct Aligned {
  explicit Aligned(std::size_t slots) : storage((slots + 1) * kLanes<Real>) {
    const auto address = reinterpret_cast<std::uintptr_t>(storage.data());
    data = storage.data() + (kSlotBytes - address % kSlotBytes) % kSlotBytes / sizeof(Real);
  }
  std::vector<Real> storage;
  Real* data;
};

template <typename Real>
inline void fill(Aligned<Real>& memory, std::size_t slots, std::uint64_t seed) {
  Random random(seed);
  for (std::size_t k = 0; k < slots * kLanes<Real>; ++k) memory.data[k] = static_cast<Real>(random.normal());
}

}  // namespace peterweyl::testing
