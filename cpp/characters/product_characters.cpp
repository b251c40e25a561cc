#include "characters/product_characters.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include "arithmetic/power_basis.hpp"

namespace peterweyl {
namespace {

// A value in roots of unity of the order of its class.
using Terms = std::vector<CyclotomicTerm>;

class ProductCharacters {
 public:
  ProductCharacters(const std::vector<Group>& factors, const Group& group, const ClassStructure& classes,
                    const std::function<CharacterTable(const Group&)>& table_of)
      : classes_(classes) {
    for (const Group& factor : factors) tables_.push_back(table_of(factor));
    // The classes of the factors that each class projects to; elements are numbered row-major.
    for (const Element representative : group.conjugacy_classes().representatives) {
      std::vector<std::uint32_t> parts(factors.size());
      Element x = representative;
      for (std::size_t f = factors.size(); f-- > 0;) {
        parts[f] = factors[f].class_of(x % factors[f].order());
        x /= factors[f].order();
      }
      parts_.push_back(std::move(parts));
    }
  }

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
      coefficients_.resize(std::max<std::size_t>(coefficients_.size(), order), 0);
      used_.clear();
      for (const auto& a : terms_) {
        for (const auto& b : factor) {
          const std::uint64_t exponent = (a.exponent + std::uint64_t{b.exponent} * step) % order;
          used_.push_back(static_cast<std::uint32_t>(exponent));
          coefficients_[exponent] += a.coefficient * b.coefficient;
        }
      }
      terms_.clear();
      bases_.of(order).collect(coefficients_, used_, terms_);
    }
    return terms_;
  }

  const ClassStructure& classes_;
  std::vector<CharacterTable> tables_;
  std::vector<std::vector<std::uint32_t>> parts_;  // by class and factor
  PowerBases bases_;
  std::vector<std::int64_t> coefficients_;
  std::vector<std::uint32_t> used_;
  Terms terms_;
};

}  // namespace

std::optional<CharacterRows> product_characters(const Group& group, const ClassStructure& classes,
                                                const std::function<CharacterTable(const Group&)>& table_of,
                                                const Interrupt& interrupt) {
  const auto* product = std::get_if<Construction::DirectProduct>(&group.construction().how);
  if (product == nullptr) return std::nullopt;
  return ProductCharacters(product->factors, group, classes, table_of).run(interrupt);
}

}  // namespace peterweyl
