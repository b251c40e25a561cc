// Where the functions of a batch lie in memory, so that any axis of any array can be transformed without a
// copy: row r = o * inner + i begins at o * outer_stride + i * inner_stride, and its entries are
// element_stride apart. Strides count numbers of type T and may be negative.
#pragma once

#include <cstddef>

namespace peterweyl {

template <typename T>
struct StridedRows {
  T* data = nullptr;
  std::size_t outer = 1;
  std::size_t inner = 1;
  std::ptrdiff_t outer_stride = 0;
  std::ptrdiff_t inner_stride = 0;
  std::ptrdiff_t element_stride = 1;

  std::size_t count() const { return outer * inner; }
  T* row(std::size_t r) const {
    return data + static_cast<std::ptrdiff_t>(r / inner) * outer_stride +
           static_cast<std::ptrdiff_t>(r % inner) * inner_stride;
  }
};

}  // namespace peterweyl
