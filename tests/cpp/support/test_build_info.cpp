#include "support/build_info.hpp"

#include <doctest/doctest.h>

TEST_CASE("build_info: the version comes first and is not empty") {
  const auto info = peterweyl::build_info();
  CHECK(info.front().first == "version");
  CHECK_FALSE(info.front().second.empty());
}
