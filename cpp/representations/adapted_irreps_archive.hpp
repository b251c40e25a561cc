// Adapted irreps as three flat arrays, for files: small integers, complex values, and the element of each
// label. Reading checks everything: no input can make an object that is not well formed.
#pragma once

#include <complex>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "representations/adapted_irreps.hpp"

namespace peterweyl {

struct AdaptedIrrepsArchive {
  // Levels: index, number of irreps; irreps: degree, number of blocks, then irrep and basis of each, then the
  // number of entries of each representative; entries: row, column.
  std::vector<std::uint32_t> structure;
  std::vector<std::complex<double>> values;  // of the entries
  std::vector<Element> elements;
};

AdaptedIrrepsArchive pack(const AdaptedIrreps& irreps);

// Throws ArgumentError where the arrays do not fit together: sizes, ranges, blocks that do not fill an irrep,
// squared degrees that do not add up to the order, elements that are not a permutation, values that are not
// finite. `residual` is left at 0: see measure_residual.
AdaptedIrreps unpack(std::span<const std::uint32_t> structure, std::span<const std::complex<double>> values,
                     std::span<const Element> elements, std::string method);

}  // namespace peterweyl
