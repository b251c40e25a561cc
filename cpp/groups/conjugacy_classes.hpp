// Conjugacy classes of a group given by its table or by the list of its elements.
//
// Order: identity first, then by (element order, class size, smallest element).
//
// Conjugation by a generator g is a permutation of the elements, x -> g^-1 x g, and the classes are its
// orbits. From a right Cayley graph it costs two gathers an element and no product: g^-1 (p s) = (g^-1 p) s
// along the spanning tree, then one step of the graph.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "groups/cayley_table.hpp"
#include "groups/element_enumeration.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

struct ConjugacyClasses {
  std::vector<std::uint32_t> of_element;  // n: the class of each element
  std::vector<Element> representatives;   // k: the smallest element of each class
  std::vector<std::uint32_t> sizes;       // k
  std::vector<std::uint32_t> orders;      // k: the order of the elements of each class
  std::size_t count() const { return representatives.size(); }
};

// Orbits of conjugation by the generators: O(n * number of generators).
ConjugacyClasses conjugacy_classes(const CayleyTable& table, std::span<const Element> generators,
                                   std::span<const std::uint32_t> element_orders);

// The same from the right Cayley graph, without a table. O(n * number of generators) time and memory.
ConjugacyClasses conjugacy_classes(const ElementEnumeration& elements, const Interrupt& interrupt = {});

// The same from conjugation itself: conjugate(x, g) = g^-1 x g.
ConjugacyClasses classes_by_conjugation(Element order, std::span<const Element> generators,
                                        const std::function<Element(Element, Element)>& conjugate,
                                        const std::function<std::uint32_t(Element)>& element_order,
                                        const Interrupt& interrupt = {});

// The same from a number that two elements share exactly when they are conjugate. It is asked for each
// element once, ascending.
ConjugacyClasses classes_by_invariant(Element order, const std::function<std::uint64_t(Element)>& invariant,
                                      const std::function<std::uint32_t(Element)>& element_order,
                                      const Interrupt& interrupt = {});

}  // namespace peterweyl
