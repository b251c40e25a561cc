#include "support/error.hpp"

#include <doctest/doctest.h>

using namespace peterweyl;

TEST_CASE("error: every class is an Error and keeps its data") {
  try {
    throw NotAGroupError("no", {1, 2, 3});
  } catch (const Error& error) {
    CHECK(std::string(error.what()) == "no");
    CHECK(dynamic_cast<const NotAGroupError&>(error).witness() == std::vector<std::int64_t>{1, 2, 3});
  }
  CHECK(GroupTooLargeError("big", 10, 5).limit() == 5);
  CHECK(EnumerationLimitError("stop", 10, 5).reached() == 10);
  CHECK(GroupSpecError("bad", "X", {"C<n>"}).suggestions().size() == 1);
}
