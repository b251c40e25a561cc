#include "groups/semidirect_product.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "arithmetic/integers.hpp"
#include "groups/families.hpp"
#include "groups/generated_table.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

// An automorphism of `group` as an image array; throws unless it is one.
std::vector<Element> checked_automorphism(const Group& group, std::span<const std::int64_t> images,
                                          const std::string& argument) {
  const Element n = group.order();
  if (images.size() != n) {
    throw ArgumentError(argument + ": expected the images of all " + std::to_string(n) +
                        " elements of the normal factor, got " + std::to_string(images.size()));
  }
  std::vector<Element> map;
  std::vector<char> seen(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    const std::int64_t image = images[i];
    if (image < 0 || image >= std::int64_t{n} || seen[static_cast<std::size_t>(image)] != 0) {
      throw ArgumentError(argument + ": expected each of 0 ... " + std::to_string(n - 1) +
                          " once, but entry " + std::to_string(i) + " is " + std::to_string(image));
    }
    seen[static_cast<std::size_t>(image)] = 1;
    map.push_back(static_cast<Element>(image));
  }
  for (const Element b : group.generators()) {
    for (Element a = 0; a < n; ++a) {
      if (map[group.multiply(a, b)] == group.multiply(map[a], map[b])) continue;
      throw ArgumentError(argument + ": expected an automorphism, but the image of " + std::to_string(a) +
                          "*" + std::to_string(b) + " is " + std::to_string(map[group.multiply(a, b)]) +
                          " and the product of the images is " +
                          std::to_string(group.multiply(map[a], map[b])));
    }
  }
  return map;
}

// The automorphisms by which all elements act, one after another, from those of the generators.
std::vector<Element> extended_action(const Group& normal, const Group& acting,
                                     std::span<const std::vector<Element>> of_generators) {
  const Element n = normal.order();
  const Element unknown = n;
  std::vector<Element> phi(std::size_t{n} * acting.order(), unknown);
  const auto row = [&](Element h) { return std::span(phi).subspan(std::size_t{h} * n, n); };
  std::vector<Element> reached{acting.identity()};
  for (Element x = 0; x < n; ++x) row(acting.identity())[x] = x;
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const auto source = row(reached[i]);
    for (std::size_t k = 0; k < of_generators.size(); ++k) {
      const Element product = acting.multiply(reached[i], acting.generators()[k]);
      const auto target = row(product);
      const bool is_new = target[0] == unknown;
      if (is_new) reached.push_back(product);
      // phi_(h g)(x) = phi_h(phi_g(x)).
      for (Element x = 0; x < n; ++x) {
        const Element image = source[of_generators[k][x]];
        if (is_new) target[x] = image;
        if (target[x] == image) continue;
        throw ArgumentError(
            "action: expected a homomorphism to the automorphisms, but two words for the element " +
            std::to_string(product) + " of the acting factor send the element " + std::to_string(x) + " to " +
            std::to_string(target[x]) + " and to " + std::to_string(image));
      }
    }
  }
  return phi;
}

}  // namespace

Group semidirect_product(const Group& normal, const Group& acting,
                         std::span<const std::vector<std::int64_t>> action) {
  CayleyTable::check_order(saturating_product(normal.order(), acting.order()));
  if (action.size() != acting.generators().size()) {
    throw ArgumentError("action: expected one automorphism for each of the " +
                        std::to_string(acting.generators().size()) +
                        " generators of the acting factor, got " + std::to_string(action.size()));
  }
  std::vector<std::vector<Element>> automorphisms;
  for (std::size_t k = 0; k < action.size(); ++k)
    automorphisms.push_back(checked_automorphism(normal, action[k], "action[" + std::to_string(k) + "]"));
  const std::vector<Element> phi = extended_action(normal, acting, automorphisms);

  const std::vector<Element> n_of = identity_first(normal);
  const std::vector<Element> h_of = identity_first(acting);
  std::vector<Element> n_label(normal.order());
  std::vector<Element> h_label(acting.order());
  for (Element i = 0; i < normal.order(); ++i) n_label[n_of[i]] = i;
  for (Element i = 0; i < acting.order(); ++i) h_label[h_of[i]] = i;
  const Element width = acting.order();
  std::vector<Element> generators;
  for (const Element g : normal.generators()) generators.push_back(n_label[g] * width);
  for (const Element h : acting.generators()) generators.push_back(h_label[h]);
  const auto product = [&](Element x, Element y) {
    const Element h = h_of[x % width];
    const Element moved = phi[std::size_t{h} * normal.order() + n_of[y / width]];
    return n_label[normal.multiply(n_of[x / width], moved)] * width +
           h_label[acting.multiply(h, h_of[y % width])];
  };
  CayleyTable table = generated_table(std::uint64_t{normal.order()} * width, generators, product);
  return {std::move(table), std::move(generators), "", Construction{}};
}

}  // namespace peterweyl
