// The elements of a group with their products and classes: what methods that walk over elements need.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "groups/conjugacy_classes.hpp"
#include "groups/element_enumeration.hpp"
#include "groups/group.hpp"

namespace peterweyl {

class ListedGroup {
 public:
  virtual ~ListedGroup() = default;

  virtual Element order() const = 0;
  virtual Element identity() const = 0;
  virtual std::span<const Element> generators() const = 0;
  virtual const ConjugacyClasses& classes() const = 0;
  virtual Element multiply(Element a, Element b) const = 0;
  virtual Element inverse(Element a) const = 0;

 protected:
  ListedGroup() = default;
  ListedGroup(const ListedGroup&) = default;
  ListedGroup& operator=(const ListedGroup&) = default;
};

class ListedByGroup final : public ListedGroup {
 public:
  explicit ListedByGroup(Group group) : group_(std::move(group)) {}

  Element order() const override { return group_.order(); }
  Element identity() const override { return group_.identity(); }
  std::span<const Element> generators() const override { return group_.generators(); }
  const ConjugacyClasses& classes() const override { return group_.conjugacy_classes(); }
  Element multiply(Element a, Element b) const override { return group_.multiply(a, b); }
  Element inverse(Element a) const override { return group_.inverse(a); }

 private:
  Group group_;
};

class ListedByEnumeration final : public ListedGroup {
 public:
  // Both must outlive this.
  ListedByEnumeration(const ElementEnumeration& elements, const ConjugacyClasses& classes)
      : elements_(elements), classes_(classes) {}

  Element order() const override { return elements_.order(); }
  Element identity() const override { return 0; }
  std::span<const Element> generators() const override { return elements_.generators(); }
  const ConjugacyClasses& classes() const override { return classes_; }
  Element multiply(Element a, Element b) const override { return elements_.multiply(a, b); }
  Element inverse(Element a) const override { return elements_.inverse(a); }

 private:
  const ElementEnumeration& elements_;
  const ConjugacyClasses& classes_;
};

}  // namespace peterweyl
