// A base b_1, ..., b_r that generates a group, the chain <b_1> < <b_1, b_2> < ... < G, and the extension of
// partial maps along it: the engine of isomorphism tests and automorphism groups.
//
// Level i lists the edges (x, b_j, x b_j) of the Cayley graph of <b_1, ..., b_i> that the level below lacks,
// in breadth-first order, so a level is checked with as many products as it has edges, and a wrong image
// mostly fails within a few. A map that satisfies all edges is a homomorphism; if it keeps colours it is
// injective, because the identity alone has its colour.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "groups/cayley_table.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

class GenerationChain {
 public:
  struct Edge {
    Element from;
    Element to;
    std::uint32_t generator;  // index into the base
    bool defines;             // `to` is reached for the first time
  };

  // The base must generate, and no element may lie in the subgroup of those before it.
  GenerationChain(const CayleyTable& table, std::vector<Element> base);

  std::span<const Element> base() const { return base_; }
  std::size_t length() const { return base_.size(); }
  std::span<const Edge> edges(std::size_t level) const { return edges_[level]; }

 private:
  std::vector<Element> base_;
  std::vector<std::vector<Edge>> edges_;
};

// A base for `table` made of elements of rare colours: those offer few images. Greedy: among the rarest
// useful elements the one that reaches most. O(n) an element tried.
std::vector<Element> rare_base(const CayleyTable& table, std::span<const std::uint32_t> colours);

// Maps from the group of `chain` into `target` that keep colours (numbers 0 ... c-1 with the same meaning in
// both groups), extended level by level. The tables must outlive it.
//
// An image that fits gives every element z the new colour (z, b z, z b, [b, z]) relative to it; the multisets
// of these must agree in both groups, and they narrow the choice on the levels above. O(n) for each image
// that fits.
class MapExtension {
 public:
  MapExtension(const GenerationChain& chain, const CayleyTable& source,
               std::span<const std::uint32_t> source_colours, const CayleyTable& target,
               std::span<const std::uint32_t> target_colours, const Interrupt& interrupt);

  // Sends the base element of `level` to `image`, the levels below being set; false when it does not fit.
  bool assign(std::size_t level, Element image);
  // Extends a map that is set below `level` to the whole group by trying all images of the right colour.
  // Gives up once `attempts` images have been tried in all; exhausted() then says that false proves nothing.
  bool complete(std::size_t level);
  void limit_attempts(std::uint64_t attempts) { attempts_left_ = attempts; }
  bool exhausted() const { return attempts_left_ == 0; }
  // The same, trying one image of each orbit of `automorphisms` of the target that fix all images below
  // `level`.
  bool complete_up_to(std::size_t level, const std::vector<std::vector<Element>>& automorphisms);
  // As if the base elements below `level` had been assigned to themselves (source = target).
  void fix_below(std::size_t level);

  // Images of the elements of the levels set so far.
  const std::vector<Element>& map() const { return map_; }
  // The elements of the same absolute colour as the base element of `level`.
  std::span<const Element> candidates(std::size_t level) const {
    return by_colour_[source_colours_[chain_.base()[level]]];
  }

 private:
  // The colours of all elements relative to the first base elements (or their images), and their sum.
  struct Relative {
    std::vector<std::uint64_t> colours;
    std::uint64_t sum = 0;
  };
  static void refine(const CayleyTable& table, const Relative& before, Element x, Relative& after);

  const GenerationChain& chain_;
  std::span<const std::uint32_t> source_colours_;
  const CayleyTable& target_;
  std::span<const std::uint32_t> target_colours_;
  const Interrupt& interrupt_;
  std::vector<std::vector<Element>> by_colour_;
  std::vector<Relative> source_relative_;  // by number of base elements fixed
  std::vector<Relative> target_relative_;
  std::vector<Element> images_;
  std::vector<Element> map_;
  std::uint64_t attempts_left_ = ~std::uint64_t{0};
};

}  // namespace peterweyl
