// Builds stabilizer chains (stabilizer_chain.hpp) whose orders are proven.
//
// from_generators: random elements by product replacement (Celler, Leedham-Green, Murray, Niemeyer and
// O'Brien 1995) are sifted until several in a row leave nothing; then every Schreier generator of a reduced
// strong generating set, and each of the given generators, is sifted through the levels below. What one of
// them leaves becomes a strong generator and the work goes on; when none leaves anything, Schreier's lemma
// makes each level the full stabiliser (Seress 2003, sections 4.2 and 4.5). At the deepest level it is enough
// that the stabiliser is trivial, which orbits on pairs of points decide.
//
// A transitive group on m >= 8 points with an element that has a cycle of prime length p, m/2 < p < m - 2, is
// primitive and contains a p-cycle, so it contains the alternating group (Jordan; Wielandt 1964,
// theorem 13.9).
//
// from_chain: uniformly random elements of a group of known order are sifted until the orbit lengths multiply
// up to it, which proves the new chain.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "groups/permutation_orbits.hpp"
#include "groups/random_products.hpp"
#include "groups/stabilizer_chain.hpp"
#include "support/interrupt.hpp"
#include "support/random.hpp"

namespace peterweyl {

class SchreierSims {
 public:
  SchreierSims(std::size_t degree, const Interrupt& interrupt, std::uint64_t seed);

  StabilizerChain from_generators(std::span<const Permutation> generators);
  // The group of `source` over a base that is `points` in this order (`exact`), or that takes each new base
  // point from them, the first that the element in hand moves.
  StabilizerChain from_chain(const StabilizerChain& source, std::span<const std::uint16_t> points,
                             bool exact);

  // The product of the factors, in decimal.
  static std::string product_text(std::span<const std::size_t> factors);

 private:
  using Level = StabilizerChain::Level;

  std::optional<StabilizerChain::Kind> recognise_giant(std::span<const std::uint16_t> moved);
  void add_level(std::uint16_t base_point);
  bool insert(std::span<std::uint16_t> a, std::size_t from);
  void extend_orbit(Level& level, std::uint32_t generator);
  bool append_image(Level& level, std::size_t index, std::uint32_t generator);
  void rebuild_tree(Level& level);
  unsigned grow_tree(Level& level, std::span<const std::uint32_t> labels);
  bool verify(std::span<const Permutation> generators);
  bool verify_level(std::size_t i, std::span<const std::uint32_t> generators);
  bool is_semiregular(std::size_t i, std::span<const std::uint32_t> generators) const;
  std::vector<std::uint32_t> reduced_generators(std::size_t i, std::vector<std::uint32_t> below) const;
  std::uint32_t add_to_pool(std::span<const std::uint16_t> a);

  StabilizerChain chain_;
  const Interrupt& interrupt_;
  Random random_;
  std::vector<std::uint16_t> preferred_;  // base points are taken from here, in this order
  std::size_t row_images_ = 0;            // entries in all rows
  RandomProducts products_;
  Permutation scratch_;
};

}  // namespace peterweyl
