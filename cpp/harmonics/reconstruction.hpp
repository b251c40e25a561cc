// The multiplication table of a group out of blocks of weights, with a certificate or the reason why there is
// none.
//
// Pipeline: whitening of every block (block_whitening.hpp), one reading for all (block_orientation.hpp),
// search for tables (table_search.hpp), exact model (exact_model.hpp) and certificate (table_certificate.hpp)
// of each, the best one first; coinciding columns lead to the quotient group (coincident_columns.hpp).
//
// Convention: W_i(g) = M_i rho_i(g)^H (Marchetti, Hillar, Kragic and Sanborn 2024, eq. 4) gives table(a, b) =
// a*b; blocks that hold M_i rho_i(g) give the opposite group, which is isomorphic: blocks alone cannot tell.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "groups/cayley_table.hpp"
#include "harmonics/block_whitening.hpp"
#include "harmonics/table_certificate.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

enum class ReconstructionReason {
  kCertified,     // the table is proven within the radius, and not by chance
  kUncertified,   // a table was found that is not chance, but the noise is too large for the proof
  kAmbiguous,     // several groups fit: see the candidates
  kNoise,         // a table was found, but random weights would fit one as well
  kQuotient,      // columns coincide: only a quotient of the group can be read
  kNoGroupFound,  // no group table is near the blocks
  kNoInformation  // no block could be used
};

struct BlockSummary {
  std::size_t degree = 0;
  BlockState state = BlockState::kLive;
  bool real = false;
  bool flipped = false;          // read in the opposite order to the first block of degree above 1
  bool consistent = false;       // an irreducible representation of the group found is near
  double largest_deviation = 0;  // Frobenius, from the nearest exact block
  int irrep = -1;                // blocks with the same number hold the same irrep; -1 without a table
};

struct TableCandidate {
  CayleyTable table;
  TableCertificate certificate;
};

struct Reconstruction {
  ReconstructionReason reason = ReconstructionReason::kNoInformation;
  std::optional<CayleyTable> table;  // of the columns; of the cosets when the reason is kQuotient
  std::optional<Element> identity;   // the column whose blocks are positive multiples of the identity matrix
  TableCertificate certificate;      // of `table`
  std::vector<std::vector<std::uint32_t>> cosets;  // kQuotient: the columns of each coset
  std::vector<BlockSummary> blocks;
  std::vector<TableCandidate> candidates;   // best first, `table` included; one for each isomorphism class
  std::optional<PublishedBound> published;  // up to 256 columns
};

struct ReconstructionOptions {
  std::uint64_t seed = 1;
  std::size_t largest_candidates = 4;
};

// Throws ArgumentError when the sizes of the blocks do not fit the order. Deterministic for a given seed.
// Time about n^2 sum d^2 multiplications for each of a few columns; at most 36 columns (three times all of
// them up to n = 64).
Reconstruction reconstruct_from_blocks(std::span<const WeightBlock> blocks, std::size_t order,
                                       const ReconstructionOptions& options = {},
                                       const Interrupt& interrupt = {});

}  // namespace peterweyl
