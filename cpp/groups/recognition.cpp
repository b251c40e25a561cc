#include "groups/recognition.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "arithmetic/integers.hpp"
#include "groups/catalogue.hpp"
#include "groups/families.hpp"
#include "groups/isomorphism.hpp"
#include "groups/linear_groups.hpp"
#include "groups/specification.hpp"
#include "groups/sporadic_groups.hpp"
#include "groups/stabilizer_chain.hpp"
#include "groups/subgroup_series.hpp"
#include "support/random.hpp"

namespace peterweyl {
namespace {

std::string abelian_name(const std::vector<std::uint64_t>& factors) {
  std::string name;
  for (std::size_t i = 0; i < factors.size();) {
    const auto end = std::find_if(factors.begin() + static_cast<std::ptrdiff_t>(i), factors.end(),
                                  [&](std::uint64_t d) { return d != factors[i]; });
    const auto repeat = static_cast<std::size_t>(end - factors.begin()) - i;
    name += (i > 0 ? " x C" : "C") + std::to_string(factors[i]);
    if (repeat > 1) name += "^" + std::to_string(repeat);
    i += repeat;
  }
  return name.empty() ? "C1" : name;
}

// Specs of the non-abelian atoms of one order, in the order in which a name is preferred.
std::vector<std::string> atoms(std::uint64_t order) {
  std::vector<std::string> names;
  for (std::uint64_t k = 3; symmetric_order(k) / 2 <= order; ++k) {
    if (symmetric_order(k) == order) names.push_back("S" + std::to_string(k));
    if (k >= 4 && symmetric_order(k) / 2 == order) names.push_back("A" + std::to_string(k));
  }
  if (order % 2 == 0 && order >= 8) names.push_back("D" + std::to_string(order / 2));
  if (order % 4 == 0 && order >= 8) {
    const bool power_of_two = (order & (order - 1)) == 0;
    names.push_back(power_of_two ? "Q" + std::to_string(order) : "Dic" + std::to_string(order / 4));
  }
  const auto factors = factorize(order);
  if (factors.size() == 1) {
    const auto [p, exponent] = factors.front();
    if (p == 2 && exponent >= 4) names.push_back("SD" + std::to_string(order));
    if (p > 2 && exponent == 3) names.push_back("He" + std::to_string(p));
    if (exponent >= 5 && exponent % 2 == 1) {
      for (const char* sign : {"+", "-"})
        names.push_back(std::to_string(p) + "^(1+" + std::to_string(exponent - 1) + ")" + sign);
    }
  }
  for (const std::uint64_t k : divisors(order)) {
    const std::uint64_t m = order / k;
    if (k < 3 || m < 3 || !is_prime(m) || (m - 1) % k != 0) continue;
    names.push_back("C" + std::to_string(m) + " : C" + std::to_string(k));
  }
  constexpr std::array kLinear{std::pair{LinearGroup::kPSL, "PSL"}, std::pair{LinearGroup::kSL, "SL"},
                               std::pair{LinearGroup::kPGL, "PGL"}, std::pair{LinearGroup::kGL, "GL"},
                               std::pair{LinearGroup::kAGL, "AGL"}};
  for (const auto& [kind, letters] : kLinear) {
    for (std::uint64_t n = 2; n <= 5; ++n) {
      for (std::uint64_t q = 2; q * q <= 2 * order; ++q) {
        if (factorize(q).size() != 1 || linear_group_order(kind, n, q) != order) continue;
        names.push_back(letters + ("(" + std::to_string(n) + "," + std::to_string(q) + ")"));
      }
    }
  }
  return names;
}

// All partitions of n into non-increasing parts of at most `largest`.
void partitions(unsigned n, unsigned largest, std::vector<unsigned>& prefix,
                const std::function<void(const std::vector<unsigned>&)>& visit) {
  if (n == 0) return visit(prefix);
  for (unsigned part = std::min(n, largest); part >= 1; --part) {
    prefix.push_back(part);
    partitions(n - part, part, prefix, visit);
    prefix.pop_back();
  }
}

std::vector<std::uint64_t> combine_invariant_factors(
    const std::vector<std::vector<std::uint64_t>>& prime_powers) {
  std::vector<std::uint64_t> factors;  // largest first, one prime power of each prime a factor
  for (const std::vector<std::uint64_t>& powers : prime_powers) {
    factors.resize(std::max(factors.size(), powers.size()), 1);
    for (std::size_t i = 0; i < powers.size(); ++i) factors[i] *= powers[i];
  }
  std::ranges::reverse(factors);
  return factors;
}

// Names of all abelian groups of one order.
std::vector<std::string> abelian_names(std::uint64_t order) {
  std::vector<std::vector<std::vector<std::uint64_t>>> choices{{}};
  for (const auto& prime : factorize(order)) {
    std::vector<std::vector<std::vector<std::uint64_t>>> extended;
    std::vector<unsigned> prefix;
    partitions(prime.second, prime.second, prefix, [&](const std::vector<unsigned>& parts) {
      std::vector<std::uint64_t> powers;
      for (const unsigned part : parts) {
        std::uint64_t power = 1;
        for (unsigned e = 0; e < part; ++e) power *= prime.first;
        powers.push_back(power);
      }
      for (std::vector<std::vector<std::uint64_t>> choice : choices) {
        choice.push_back(powers);
        extended.push_back(std::move(choice));
      }
    });
    choices = std::move(extended);
  }
  std::vector<std::string> names;
  for (const auto& choice : choices) names.push_back(abelian_name(combine_invariant_factors(choice)));
  return names;
}

// The profile of a direct product, from the profiles of its factors.
ClassProfile product_profile(const ClassProfile& left, const ClassProfile& right) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> count;
  for (const auto& [order_l, size_l, count_l] : left) {
    for (const auto& [order_r, size_r, count_r] : right) {
      count[{std::lcm(order_l, order_r), size_l * size_r}] += count_l * count_r;
    }
  }
  ClassProfile profile;
  for (const auto& [key, multiplicity] : count) profile.emplace_back(key.first, key.second, multiplicity);
  return profile;
}

class Recogniser {
 public:
  Recogniser(const Group& group, const Interrupt& interrupt)
      : group_(group), profile_(class_profile(group)), interrupt_(interrupt) {}

  Identification run() {
    for (const std::string& name : atoms(group_.order())) {
      if (matches(name, profile_of(name))) return {name, true};
    }
    for (const std::uint64_t m : divisors(group_.order())) {
      const std::uint64_t rest = group_.order() / m;
      if (m < 6 || rest < 2) continue;
      std::vector<std::string> cofactors = abelian_names(rest);
      if (m <= rest) std::ranges::move(atoms(rest), std::back_inserter(cofactors));
      for (const std::string& atom : atoms(m)) {
        for (const std::string& cofactor : cofactors) {
          // Abelian factors come first in a name, as in "C2 x S4".
          const std::string name = bracketed_extension(cofactor) + " x " + bracketed_extension(atom);
          if (matches(name, product_profile(profile_of(atom), profile_of(cofactor)))) return {name, true};
        }
      }
    }
    return {"group of order " + std::to_string(group_.order()), false};
  }

 private:
  static std::string bracketed_extension(const std::string& name) {
    return name.find(':') == std::string::npos ? name : "(" + name + ")";
  }

  const ClassProfile& profile_of(const std::string& name) {
    auto [position, is_new] = profiles_.try_emplace(name);
    if (is_new) position->second = class_profile(group_from_specification(name));
    return position->second;
  }

  bool matches(const std::string& name, const ClassProfile& profile) {
    interrupt_.poll();
    return profile == profile_ &&
           find_isomorphism(group_from_specification(name), group_, interrupt_).has_value();
  }

  const Group& group_;
  ClassProfile profile_;
  const Interrupt& interrupt_;
  std::map<std::string, ClassProfile> profiles_;
};

}  // namespace

std::vector<std::uint64_t> invariant_factors(const Group& abelian) {
  std::vector<std::vector<std::uint64_t>> prime_powers;
  const auto orders = abelian.element_orders();
  for (const auto& prime : factorize(abelian.order())) {
    // p^(number of parts >= k) = #{x : x^(p^k) = 1} / #{x : x^(p^(k-1)) = 1}.
    std::vector<std::uint64_t> powers;
    std::uint64_t before = 1;
    std::uint64_t power = 1;
    for (unsigned k = 1; k <= prime.second; ++k) {
      power *= prime.first;
      const auto now = static_cast<std::uint64_t>(
          std::ranges::count_if(orders, [&](std::uint32_t order) { return power % order == 0; }));
      std::size_t parts = 0;
      for (std::uint64_t ratio = now / before; ratio > 1; ratio /= prime.first) ++parts;
      powers.resize(std::max(powers.size(), parts), 1);
      for (std::size_t i = 0; i < parts; ++i) powers[i] *= prime.first;
      before = now;
    }
    prime_powers.push_back(std::move(powers));
  }
  return combine_invariant_factors(prime_powers);
}

namespace {

bool moves_all_points(const Group& group) {
  std::vector<char> moved(group.degree(), 0);
  for (const Element g : group.generators()) {
    const std::vector<std::uint16_t> images = group.permutation(g);
    for (std::size_t i = 0; i < images.size(); ++i) moved[i] = moved[i] != 0 || images[i] != i;
  }
  return std::ranges::all_of(moved, [](char m) { return m != 0; });
}

// By the classification of the finite simple groups, those of order below 2^32 are determined by their order,
// except that A8 and PSL(3,4) share 20160; A8 has elements of order 15.
std::optional<std::string> simple_group_of_order(const Group& group) {
  const std::uint64_t order = group.order();
  if (order == 20160) {
    const bool is_a8 = std::ranges::count(group.conjugacy_classes().orders, 15U) > 0;
    return is_a8 ? "A8" : "PSL(3,4)";
  }
  for (std::uint64_t n = 5; n <= 12; ++n) {
    if (symmetric_order(n) / 2 == order) return "A" + std::to_string(n);
  }
  for (const std::uint64_t n : {11, 12, 22, 23, 24}) {
    if (mathieu_order(n) == order) return "M" + std::to_string(n);
  }
  for (std::uint64_t n = 2; n <= 5; ++n) {
    for (std::uint64_t q = 2; q * q <= 2 * order && q < 2048; ++q) {
      if (factorize(q).size() != 1 || linear_group_order(LinearGroup::kPSL, n, q) != order) continue;
      return "PSL(" + std::to_string(n) + "," + std::to_string(q) + ")";
    }
  }
  return std::nullopt;
}

// Whether conjugates of each class generate everything, tried with a few: true is a proof, false says
// nothing.
bool is_proven_simple(const Group& group, const Interrupt& interrupt) {
  if (group.exact_order() <= Group::kMaximalListedOrder) return is_simple(group);
  if (group.degree() == 0) return false;
  Random random(1);
  for (const Element x : group.conjugacy_classes(interrupt).representatives) {
    if (x == group.identity()) continue;
    std::vector<Permutation> conjugates;
    for (int k = 0; k < 12; ++k)
      conjugates.push_back(
          group.permutation(group.conjugate(x, static_cast<Element>(random.below(group.order())))));
    const StabilizerChain closure = StabilizerChain::build(group.degree(), conjugates, interrupt);
    if (closure.order() != group.exact_order()) return false;
  }
  return true;
}

// What can be said of a group whose table is out of reach.
Identification recognise_large(const Group& group, const Interrupt& interrupt) {
  if (!group.name().empty()) return {group.name(), true};
  const std::uint64_t order = group.exact_order();
  if (group.degree() > 0 && group.degree() <= 20 && moves_all_points(group)) {
    // A subgroup of S_d of index 1 or 2 is S_d or A_d.
    const std::uint64_t whole = symmetric_order(group.degree());
    if (order == whole) return {"S" + std::to_string(group.degree()), true};
    if (order == whole / 2) return {"A" + std::to_string(group.degree()), true};
  }
  if (is_proven_simple(group, interrupt)) {
    if (std::optional<std::string> name = simple_group_of_order(group)) return {std::move(*name), true};
    return {"simple group of order " + std::to_string(order), false};
  }
  return {"group of order " + std::to_string(order), false};
}

}  // namespace

Identification recognise(const Group& group, const Interrupt& interrupt) {
  if (group.exact_order() > CayleyTable::kMaximalOrder) return recognise_large(group, interrupt);
  if (group.is_abelian()) return {abelian_name(invariant_factors(group)), true};
  Identification found = Recogniser(group, interrupt).run();
  if (!found.certain && group.exact_order() > kCatalogueMaximalOrder && is_simple(group)) {
    if (std::optional<std::string> name = simple_group_of_order(group)) return {std::move(*name), true};
  }
  return found;
}

}  // namespace peterweyl
