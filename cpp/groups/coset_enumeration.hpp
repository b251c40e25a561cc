// Todd-Coxeter coset enumeration: the right cosets of a subgroup of a finitely presented group as a table.
//
// Two strategies. HLT (Haselgrove, Leech and Trotter) traces each relator at each coset and defines what is
// missing on the way: fast, many superfluous cosets. Before its table doubles it looks ahead (traces without
// defining) and compresses. Felsch defines one coset at a time, in the first gap of the table, and draws
// every conclusion from it before the next: slower a coset, few superfluous ones. Automatic is HLT, and
// Felsch from where HLT meets the limit.
//
// Tricks: one column for an involution; coincidences by a queue and union-find; each closed cycle of a
// relator u^k is remembered at all of its k entrances, so that it is traced once and not k times.
//
// Layout: rows of 32 bit labels, one column a generator and one an inverse (a single one for an involution),
// 0 = undefined. Memory: 4 (columns + 6) bytes a coset, half as much again while the table grows, and in the
// end 4 (generators + 2) bytes a coset for the result.
//
// Sources: Todd and Coxeter 1936; Cannon, Dimino, Havas and Watson, Math. Comp. 27 (1973) 463; Havas, ISSAC
// 1991; Sims, Computation with Finitely Presented Groups (1994), chapters 4 and 5; Holt, Eick and O'Brien
// (2005), ch. 5.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "groups/group.hpp"
#include "groups/presentation.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

enum class CosetStrategy { kAutomatic, kHlt, kFelsch };

struct CosetOptions {
  CosetStrategy strategy = CosetStrategy::kAutomatic;
  std::uint64_t limit = 4'000'000;                       // cosets in the table at any one time
  std::uint64_t memory_limit = std::uint64_t{1} << 30U;  // bytes; lowers the limit where the table is wide
};

// The permutations of the cosets by the generators. Coset 0 is the subgroup, the others are breadth-first
// over the generators in their order.
struct CosetTable {
  std::uint32_t count = 0;
  std::uint32_t rank = 0;
  std::vector<std::uint32_t> images;  // images[c * rank + k] = coset c times generator k
  std::uint64_t defined = 0;          // cosets defined in the course of it, superfluous ones included
  std::uint64_t maximal = 0;          // most cosets at any one time

  std::uint32_t image(std::uint32_t coset, std::size_t generator) const {
    return images[std::size_t{coset} * rank + generator];
  }
};

// Ends if and only if the index is finite and the limit allows it; otherwise throws EnumerationLimitError
// with the number of cosets reached. A finite index can need any number of cosets on the way: hitting the
// limit proves nothing.
CosetTable enumerate_cosets(const Presentation& presentation, std::span<const Word> subgroup = {},
                            const CosetOptions& options = {}, const Interrupt& interrupt = {});

// The group itself: the cosets of the trivial subgroup, elements breadth-first over the generators from the
// identity at 0. Its generators are those of the presentation, one by one, even where some are trivial or
// equal.
Group group_from_presentation(const Presentation& presentation, const CosetOptions& options = {},
                              const Interrupt& interrupt = {});

}  // namespace peterweyl
