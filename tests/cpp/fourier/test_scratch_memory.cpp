#include "fourier/scratch_memory.hpp"

#include <doctest/doctest.h>

#include <cstdint>

using namespace peterweyl;

TEST_CASE("scratch memory: aligned to a slot, kept while it is large enough") {
  ScratchMemory memory;
  std::byte* first = memory.reserve(1000);
  CHECK(reinterpret_cast<std::uintptr_t>(first) % kSlotBytes == 0);
  first[999] = std::byte{7};
  CHECK(memory.reserve(1000) == first);
  CHECK(memory.reserve(10) == first);
  CHECK(first[999] == std::byte{7});
  std::byte* larger = memory.reserve(100000);
  CHECK(reinterpret_cast<std::uintptr_t>(larger) % kSlotBytes == 0);
  larger[99999] = std::byte{1};
}
