#include "characters/monomial_characters.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "arithmetic/integers.hpp"
#include "arithmetic/power_basis.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

[[noreturn]] void fault() {
  throw NumericalError("monomial characters: a step does not close; this is a fault of peterweyl");
}

// A chief series with factors of prime order: elements by normal form b_m^(e_m) ... b_1^(e_1), the label
// being the number with these digits, so that the elements of G_i have the labels below |G_i|.
class ChiefSeries {
 public:
  ChiefSeries(const ListedGroup& group, const ClassStructure& classes)
      : group_(group), classes_(classes), label_(group.order(), kNone), elements_{group.identity()} {
    label_[group.identity()] = 0;
    contained_.assign(classes.count(), 0);
    contained_[0] = 1;
  }

  // False when the group is not supersolvable.
  bool build() {
    while (elements_.size() < group_.order()) {
      if (!extend()) return false;
    }
    return true;
  }

  std::size_t length() const { return primes_.size(); }
  std::uint32_t prime(std::size_t level) const { return primes_[level]; }
  Element generator(std::size_t level) const { return generators_[level]; }
  std::uint32_t label(Element x) const { return label_[x]; }
  // The i with x in G_(i+1) but not in G_i, and the exponent of b_(i+1) in x, for x other than the identity.
  std::pair<std::size_t, std::uint32_t> leading(Element x) const {
    const std::uint32_t label = label_[x];
    std::size_t level = sizes_.size() - 1;
    while (sizes_[level] > label) --level;
    return {level, label / sizes_[level]};
  }
  // The exponent of b_(level+1) in an element of G_(level+1).
  std::uint32_t exponent_at(Element x, std::size_t level) const { return label_[x] / sizes_[level]; }

 private:
  static constexpr std::uint32_t kNone = ~0U;

  bool extend() {
    const std::size_t size = elements_.size();
    for (std::size_t c = 1; c < classes_.count(); ++c) {
      if (contained_[c] != 0) continue;
      for (const auto& [p, exponent] : factorize(classes_.orders[c])) {
        if (contained_[classes_.power(c, static_cast<std::int64_t>(p))] == 0) continue;
        if (classes_.sizes[c] > (p - 1) * size) break;
        const Element x = group_.classes().representatives[c];
        if (!generates_normal(x, static_cast<std::uint32_t>(p))) break;
        append(x, static_cast<std::uint32_t>(p));
        return true;
      }
    }
    return false;
  }

  // Whether all conjugates of x by generators lie in the cosets of powers of x.
  bool generates_normal(Element x, std::uint32_t p) const {
    const Element inverse = group_.inverse(x);
    for (const Element g : group_.generators()) {
      Element rest = group_.multiply(group_.multiply(group_.inverse(g), x), g);
      bool found = false;
      for (std::uint32_t s = 1; s < p && !found; ++s) {
        rest = group_.multiply(inverse, rest);
        found = label_[rest] != kNone;
      }
      if (!found) return false;
    }
    return true;
  }

  void append(Element x, std::uint32_t p) {
    const auto size = static_cast<std::uint32_t>(elements_.size());
    elements_.reserve(std::size_t{size} * p);
    for (std::uint32_t e = 1; e < p; ++e) {
      for (std::uint32_t i = 0; i < size; ++i) {
        const Element y = group_.multiply(x, elements_[(e - 1) * size + i]);
        label_[y] = static_cast<std::uint32_t>(elements_.size());
        contained_[group_.classes().of_element[y]] = 1;
        elements_.push_back(y);
      }
    }
    primes_.push_back(p);
    generators_.push_back(x);
    sizes_.push_back(size);
  }

  const ListedGroup& group_;
  const ClassStructure& classes_;
  std::vector<std::uint32_t> label_;
  std::vector<Element> elements_;  // by label, so far
  std::vector<char> contained_;    // classes
  std::vector<std::uint32_t> primes_;
  std::vector<Element> generators_;
  std::vector<std::uint32_t> sizes_;  // |G_0|, |G_1|, ...
};

// A subgroup by its elements h_i of G_(i+1) outside G_i, exponent 1 at b_(i+1), one for each level it
// reaches.
struct Sequence {
  std::vector<std::size_t> levels;  // ascending
  std::vector<Element> elements;
};

struct Pair {
  std::shared_ptr<const Sequence> stabiliser;
  std::vector<std::uint32_t> exponents;  // of zeta_e, at the first elements of the sequence
  std::size_t level = 0;                 // of the series that has been reached
};

class MonomialCharacters {
 public:
  MonomialCharacters(const ListedGroup& group, const ClassStructure& classes, const Interrupt& interrupt)
      : group_(group),
        classes_(classes),
        interrupt_(interrupt),
        series_(group, classes),
        exponent_(
            static_cast<std::uint32_t>(classes.exponent())),  // at most the order, as G is supersolvable
        rows_(classes.count()) {}

  std::optional<CharacterRows> run() {
    if (!series_.build()) return std::nullopt;
    auto whole = std::make_shared<Sequence>();
    for (std::size_t i = 0; i < series_.length(); ++i) {
      whole->levels.push_back(i);
      whole->elements.push_back(series_.generator(i));
    }
    std::vector<Pair> pending{{std::move(whole), {}, 0}};
    while (!pending.empty()) {
      interrupt_.poll();
      Pair pair = std::move(pending.back());
      pending.pop_back();
      const std::size_t known = pair.exponents.size();
      if (known == pair.stabiliser->levels.size()) {
        induce(pair);
      } else {
        pair.level = pair.stabiliser->levels[known] + 1;
        extend(pair, pending);
      }
    }
    return std::move(rows_);
  }

 private:
  // h^-a x for the element h of a sequence.
  Element stripped(Element h, std::uint32_t a, Element x) const {
    const Element inverse = group_.inverse(h);
    for (; a > 0; --a) x = group_.multiply(inverse, x);
    return x;
  }

  // The exponent of lambda at an element where it is known.
  std::uint32_t exponent_at(const Pair& pair, Element x) const {
    const Sequence& h = *pair.stabiliser;
    std::uint64_t sum = 0;
    while (series_.label(x) != 0) {
      const auto [level, a] = series_.leading(x);
      const auto place =
          static_cast<std::size_t>(std::ranges::lower_bound(h.levels, level) - h.levels.begin());
      if (place >= pair.exponents.size() || h.levels[place] != level) fault();
      sum += std::uint64_t{a} * pair.exponents[place];
      x = stripped(h.elements[place], a, x);
    }
    return static_cast<std::uint32_t>(sum % exponent_);
  }

  // s -> factor * s + shift modulo p, on the extensions: lambda^g(x) = lambda(g x g^-1), a right action.
  struct Affine {
    std::uint32_t factor = 1;
    std::uint32_t shift = 0;
    bool is_identity() const { return factor == 1 && shift == 0; }
  };

  // Extends lambda to the next element of the sequence.
  void extend(const Pair& pair, std::vector<Pair>& pending) {
    const Sequence& h = *pair.stabiliser;
    const std::size_t place = pair.exponents.size();
    const std::size_t level = h.levels[place];
    const std::uint32_t p = series_.prime(level);
    const Element b = h.elements[place];
    Element power = b;
    for (std::uint32_t i = 1; i < p; ++i) power = group_.multiply(power, b);
    const std::uint32_t at_power = exponent_at(pair, power);
    if (at_power % p != 0) fault();
    const std::uint32_t first = at_power / p;
    const std::uint32_t step = exponent_ / p;

    std::vector<Affine> actions(h.elements.size());
    bool is_trivial = true;
    for (std::size_t j = place + 1; j < h.elements.size(); ++j) {
      const Element g = h.elements[j];
      const Element conjugate = group_.multiply(group_.multiply(g, b), group_.inverse(g));
      const std::uint32_t factor = series_.exponent_at(conjugate, level);
      const std::uint64_t rest = exponent_at(pair, stripped(b, factor, conjugate));
      const std::uint64_t moved = (std::uint64_t{factor} * first + rest + exponent_ - first) % exponent_;
      if (moved % step != 0) fault();
      actions[j] = {factor, static_cast<std::uint32_t>(moved / step)};
      is_trivial = is_trivial && actions[j].is_identity();
    }
    const auto add = [&](std::shared_ptr<const Sequence> stabiliser, std::uint32_t s) {
      Pair& next = pending.emplace_back(std::move(stabiliser), pair.exponents, pair.level);
      next.exponents.push_back(first + s * step);
    };
    if (is_trivial) {
      for (std::uint32_t s = 0; s < p; ++s) add(pair.stabiliser, s);
      return;
    }
    std::vector<char> seen(p, 0);
    for (std::uint32_t s = 0; s < p; ++s) {
      if (seen[s] != 0) continue;
      add(stabiliser(h, actions, place, p, s, seen), s);
    }
  }

  // The stabiliser of extension s, going up the sequence; the orbit is marked.
  std::shared_ptr<const Sequence> stabiliser(const Sequence& h, const std::vector<Affine>& actions,
                                             std::size_t place, std::uint32_t p, std::uint32_t s,
                                             std::vector<char>& seen) const {
    auto result = std::make_shared<Sequence>();
    for (std::size_t j = 0; j <= place; ++j) {
      result->levels.push_back(h.levels[j]);
      result->elements.push_back(h.elements[j]);
    }
    constexpr std::uint32_t kOutside = ~0U;
    std::vector<std::uint32_t> orbit{s};
    std::vector<std::uint32_t> index(p, kOutside);
    std::vector<Element> transversal{group_.identity()};  // takes s to each point of the orbit
    index[s] = 0;
    seen[s] = 1;
    const auto image = [&](std::uint32_t point, const Affine& action) {
      return static_cast<std::uint32_t>((std::uint64_t{action.factor} * point + action.shift) % p);
    };
    for (std::size_t j = place + 1; j < h.elements.size(); ++j) {
      const std::uint32_t moved = image(s, actions[j]);
      if (index[moved] != kOutside) {
        result->levels.push_back(h.levels[j]);
        result->elements.push_back(group_.multiply(h.elements[j], group_.inverse(transversal[index[moved]])));
        continue;
      }
      const std::size_t before = orbit.size();
      for (std::uint32_t a = 1; a < series_.prime(h.levels[j]); ++a) {
        for (std::size_t i = orbit.size() - before, last = orbit.size(); i < last; ++i) {
          const std::uint32_t point = image(orbit[i], actions[j]);
          if (index[point] != kOutside) fault();
          index[point] = static_cast<std::uint32_t>(orbit.size());
          seen[point] = 1;
          orbit.push_back(point);
          transversal.push_back(group_.multiply(transversal[i], h.elements[j]));
        }
      }
    }
    return result;
  }

  // The elements of a subgroup, sorted by class; kept while pairs share it.
  void list(const std::shared_ptr<const Sequence>& sequence) {
    if (sequence == listed_) return;
    listed_ = sequence;
    std::vector<Element> elements{group_.identity()};
    for (std::size_t j = 0; j < sequence->elements.size(); ++j) {
      const std::size_t size = elements.size();
      for (std::uint32_t a = 1; a < series_.prime(sequence->levels[j]); ++a) {
        for (std::size_t i = 0; i < size; ++i) {
          elements.push_back(group_.multiply(sequence->elements[j], elements[(a - 1) * size + i]));
        }
      }
    }
    const std::vector<std::uint32_t>& of_element = group_.classes().of_element;
    std::vector<std::uint32_t> starts(classes_.count() + 1, 0);
    for (const Element x : elements) ++starts[of_element[x] + 1];
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    sections_.clear();
    for (std::uint32_t c = 0; c < classes_.count(); ++c) {
      if (starts[c] == starts[c + 1]) continue;
      const std::uint32_t order = classes_.orders[c];
      const std::uint64_t centralizer = classes_.centralizer_order(c);
      const bool divides = centralizer % elements.size() == 0;
      sections_.push_back({c, starts[c], starts[c + 1], exponent_ / order,
                           divides ? static_cast<std::int64_t>(centralizer / elements.size()) : 0,
                           &bases_.of(order)});
      if (counts_.size() < order) counts_.resize(order, 0);
    }
    by_class_.resize(elements.size());
    for (std::uint32_t i = 0; i < elements.size(); ++i) by_class_[starts[of_element[elements[i]]]++] = i;
  }

  // Writes the character induced from a linear one.
  void induce(const Pair& pair) {
    list(pair.stabiliser);
    const Sequence& h = *pair.stabiliser;
    values_.assign(1, 0);
    for (std::size_t j = 0; j < h.elements.size(); ++j) {
      const std::size_t size = values_.size();
      for (std::uint32_t a = 1; a < series_.prime(h.levels[j]); ++a) {
        for (std::size_t i = 0; i < size; ++i) {
          const std::uint32_t value = values_[(a - 1) * size + i] + pair.exponents[j];
          values_.push_back(value >= exponent_ ? value - exponent_ : value);
        }
      }
    }
    const auto order = static_cast<std::int64_t>(values_.size());
    std::size_t next = 0;
    for (const Section& section : sections_) {
      for (; next < section.column; ++next) rows_.append_integer(0);
      ++next;
      used_.clear();
      for (std::uint32_t i = section.first; i < section.last; ++i) {
        const std::uint32_t exponent = values_[by_class_[i]] / section.unit;
        if (counts_[exponent]++ == 0) used_.push_back(exponent);
      }
      if (section.index > 1) {
        for (const std::uint32_t exponent : used_) counts_[exponent] *= section.index;
      } else if (section.index == 0) {
        const auto centralizer = static_cast<std::int64_t>(classes_.centralizer_order(section.column));
        for (const std::uint32_t exponent : used_)
          counts_[exponent] = counts_[exponent] * centralizer / order;
      }
      terms_.clear();
      section.basis->collect(counts_, used_, terms_);
      rows_.append(terms_);
    }
    for (; next < classes_.count(); ++next) rows_.append_integer(0);
  }

  // The elements of a subgroup that lie in one class.
  struct Section {
    std::uint32_t column;
    std::uint32_t first;  // places in by_class_
    std::uint32_t last;
    std::uint32_t unit;  // exponents of the linear character are multiples of it
    std::int64_t index;  // of the subgroup in the centraliser, where that is an integer, else 0
    const PowerBasis* basis;
  };

  const ListedGroup& group_;
  const ClassStructure& classes_;
  const Interrupt& interrupt_;
  ChiefSeries series_;
  std::uint32_t exponent_;
  CharacterRows rows_;
  PowerBases bases_;
  std::shared_ptr<const Sequence> listed_;
  std::vector<Section> sections_;
  std::vector<std::uint32_t> by_class_;  // places in the list of elements
  std::vector<std::uint32_t> values_;    // exponents of the linear character, along the list
  std::vector<std::int64_t> counts_;
  std::vector<std::uint32_t> used_;
  std::vector<CyclotomicTerm> terms_;
};

}  // namespace

std::optional<CharacterRows> monomial_characters(const ListedGroup& group, const ClassStructure& classes,
                                                 const Interrupt& interrupt) {
  return MonomialCharacters(group, classes, interrupt).run();
}

}  // namespace peterweyl
