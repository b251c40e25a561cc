// The multiplication table of a group in the scores of a composition network.
//
// Method: the scores of one first operand a are rounded to a permutation b -> ab by an optimal assignment; a
// few such rows, those with the largest mean score first, are closed to a regular group (closure_search.hpp).
// That group and the number of one row give the labelled table: the row of a is the translation that carries
// the identity to a, and the identity is what the rows agree on. Light's test is made on the result. Few rows
// have to be right, so the table is found where reading the largest score of each pair fails. Where
// no table is found, all rows are computed and some repaired by associativity: x (y b) votes for a b for
// every x y = a. Time: n^2 hidden multiplications and one assignment a row, four rows as a rule; n^3 hidden
// for the repair.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "groups/cayley_table.hpp"
#include "harmonics/score_rows.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// How the table stands beside the largest score of each pair. Scores are measured in root mean squares of the
// centred scores of a row.
struct ReadOut {
  std::uint64_t pairs = 0;     // looked at
  std::uint64_t agreeing = 0;  // pairs whose largest score is the product, with no other as large
  double smallest_margin =
      0;  // of the score of the product over the largest other one; negative: contradicted
  double mean_margin = 0;
  bool complete = false;  // all n^2 pairs were looked at
};

struct ScoreCandidate {
  CayleyTable table;  // in the labels of the elements
  std::size_t identity_votes = 0;
  std::size_t identity_voters = 0;
  std::size_t rows = 0;          // rounded rows
  std::size_t exact_rows = 0;    // of them, those that are the row of the table
  double agreement = 0;          // share of the pairs of these rows whose largest score is the product
  double rounded_agreement = 0;  // share of their entries that are products
  double uneven = 0;             // share of rows and columns that agree less than half as often as all do
  double log10_chance = 0;       // bound on the probability that chance does as well
  bool weighed = false;          // log10_chance has been computed
};

struct ScoreSearchOptions {
  std::uint64_t seed = 1;
  std::size_t largest_rows = 64;       // rows to look at before giving up
  std::size_t largest_repair = 128;    // order up to which all rows may be computed
  std::size_t largest_candidates = 8;  // different tables to keep
};

struct ScoreSearchResult {
  std::vector<ScoreCandidate> candidates;  // best first
  std::size_t rows = 0;                    // rows that were looked at
  // Of each row: the mean score of its assignment over the mean of all, in root mean squares.
  std::vector<double> row_scores;
};

// The chance of a table, as log10; where there is none, the agreement of the rows looked at is compared with
// pairs that have each result equally often.
using TableChance = std::function<double(const CayleyTable&)>;

// Deterministic for a given seed. n >= 1.
ScoreSearchResult search_scores(std::size_t order, const ScoreRow& row, const TableChance& chance,
                                const ScoreSearchOptions& options = {}, const Interrupt& interrupt = {});

// Looks at so many rows, chosen by the seed; at all of them if `rows` is n or more.
ReadOut read_out(const CayleyTable& table, const ScoreRow& row, std::size_t rows, std::uint64_t seed,
                 const Interrupt& interrupt = {});

}  // namespace peterweyl
