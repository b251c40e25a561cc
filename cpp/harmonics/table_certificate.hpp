// When do blocks prove a multiplication table? Three conditions, all of them necessary for `certified`.
//
// Uniqueness. Let V* be exact blocks of the table with ||V_i(g) - V_i*(g)|| <= eta (Frobenius) for all blocks
// and columns, and D the smallest distance of a product V(h) V(r)^H V(g) from a column that is not the one
// the table says (features: block i scaled by sqrt(d_i)). If 4 eta sqrt(sum d_i) < D, every exact model
// within eta of the data has this table: the product of three unitaries moves by at most 3 eta a block, the
// column by eta. So radius = D / (4 sqrt(sum d_i)) and the condition reads residual < radius. Up to
// kExactSeparationOrder columns D is computed; beyond, D >= D* - 4 sqrt(sum d_i eta_i^2) with D* the
// separation of the columns of V*, O(n) by characters.
//
// Chance. A small group fits random blocks: if the whitened blocks were independent Gaussian with mean
// ||V(g)||^2 = d, the probability that some labelled group table and some irreps come as close as observed in
// total square is at most the volume of the ball times the largest density times the number of tables and of
// choices of irreps. One column is left out: it pays for the side factors that were fitted. log10 of that
// bound must be at most kLargestLog10Chance. Blocks that fit no irrep are left out of the bound (which pays
// for the choice), so that it says whether the rest is chance; `certified` asks that there are none.
//
// Convention. Two blocks of a group can be read in opposite orders independently exactly when the product of
// their kernels holds the commutator subgroup; if reading some of them the other way gives a group that is
// not isomorphic, the data do not decide.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "groups/cayley_table.hpp"
#include "harmonics/block_whitening.hpp"
#include "harmonics/exact_model.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

struct TableCertificate {
  static constexpr double kLargestLog10Chance = -6.0;
  static constexpr Element kExactSeparationOrder = 64;
  static constexpr double kLargestBlockDeviation = 0.35;

  bool certified = false;
  bool consistent = false;  // every block is close to an irrep of the group
  double residual = 0;      // eta
  double radius = 0;
  double separation = 0;  // D, or its lower bound
  double log10_chance = 0;
  double fit = 0;    // root mean square of V - V* relative to V, all blocks weighted by degree
  double score = 0;  // log likelihood an entry with a noise level for each block; the lower the better
  bool convention_decided = true;
  bool examined = false;                    // whether separation, radius and other readings were looked at
  std::vector<CayleyTable> other_readings;  // groups not isomorphic to this one that the blocks allow as well

  // Whether a proof may follow: every block fits, and not by chance.
  bool is_promising() const { return consistent && log10_chance <= kLargestLog10Chance; }
};

// Whether a block is close to an irrep: the mean square of X - V* relative to that of V* is below
// kLargestBlockDeviation, X the whitened block.
bool fits_irrep(const BlockModel& model, const WhitenedBlock& block);

// Fit, residual and chance, without the proof. O(n sum d^2).
TableCertificate assess_table(const CayleyTable& table, std::span<const WhitenedBlock> blocks,
                              std::span<const BlockModel> models);

// The rest of the certificate: separation, radius, other readings. O(n^2 sum d^2) for the separation up to
// kExactSeparationOrder columns (times n), O(n sum d^2) beyond.
void prove_table(TableCertificate& result, const CayleyTable& table, std::span<const WhitenedBlock> blocks,
                 std::span<const BlockModel> models, const Interrupt& interrupt = {});

// Both.
TableCertificate certify_table(const CayleyTable& table, std::span<const WhitenedBlock> blocks,
                               std::span<const BlockModel> models, const Interrupt& interrupt = {});

// log10 of the chance bound for `columns` columns and `blocks` blocks: the real dimensions of all columns
// together, and the total squared deviation in units where a Gaussian entry has variance 1.
double log10_chance_bound(std::uint32_t columns, std::size_t blocks, double dimensions, double squared);

// The tables of the groups that arise when some blocks are read in the opposite order, one for each way that
// keeps the blocks consistent; `decided` becomes false when there are too many ways to look at.
std::vector<CayleyTable> other_readings(const CayleyTable& table, std::span<const WhitenedBlock> blocks,
                                        std::span<const BlockModel> models, bool& decided);

// Theorem 17 of Harmonics of Learning for blocks as they come: L = max |W^H W - n 1|, and the largest
// unitarity defect of the map for which the published read-out rule is proven; nothing when L > n/2.
struct PublishedBound {
  double gram_defect = 0;
  double admissible_defect = 0;  // 0 when the theorem does not apply
};
PublishedBound published_bound(std::span<const WeightBlock> blocks, std::size_t order);

}  // namespace peterweyl
