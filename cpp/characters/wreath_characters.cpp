#include "characters/wreath_characters.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <variant>

#include "arithmetic/integers.hpp"
#include "characters/term_sums.hpp"
#include "groups/families.hpp"
#include "groups/stabilizer_chain.hpp"
#include "support/random.hpp"

namespace peterweyl {
namespace {

using Terms = std::vector<CyclotomicTerm>;
using Colouring = std::vector<std::uint16_t>;

// The permutation of its natural points by an element of the top group.
Permutation natural_permutation(const Group& top, Element b) {
  if (top.degree() > 0) return top.permutation(b);
  const Element n = std::get<Construction::Cyclic>(top.construction().how).order;
  Permutation images(n);
  for (Element i = 0; i < n; ++i) images[i] = static_cast<std::uint16_t>((i + b) % n);
  return images;
}

// A subgroup of the top group with its table.
struct Stabiliser {
  Stabiliser(StabilizerChain chain, const WreathTables& tables, const Interrupt& interrupt)
      : elements(enumerate_elements(std::move(chain), ElementEnumeration::kDefaultLimit, interrupt)),
        classes(conjugacy_classes(elements, interrupt)),
        table(tables.of_permutations(elements, classes)) {}

  std::uint32_t class_of(std::span<const std::uint16_t> x) const {
    return classes.of_element[*elements.find(x)];
  }

  ElementEnumeration elements;
  ConjugacyClasses classes;
  CharacterTable table;
};

class WreathCharacters {
 public:
  WreathCharacters(const Group& group, const Group& base, const Group& top, const ClassStructure& classes,
                   const WreathTables& tables, const Interrupt& interrupt)
      : classes_(classes), tables_(tables), interrupt_(interrupt), base_(tables.of_group(base)) {
    for (const Element g : top.generators()) top_generators_.push_back(natural_permutation(top, g));
    points_ = natural_permutation(top, top.identity()).size();
    const std::vector<Element> label = identity_first(base);
    for (Element x : group.conjugacy_classes().representatives) {
      Column& column = columns_.emplace_back();
      column.b = natural_permutation(top, x % top.order());
      x /= top.order();
      std::vector<Element> f(points_);
      for (std::size_t i = points_; i-- > 0; x /= base.order()) f[i] = label[x % base.order()];
      std::vector<char> seen(points_, 0);
      for (std::size_t first = 0; first < points_; ++first) {
        if (seen[first] != 0) continue;
        Element product = base.identity();
        column.starts.push_back(first);
        for (std::size_t i = first; seen[i] == 0; i = column.b[i]) {
          seen[i] = 1;
          product = base.multiply(product, f[i]);
        }
        column.products.push_back(base.class_of(product));
      }
    }
  }

  CharacterRows run() {
    CharacterRows rows(classes_.count());
    std::vector<char> seen(saturating_power(base_.count(), points_), 0);
    for (std::uint64_t code = 0; code < seen.size(); ++code) {
      if (seen[code] != 0) continue;
      interrupt_.poll();
      append(orbit(decoded(code), seen), rows);
    }
    return rows;
  }

 private:
  // The class of an element (f; b): a point in each cycle of b and the class of the product of f along it.
  struct Column {
    Permutation b;
    std::vector<std::size_t> starts;
    std::vector<std::uint32_t> products;
  };

  // The colourings that P takes the first one to, and permutations that do.
  struct Orbit {
    std::vector<Colouring> colourings;
    std::vector<Permutation> transversal;
  };

  std::uint64_t encoded(const Colouring& colouring) const {
    std::uint64_t code = 0;
    for (const std::uint16_t colour : colouring) code = code * base_.count() + colour;
    return code;
  }

  Colouring decoded(std::uint64_t code) const {
    Colouring colouring(points_);
    for (std::size_t i = points_; i-- > 0; code /= base_.count()) {
      colouring[i] = static_cast<std::uint16_t>(code % base_.count());
    }
    return colouring;
  }

  // Point i^s gets the colour of i.
  static Colouring moved(const Colouring& colouring, const Permutation& s) {
    Colouring result(colouring.size());
    for (std::size_t i = 0; i < s.size(); ++i) result[s[i]] = colouring[i];
    return result;
  }

  Orbit orbit(Colouring first, std::vector<char>& seen) const {
    Orbit found;
    seen[encoded(first)] = 1;
    found.colourings.push_back(std::move(first));
    found.transversal.push_back(identity_permutation(points_));
    for (std::size_t i = 0; i < found.colourings.size(); ++i) {
      for (const Permutation& g : top_generators_) {
        Colouring image = moved(found.colourings[i], g);
        if (std::exchange(seen[encoded(image)], char{1}) != 0) continue;
        found.colourings.push_back(std::move(image));
        found.transversal.push_back(compose(found.transversal[i], g));
      }
    }
    return found;
  }

  // Schreier generators tell which subgroup it is; a few random elements generate it.
  const Stabiliser& stabiliser(const Orbit& orbit) {
    std::map<Colouring, std::size_t> place;
    for (std::size_t i = 0; i < orbit.colourings.size(); ++i) place.emplace(orbit.colourings[i], i);
    std::vector<Permutation> schreier;
    for (std::size_t i = 0; i < orbit.colourings.size(); ++i) {
      for (const Permutation& g : top_generators_) {
        const Permutation& back = orbit.transversal[place.at(moved(orbit.colourings[i], g))];
        Permutation x = compose(compose(orbit.transversal[i], g), inverse_permutation(back));
        if (!is_identity(x)) schreier.push_back(std::move(x));
      }
    }
    std::ranges::sort(schreier);
    schreier.erase(std::ranges::unique(schreier).begin(), schreier.end());
    const auto [found, is_new] = stabilisers_.try_emplace(schreier, nullptr);
    if (is_new) {
      const auto chain = StabilizerChain::build(points_, schreier, interrupt_);
      std::vector<Permutation> generators;
      auto part = StabilizerChain::build(points_, generators, interrupt_);
      while (part.order() != chain.order()) {
        Permutation x = chain.random(random_);
        if (part.contains(x)) continue;
        generators.push_back(std::move(x));
        part = StabilizerChain::build(points_, generators, interrupt_);
      }
      found->second = std::make_unique<Stabiliser>(std::move(part), tables_, interrupt_);
    }
    return *found->second;
  }

  // The rows that belong to one orbit.
  void append(const Orbit& orbit, CharacterRows& rows) {
    const Stabiliser& t = stabiliser(orbit);
    std::vector<std::vector<Terms>> values(t.table.count());
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      interrupt_.poll();
      const std::uint32_t order = classes_.orders[c];
      const std::vector<Terms> sums = sums_by_class(orbit, t, columns_[c], order);
      for (std::size_t i = 0; i < values.size(); ++i) {
        for (std::uint32_t d = 0; d < sums.size(); ++d) {
          if (sums[d].empty()) continue;
          terms_.add_product(order, sums[d], t.table.terms(i, d), order / t.table.classes().orders[d]);
        }
        values[i].push_back(terms_.take(order));
      }
    }
    for (const std::vector<Terms>& row : values) {
      for (const Terms& value : row) rows.append(value);
    }
  }

  // Of the colourings that b fixes, moved to the first one: the sum of their values for each class of T that
  // b falls into.
  std::vector<Terms> sums_by_class(const Orbit& orbit, const Stabiliser& t, const Column& column,
                                   std::uint32_t order) {
    std::vector<Terms> sums(t.table.count());
    const Terms one{{0, 1}};
    for (std::size_t i = 0; i < orbit.colourings.size(); ++i) {
      const Colouring& colouring = orbit.colourings[i];
      if (moved(colouring, column.b) != colouring) continue;
      Terms value = one;
      for (std::size_t k = 0; k < column.products.size() && !value.empty(); ++k) {
        const std::uint32_t c = column.products[k];
        const std::uint16_t colour = colouring[column.starts[k]];
        terms_.add_product(order, value, base_.terms(colour, c), order / base_.classes().orders[c]);
        value = terms_.take(order);
      }
      if (value.empty()) continue;
      const Permutation& s = orbit.transversal[i];
      const std::uint32_t d = t.class_of(compose(compose(s, column.b), inverse_permutation(s)));
      terms_.add_product(order, sums[d], one);
      terms_.add_product(order, value, one);
      sums[d] = terms_.take(order);
    }
    return sums;
  }

  const ClassStructure& classes_;
  const WreathTables& tables_;
  const Interrupt& interrupt_;
  CharacterTable base_;
  std::size_t points_ = 0;
  std::vector<Permutation> top_generators_;
  std::vector<Column> columns_;
  std::map<std::vector<Permutation>, std::unique_ptr<Stabiliser>> stabilisers_;
  TermSums terms_;
  Random random_{1};
};

}  // namespace

std::optional<CharacterRows> wreath_characters(const Group& group, const ClassStructure& classes,
                                               const WreathTables& tables, const Interrupt& interrupt) {
  const auto* product = std::get_if<Construction::WreathProduct>(&group.construction().how);
  if (product == nullptr) return std::nullopt;
  const Group& base = product->parts[0];
  const Group& top = product->parts[1];
  constexpr std::uint64_t kSteps = 1'000'000'000;
  const std::uint64_t colourings = saturating_power(base.conjugacy_classes(interrupt).count(),
                                                    natural_permutation(top, top.identity()).size());
  if (saturating_product(colourings, classes.count()) > kSteps) return std::nullopt;
  return WreathCharacters(group, base, top, classes, tables, interrupt).run();
}

}  // namespace peterweyl
