#include "groups/linear_groups.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "arithmetic/finite_field.hpp"
#include "arithmetic/integers.hpp"
#include "groups/families.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

using Scalar = FiniteField::Scalar;
using Vector = std::vector<Scalar>;
using Matrix = std::vector<Vector>;  // rows

constexpr std::uint64_t kMaximalDegree = 65535;

std::string name_of(LinearGroup kind, std::uint64_t n, std::uint64_t q) {
  const char* const letters[] = {"GL", "SL", "PGL", "PSL", "AGL"};
  return std::string(letters[static_cast<std::size_t>(kind)]) + "(" + std::to_string(n) + "," +
         std::to_string(q) + ")";
}

void check_parameters(LinearGroup kind, std::uint64_t n, std::uint64_t q) {
  const bool whole = kind == LinearGroup::kGL || kind == LinearGroup::kAGL;
  const std::uint64_t least = whole ? 1 : 2;
  if (n < least) {
    throw ArgumentError(name_of(kind, n, q) + ": expected a dimension >= " + std::to_string(least) +
                        ", got " + std::to_string(n));
  }
  // Trial division would be slow for a huge q, and the group is too large anyway.
  if (q < 2 || (q < (std::uint64_t{1} << 40U) && factorize(q).size() != 1)) {
    throw ArgumentError(name_of(kind, n, q) + ": expected a field with a prime power of elements, got " +
                        std::to_string(q));
  }
}

Matrix scalar_matrix(std::size_t n, Scalar value) {
  Matrix matrix(n, Vector(n, 0));
  for (std::size_t i = 0; i < n; ++i) matrix[i][i] = value;
  return matrix;
}

// Generators of GL(n, q), or of SL(n, q) for n >= 2.
std::vector<Matrix> matrix_generators(const FiniteField& field, std::size_t n, bool special) {
  const Scalar omega = field.primitive_element();
  const Scalar minus_one = field.negate(1);
  Matrix first = scalar_matrix(n, 1);
  if (n == 1) {
    first[0][0] = omega;
    return {first};
  }
  Matrix second(n, Vector(n, 0));
  for (std::size_t i = 1; i < n; ++i) second[i][i - 1] = minus_one;
  second[0][n - 1] = 1;
  const bool transvection = field.order() == 2 || (special && field.order() == 3);
  if (transvection) {
    first[0][1] = 1;
  } else {
    first[0][0] = omega;
    if (special) first[1][1] = field.inverse(omega);
    second[0][0] = minus_one;
  }
  return {first, second};
}

// Vectors as points and back.
class Points {
 public:
  Points(LinearGroup kind, const FiniteField& field, std::size_t n)
      : field_(field), n_(n), projective_(kind == LinearGroup::kPGL || kind == LinearGroup::kPSL) {
    const std::uint64_t count = saturating_power(field.order(), n);
    index_.assign(count, 0);
    for (std::uint64_t label = kind == LinearGroup::kAGL ? 0 : 1; label < count; ++label) {
      const Vector vector = unpack(label);
      const auto lead = std::ranges::find_if(vector, [](Scalar x) { return x != 0; });
      if (projective_ && *lead != 1) continue;
      index_[label] = static_cast<std::uint16_t>(vectors_.size());
      vectors_.push_back(vector);
    }
  }

  // The permutation v -> v matrix + translation.
  Permutation permutation(const Matrix& matrix, const Vector& translation) const {
    Permutation images;
    images.reserve(vectors_.size());
    for (const Vector& vector : vectors_) {
      Vector image = translation;
      for (std::size_t i = 0; i < n_; ++i) {
        if (vector[i] == 0) continue;
        for (std::size_t j = 0; j < n_; ++j)
          image[j] = field_.add(image[j], field_.multiply(vector[i], matrix[i][j]));
      }
      images.push_back(index_[label_of(image)]);
    }
    return images;
  }

 private:
  Vector unpack(std::uint64_t label) const {
    Vector vector(n_);
    for (std::size_t i = n_; i-- > 0; label /= field_.order())
      vector[i] = static_cast<Scalar>(label % field_.order());
    return vector;
  }

  std::uint64_t label_of(const Vector& vector) const {
    Scalar scale = 1;
    if (projective_) scale = field_.inverse(*std::ranges::find_if(vector, [](Scalar x) { return x != 0; }));
    std::uint64_t label = 0;
    for (const Scalar entry : vector) label = label * field_.order() + field_.multiply(entry, scale);
    return label;
  }

  const FiniteField& field_;
  std::size_t n_;
  bool projective_;
  std::vector<Vector> vectors_;
  std::vector<std::uint16_t> index_;
};

}  // namespace

std::uint64_t linear_group_order(LinearGroup kind, std::uint64_t n, std::uint64_t q) {
  check_parameters(kind, n, q);
  const bool whole = kind == LinearGroup::kGL || kind == LinearGroup::kAGL;
  // q^(n(n-1)/2) (q^2 - 1) ... (q^n - 1) is the order of SL(n, q) and of PGL(n, q).
  std::uint64_t order = 1;
  for (std::uint64_t i = 1; i <= n && order < kSaturated; ++i) {
    const std::uint64_t power = saturating_power(q, i);
    if (i > 1 || whole) order = saturating_product(order, power - 1);
    order = saturating_product(order, power / q);
    if (power == kSaturated) order = kSaturated;
  }
  if (kind == LinearGroup::kAGL) order = saturating_product(order, saturating_power(q, n));
  if (kind == LinearGroup::kPSL && order < kSaturated) order /= std::gcd(n, q - 1);
  return order;
}

std::uint64_t linear_group_degree(LinearGroup kind, std::uint64_t n, std::uint64_t q) {
  check_parameters(kind, n, q);
  const std::uint64_t vectors = saturating_power(q, n);
  if (vectors == kSaturated || kind == LinearGroup::kAGL) return vectors;
  const bool projective = kind == LinearGroup::kPGL || kind == LinearGroup::kPSL;
  return projective ? (vectors - 1) / (q - 1) : vectors - 1;
}

std::vector<Permutation> linear_group_generators(LinearGroup kind, std::uint64_t n, std::uint64_t q) {
  // The vectors are listed on the way, projective or not.
  const std::uint64_t vectors = saturating_power(q, n);
  if (linear_group_degree(kind, n, q) > kMaximalDegree || vectors > kMaximalDegree + 1) {
    throw GroupTooLargeError(name_of(kind, n, q) + " acts on a space of " + std::to_string(vectors) +
                                 " vectors; the limit is " + std::to_string(kMaximalDegree + 1),
                             linear_group_order(kind, n, q), kMaximalDegree + 1);
  }
  const FiniteField field(q);
  const Points points(kind, field, n);
  const bool special = kind == LinearGroup::kSL || kind == LinearGroup::kPSL;
  const Vector zero(n, 0);
  std::vector<Permutation> generators;
  for (const Matrix& matrix : matrix_generators(field, n, special))
    generators.push_back(points.permutation(matrix, zero));
  if (kind == LinearGroup::kAGL) {
    Vector translation = zero;
    translation[0] = 1;
    generators.push_back(points.permutation(scalar_matrix(n, 1), translation));
  }
  return generators;
}

Group linear_group(LinearGroup kind, std::uint64_t n, std::uint64_t q) {
  const std::uint64_t order = linear_group_order(kind, n, q);
  std::string name = name_of(kind, n, q);
  if (order > Group::kMaximalNumberedOrder) {
    throw GroupTooLargeError(name + ": too large to number its elements; the limit is order " +
                                 std::to_string(Group::kMaximalNumberedOrder),
                             order, Group::kMaximalNumberedOrder);
  }
  // The regular action of a large cyclic group would be as large as its table.
  if (kind == LinearGroup::kGL && n == 1) return renamed(cyclic_group(q - 1), std::move(name));
  const Group group = permutation_group(linear_group_generators(kind, n, q));
  if (group.order() != order) throw Error("internal: the generators of " + name + " generate another group");
  return renamed(group, std::move(name));
}

}  // namespace peterweyl
