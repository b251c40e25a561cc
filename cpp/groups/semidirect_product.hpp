// Semidirect products with any action, checked.
//
// Elements are pairs (n, h), row-major, h fastest; (n, h)(n', h') = (n * phi_h(n'), h h'), so that inside the
// product h n h^-1 = phi_h(n). In each factor the identity is taken first and the other elements keep their
// order, so the identity of the product is 0. O(|N| |H| * generators) for the check, O((|N| |H|)^2) for the
// table.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "groups/group.hpp"

namespace peterweyl {

// action[k][n] is the image of n under the automorphism of `normal` by which generator k of `acting` acts.
// Throws ArgumentError, naming the elements that show it, unless each is an automorphism and together they
// extend to a homomorphism from `acting`; GroupTooLargeError before anything is allocated.
Group semidirect_product(const Group& normal, const Group& acting,
                         std::span<const std::vector<std::int64_t>> action);

}  // namespace peterweyl
