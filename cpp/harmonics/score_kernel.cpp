#include "harmonics/score_kernel.hpp"

#include <algorithm>
#include <array>
#include <vector>

#if (defined(__GNUC__) || defined(__clang__)) && defined(__x86_64__)
#define PETERWEYL_X86_VARIANTS 1
#define PETERWEYL_INLINE inline __attribute__((always_inline))
#else
#define PETERWEYL_X86_VARIANTS 0
#define PETERWEYL_INLINE inline
#endif

namespace peterweyl {
namespace {

constexpr std::size_t kRows = 4;
constexpr std::size_t kColumns = 32;

struct Product {
  const float* left;
  const float* right;
  float* out;
  std::size_t rows;
  std::size_t inner;
  std::size_t columns;
};

// One panel of `width` columns from `column` on, packed to kColumns; rows in groups of kRows.
PETERWEYL_INLINE void multiply_panel(const Product& p, const float* panel, std::size_t column,
                                     std::size_t width) {
  for (std::size_t b = 0; b < p.rows; b += kRows) {
    const std::size_t height = std::min(kRows, p.rows - b);
    std::array<const float*, kRows> rows{};
    for (std::size_t i = 0; i < kRows; ++i) rows[i] = p.left + (b + std::min(i, height - 1)) * p.inner;
    float sums[kRows][kColumns] = {};
    for (std::size_t m = 0; m < p.inner; ++m) {
      const float* values = panel + m * kColumns;
      for (std::size_t i = 0; i < kRows; ++i) {
        const float factor = rows[i][m];
        for (std::size_t c = 0; c < kColumns; ++c) sums[i][c] += factor * values[c];
      }
    }
    for (std::size_t i = 0; i < height; ++i) {
      std::copy_n(&sums[i][0], width, p.out + (b + i) * p.columns + column);
    }
  }
}

using PanelKernel = void (*)(const Product&, const float*, std::size_t, std::size_t);

void portable_panel(const Product& p, const float* panel, std::size_t column, std::size_t width) {
  multiply_panel(p, panel, column, width);
}

#if PETERWEYL_X86_VARIANTS
__attribute__((target("avx2,fma"))) void avx2_panel(const Product& p, const float* panel, std::size_t column,
                                                    std::size_t width) {
  multiply_panel(p, panel, column, width);
}

__attribute__((target("avx512f,avx512vl,avx512dq,prefer-vector-width=512"))) void avx512_panel(
    const Product& p, const float* panel, std::size_t column, std::size_t width) {
  multiply_panel(p, panel, column, width);
}
#endif

PanelKernel best_panel() {
#if PETERWEYL_X86_VARIANTS
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq")) {
    return avx512_panel;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return avx2_panel;
#endif
  return portable_panel;
}

}  // namespace

void multiply_scores(std::span<const float> left, std::span<const float> right, std::span<float> out,
                     std::size_t rows, std::size_t inner, std::size_t columns) {
  static const PanelKernel kernel = best_panel();
  const Product product{left.data(), right.data(), out.data(), rows, inner, columns};
  std::vector<float> panel(inner * kColumns);
  for (std::size_t column = 0; column < columns; column += kColumns) {
    const std::size_t width = std::min(kColumns, columns - column);
    std::ranges::fill(panel, 0.0F);
    for (std::size_t m = 0; m < inner; ++m) {
      std::copy_n(product.right + m * columns + column, width, panel.data() + m * kColumns);
    }
    kernel(product, panel.data(), column, width);
  }
}

}  // namespace peterweyl
