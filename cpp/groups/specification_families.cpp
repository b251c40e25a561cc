#include "groups/specification_families.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "arithmetic/integers.hpp"
#include "groups/catalogue.hpp"
#include "groups/extraspecial_groups.hpp"
#include "groups/families.hpp"
#include "groups/linear_groups.hpp"
#include "groups/metacyclic_groups.hpp"
#include "groups/sporadic_groups.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

using Parameters = SpecificationFamily::Parameters;
using Family = SpecificationFamily;

void require(bool condition, const std::string& expectation, std::uint64_t value) {
  if (!condition) throw ArgumentError(expectation + ", got " + std::to_string(value));
}

// n times a factor, for n >= 1.
template <std::uint64_t kFactor>
std::uint64_t multiple(Parameters p) {
  require(p[0] >= 1, "group spec: expected a number n >= 1 behind the name of the family", p[0]);
  return saturating_product(kFactor, p[0]);
}

std::uint64_t parameter(Parameters p) {
  return p[0];
}

std::uint64_t symmetric(Parameters p) {
  return symmetric_order(multiple<1>(p));
}

std::uint64_t alternating(Parameters p) {
  const std::uint64_t order = symmetric(p);
  return order == kSaturated ? order : std::max<std::uint64_t>(order / 2, 1);
}

std::uint64_t quaternion_order(Parameters p) {
  require(p[0] >= 8 && p[0] % 4 == 0, "Q<n>: expected an order n >= 8 divisible by 4", p[0]);
  return p[0];
}

Group quaternion_group(Parameters p) {
  return renamed(dicyclic_group(quaternion_order(p) / 4), "Q" + std::to_string(p[0]));
}

std::uint64_t klein_order(Parameters p) {
  if (p[0] != 4) throw ArgumentError("V<n>: expected V4, the Klein four-group, got V" + std::to_string(p[0]));
  return 4;
}

bool is_mathieu(std::uint64_t n) {
  return n == 11 || n == 12 || (n >= 22 && n <= 24);
}

// The letter M stands for Mathieu groups and, for prime powers that are none, for modular groups.
std::uint64_t m_order(Parameters p) {
  if (is_mathieu(p[0])) return mathieu_order(p[0]);
  check_modular_order(p[0]);
  return p[0];
}

std::uint64_t m_points(Parameters p) {
  return is_mathieu(p[0]) ? p[0] : 0;
}

Group m_group(Parameters p) {
  return is_mathieu(p[0]) ? mathieu_group(p[0]) : modular_group(p[0]);
}

std::uint64_t small_group_order(Parameters p) {
  const std::uint64_t count = number_of_groups(p[0]);
  if (p[1] >= 1 && p[1] <= count) return p[0];
  throw ArgumentError("SmallGroup(n,k): expected k in 1 ... " + std::to_string(count) +
                      " for n = " + std::to_string(p[0]) + ", got " + std::to_string(p[1]));
}

template <LinearGroup kKind>
constexpr Family linear(std::string_view letters, std::string_view form, std::string_view meaning) {
  return {letters,
          2,
          form,
          meaning,
          [](Parameters p) { return linear_group_order(kKind, p[0], p[1]); },
          [](Parameters p) { return linear_group_degree(kKind, p[0], p[1]); },
          [](Parameters p) { return linear_group(kKind, p[0], p[1]); }};
}

template <bool kPlus>
constexpr Family extraspecial(std::string_view form, std::string_view meaning) {
  return {"",
          2,
          form,
          meaning,
          [](Parameters p) { return extraspecial_order(p[0], p[1]); },
          nullptr,
          [](Parameters p) { return extraspecial_group(p[0], p[1], kPlus); }};
}

template <Group (*kBuild)(std::uint64_t)>
Group build(Parameters p) {
  return kBuild(p[0]);
}

constexpr std::array kFamilies{
    Family{"C", 1, "C<n>", "cyclic, order n", &multiple<1>, &parameter, &build<cyclic_group>},
    Family{"D", 1, "D<n>", "dihedral, order 2n", &multiple<2>, nullptr, &build<dihedral_group>},
    Family{"S", 1, "S<n>", "symmetric, order n!", &symmetric, &parameter, &build<symmetric_group>},
    Family{"A", 1, "A<n>", "alternating, order n!/2", &alternating, &parameter, &build<alternating_group>},
    Family{"Dic", 1, "Dic<n>", "dicyclic, order 4n", &multiple<4>, nullptr, &build<dicyclic_group>},
    Family{"Q", 1, "Q<n>", "generalised quaternion, order n", &quaternion_order, nullptr, &quaternion_group},
    Family{"SD", 1, "SD<n>", "semidihedral, order n = 2^e",
           [](Parameters p) {
             check_semidihedral_order(p[0]);
             return p[0];
           },
           nullptr, &build<semidihedral_group>},
    Family{"V", 1, "V4", "the Klein four-group", &klein_order, nullptr,
           [](Parameters p) { return direct_power(cyclic_group(2), klein_order(p) / 2); }},
    Family{"He", 1, "He<p>", "Heisenberg group modulo a prime, order p^3",
           [](Parameters p) { return heisenberg_order(p[0]); }, nullptr, &build<heisenberg_group>},
    Family{"M", 1, "M<n>", "Mathieu for n = 11, 12, 22, 23, 24; otherwise modular, order n = p^e", &m_order,
           &m_points, &m_group},
    linear<LinearGroup::kGL>("GL", "GL(n,q)", "general linear group over GF(q)"),
    linear<LinearGroup::kSL>("SL", "SL(n,q)", "special linear group"),
    linear<LinearGroup::kPGL>("PGL", "PGL(n,q)", "projective general linear group"),
    linear<LinearGroup::kPSL>("PSL", "PSL(n,q)", "projective special linear group"),
    Family{"SmallGroup", 2, "SmallGroup(n,k)", "number k of order n in the catalogue of small groups",
           &small_group_order, nullptr, [](Parameters p) { return small_group(p[0], p[1]); }},
    linear<LinearGroup::kAGL>("AGL", "AGL(n,q)", "affine general linear group, order q^n |GL(n,q)|"),
};

constexpr Family kPlus = extraspecial<true>("p^(1+2n)+", "extraspecial of plus type, such as 2^(1+4)+");
constexpr Family kMinus = extraspecial<false>("p^(1+2n)-", "extraspecial of minus type");

}  // namespace

std::span<const SpecificationFamily> specification_families() {
  return kFamilies;
}

const SpecificationFamily& extraspecial_family(bool plus) {
  return plus ? kPlus : kMinus;
}

}  // namespace peterweyl
