#include "groups/specification.hpp"

#include <cstdint>

#include "arithmetic/integers.hpp"
#include "groups/families.hpp"
#include "groups/metacyclic_groups.hpp"
#include "groups/specification_families.hpp"
#include "groups/specification_syntax.hpp"
#include "groups/wreath_product.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

Group build(const Specification& spec) {
  using Kind = Specification::Kind;
  switch (spec.kind) {
    case Kind::kFamily:
      return spec.family->build(spec.parameters);
    case Kind::kPower:
      return direct_power(build(spec.children[0]), spec.parameters[0]);
    case Kind::kWreath:
      return wreath_product(build(spec.children[0]), build(spec.children[1]));
    case Kind::kSemidirect: {
      const std::uint64_t m = spec.children[0].order;
      const std::uint64_t k = spec.children[1].order;
      return spec.parameters.empty() ? cyclic_by_cyclic_group(m, k)
                                     : split_metacyclic_group(m, spec.parameters[0], k);
    }
    case Kind::kDirect:
      break;
  }
  std::vector<Group> factors;
  for (const Specification& child : spec.children) factors.push_back(build(child));
  return direct_product(factors);
}

}  // namespace

Group group_from_specification(std::string_view text) {
  const Specification spec = parse_specification(text);
  // No part is larger than the whole; a family alone knows its own limit.
  if (spec.kind != Specification::Kind::kFamily && spec.order > Group::kMaximalNumberedOrder) {
    throw GroupTooLargeError("group spec '" + std::string(text) + "': a group of order " +
                                 (spec.order == kSaturated ? "2^64 or more" : std::to_string(spec.order)) +
                                 " is too large to number its elements; the limit is order " +
                                 std::to_string(Group::kMaximalNumberedOrder),
                             spec.order, Group::kMaximalNumberedOrder);
  }
  return build(spec);
}

std::vector<std::pair<std::string, std::string>> known_specifications() {
  std::vector<std::pair<std::string, std::string>> forms;
  const auto add = [&](const SpecificationFamily& family) {
    forms.emplace_back(std::string(family.form), std::string(family.meaning));
  };
  for (const SpecificationFamily& family : specification_families()) add(family);
  add(extraspecial_family(true));
  add(extraspecial_family(false));
  forms.emplace_back("G^k", "direct power");
  forms.emplace_back("G x H", "direct product");
  forms.emplace_back("C<m> : C<k>", "semidirect product, faithful action");
  forms.emplace_back("C<m> :<r> C<k>", "semidirect product with b a b^-1 = a^r");
  forms.emplace_back("G wr H", "wreath product, H a permutation group");
  return forms;
}

}  // namespace peterweyl
