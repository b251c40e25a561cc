#include "groups/isomorphism.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "groups/automorphisms.hpp"
#include "groups/fingerprint.hpp"
#include "groups/generation_chain.hpp"

namespace peterweyl {

ClassProfile class_profile(const Group& group) {
  const ConjugacyClasses& classes = group.conjugacy_classes();
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> count;
  for (std::size_t c = 0; c < classes.count(); ++c) ++count[{classes.orders[c], classes.sizes[c]}];
  ClassProfile profile;
  for (const auto& [key, multiplicity] : count) profile.emplace_back(key.first, key.second, multiplicity);
  return profile;
}

namespace {

std::optional<std::vector<Element>> search(const Group& source, const Group& target,
                                           const Interrupt& interrupt, bool inverted) {
  if (source.order() != target.order() || class_profile(source) != class_profile(target)) return std::nullopt;
  const ClassColours source_classes = class_colours(source);
  const ClassColours target_classes = class_colours(target);
  if (source_classes.fingerprint != target_classes.fingerprint) return std::nullopt;
  const ElementColours source_colours = element_colours(source, source_classes);
  const ElementColours target_colours = element_colours(target, target_classes);
  if (source_colours.values != target_colours.values) return std::nullopt;

  std::vector<Element> base = rare_base(source.table(), source_colours.of_element);
  // Images are chosen for a base of the source: search from the group that has the shorter one.
  if (base.size() > 2 && !inverted) {
    if (rare_base(target.table(), target_colours.of_element).size() < base.size()) {
      std::optional<std::vector<Element>> back = search(target, source, interrupt, true);
      if (!back) return std::nullopt;
      std::vector<Element> map(back->size());
      for (Element x = 0; x < map.size(); ++x) map[(*back)[x]] = x;
      return map;
    }
  }
  const GenerationChain chain(source.table(), std::move(base));
  MapExtension maps(chain, source.table(), source_colours.of_element, target.table(),
                    target_colours.of_element, interrupt);
  if (chain.length() == 0) return maps.map();
  // Most pairs are settled by a few attempts. Up to an inner automorphism of the target, the first image is a
  // class representative.
  maps.limit_attempts(std::uint64_t{4} * source.order());
  const ConjugacyClasses& classes = target.conjugacy_classes();
  for (const Element image : maps.candidates(0)) {
    if (classes.representatives[classes.of_element[image]] != image) continue;
    if (maps.assign(0, image) && maps.complete(1)) return maps.map();
  }
  if (!maps.exhausted()) return std::nullopt;
  // For the others it pays to know the automorphisms of the target, and to try one image of each orbit.
  const AutomorphismGroup automorphisms = automorphism_group(target, target_classes, interrupt);
  if (maps.complete_up_to(0, automorphisms.generators)) return maps.map();
  return std::nullopt;
}

}  // namespace

std::optional<std::vector<Element>> find_isomorphism(const Group& source, const Group& target,
                                                     const Interrupt& interrupt) {
  return search(source, target, interrupt, false);
}

}  // namespace peterweyl
