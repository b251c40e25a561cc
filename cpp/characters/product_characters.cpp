#include "characters/product_characters.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "characters/term_sums.hpp"

namespace peterweyl {
namespace {

// A value in roots of unity of the order of its class.
using Terms = std::vector<CyclotomicTerm>;

class ProductCharacters {
 public:
  ProductCharacters(std::span<const CharacterTable> tables,
                    const std::vector<std::vector<std::uint32_t>>& parts, const ClassStructure& classes)
      : classes_(classes), tables_(tables), parts_(parts) {}

  CharacterRows run(const Interrupt& interrupt) {
    const std::size_t k = classes_.count();
    CharacterRows rows(k);
    std::vector<std::size_t> row(tables_.size(), 0);
    for (std::size_t i = 0; i < k; ++i) {
      interrupt.poll();
      for (std::size_t c = 0; c < k; ++c) rows.append(value(row, c));
      for (std::size_t f = row.size(); f-- > 0 && ++row[f] == tables_[f].count();) row[f] = 0;
    }
    return rows;
  }

 private:
  const Terms& value(const std::vector<std::size_t>& row, std::size_t c) {
    const std::uint32_t order = classes_.orders[c];
    terms_.assign(1, {0, 1});
    for (std::size_t f = 0; f < tables_.size() && !terms_.empty(); ++f) {
      const std::uint32_t part = parts_[c][f];
      const std::uint32_t step = order / tables_[f].classes().orders[part];
      const Terms factor = tables_[f].terms(row[f], part);
      if (factor.size() == 1 && factor[0].exponent == 0) {
        for (CyclotomicTerm& term : terms_) term.coefficient *= factor[0].coefficient;
        continue;
      }
      sums_.add_product(order, terms_, factor, step);
      terms_ = sums_.take(order);
    }
    return terms_;
  }

  const ClassStructure& classes_;
  std::span<const CharacterTable> tables_;
  const std::vector<std::vector<std::uint32_t>>& parts_;
  TermSums sums_;
  Terms terms_;
};

}  // namespace

CharacterRows product_characters(std::span<const CharacterTable> tables,
                                 const std::vector<std::vector<std::uint32_t>>& parts,
                                 const ClassStructure& classes, const Interrupt& interrupt) {
  return ProductCharacters(tables, parts, classes).run(interrupt);
}

std::optional<CharacterRows> product_characters(const Group& group, const ClassStructure& classes,
                                                const std::function<CharacterTable(const Group&)>& table_of,
                                                const Interrupt& interrupt) {
  const auto* product = std::get_if<Construction::DirectProduct>(&group.construction().how);
  if (product == nullptr) return std::nullopt;
  const std::vector<Group>& factors = product->factors;
  std::vector<CharacterTable> tables;
  for (const Group& factor : factors) tables.push_back(table_of(factor));
  std::vector<std::vector<std::uint32_t>> parts;  // elements are numbered row-major
  for (Element x : group.conjugacy_classes().representatives) {
    std::vector<std::uint32_t>& part = parts.emplace_back(factors.size());
    for (std::size_t f = factors.size(); f-- > 0; x /= factors[f].order()) {
      part[f] = factors[f].class_of(x % factors[f].order());
    }
  }
  return product_characters(tables, parts, classes, interrupt);
}

}  // namespace peterweyl
