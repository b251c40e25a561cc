#include "groups/automorphisms.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "groups/generation_chain.hpp"

namespace peterweyl {
namespace {

using Images = std::vector<Element>;

// The orbits of known automorphisms on elements, with a verdict on each: does it contain an image of the base
// element?
class OrbitMarks {
 public:
  enum class Mark : std::uint8_t { kUnknown, kImage, kNoImage };

  explicit OrbitMarks(Element order) : mark_(order, Mark::kUnknown) {}
  Mark operator[](Element x) const { return mark_[x]; }

  // Marks everything that `generators` reach from the elements that carry this mark, and from x.
  void spread(Element x, Mark mark, const std::vector<Images>& generators) {
    std::vector<Element> reached;
    for (Element y = 0; y < mark_.size(); ++y) {
      if (y == x || mark_[y] == mark) reached.push_back(y);
    }
    mark_[x] = mark;
    for (std::size_t i = 0; i < reached.size(); ++i) {
      for (const Images& g : generators) {
        const Element y = g[reached[i]];
        if (mark_[y] == mark) continue;
        mark_[y] = mark;
        reached.push_back(y);
      }
    }
  }

  std::uint64_t count(Mark mark) const { return static_cast<std::uint64_t>(std::ranges::count(mark_, mark)); }

 private:
  std::vector<Mark> mark_;
};

// Conjugations by generators of the centraliser of base[0 ... level-1]: automorphisms that need no search.
std::vector<Images> inner_generators(const Group& group, std::span<const Element> fixed) {
  const CayleyTable& table = group.table();
  std::vector<Element> chosen;
  std::vector<Element> reached = group.center();
  for (Element x = 0; x < group.order(); ++x) {
    if (std::ranges::binary_search(reached, x)) continue;
    if (!std::ranges::all_of(fixed, [&](Element b) { return table(b, x) == table(x, b); })) continue;
    if (chosen.empty()) chosen = reached;  // the centre acts trivially, but must be in the closure
    chosen.push_back(x);
    reached = table.subgroup(chosen);
  }
  std::vector<Images> inner;
  const std::size_t central = group.center().size();
  for (std::size_t k = central; k < chosen.size(); ++k) {
    Images& images = inner.emplace_back(group.order());
    for (Element y = 0; y < group.order(); ++y) {
      images[y] = table(table(table.inverse(chosen[k]), y), chosen[k]);
    }
  }
  return inner;
}

}  // namespace

std::optional<std::uint64_t> AutomorphismGroup::order() const {
  std::uint64_t product = 1;
  for (const std::uint64_t length : orbit_lengths) {
    if (product > std::numeric_limits<std::uint64_t>::max() / length) return std::nullopt;
    product *= length;
  }
  return product;
}

AutomorphismGroup automorphism_group(const Group& group, const Interrupt& interrupt) {
  return automorphism_group(group, class_colours(group), interrupt);
}

AutomorphismGroup automorphism_group(const Group& group, const ClassColours& colours,
                                     const Interrupt& interrupt) {
  using Mark = OrbitMarks::Mark;
  const ElementColours numbered = element_colours(group, colours);
  const GenerationChain chain(group.table(), rare_base(group.table(), numbered.of_element));
  MapExtension maps(chain, group.table(), numbered.of_element, group.table(), numbered.of_element, interrupt);

  AutomorphismGroup result;
  result.base.assign(chain.base().begin(), chain.base().end());
  result.orbit_lengths.resize(chain.length());
  for (std::size_t level = chain.length(); level-- > 0;) {
    for (Images& inner : inner_generators(group, chain.base().first(level))) {
      if (inner[chain.base()[level]] != chain.base()[level]) result.generators.push_back(std::move(inner));
    }
    OrbitMarks marks(group.order());
    marks.spread(chain.base()[level], Mark::kImage, result.generators);
    for (const Element image : maps.candidates(level)) {
      if (marks[image] != Mark::kUnknown) continue;
      interrupt.poll();
      maps.fix_below(level);
      if (maps.assign(level, image) && maps.complete(level + 1)) {
        result.generators.push_back(maps.map());
        marks.spread(image, Mark::kImage, result.generators);
      } else {
        marks.spread(image, Mark::kNoImage, result.generators);
      }
    }
    result.orbit_lengths[level] = marks.count(Mark::kImage);
  }
  return result;
}

}  // namespace peterweyl
