#include "groups/coset_relators.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace peterweyl {
namespace {

// The start of the lexicographically least rotation, by Booth's algorithm. O(length).
std::size_t least_rotation(std::span<const Column> word) {
  const std::size_t n = word.size();
  std::size_t i = 0;
  std::size_t j = 1;
  std::size_t k = 0;
  while (i < n && j < n && k < n) {
    const Column a = word[(i + k) % n];
    const Column b = word[(j + k) % n];
    if (a == b) {
      ++k;
      continue;
    }
    (a > b ? i : j) += k + 1;
    if (i == j) ++j;
    k = 0;
  }
  return std::min(i, j);
}

std::vector<Column> rotated(std::span<const Column> word, std::size_t start) {
  std::vector<Column> result(word.begin() + static_cast<std::ptrdiff_t>(start), word.end());
  result.insert(result.end(), word.begin(), word.begin() + static_cast<std::ptrdiff_t>(start));
  return result;
}

// The smallest period p of a cyclic word: word = u^(n/p) with |u| = p. O(length) by the prefix function.
std::size_t smallest_period(std::span<const Column> word) {
  std::vector<std::size_t> border(word.size(), 0);
  for (std::size_t i = 1; i < word.size(); ++i) {
    std::size_t k = border[i - 1];
    while (k > 0 && word[i] != word[k]) k = border[k - 1];
    border[i] = word[i] == word[k] ? k + 1 : 0;
  }
  const std::size_t p = word.size() - (word.empty() ? 0 : border.back());
  return p > 0 && word.size() % p == 0 ? p : word.size();
}

}  // namespace

CosetRelators::CosetRelators(const Presentation& presentation) {
  const std::size_t rank = presentation.generators.size();
  std::vector<char> involution(rank, 0);
  for (const Word& relator : presentation.relators) {
    if (relator.size() == 2 && relator[0] == relator[1])
      involution[static_cast<std::size_t>(std::abs(relator[0])) - 1] = 1;
  }
  for (std::size_t k = 0; k < rank; ++k) {
    const auto column = static_cast<Column>(inverse_.size());
    generators_.push_back(column);
    if (involution[k] != 0) {
      inverse_.push_back(column);
    } else {
      inverse_.push_back(static_cast<Column>(column + 1));
      inverse_.push_back(column);
    }
  }

  std::vector<std::vector<Column>> words;
  for (const Word& relator : presentation.relators) {
    std::vector<Column> word = reduced(relator);
    std::size_t cut = 0;
    while (2 * cut + 1 < word.size() && word[cut] == inverse_[word[word.size() - 1 - cut]]) ++cut;
    word = {word.begin() + static_cast<std::ptrdiff_t>(cut), word.end() - static_cast<std::ptrdiff_t>(cut)};
    if (word.empty()) continue;
    // One word stands for all rotations of itself and its inverse.
    const std::vector<Column> inverse = inverted(word);
    words.push_back(std::min(rotated(word, least_rotation(word)), rotated(inverse, least_rotation(inverse))));
  }
  std::ranges::sort(
      words, [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() < b.size() : a < b; });
  words.erase(std::ranges::unique(words).begin(), words.end());
  for (std::vector<Column>& word : words) {
    inverses_.push_back(column_word(inverted(word)));
    relators_.push_back(column_word(std::move(word)));
  }
}

std::vector<Column> CosetRelators::reduced(std::span<const std::int32_t> letters) const {
  std::vector<Column> word;
  for (const std::int32_t letter : letters) {
    Column column = generators_[static_cast<std::size_t>(std::abs(letter)) - 1];
    if (letter < 0) column = inverse_[column];
    if (!word.empty() && word.back() == inverse_[column]) {
      word.pop_back();
    } else {
      word.push_back(column);
    }
  }
  return word;
}

std::vector<Column> CosetRelators::inverted(std::span<const Column> word) const {
  std::vector<Column> result(word.rbegin(), word.rend());
  for (Column& letter : result) letter = inverse_[letter];
  return result;
}

ColumnWord CosetRelators::column_word(std::vector<Column> letters) const {
  ColumnWord word;
  word.length = letters.size();
  word.period = smallest_period(letters);
  // Entered at position i and read backwards, the cycle spells the inverse of the rotation by i.
  const std::vector<Column> inverse = inverted(letters);
  const std::size_t start = least_rotation(letters);
  const std::size_t inverse_start = least_rotation(inverse);
  word.equals_its_inverse = rotated(letters, start) == rotated(inverse, inverse_start);
  const std::size_t mirror =
      (start + 2 * word.length - inverse_start) % std::max<std::size_t>(word.period, 1);
  for (std::size_t i = 0; i < word.length; ++i) {
    const std::size_t phase = i % word.period;
    if (phase == 0 || (word.equals_its_inverse && phase == mirror))
      word.entrances.push_back(static_cast<std::uint32_t>(i));
  }
  word.forward = std::move(letters);
  word.forward.insert(word.forward.end(), word.forward.begin(), word.forward.end());
  for (const Column letter : word.forward) word.backward.push_back(inverse_[letter]);
  return word;
}

ColumnWord CosetRelators::word(std::span<const std::int32_t> letters) const {
  return column_word(reduced(letters));
}

std::vector<std::vector<ColumnTrace>> CosetRelators::rotations_by_column() const {
  std::vector<std::vector<ColumnTrace>> result(columns());
  for (std::size_t k = 0; k < relators_.size(); ++k) {
    for (const ColumnWord* word : {&relators_[k], &inverses_[k]}) {
      for (std::size_t i = 0; i < word->period; ++i) result[word->forward[i]].push_back(word->rotation(i));
      if (word->equals_its_inverse) break;
    }
  }
  return result;
}

}  // namespace peterweyl
