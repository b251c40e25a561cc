#include "groups/module_orbits.hpp"

#include <cstdint>
#include <map>
#include <numeric>
#include <utility>

namespace peterweyl {
namespace {

using Images = std::vector<Element>;

Images composed(const Images& outer, const Images& inner) {
  Images result(inner.size());
  for (std::size_t x = 0; x < inner.size(); ++x) result[x] = outer[inner[x]];
  return result;
}

Images inverted(const Images& images) {
  Images result(images.size());
  for (Element x = 0; x < images.size(); ++x) result[images[x]] = x;
  return result;
}

class Tracer {
 public:
  Tracer(const Group& group, std::span<const IrreducibleModule> modules,
         std::span<const Images> automorphisms)
      : group_(group), modules_(modules), automorphisms_(automorphisms), seen_(modules.size(), 0) {
    for (std::size_t m = 0; m < modules.size(); ++m) index_.emplace(modules[m].traces, m);
  }

  bool seen(std::size_t module) const { return seen_[module] != 0; }

  ModuleOrbit trace(std::size_t start, bool stabilisers) {
    ModuleOrbit orbit{start, {}};
    std::vector<std::size_t> members{start};
    std::map<std::size_t, Images> path;  // an automorphism that moves the start to each member
    path[start].resize(group_.order());
    std::iota(path[start].begin(), path[start].end(), Element{0});
    seen_[start] = 1;
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (const Images& automorphism : automorphisms_) {
        const std::size_t target = moved(members[i], automorphism);
        if (seen_[target] == 0) {
          seen_[target] = 1;
          members.push_back(target);
          path[target] = composed(path[members[i]], automorphism);
        } else if (stabilisers) {
          orbit.stabiliser.push_back(
              composed(composed(path[members[i]], automorphism), inverted(path[target])));
        }
      }
    }
    return orbit;
  }

 private:
  std::size_t moved(std::size_t module, const Images& automorphism) const {
    const ConjugacyClasses& classes = group_.conjugacy_classes();
    std::vector<std::uint32_t> traces(classes.count());
    for (std::size_t c = 0; c < classes.count(); ++c) {
      traces[c] = modules_[module].traces[classes.of_element[automorphism[classes.representatives[c]]]];
    }
    return index_.at(traces);
  }

  const Group& group_;
  std::span<const IrreducibleModule> modules_;
  std::span<const Images> automorphisms_;
  std::map<std::vector<std::uint32_t>, std::size_t> index_;
  std::vector<char> seen_;
};

}  // namespace

std::vector<ModuleOrbit> module_orbits(const Group& group, std::span<const IrreducibleModule> modules,
                                       std::span<const std::vector<Element>> automorphisms,
                                       bool stabilisers) {
  Tracer tracer(group, modules, automorphisms);
  std::vector<ModuleOrbit> orbits;
  for (std::size_t m = 0; m < modules.size(); ++m) {
    if (!tracer.seen(m)) orbits.push_back(tracer.trace(m, stabilisers));
  }
  return orbits;
}

}  // namespace peterweyl
