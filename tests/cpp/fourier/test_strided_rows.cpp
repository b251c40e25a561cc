#include "fourier/strided_rows.hpp"

#include <doctest/doctest.h>

using namespace peterweyl;

TEST_CASE("strided rows: two batch axes, strides of any sign") {
  int data[60] = {};
  const StridedRows<int> rows{data + 20, 3, 4, -10, 2, 5};
  CHECK(rows.count() == 12);
  CHECK(rows.row(0) == data + 20);
  CHECK(rows.row(3) == data + 26);
  CHECK(rows.row(4) == data + 10);
  CHECK(rows.row(11) == data + 6);
}
