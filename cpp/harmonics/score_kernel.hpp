// The product of two small dense matrices in single precision, out(b, c) = sum_m left(b, m) right(m, c), for
// the widest vectors that the processor has.
//
// Method: register blocks of 4 x 32 results over a panel of `right` that stays in cache; the same C++ loop is
// compiled for plain x86-64, AVX2 with FMA, and AVX-512, and the best one is picked at run time. Sums are
// rounded differently on different processors, as those of any such product. O(rows inner columns).
#pragma once

#include <cstddef>
#include <span>

namespace peterweyl {

// All row-major and dense: left rows x inner, right inner x columns, out rows x columns.
void multiply_scores(std::span<const float> left, std::span<const float> right, std::span<float> out,
                     std::size_t rows, std::size_t inner, std::size_t columns);

}  // namespace peterweyl
