#include "representations/adapted_irreps.hpp"

#include <doctest/doctest.h>

#include "groups/specification.hpp"
#include "representations/young_orthogonal_form.hpp"
#include "testing.hpp"

using namespace peterweyl;
using C = std::complex<double>;

namespace {

double distance(std::span<const C> a, std::span<const C> b) {
  double worst = 0;
  for (std::size_t i = 0; i < a.size(); ++i) worst = std::max(worst, std::abs(a[i] - b[i]));
  return worst;
}

}  // namespace

TEST_CASE("adapted irreps: a unitary homomorphism on all pairs, with the quotas of every level") {
  for (const char* spec :
       {"C1", "C12", "S4", "A5", "D6", "Q8", "S3 x C4", "A4 x S3", "SL(2,3)", "C2 wr C3"}) {
    CAPTURE(spec);
    const Group group = group_from_specification(spec);
    const AdaptedIrreps adapted = adapted_irreps(group);
    CHECK(adapted.residual < 1e-13);
    std::vector<std::vector<C>> matrices;
    for (Element label = 0; label < group.order(); ++label) matrices.push_back(evaluate(adapted, label));
    std::vector<Element> labels(group.order());
    for (Element label = 0; label < group.order(); ++label) labels[adapted.elements[label]] = label;
    for (Element a = 0; a < group.order(); ++a) {
      for (Element b = 0; b < group.order(); b += 3) {
        const auto& x = matrices[labels[a]];
        const auto& y = matrices[labels[b]];
        const auto& z = matrices[labels[group.multiply(a, b)]];
        std::size_t offset = 0;
        for (const AdaptedIrrep& rho : adapted.irreps()) {
          const std::size_t d = rho.degree;
          for (std::size_t i = 0; i < d; ++i) {
            for (std::size_t j = 0; j < d; ++j) {
              C sum = -z[offset + i * d + j];
              for (std::size_t k = 0; k < d; ++k) sum += x[offset + i * d + k] * y[offset + k * d + j];
              CHECK(std::abs(sum) < 1e-13);
            }
          }
          offset += d * d;
        }
      }
    }
    std::size_t order = 1;
    for (const AdaptedLevel& level : adapted.levels) {
      order *= level.index;
      std::size_t squares = 0;
      for (const AdaptedIrrep& rho : level.irreps) {
        squares += std::size_t{rho.degree} * rho.degree;
        CHECK(rho.offsets.size() == level.index + 1);
      }
      CHECK(squares == order);
    }
    CHECK(order == group.order());
  }
}

TEST_CASE("adapted irreps: the matrices of the group's irreps, in their order") {
  for (const char* spec : {"S5", "A5", "D6", "C2 x C6", "S3 x S3", "GL(2,3)"}) {
    CAPTURE(spec);
    const Group group = group_from_specification(spec);
    const Irreps irreps = irreducible_representations(group);
    const AdaptedIrreps& adapted = *irreps.adapted;
    for (Element label = 0; label < group.order(); label += 5) {
      const std::vector<C> matrices = evaluate(adapted, label);
      std::size_t offset = 0;
      for (const Irrep& rho : irreps.all) {
        const auto expected = rho.matrix(adapted.elements[label]);
        CHECK(distance(std::span(matrices).subspan(offset, expected.size()), expected) < 1e-14);
        offset += expected.size();
      }
    }
  }
}

TEST_CASE("adapted irreps: symmetric groups agree with Young's form by words of transpositions") {
  const Group group = symmetric_group(5);
  const Irreps irreps = irreducible_representations(group);
  for (const Irrep& young : young_orthogonal_irreps(group)) {
    bool found = false;
    for (const Irrep& rho : irreps.all) {
      found = found || (rho.degree == young.degree && distance(rho.matrices, young.matrices) < 1e-14);
    }
    CHECK(found);
  }
}

TEST_CASE("adapted irreps: real where they can be told to be") {
  CHECK(adapted_irreps(symmetric_group(4)).is_real());
  CHECK(adapted_irreps(group_from_specification("C2^3")).is_real());
  CHECK_FALSE(adapted_irreps(cyclic_group(3)).is_real());
}
