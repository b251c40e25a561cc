#include "groups/semidirect_product.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "group_checks.hpp"
#include "groups/families.hpp"
#include "groups/linear_groups.hpp"
#include "support/error.hpp"

using namespace peterweyl;

namespace {

using Action = std::vector<std::vector<std::int64_t>>;

std::vector<std::int64_t> multiples(std::int64_t n, std::int64_t factor) {
  std::vector<std::int64_t> images;
  for (std::int64_t i = 0; i < n; ++i) images.push_back(i * factor % n);
  return images;
}

std::string message(const Group& normal, const Group& acting, const Action& action) {
  try {
    semidirect_product(normal, acting, action);
  } catch (const ArgumentError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("semidirect product: known groups") {
  const Group frobenius = semidirect_product(cyclic_group(7), cyclic_group(3), Action{multiples(7, 2)});
  check_valid(frobenius);
  CHECK(frobenius.table() == cyclic_by_cyclic_group(7, 3).table());
  CHECK(isomorphic(semidirect_product(cyclic_group(3), cyclic_group(4), Action{multiples(3, 2)}),
                   dicyclic_group(3)));
  // S3 on the Klein group by permuting its involutions: S4.
  const Group klein = direct_power(cyclic_group(2), 2);
  const Group s3 = symmetric_group(3);
  Action action;
  for (const Element g : s3.generators()) {
    const auto image = s3.action()->image(s3.inverse(g));  // from the left
    action.push_back({0, image[0] + 1, image[1] + 1, image[2] + 1});
  }
  const Group s4 = semidirect_product(klein, s3, action);
  check_valid(s4);
  CHECK(isomorphic(s4, symmetric_group(4)));
}

TEST_CASE("semidirect product: identities elsewhere than at 0") {
  // C3 with its identity at 2 and C2 with its identity at 1.
  const Group c3{CayleyTable::from_entries(std::vector<std::int64_t>{1, 2, 0, 2, 0, 1, 0, 1, 2}, 3, 3)};
  const Group c2{CayleyTable::from_entries(std::vector<std::int64_t>{1, 0, 0, 1}, 2, 2)};
  REQUIRE(c3.identity() == 2);
  REQUIRE(c2.identity() == 1);
  const Group product = semidirect_product(c3, c2, Action{{1, 0, 2}});
  check_valid(product);
  CHECK(isomorphic(product, symmetric_group(3)));
  check_valid(direct_product(std::vector{c3, c2}));
}

TEST_CASE("semidirect product: what is no action is refused with what shows it") {
  const Group c7 = cyclic_group(7);
  const Group c3 = cyclic_group(3);
  CHECK(message(c7, c3, {multiples(7, 3)}).find("two words for the element") != std::string::npos);
  CHECK(message(c7, c3, {{0, 2, 1, 3, 4, 5, 6}}).find("expected an automorphism") != std::string::npos);
  CHECK(message(c7, c3, {multiples(7, 0)}).find("once") != std::string::npos);
  CHECK(message(c7, c3, {{0, 1, 2}}).find("7 elements") != std::string::npos);
  CHECK(message(c7, c3, {}).find("one automorphism for each") != std::string::npos);
  CHECK_THROWS_AS(semidirect_product(cyclic_group(300), cyclic_group(300), Action{multiples(300, 1)}),
                  GroupTooLargeError);
}
