#include "groups/matrix_group.hpp"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>

#include "support/error.hpp"

namespace peterweyl {
namespace {

// Two entries below this can be multiplied, and up to 2^12 such products added, without overflow.
constexpr std::int64_t kEntryBound = std::int64_t{1} << 25;
constexpr std::size_t kMaximalDimension = 1024;
constexpr std::uint64_t kMaximalEntries = std::uint64_t{1} << 28;  // 2 GiB of matrices

void check_shapes(std::span<const MatrixEntries> generators, std::size_t dimension) {
  if (generators.empty()) throw ArgumentError("matrices: expected at least one matrix, got none");
  if (dimension == 0 || dimension > kMaximalDimension) {
    throw ArgumentError("matrices: expected a dimension in 1 ... " + std::to_string(kMaximalDimension) +
                        ", got " + std::to_string(dimension));
  }
  for (std::size_t k = 0; k < generators.size(); ++k) {
    if (generators[k].size() == dimension * dimension) continue;
    throw ArgumentError("matrices[" + std::to_string(k) + "]: expected " +
                        std::to_string(dimension * dimension) + " entries, got " +
                        std::to_string(generators[k].size()));
  }
}

// By elimination over the field.
FiniteField::Scalar determinant(const FiniteField& field, MatrixEntries entries, std::size_t d) {
  const auto at = [&](std::size_t i, std::size_t j) {
    return static_cast<FiniteField::Scalar>(entries[i * d + j]);
  };
  FiniteField::Scalar result = 1;
  for (std::size_t column = 0; column < d; ++column) {
    std::size_t pivot = column;
    while (pivot < d && at(pivot, column) == 0) ++pivot;
    if (pivot == d) return 0;
    if (pivot != column) {
      for (std::size_t j = 0; j < d; ++j) std::swap(entries[pivot * d + j], entries[column * d + j]);
      result = field.negate(result);
    }
    result = field.multiply(result, at(column, column));
    const FiniteField::Scalar inverse = field.inverse(at(column, column));
    for (std::size_t i = column + 1; i < d; ++i) {
      const FiniteField::Scalar factor = field.multiply(at(i, column), inverse);
      if (factor == 0) continue;
      for (std::size_t j = column; j < d; ++j)
        entries[i * d + j] = field.subtract(at(i, j), field.multiply(factor, at(column, j)));
    }
  }
  return result;
}

}  // namespace

// The matrices in one flat buffer and an open-addressing hash over them.
class MatrixGroup::Store {
 public:
  explicit Store(std::size_t width) : width_(width), slots_(64, kEmpty) {}

  std::size_t size() const { return entries_.size() / width_; }
  std::span<const std::int64_t> entries() const { return entries_; }
  std::span<const std::int64_t> row(std::size_t k) const { return entries().subspan(k * width_, width_); }

  Element find(std::span<const std::int64_t> matrix) const { return slots_[slot_of(matrix)]; }

  std::pair<Element, bool> insert(std::span<const std::int64_t> matrix) {
    if (2 * (size() + 1) > slots_.size()) grow();
    const std::size_t slot = slot_of(matrix);
    if (slots_[slot] != kEmpty) return {slots_[slot], false};
    slots_[slot] = static_cast<Element>(size());
    entries_.insert(entries_.end(), matrix.begin(), matrix.end());
    return {slots_[slot], true};
  }

  static constexpr Element kEmpty = ~Element{0};

 private:
  // Where the matrix is, or would be.
  std::size_t slot_of(std::span<const std::int64_t> matrix) const {
    std::uint64_t hash = 0;
    for (const std::int64_t entry : matrix)
      hash = std::rotl((hash ^ static_cast<std::uint64_t>(entry)) * 0x9e3779b97f4a7c15ULL, 29);
    std::size_t slot = hash & (slots_.size() - 1);
    while (slots_[slot] != kEmpty && !std::ranges::equal(row(slots_[slot]), matrix))
      slot = (slot + 1) & (slots_.size() - 1);
    return slot;
  }

  void grow() {
    slots_.assign(2 * slots_.size(), kEmpty);
    for (std::size_t k = 0; k < size(); ++k) slots_[slot_of(row(k))] = static_cast<Element>(k);
  }

  std::size_t width_;
  std::vector<std::int64_t> entries_;
  std::vector<Element> slots_;
};

MatrixGroup::MatrixGroup(Group group, std::size_t dimension, std::shared_ptr<const Store> store)
    : group_(std::move(group)), dimension_(dimension), store_(std::move(store)) {}

std::span<const std::int64_t> MatrixGroup::matrices() const {
  return store_->entries();
}

std::optional<Element> MatrixGroup::find(std::span<const std::int64_t> entries) const {
  if (entries.size() != dimension_ * dimension_) return std::nullopt;
  const Element found = store_->find(entries);
  if (found == Store::kEmpty) return std::nullopt;
  return found;
}

template <typename Multiply>
MatrixGroup MatrixGroup::enumerate(std::span<const MatrixEntries> generators, std::size_t dimension,
                                   std::uint64_t limit, const Interrupt& interrupt,
                                   const Multiply& multiply) {
  limit = std::min({limit, CayleyTable::kMaximalOrder, kMaximalEntries / (dimension * dimension)});
  MatrixEntries product(dimension * dimension, 0);
  for (std::size_t i = 0; i < dimension; ++i) product[i * dimension + i] = 1;
  auto store = std::make_shared<Store>(product.size());
  store->insert(product);
  std::vector<MatrixEntries> useful;  // a repeated or trivial generator adds nothing but width
  for (const MatrixEntries& g : generators) {
    if (g != product && std::ranges::find(useful, g) == useful.end()) useful.push_back(g);
  }
  std::vector<Element> right;
  MatrixEntries source;
  for (std::size_t x = 0; x < store->size(); ++x) {
    source.assign(store->row(x).begin(), store->row(x).end());
    for (const MatrixEntries& g : useful) {
      interrupt.poll();
      multiply(source, g, product, store->size());
      const auto [label, is_new] = store->insert(product);
      right.push_back(label);
      if (is_new && store->size() > limit) {
        throw EnumerationLimitError(
            "matrices: more than " + std::to_string(limit) + " elements; the enumeration stopped there",
            store->size(), limit);
      }
    }
  }
  std::vector<Element> labels(right.begin(), right.begin() + static_cast<std::ptrdiff_t>(useful.size()));
  CayleyTable table = CayleyTable::from_right_cayley_graph_no_checks(store->size(), labels, right);
  return {Group(std::move(table), std::move(labels), "", Construction{}), dimension, std::move(store)};
}

MatrixGroup MatrixGroup::over_integers(std::span<const MatrixEntries> generators, std::size_t dimension,
                                       std::uint64_t limit, const Interrupt& interrupt) {
  check_shapes(generators, dimension);
  // A determinant that is not +-1 modulo one prime is not +-1. The enumeration settles the converse: the
  // powers of an element of a finite monoid repeat, so its determinant is 0, 1 or -1.
  const FiniteField field(65521);
  for (std::size_t k = 0; k < generators.size(); ++k) {
    MatrixEntries residues = generators[k];
    for (std::int64_t& entry : residues) {
      if (entry > kEntryBound || entry < -kEntryBound) {
        throw ArgumentError("matrices[" + std::to_string(k) +
                            "]: expected integers of magnitude at most 2^25, got " + std::to_string(entry));
      }
      entry = (entry % 65521 + 65521) % 65521;
    }
    const FiniteField::Scalar value = determinant(field, std::move(residues), dimension);
    if (value != 1 && value != field.negate(1)) {
      throw ArgumentError(
          "matrices[" + std::to_string(k) +
          "]: expected an integer matrix with an integer inverse, but the determinant is not 1 or -1");
    }
  }
  const auto multiply = [&](const MatrixEntries& a, const MatrixEntries& b, MatrixEntries& c,
                            std::size_t reached) {
    std::ranges::fill(c, 0);
    for (std::size_t i = 0; i < dimension; ++i) {
      for (std::size_t k = 0; k < dimension; ++k) {
        const std::int64_t factor = a[i * dimension + k];
        if (factor == 0) continue;
        for (std::size_t j = 0; j < dimension; ++j) c[i * dimension + j] += factor * b[k * dimension + j];
      }
    }
    if (std::ranges::all_of(c, [](std::int64_t x) { return x <= kEntryBound && x >= -kEntryBound; })) return;
    throw EnumerationLimitError("matrices: entries passed 2^25 after " + std::to_string(reached) +
                                    " elements; the group is almost certainly infinite",
                                reached, limit);
  };
  return enumerate(generators, dimension, limit, interrupt, multiply);
}

MatrixGroup MatrixGroup::over_field(const FiniteField& field, std::span<const MatrixEntries> generators,
                                    std::size_t dimension, std::uint64_t limit, const Interrupt& interrupt) {
  check_shapes(generators, dimension);
  for (std::size_t k = 0; k < generators.size(); ++k) {
    for (const std::int64_t entry : generators[k]) {
      if (entry >= 0 && entry < std::int64_t{field.order()}) continue;
      throw ArgumentError("matrices[" + std::to_string(k) + "]: expected entries in 0 ... " +
                          std::to_string(field.order() - 1) + ", got " + std::to_string(entry));
    }
    if (determinant(field, generators[k], dimension) != 0) continue;
    throw ArgumentError("matrices[" + std::to_string(k) + "]: expected an invertible matrix over GF(" +
                        std::to_string(field.order()) + "), but the determinant is 0");
  }
  const auto multiply = [&](const MatrixEntries& a, const MatrixEntries& b, MatrixEntries& c, std::size_t) {
    for (std::size_t i = 0; i < dimension; ++i) {
      for (std::size_t j = 0; j < dimension; ++j) {
        FiniteField::Scalar sum = 0;
        for (std::size_t k = 0; k < dimension; ++k) {
          sum = field.add(sum, field.multiply(static_cast<FiniteField::Scalar>(a[i * dimension + k]),
                                              static_cast<FiniteField::Scalar>(b[k * dimension + j])));
        }
        c[i * dimension + j] = sum;
      }
    }
  };
  return enumerate(generators, dimension, limit, interrupt, multiply);
}

}  // namespace peterweyl
