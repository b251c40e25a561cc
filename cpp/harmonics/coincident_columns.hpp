// Columns that coincide: when the irreps present do not tell all elements apart, the columns of a coset are
// equal and only the quotient by the common kernel can be read.
//
// Method: the edges of a minimum spanning tree of the columns, ascending; a cut into classes of one size
// whose inner distances are all well below the outer ones. O(n^2 sum d^2) for the distances, O(n^2) for the
// tree.
#pragma once

#include <Eigen/Dense>
#include <cstdint>
#include <span>
#include <vector>

#include "harmonics/block_whitening.hpp"

namespace peterweyl {

struct ColumnClasses {
  std::vector<std::vector<std::uint32_t>>
      classes;               // by smallest member; empty when columns do not fall into classes
  double largest_inner = 0;  // distances relative to the norm of a column
  double smallest_outer = 0;
};

ColumnClasses coincident_columns(std::span<const WhitenedBlock> blocks);

// The same from squared distances, relative to the mean square of a column: n x n, symmetric.
ColumnClasses columns_within(const Eigen::MatrixXd& squared);

}  // namespace peterweyl
