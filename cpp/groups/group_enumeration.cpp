#include "groups/group_enumeration.hpp"

#include <algorithm>
#include <optional>
#include <ranges>
#include <string>
#include <utility>

#include "arithmetic/integers.hpp"
#include "groups/automorphisms.hpp"
#include "groups/extension_choice.hpp"
#include "groups/group_extensions.hpp"
#include "groups/irreducible_modules.hpp"
#include "groups/isomorphism.hpp"
#include "groups/module_orbits.hpp"
#include "groups/nonsolvable_groups.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

std::uint64_t integer_power(std::uint64_t base, std::uint32_t exponent) {
  std::uint64_t result = 1;
  for (std::uint32_t e = 0; e < exponent; ++e) result *= base;
  return result;
}

bool divides_order_of_general_linear_group(std::uint64_t q, std::uint64_t p, std::uint32_t d) {
  std::uint64_t product = 1;
  for (std::uint32_t i = 1; i <= d; ++i) product = product * ((integer_power(p, i) - 1) % q) % q;
  return product == 0;
}

// The cores O_q(H), q > p, that are not trivial; nothing if one of them cannot act faithfully on a module of
// dimension d over GF(p).
std::optional<std::vector<ElementSubgroup>> larger_cores(const Group& group, std::uint32_t prime,
                                                         std::uint32_t dimension) {
  std::vector<ElementSubgroup> cores;
  for (const auto& q : factorize(group.order())) {
    if (q.first <= prime) continue;
    ElementSubgroup core = prime_core(group, q.first);
    if (core.is_trivial()) continue;
    if (!divides_order_of_general_linear_group(q.first, prime, dimension)) return std::nullopt;
    cores.push_back(std::move(core));
  }
  return cores;
}

bool acts_faithfully(const ElementSubgroup& core, const IrreducibleModule& module) {
  return std::ranges::none_of(core.elements.begin() + 1, core.elements.end(),
                              [&](Element x) { return module.images[x] == module.ring.one(); });
}

// How the compatible pairs over the stabiliser of a module act on its cohomology, by generators.
std::vector<std::vector<ModularVector>> compatible_pairs(const PolycyclicPresentation& quotient,
                                                         const GroupExtensions& extensions,
                                                         const IrreducibleModule& module,
                                                         std::span<const std::vector<Element>> stabiliser) {
  const MatrixRing& ring = module.ring;
  std::vector<Element> generators;
  std::vector<SmallMatrix> action;
  for (std::size_t i = 0; i < quotient.size(); ++i) {
    generators.push_back(quotient.generator(i));
    action.push_back(module.images[generators.back()]);
  }
  std::vector<std::vector<ModularVector>> matrices;
  for (const std::vector<Element>& automorphism : stabiliser) {
    std::vector<Element> moved;
    std::vector<SmallMatrix> moved_action;
    for (const Element g : generators) {
      moved.push_back(automorphism[g]);
      moved_action.push_back(module.images[automorphism[g]]);
    }
    matrices.push_back(
        extensions.cohomology_action(moved, intertwiners(ring, moved_action, action, 1).front()));
  }
  const std::uint64_t field_size = integer_power(ring.prime, ring.dimension);
  for (const SmallMatrix& unit : intertwiners(ring, action, action, field_size)) {
    if (unit != ring.one()) matrices.push_back(extensions.cohomology_action(generators, unit));
  }
  return matrices;
}

// O_p(G) for the extension G of H by M: the preimage of O_p(H).
ElementSubgroup core_of_extension(const ElementSubgroup& core, Element module_size, std::uint32_t prime) {
  ElementSubgroup result;
  for (const Element x : core.generators) result.generators.push_back(x * module_size);
  for (Element x = 1; x < module_size; x *= prime) result.generators.push_back(x);
  for (const Element x : core.elements) {
    for (Element m = 0; m < module_size; ++m) result.elements.push_back(x * module_size + m);
  }
  return result;
}

}  // namespace

// What was found of one order.
class GroupEnumerator::Collection {
 public:
  explicit Collection(const Interrupt& interrupt) : interrupt_(interrupt) {}

  // A group that no other extension gives.
  void add(PolycyclicPresentation presentation) { found_.push_back(std::move(presentation)); }

  // A group that other extensions may give as well.
  void add_if_new(PolycyclicPresentation presentation, const Group& group, std::uint64_t fingerprint) {
    std::vector<std::size_t>& rivals = by_fingerprint_[fingerprint];
    for (const std::size_t rival : rivals) {
      if (find_isomorphism(found_[rival].group(""), group, interrupt_)) return;
    }
    rivals.push_back(found_.size());
    add(std::move(presentation));
  }

  std::vector<PolycyclicPresentation> take() { return std::move(found_); }

 private:
  const Interrupt& interrupt_;
  std::vector<PolycyclicPresentation> found_;
  std::map<std::uint64_t, std::vector<std::size_t>> by_fingerprint_;
};

const std::vector<PolycyclicPresentation>& GroupEnumerator::solvable_groups(Element order) {
  if (order < 1 || order > kMaximalOrder) {
    throw ArgumentError("order: expected 1 ... " + std::to_string(kMaximalOrder) + ", got " +
                        std::to_string(order));
  }
  if (const auto known = solvable_.find(order); known != solvable_.end()) return known->second;
  if (order == 1) return solvable_[1] = {PolycyclicPresentation()};
  Collection found(interrupt_);
  const auto primes = factorize(order);
  for (const auto& [prime, exponent] : std::views::reverse(primes)) {
    // No group with p^d |H| <= 511 has an irreducible module of dimension above 4: the order of an element
    // that acts irreducibly, or the square of the degree, would be too large.
    for (std::uint32_t d = 1; d <= std::min(exponent, 4U); ++d) {
      const auto module_size = static_cast<Element>(integer_power(prime, d));
      for (const PolycyclicPresentation& quotient : solvable_groups(order / module_size)) {
        interrupt_.poll();
        extend_by(quotient, static_cast<std::uint32_t>(prime), d, found);
      }
    }
  }
  return solvable_[order] = found.take();
}

void GroupEnumerator::extend_by(const PolycyclicPresentation& quotient, std::uint32_t prime,
                                std::uint32_t dimension, Collection& found) {
  if (quotient.order() == 1) {
    // The only irreducible modules of the trivial group are of dimension 1.
    if (dimension == 1) found.add(PolycyclicPresentation({prime}));
    return;
  }
  const Group group = quotient.group("");
  const auto faithful_cores = larger_cores(group, prime, dimension);
  if (!faithful_cores) return;
  const ElementSubgroup core = prime_core(group, prime);
  const auto lists = linear_groups_.try_emplace({prime, dimension}, MatrixRing{prime, dimension}).first;
  const std::vector<IrreducibleModule> modules =
      irreducible_modules(group, core.elements, lists->second, interrupt_);
  const auto is_faithful = [&](const IrreducibleModule& module) {
    return std::ranges::all_of(*faithful_cores, [&](const auto& q) { return acts_faithfully(q, module); });
  };
  if (std::ranges::none_of(modules, is_faithful)) return;

  const bool coprime = group.order() % prime != 0;
  const AutomorphismGroup automorphisms = automorphism_group(group, interrupt_);
  for (const ModuleOrbit& orbit : module_orbits(group, modules, automorphisms.generators, !coprime)) {
    const IrreducibleModule& module = modules[orbit.representative];
    if (!is_faithful(module)) continue;
    std::vector<SmallMatrix> action;
    for (std::size_t i = 0; i < quotient.size(); ++i) action.push_back(module.images[quotient.generator(i)]);
    GroupExtensions extensions(quotient, module.ring, std::move(action));
    if (coprime) {
      found.add(extensions.extension({}));  // H^2 = 0
      continue;
    }
    extensions.solve();
    const auto matrices = compatible_pairs(quotient, extensions, module, orbit.stabiliser);
    const auto module_size = static_cast<Element>(integer_power(prime, dimension));
    for (const ModularVector& cocycle :
         orbit_representatives(prime, extensions.cohomology_dimension(), matrices, interrupt_)) {
      interrupt_.poll();
      PolycyclicPresentation presentation = extensions.extension(cocycle);
      if (core.is_trivial()) {
        found.add(std::move(presentation));  // M = O_p(G)
        continue;
      }
      const Group extended = presentation.group("");
      const ExtensionChoice choice =
          judge_extension(extended, core_of_extension(core, module_size, prime), module_size, prime);
      if (choice.verdict == ExtensionChoice::Verdict::kOnly) found.add(std::move(presentation));
      if (choice.verdict == ExtensionChoice::Verdict::kTied) {
        found.add_if_new(std::move(presentation), extended, choice.fingerprint);
      }
    }
  }
}

std::vector<Group> enumerate_groups(std::uint64_t order, const Interrupt& interrupt) {
  if (order < 1 || order > GroupEnumerator::kMaximalOrder) {
    throw ArgumentError("order: expected 1 ... " + std::to_string(GroupEnumerator::kMaximalOrder) + ", got " +
                        std::to_string(order));
  }
  GroupEnumerator enumerator(interrupt);
  std::vector<Group> groups;
  for (const PolycyclicPresentation& presentation : enumerator.solvable_groups(static_cast<Element>(order))) {
    groups.push_back(presentation.group(""));
  }
  for (Group& group : nonsolvable_groups(static_cast<Element>(order), interrupt)) {
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace peterweyl
