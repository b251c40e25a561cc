// Permutations acting on points: orbits, transitivity, block systems, primitivity.
//
// A permutation is its image array, 0-based; a*b means first a, then b. The generators given to a function
// have the stated degree; none of them needs to be non-trivial.
//
// Block systems by Atkinson's algorithm (Atkinson 1975; Holt, Eick and O'Brien 2005, section 4.3): the finest
// invariant partition that joins given points costs O(degree * generators) union-find steps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "support/interrupt.hpp"

namespace peterweyl {

using Permutation = std::vector<std::uint16_t>;

// Image arrays have 16-bit entries, and one value is kept free.
inline constexpr std::size_t kMaximalPermutationDegree = 65535;

Permutation identity_permutation(std::size_t degree);
bool is_identity(std::span<const std::uint16_t> a);
// First a, then b.
Permutation compose(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b);
Permutation inverse_permutation(std::span<const std::uint16_t> a);
// a^exponent for any integer exponent, by cycles: O(degree).
Permutation permutation_power(std::span<const std::uint16_t> a, std::int64_t exponent);

// A partition of the points 0 ... degree-1; parts are numbered by their smallest point.
struct PointPartition {
  std::vector<std::uint32_t> part_of;
  std::uint32_t count = 0;

  // The points of each part, ascending.
  std::vector<std::vector<std::uint16_t>> parts() const;
  bool operator==(const PointPartition&) const = default;
};

PointPartition orbits(std::size_t degree, std::span<const Permutation> generators);

// One orbit, or no points at all.
bool is_transitive(std::size_t degree, std::span<const Permutation> generators);

// The finest invariant partition that has all of `points` in one part. For a transitive group its parts are
// the blocks of a system; the one part of all points is possible.
PointPartition finest_block_system(std::size_t degree, std::span<const Permutation> generators,
                                   std::span<const std::uint16_t> points);

// The minimal non-trivial block systems of a transitive group, by size of their blocks, then by their
// numbering of the points; empty when it is primitive. Throws ArgumentError when it is not transitive. One
// call of finest_block_system for each orbit of a subgroup of the stabiliser of point 0.
std::vector<PointPartition> minimal_block_systems(std::size_t degree, std::span<const Permutation> generators,
                                                  const Interrupt& interrupt = {});

// Transitive with no non-trivial block system.
bool is_primitive(std::size_t degree, std::span<const Permutation> generators,
                  const Interrupt& interrupt = {});

}  // namespace peterweyl
