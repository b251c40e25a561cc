// What a thread needs while it transforms, kept from one call to the next.
#pragma once

#include <cstddef>
#include <new>

#include "fourier/simd_kernels.hpp"

namespace peterweyl {

// Memory that grows and is never given back before its thread ends.
class ScratchMemory {
 public:
  ScratchMemory() = default;
  ScratchMemory(const ScratchMemory&) = delete;
  ScratchMemory& operator=(const ScratchMemory&) = delete;
  ~ScratchMemory() { release(); }

  std::byte* reserve(std::size_t bytes) {
    if (bytes > size_) {
      release();
      data_ = static_cast<std::byte*>(::operator new(bytes, std::align_val_t{kSlotBytes}));
      size_ = bytes;
    }
    return data_;
  }

 private:
  void release() {
    if (data_ != nullptr) ::operator delete(data_, std::align_val_t{kSlotBytes});
    data_ = nullptr;
    size_ = 0;
  }
  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace peterweyl
