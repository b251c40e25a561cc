#include "characters/dixon_schneider.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "arithmetic/integers.hpp"
#include "arithmetic/modular_polynomials.hpp"
#include "arithmetic/prime_field.hpp"
#include "characters/modular_lifting.hpp"
#include "support/error.hpp"
#include "support/random.hpp"

namespace peterweyl {
namespace {

using Scalar = PrimeField::Scalar;
using Row = std::vector<Scalar>;

[[noreturn]] void report_bad_split() {
  throw NumericalError(
      "Dixon-Schneider: class sums did not split as they must; this is a fault of peterweyl");
}

// Rows in reduced echelon form, with the columns of their leading ones.
struct Space {
  std::vector<Row> rows;
  std::vector<std::uint32_t> pivots;
  std::size_t next_class = 0;  // the place in the order of classes of the first that has not been tried
};

class DixonSchneider {
 public:
  DixonSchneider(const ListedGroup& group, const ClassStructure& classes, const Interrupt& interrupt)
      : group_(group),
        classes_(classes),
        interrupt_(interrupt),
        k_(classes.count()),
        roots_(irrational_exponent(classes)),
        field_(PrimeField::with_roots_of_unity(roots_)),
        inverses_(classes.power_map(-1)) {}

  CharacterRows run() {
    collect_elements();
    order_classes();
    Space whole;
    for (std::uint32_t c = 0; c < k_; ++c) {
      whole.pivots.push_back(c);
      whole.rows.emplace_back(k_, 0).at(c) = 1;
    }
    std::vector<Space> pending;
    pending.push_back(std::move(whole));
    while (!pending.empty()) {
      interrupt_.poll();
      Space space = std::move(pending.back());
      pending.pop_back();
      if (space.rows.size() == 1) {
        add_character(std::move(space.rows[0]));
      } else {
        split(std::move(space), pending);
      }
    }
    if (values_.size() != k_ * k_) report_bad_split();
    return lift_characters(field_, roots_, values_, classes_, interrupt_);
  }

 private:
  void collect_elements() {
    const ConjugacyClasses& classes = group_.classes();
    starts_.assign(k_ + 1, 0);
    for (const std::uint32_t c : classes.of_element) ++starts_[c + 1];
    std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
    elements_.resize(classes.of_element.size());
    std::vector<std::size_t> next(starts_.begin(), starts_.end() - 1);
    for (Element x = 0; x < elements_.size(); ++x) elements_[next[classes.of_element[x]]++] = x;
  }

  // Cheapest first; of Galois conjugates one is enough, as they separate the same characters.
  void order_classes() {
    const auto galois = classes_.galois_classes();
    for (std::uint32_t c = 1; c < k_; ++c) {
      if (galois[c].first == c) tried_.push_back(c);
    }
    std::ranges::stable_sort(tried_, {}, [&](std::uint32_t c) { return classes_.sizes[c]; });
  }

  // The next class sums to split a space of dimension d by: as many as cost no more than the linear algebra
  // that follows anyway.
  std::vector<std::uint32_t> next_batch(Space& space) const {
    constexpr std::uint64_t kProductCost = 8;  // in multiplications modulo p
    const std::uint64_t d = space.rows.size();
    std::vector<std::uint32_t> batch;
    std::uint64_t cost = 0;
    while (space.next_class < tried_.size()) {
      const std::uint64_t more = classes_.sizes[tried_[space.next_class]] * kProductCost;
      if (!batch.empty() && cost + more > 2 * d * d) break;
      cost += more;
      batch.push_back(tried_[space.next_class++]);
    }
    return batch;
  }

  // The matrix of a random combination of class sums on the space: row j holds the coordinates at pivot j of
  // the images of all basis vectors.
  std::vector<Row> restricted(const Space& space, const std::vector<std::uint32_t>& batch) {
    const std::size_t d = space.rows.size();
    const ConjugacyClasses& classes = group_.classes();
    std::vector<Scalar> factors;
    for (std::size_t b = 0; b < batch.size(); ++b) {
      factors.push_back(1 + static_cast<Scalar>(random_.below(field_.modulus() - 1)));
    }
    std::vector<Row> matrix(d, Row(d));
    std::vector<std::uint32_t> counts(k_, 0);
    Row functional(k_);
    const bool is_whole = d == k_;
    for (std::size_t j = 0; j < d; ++j) {
      interrupt_.poll();
      const Element g = classes.representatives[space.pivots[j]];
      std::ranges::fill(functional, 0);
      for (std::size_t b = 0; b < batch.size(); ++b) {
        for (std::size_t i = starts_[batch[b]]; i < starts_[batch[b] + 1]; ++i) {
          if (i % 256 == 0) interrupt_.poll();
          ++counts[classes.of_element[group_.multiply(elements_[i], g)]];
        }
        for (std::size_t c = 0; c < k_; ++c) {
          if (counts[c] == 0) continue;
          functional[c] = field_.add(functional[c], field_.multiply(factors[b], counts[c]));
          counts[c] = 0;
        }
      }
      if (is_whole) {
        matrix[j] = functional;  // the basis is the standard one
      } else {
        for (std::size_t i = 0; i < d; ++i) matrix[j][i] = field_.dot(functional, space.rows[i]);
      }
    }
    return matrix;
  }

  Row random_row(std::size_t size) {
    Row row(size);
    for (Scalar& x : row) x = static_cast<Scalar>(random_.below(field_.modulus()));
    return row;
  }

  Row apply(const std::vector<Row>& matrix, const Row& vector) const {
    Row image(vector.size());
    for (std::size_t j = 0; j < image.size(); ++j) image[j] = field_.dot(matrix[j], vector);
    return image;
  }

  // A Krylov sequence long enough for the minimal polynomial, which is returned.
  ModularPolynomial minimal_polynomial(const std::vector<Row>& matrix, std::vector<Row>& krylov) {
    const std::size_t d = matrix.size();
    const Row functional = random_row(d);
    krylov.assign(1, random_row(d));
    std::vector<Scalar> sequence{field_.dot(functional, krylov[0])};
    Row current = krylov[0];
    for (std::size_t length = std::min<std::size_t>(2 * d, 16);; length = std::min(2 * d, 2 * length)) {
      while (sequence.size() < length) {
        current = apply(matrix, current);
        sequence.push_back(field_.dot(functional, current));
        if (krylov.size() < d) krylov.push_back(current);
      }
      ModularPolynomial polynomial = shortest_recurrence(field_, sequence);
      constexpr std::size_t kMargin = 4;  // a shorter recurrence fits by chance with probability p^-margin
      if (length == 2 * d || 2 * (polynomial.size() - 1) + kMargin <= length) return polynomial;
    }
  }

  void split(Space space, std::vector<Space>& pending) {
    const std::vector<std::uint32_t> batch = next_batch(space);
    if (batch.empty()) report_bad_split();
    const std::size_t d = space.rows.size();
    const std::vector<Row> matrix = restricted(space, batch);
    std::vector<Row> krylov;
    const ModularPolynomial polynomial = minimal_polynomial(matrix, krylov);
    const std::size_t m = polynomial.size() - 1;
    std::vector<Scalar> eigenvalues;
    if (m == 0 || !split_into_roots(field_, polynomial, random_, eigenvalues)) report_bad_split();
    if (m == 1) {
      pending.push_back(std::move(space));
      return;
    }
    std::vector<ModularPolynomial> projections;
    for (const Scalar value : eigenvalues) projections.push_back(divide_by_root(field_, polynomial, value));
    std::vector<Space> parts(m);  // coordinates with respect to the basis of `space`
    std::size_t found = 0;
    for (;;) {
      krylov.resize(m);
      for (std::size_t e = 0; e < m; ++e) {
        Row component(d, 0);
        for (std::size_t t = 0; t < m; ++t) field_.add_multiple(component, projections[e][t], krylov[t]);
        if (insert(parts[e], std::move(component))) ++found;
      }
      if (found == d) break;
      krylov.assign(1, random_row(d));
      while (krylov.size() < m) krylov.push_back(apply(matrix, krylov.back()));
    }
    for (Space& part : parts) {
      if (part.rows.empty()) report_bad_split();
      pending.push_back(expanded(space, part));
    }
  }

  // Adds a vector to an echelon basis (not reduced above the pivots); false when it was in the span.
  bool insert(Space& part, Row vector) const {
    for (std::size_t r = 0; r < part.rows.size(); ++r) {
      field_.add_multiple(vector, field_.negate(vector[part.pivots[r]]), part.rows[r]);
    }
    const auto lead = std::ranges::find_if(vector, [](Scalar x) { return x != 0; });
    if (lead == vector.end()) return false;
    field_.scale(vector, field_.inverse(*lead));
    part.pivots.push_back(static_cast<std::uint32_t>(lead - vector.begin()));
    part.rows.push_back(std::move(vector));
    return true;
  }

  // As vectors of class functions, in reduced echelon form.
  Space expanded(const Space& space, const Space& part) const {
    Space result;
    result.next_class = space.next_class;
    for (const Row& coordinates : part.rows) {
      Row vector;
      if (space.rows.size() == k_) {
        vector = coordinates;
      } else {
        vector.assign(k_, 0);
        for (std::size_t i = 0; i < coordinates.size(); ++i) {
          field_.add_multiple(vector, coordinates[i], space.rows[i]);
        }
      }
      if (!insert(result, std::move(vector))) report_bad_split();
      const std::size_t last = result.rows.size() - 1;
      for (std::size_t r = 0; r < last; ++r) {
        field_.add_multiple(result.rows[r], field_.negate(result.rows[r][result.pivots[last]]),
                            result.rows[last]);
      }
    }
    return result;
  }

  // f = chi / chi(1) once f(1) = 1, and the sum of |C| f(c) f(c^-1) is n / chi(1)^2.
  void add_character(Row f) {
    if (f[0] == 0) report_bad_split();
    field_.scale(f, field_.inverse(f[0]));
    Scalar norm = 0;
    for (std::size_t c = 0; c < k_; ++c) {
      const Scalar product = field_.multiply(f[c], f[inverses_[c]]);
      norm = field_.add(norm, field_.multiply(field_.residue(classes_.sizes[c]), product));
    }
    if (norm == 0) report_bad_split();
    const std::uint64_t n = classes_.group_order;
    const Scalar square = field_.multiply(field_.residue(n), field_.inverse(norm));
    std::uint64_t degree = 1;
    while (degree * degree <= n && degree * degree != square) ++degree;
    if (degree * degree != square) report_bad_split();
    field_.scale(f, static_cast<Scalar>(degree));
    values_.insert(values_.end(), f.begin(), f.end());
  }

  const ListedGroup& group_;
  const ClassStructure& classes_;
  const Interrupt& interrupt_;
  std::size_t k_;
  std::uint64_t roots_;
  PrimeField field_;
  std::vector<std::uint32_t> inverses_;  // classes
  Random random_{1};
  std::vector<std::size_t> starts_;  // the elements of class c are elements_[starts_[c] ...]
  std::vector<Element> elements_;
  std::vector<std::uint32_t> tried_;
  std::vector<Scalar> values_;
};

}  // namespace

CharacterRows dixon_schneider(const ListedGroup& group, const ClassStructure& classes,
                              const Interrupt& interrupt) {
  constexpr std::uint64_t kLimit = std::uint64_t{1} << 30;
  if (classes.group_order >= kLimit) {
    throw GroupTooLargeError("Dixon-Schneider: expected an order below " + std::to_string(kLimit) + ", got " +
                                 std::to_string(classes.group_order),
                             classes.group_order, kLimit);
  }
  return DixonSchneider(group, classes, interrupt).run();
}

}  // namespace peterweyl
