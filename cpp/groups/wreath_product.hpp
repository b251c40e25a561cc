// Wreath products A wr B: B permutes the coordinates of A^m, m the number of its natural points.
//
// Elements (f(0), ..., f(m-1); b), row-major, b fastest; (f; b)(g; c) = (i -> f(i) g(i^b); b c), with i^b the
// image of point i under b. On pairs (w, i) of a point of A and a coordinate that is first (f; b): (w, i) ->
// (w^f(i), i^b), then (g; c). In A the identity is taken first and the other elements keep their order, so
// the identity is 0. O(order * generators * m) products, O(order^2) for the table.
#pragma once

#include <cstdint>

#include "groups/group.hpp"

namespace peterweyl {

// B must come from permutations (S_n, A_n, PSL(n, q), M11, ..., or generators), or be a named cyclic group,
// which turns its n points. Throws ArgumentError otherwise and GroupTooLargeError before anything is
// allocated.
Group wreath_product(const Group& base, const Group& top);

// |A|^m |B|, saturating at 2^63.
std::uint64_t wreath_product_order(std::uint64_t base_order, std::uint64_t top_order, std::uint64_t points);

}  // namespace peterweyl
