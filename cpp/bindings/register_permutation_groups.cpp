// Permutation groups without a table: _core.StabilizerChain, _core.ElementEnumeration and
// _core.LargeConjugacyClasses. Arguments are checked here, once: the core trusts its callers.
#include <optional>
#include <string>

#include "bindings/bindings.hpp"
#include "groups/conjugacy_classes.hpp"
#include "groups/element_enumeration.hpp"
#include "groups/large_conjugacy_classes.hpp"
#include "groups/permutation.hpp"
#include "groups/stabilizer_chain.hpp"
#include "support/error.hpp"

namespace peterweyl::bindings {
namespace {

Permutation checked(const IntegerArray& images, std::size_t degree, const std::string& argument) {
  Permutation result = checked_permutation(values(images), argument);
  if (result.size() != degree) {
    throw ArgumentError(argument + ": expected a permutation of degree " + std::to_string(degree) +
                        ", got degree " + std::to_string(result.size()));
  }
  return result;
}

std::vector<Permutation> checked_generators(std::size_t degree, const std::vector<IntegerArray>& generators) {
  if (degree > kMaximalPermutationDegree) {
    throw ArgumentError("degree: expected at most " + std::to_string(kMaximalPermutationDegree) + ", got " +
                        std::to_string(degree));
  }
  std::vector<Permutation> result;
  for (std::size_t k = 0; k < generators.size(); ++k) {
    result.push_back(checked(generators[k], degree, "generators[" + std::to_string(k) + "]"));
  }
  return result;
}

std::vector<std::uint16_t> checked_points(const std::vector<std::int64_t>& points, std::size_t degree) {
  std::vector<std::uint16_t> result;
  for (const std::int64_t p : points) {
    if (p < 0 || p >= static_cast<std::int64_t>(degree)) {
      throw ArgumentError("points: expected points in 0 ... " +
                          std::to_string(static_cast<std::int64_t>(degree) - 1) + ", got " +
                          std::to_string(p));
    }
    result.push_back(static_cast<std::uint16_t>(p));
  }
  return result;
}

Element checked_element(const ElementEnumeration& elements, std::int64_t element) {
  if (element < 0 || element >= std::int64_t{elements.order()}) {
    throw ArgumentError("element: expected an integer in 0 ... " + std::to_string(elements.order() - 1) +
                        ", got " + std::to_string(element));
  }
  return static_cast<Element>(element);
}

// Rows of one degree as an array (rows, degree).
py::array_t<std::uint16_t> stacked(std::span<const Permutation> rows, std::size_t degree) {
  std::vector<std::uint16_t> flat;
  flat.reserve(rows.size() * degree);
  for (const Permutation& row : rows) flat.insert(flat.end(), row.begin(), row.end());
  return adopt(std::move(flat), {static_cast<py::ssize_t>(rows.size()), static_cast<py::ssize_t>(degree)});
}

// Runs without the GIL; Ctrl-C stops it.
template <typename Work>
auto without_gil(const Work& work) {
  const Interrupt interrupt = python_interrupt();
  const py::gil_scoped_release release;
  return work(interrupt);
}

std::vector<py::array_t<std::uint32_t>> labels(std::vector<PointPartition> partitions) {
  std::vector<py::array_t<std::uint32_t>> result;
  for (PointPartition& partition : partitions) result.push_back(adopt(std::move(partition.part_of)));
  return result;
}

void bind_stabilizer_chain(py::module_& module) {
  py::class_<StabilizerChain>(module, "StabilizerChain")
      .def(py::init([](std::size_t degree, const std::vector<IntegerArray>& generators, std::uint64_t seed) {
             const std::vector<Permutation> permutations = checked_generators(degree, generators);
             return without_gil([&](const Interrupt& interrupt) {
               return StabilizerChain::build(degree, permutations, interrupt, seed);
             });
           }),
           py::arg("degree"), py::arg("generators"), py::arg("seed") = 1)
      .def_property_readonly("degree", &StabilizerChain::degree)
      .def_property_readonly(
          "order",
          [](const StabilizerChain& chain) {
            const std::string text = chain.order_text();
            return py::reinterpret_steal<py::int_>(PyLong_FromString(text.c_str(), nullptr, 10));
          })
      .def_property_readonly("order_factors", &StabilizerChain::order_factors)
      .def_property_readonly("base",
                             [](const StabilizerChain& chain) {
                               return std::vector<std::uint16_t>(chain.base().begin(), chain.base().end());
                             })
      .def_property_readonly("orbit_lengths",
                             [](const StabilizerChain& chain) {
                               std::vector<std::size_t> lengths;
                               for (std::size_t i = 0; i < chain.length(); ++i) {
                                 lengths.push_back(chain.orbit_length(i));
                               }
                               return lengths;
                             })
      .def_property_readonly(
          "generators",
          [](const StabilizerChain& chain) { return stacked(chain.generators(), chain.degree()); })
      .def(
          "contains",
          [](const StabilizerChain& chain, const IntegerArray& permutation) {
            return chain.contains(checked(permutation, chain.degree(), "permutation"));
          },
          py::arg("permutation"))
      .def(
          "sift",
          [](const StabilizerChain& chain, const IntegerArray& permutation) {
            Permutation rest = checked(permutation, chain.degree(), "permutation");
            const std::size_t level = chain.sift(rest);
            return py::make_tuple(adopt(std::move(rest)), level);
          },
          py::arg("permutation"))
      .def(
          "random",
          [](const StabilizerChain& chain, std::size_t count, std::uint64_t seed) {
            Random random(seed);
            std::vector<Permutation> rows;
            for (std::size_t i = 0; i < count; ++i) rows.push_back(chain.random(random));
            return stacked(rows, chain.degree());
          },
          py::arg("count"), py::arg("seed"))
      .def(
          "stabilizer",
          [](const StabilizerChain& chain, const std::vector<std::int64_t>& points) {
            const auto fixed = checked_points(points, chain.degree());
            return without_gil(
                [&](const Interrupt& interrupt) { return chain.stabilizer(fixed, interrupt); });
          },
          py::arg("points"))
      .def("orbits",
           [](const StabilizerChain& chain) {
             return adopt(orbits(chain.degree(), chain.generators()).part_of);
           })
      .def("is_primitive",
           [](const StabilizerChain& chain) {
             return without_gil([&](const Interrupt& interrupt) {
               return is_primitive(chain.degree(), chain.generators(), interrupt);
             });
           })
      .def("minimal_block_systems",
           [](const StabilizerChain& chain) {
             return labels(without_gil([&](const Interrupt& interrupt) {
               return minimal_block_systems(chain.degree(), chain.generators(), interrupt);
             }));
           })
      .def(
          "finest_block_system",
          [](const StabilizerChain& chain, const std::vector<std::int64_t>& points) {
            const auto joined = checked_points(points, chain.degree());
            return adopt(finest_block_system(chain.degree(), chain.generators(), joined).part_of);
          },
          py::arg("points"));
}

void bind_element_enumeration(py::module_& module) {
  py::class_<ElementEnumeration>(module, "ElementEnumeration")
      .def(py::init([](std::size_t degree, const std::vector<IntegerArray>& generators, std::uint64_t limit) {
             const std::vector<Permutation> permutations = checked_generators(degree, generators);
             return without_gil([&](const Interrupt& interrupt) {
               return enumerate_elements(degree, permutations, limit, interrupt);
             });
           }),
           py::arg("degree"), py::arg("generators"), py::arg("limit") = ElementEnumeration::kDefaultLimit)
      .def_property_readonly("order", &ElementEnumeration::order)
      .def_property_readonly("degree", &ElementEnumeration::degree)
      .def_property_readonly("generators",
                             [](const ElementEnumeration& elements) {
                               const auto g = elements.generators();
                               return std::vector<Element>(g.begin(), g.end());
                             })
      .def("images",
           [](const ElementEnumeration& elements) {
             return adopt(elements.images(), {static_cast<py::ssize_t>(elements.order()),
                                              static_cast<py::ssize_t>(elements.degree())});
           })
      .def_property_readonly("right_cayley_graph",
                             [](const py::object& self) {
                               const auto& elements = self.cast<const ElementEnumeration&>();
                               return view(elements.right_cayley_graph(),
                                           {static_cast<py::ssize_t>(elements.order()),
                                            static_cast<py::ssize_t>(elements.generators().size())},
                                           self);
                             })
      .def(
          "image",
          [](const ElementEnumeration& elements, std::int64_t x) {
            return adopt(elements.image(checked_element(elements, x)));
          },
          py::arg("element"))
      .def(
          "find",
          [](const ElementEnumeration& elements, const IntegerArray& permutation) {
            return elements.find(checked(permutation, elements.degree(), "permutation"));
          },
          py::arg("permutation"))
      .def(
          "word",
          [](const ElementEnumeration& elements, std::int64_t x) {
            return elements.word(checked_element(elements, x));
          },
          py::arg("element"))
      .def(
          "multiply",
          [](const ElementEnumeration& elements, std::int64_t a, std::int64_t b) {
            return elements.multiply(checked_element(elements, a), checked_element(elements, b));
          },
          py::arg("a"), py::arg("b"))
      .def(
          "inverse",
          [](const ElementEnumeration& elements, std::int64_t a) {
            return elements.inverse(checked_element(elements, a));
          },
          py::arg("a"))
      .def("inverses", [](const ElementEnumeration& elements) { return adopt(elements.inverses()); })
      .def("conjugacy_classes", [](const ElementEnumeration& elements) {
        ConjugacyClasses classes =
            without_gil([&](const Interrupt& interrupt) { return conjugacy_classes(elements, interrupt); });
        return py::make_tuple(adopt(std::move(classes.of_element)), adopt(std::move(classes.representatives)),
                              adopt(std::move(classes.sizes)), adopt(std::move(classes.orders)));
      });
}

void bind_large_conjugacy_classes(py::module_& module) {
  using Classes = LargeConjugacyClasses;
  const auto column = [](std::uint64_t (Classes::*value)(std::size_t) const) {
    return [value](const Classes& classes) {
      std::vector<std::uint64_t> result;
      for (std::size_t c = 0; c < classes.count(); ++c) result.push_back((classes.*value)(c));
      return adopt(std::move(result));
    };
  };
  py::class_<Classes>(module, "LargeConjugacyClasses")
      .def("__len__", &Classes::count)
      .def_property_readonly("sizes", column(&Classes::size))
      .def_property_readonly("orders", column(&Classes::element_order))
      .def_property_readonly("centralizer_orders", column(&Classes::centralizer_order))
      .def_property_readonly("representatives",
                             [](const Classes& classes) {
                               std::vector<Permutation> rows;
                               for (std::size_t c = 0; c < classes.count(); ++c) {
                                 rows.push_back(classes.representative(c));
                               }
                               return stacked(rows, rows[0].size());
                             })
      .def(
          "identify",
          [](const Classes& classes, const IntegerArray& element) {
            const Permutation images = checked(element, classes.representative(0).size(), "element");
            return without_gil(
                [&](const Interrupt& interrupt) { return classes.identify(images, interrupt); });
          },
          py::arg("element"))
      .def(
          "power_map",
          [](const Classes& classes, std::int64_t exponent) {
            return adopt(without_gil(
                [&](const Interrupt& interrupt) { return classes.power_map(exponent, interrupt); }));
          },
          py::arg("exponent"))
      .def(
          "centralizer_generators",
          [](const Classes& classes, std::int64_t c) {
            if (c < 0 || c >= static_cast<std::int64_t>(classes.count())) {
              throw ArgumentError("index: expected a class in 0 ... " + std::to_string(classes.count() - 1) +
                                  ", got " + std::to_string(c));
            }
            const auto index = static_cast<std::size_t>(c);
            return stacked(classes.centralizer_generators(index), classes.representative(index).size());
          },
          py::arg("index"));
  module.def(
      "large_conjugacy_classes",
      [](const StabilizerChain& group, std::uint64_t class_limit, std::uint64_t seed) {
        return without_gil([&](const Interrupt& interrupt) {
          return Classes::compute(group, interrupt, class_limit, seed);
        });
      },
      py::arg("group"), py::arg("class_limit") = Classes::kDefaultClassLimit, py::arg("seed") = 1);
}

}  // namespace

void register_permutation_groups(py::module_& module) {
  bind_stabilizer_chain(module);
  bind_element_enumeration(module);
  bind_large_conjugacy_classes(module);
}

}  // namespace peterweyl::bindings
