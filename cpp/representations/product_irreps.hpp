// Irreps of a direct product: the tensor products of the factors' irreps, (rho x sigma)(a, b) = rho(a) (x)
// sigma(b). Elements are labelled row-major, the last factor fastest; so are the irreps returned. O(n^2)
// time, 16 n^2 bytes.
#pragma once

#include <cstdint>
#include <vector>

#include "representations/irreps.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// Degrees and matrices only: complete_irreps adds the rest. `left_order` and `right_order` are the groups'
// orders.
std::vector<Irrep> product_irreps(const std::vector<Irrep>& left, std::uint64_t left_order,
                                  const std::vector<Irrep>& right, std::uint64_t right_order,
                                  const Interrupt& interrupt = {});

}  // namespace peterweyl
