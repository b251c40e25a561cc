#include "groups/structural_name.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "arithmetic/integers.hpp"
#include "groups/catalogue.hpp"
#include "groups/characteristic_subgroups.hpp"
#include "groups/complements.hpp"
#include "groups/isomorphism.hpp"
#include "groups/metacyclic_groups.hpp"
#include "groups/normal_subgroups.hpp"
#include "groups/recognition.hpp"
#include "groups/subgroup_series.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

// Groups with more normal subgroups than this are read by their characteristic series alone.
constexpr std::size_t kNormalSubgroups = 1500;

bool is_elementary_abelian(const Group& group, const Subgroup& subgroup) {
  const auto factors = factorize(subgroup.order());
  if (factors.size() != 1) return false;
  for (const Element a : subgroup.generators()) {
    if (group.element_order(a) != factors.front().first) return false;
    for (const Element b : subgroup.generators()) {
      if (group.multiply(a, b) != group.multiply(b, a)) return false;
    }
  }
  return true;
}

// The letters of a name that bind less tightly than what stands around it.
bool reads_better(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

class Namer {
 public:
  explicit Namer(const Interrupt& interrupt) : interrupt_(interrupt) {}

  std::string name(const Group& given) {
    interrupt_.poll();
    const std::optional<SmallGroupId> id = identify_small_group(given, interrupt_);
    if (!id) return read(given);
    const std::pair key(id->order, id->number);
    const auto known = names_.find(key);
    if (known != names_.end()) return known->second;
    // One labelling for all groups of a type: the answer cannot depend on the one that came.
    std::string found = read(small_group(id->order, id->number));
    names_.emplace(key, found);
    return found;
  }

 private:
  std::string read(const Group& group) {
    const Identification named = recognise(group, interrupt_);
    if (named.certain) return named.name;
    const std::vector<Subgroup> normal = proper_normal_subgroups(group);
    if (const std::optional<std::string> product = direct_product_name(group, normal)) return *product;
    if (const std::optional<std::string> extension = extension_name(group, normal)) return *extension;
    return named.name;
  }

  std::vector<Subgroup> proper_normal_subgroups(const Group& group) {
    std::vector<Subgroup> found;
    try {
      found = normal_subgroups(group, kNormalSubgroups, interrupt_);
    } catch (const EnumerationLimitError&) {
      for (std::vector<Subgroup> series :
           {derived_series(group), lower_central_series(group), upper_central_series(group)}) {
        std::ranges::move(series, std::back_inserter(found));
      }
      found.push_back(fitting_subgroup(group));
      found.push_back(frattini_subgroup(group));
    }
    std::erase_if(found, [&](const Subgroup& n) { return n.order() == 1 || n.order() == group.order(); });
    return found;
  }

  // G = N x M with N of least order: N has no direct factor of its own.
  std::optional<std::string> direct_product_name(const Group& group, const std::vector<Subgroup>& normal) {
    std::optional<std::string> best;
    for (const Subgroup& n : normal) {
      if (std::uint64_t{n.order()} * n.order() > group.order()) break;  // by order, ascending
      if (best && n.order() > smallest_) break;
      for (const Subgroup& m : normal) {
        if (std::uint64_t{n.order()} * m.order() != group.order()) continue;
        const bool meets = std::ranges::any_of(
            n.elements(), [&](Element x) { return x != group.identity() && m.contains(x); });
        if (meets) continue;
        smallest_ = n.order();
        std::string left = factor_name(name(as_group(group, n)));
        std::string right = name(as_group(group, m));
        // Factors of factors are spliced in.
        if (right.find(" : ") != std::string::npos || right.find(" . ") != std::string::npos ||
            right.find(" :") != std::string::npos)
          right = top_level_product(right) ? right : "(" + right + ")";
        const std::string text = left + " x " + right;
        if (!best || reads_better(text, *best)) best = text;
      }
    }
    return best;
  }

  static std::string factor_name(const std::string& text) { return bracketed(text); }

  // Whether the last operator outside brackets is 'x'.
  static bool top_level_product(const std::string& text) {
    int depth = 0;
    bool other = false;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
      if (text[i] == '(') ++depth;
      if (text[i] == ')') --depth;
      if (depth == 0 && text[i] == ' ' && (text[i + 1] == ':' || text[i + 1] == '.')) other = true;
    }
    return !other;
  }

  static bool is_cyclic_name(const std::string& text) {
    return text.size() > 1 && text.front() == 'C' &&
           text.find_first_not_of("0123456789", 1) == std::string::npos;
  }

  // C_m :_r C_k for the least r: as a spec "C17 : C8" would mean the faithful action.
  std::string metacyclic_name(const Group& group, std::uint64_t m) {
    const std::uint64_t k = group.order() / m;
    for (std::uint64_t r = 2; r < m; ++r) {
      if (std::gcd(r, m) != 1 || power_modulo(r, k, m) != 1) continue;
      if (!find_isomorphism(split_metacyclic_group(m, r, k), group, interrupt_)) continue;
      return "C" + std::to_string(m) + " :" + std::to_string(r) + " C" + std::to_string(k);
    }
    throw Error(
        "structural_name: a split extension of cyclic groups has no action; please report this as a bug");
  }

  std::optional<std::string> extension_name(const Group& group, const std::vector<Subgroup>& normal) {
    std::optional<std::string> split;
    std::optional<std::string> other;
    std::set<std::pair<std::string, std::string>> seen;
    for (const Subgroup& n : normal) {
      const Splitting splits = splitting(group, n);
      // A group that splits somewhere is never read as a general extension.
      if (split && splits != Splitting::kSplit) continue;
      const std::string kernel = bracketed(name(as_group(group, n)));
      const std::string quotient = bracketed(name(quotient_group(group, n).group));
      std::string text = kernel + (splits == Splitting::kSplit ? " : " : " . ") + quotient;
      if (splits == Splitting::kSplit && is_cyclic_name(kernel) && is_cyclic_name(quotient))
        text = metacyclic_name(group, n.order());
      std::optional<std::string>& best = splits == Splitting::kSplit ? split : other;
      if (!best || reads_better(text, *best)) best = text;
    }
    return split ? split : other;
  }

  const Interrupt& interrupt_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::string> names_;
  Element smallest_ = 0;
};

}  // namespace

std::string bracketed(const std::string& name) {
  return name.find(' ') == std::string::npos ? name : "(" + name + ")";
}

Splitting splitting(const Group& group, const Subgroup& normal, std::size_t attempts) {
  const Element index = group.order() / normal.order();
  if (std::gcd(index, normal.order()) == 1) return Splitting::kSplit;
  if (is_elementary_abelian(group, normal))
    return has_complement(group, normal) ? Splitting::kSplit : Splitting::kNotSplit;

  const Quotient quotient = quotient_group(group, normal);
  const std::span<const Element> wanted = quotient.group.generators();
  // An element of a complement has the order of its image.
  std::vector<std::vector<Element>> lifts(wanted.size());
  std::size_t choices = 1;
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    for (Element x = 0; x < group.order(); ++x) {
      if (quotient.of_element[x] == wanted[k] &&
          group.element_order(x) == quotient.group.element_order(wanted[k]))
        lifts[k].push_back(x);
    }
    if (lifts[k].empty()) return Splitting::kNotSplit;
    choices = static_cast<std::size_t>(saturating_product(choices, lifts[k].size()));
  }
  if (wanted.size() == 1) return Splitting::kSplit;
  const bool complete = choices <= attempts;
  std::vector<std::size_t> chosen(wanted.size(), 0);
  for (std::size_t attempt = 0; attempt < std::min(choices, attempts); ++attempt) {
    std::vector<Element> generators;
    for (std::size_t k = 0; k < wanted.size(); ++k) generators.push_back(lifts[k][chosen[k]]);
    if (Subgroup::generated(group, generators).order() == index) return Splitting::kSplit;
    for (std::size_t k = 0; k < wanted.size(); ++k) {
      if (++chosen[k] < lifts[k].size()) break;
      chosen[k] = 0;
    }
  }
  return complete ? Splitting::kNotSplit : Splitting::kUndecided;
}

std::string structural_name(const Group& group, const Interrupt& interrupt) {
  if (group.exact_order() > kMaximalStructuralOrder) {
    throw GroupTooLargeError("structural names: a group of order " + std::to_string(group.exact_order()) +
                                 " is beyond the limit " + std::to_string(kMaximalStructuralOrder),
                             group.exact_order(), kMaximalStructuralOrder);
  }
  return Namer(interrupt).name(group);
}

}  // namespace peterweyl
