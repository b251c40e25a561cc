// What coset enumeration needs of a presentation: words over the columns of the coset table.
//
// A generator with the relation a^2 has one column, any other has one for itself and one for its inverse.
// Relators are reduced freely and cyclically (x x vanishes for an involution x), stripped of those that are
// equal up to rotation and inversion, and sorted by length.
// Source: Holt, Eick and O'Brien, Handbook of Computational Group Theory (2005), chapter 5.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "groups/presentation.hpp"

namespace peterweyl {

using Column = std::uint16_t;

// A view of a word that can be traced from either end: forward[i] is letter i, backward[i] its inverse.
struct ColumnTrace {
  const Column* forward;
  const Column* backward;
  std::size_t length;
};

// A cyclic word, written twice so that each of its rotations is a piece of it.
struct ColumnWord {
  std::size_t length = 0;
  std::vector<Column> forward;   // 2 length
  std::vector<Column> backward;  // 2 length
  std::size_t period = 0;        // the word is u^(length / period)
  // Where the cycle of a relator that closes can be entered with the same effect: the positions i such that
  // the rotation of the word by i is the word itself or its inverse. For a power u^k these are the multiples
  // of |u|.
  std::vector<std::uint32_t> entrances;
  bool equals_its_inverse = false;  // up to rotation

  ColumnTrace rotation(std::size_t start) const {
    return {forward.data() + start, backward.data() + start, length};
  }
};

class CosetRelators {
 public:
  explicit CosetRelators(const Presentation& presentation);

  std::size_t columns() const { return inverse_.size(); }
  Column inverse(std::size_t column) const { return inverse_[column]; }
  // The column of each generator.
  std::span<const Column> generators() const { return generators_; }

  std::span<const ColumnWord> relators() const { return relators_; }
  // For each column the different rotations of relators and their inverses that begin with it; views into
  // this.
  std::vector<std::vector<ColumnTrace>> rotations_by_column() const;

  // A freely reduced word in columns.
  ColumnWord word(std::span<const std::int32_t> letters) const;

 private:
  std::vector<Column> reduced(std::span<const std::int32_t> letters) const;
  std::vector<Column> inverted(std::span<const Column> word) const;
  ColumnWord column_word(std::vector<Column> letters) const;

  std::vector<Column> inverse_;
  std::vector<Column> generators_;
  std::vector<ColumnWord> relators_;
  std::vector<ColumnWord> inverses_;  // of the relators
};

}  // namespace peterweyl
