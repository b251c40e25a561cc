// Cyclotomic integers and character tables: _core.Cyclotomic and _core.CharacterTable.
#include <algorithm>
#include <map>
#include <memory>
#include <string>

#include "arithmetic/cyclotomic.hpp"
#include "arithmetic/cyclotomic_text.hpp"
#include "bindings/bindings.hpp"
#include "characters/character_methods.hpp"
#include "characters/character_table.hpp"
#include "characters/factor_table.hpp"
#include "support/error.hpp"

namespace peterweyl::bindings {
namespace {

void bind_cyclotomic(py::module_& module) {
  py::class_<Cyclotomic>(module, "Cyclotomic")
      .def(py::init<std::int64_t>(), py::arg("value") = 0)
      .def_static(
          "from_terms",
          [](std::uint64_t n, const std::vector<std::pair<std::uint32_t, std::int64_t>>& terms) {
            std::vector<CyclotomicTerm> list;
            for (const auto& [exponent, coefficient] : terms) list.push_back({exponent, coefficient});
            return Cyclotomic::from_terms(n, list);
          },
          py::arg("n"), py::arg("terms"))
      .def_static("root_of_unity", &Cyclotomic::root_of_unity, py::arg("n"), py::arg("exponent") = 1)
      .def_property_readonly("conductor", &Cyclotomic::conductor)
      .def_property_readonly("terms",
                             [](const Cyclotomic& number) {
                               std::vector<std::pair<std::uint32_t, std::int64_t>> terms;
                               for (const auto& [exponent, coefficient] : number.terms()) {
                                 terms.emplace_back(exponent, coefficient);
                               }
                               return terms;
                             })
      .def("value", &Cyclotomic::value)
      .def("negated", [](const Cyclotomic& a) { return -a; })
      .def("add", &Cyclotomic::operator+, py::arg("other"))
      .def(
          "subtract", [](const Cyclotomic& a, const Cyclotomic& b) { return a - b; }, py::arg("other"))
      .def("multiply", &Cyclotomic::operator*, py::arg("other"))
      .def("power", &Cyclotomic::power, py::arg("exponent"))
      .def("divided_by", &Cyclotomic::divided_by, py::arg("divisor"))
      .def("galois", &Cyclotomic::galois, py::arg("k"))
      .def("galois_conjugates", &Cyclotomic::galois_conjugates)
      .def("trace", &Cyclotomic::trace)
      .def("norm", &Cyclotomic::norm)
      .def(
          "equals", [](const Cyclotomic& a, const Cyclotomic& b) { return a == b; }, py::arg("other"))
      .def("hash", &Cyclotomic::hash)
      .def("gap", [](const Cyclotomic& a) { return to_text(a, CyclotomicStyle::kGap); })
      .def("text", [](const Cyclotomic& a) { return to_text(a, CyclotomicStyle::kText); })
      .def("latex", [](const Cyclotomic& a) { return to_text(a, CyclotomicStyle::kLatex); });
}

std::size_t checked_index(const CharacterTable& table, std::int64_t index, const char* argument) {
  if (index < 0 || index >= static_cast<std::int64_t>(table.count())) {
    throw ArgumentError(std::string(argument) + ": expected an integer in 0 ... " +
                        std::to_string(table.count() - 1) + ", got " + std::to_string(index));
  }
  return static_cast<std::size_t>(index);
}

CyclotomicStyle style_named(const std::string& name) {
  if (name == "gap") return CyclotomicStyle::kGap;
  if (name == "text") return CyclotomicStyle::kText;
  if (name == "latex") return CyclotomicStyle::kLatex;
  throw ArgumentError("style: expected gap, text or latex, got " + name);
}

// The first rows and columns; equal values are written once.
std::vector<std::vector<std::string>> texts(const CharacterTable& table, const std::string& style,
                                            std::size_t count) {
  const CyclotomicStyle chosen = style_named(style);
  const std::size_t shown = std::min(count, table.count());
  const py::gil_scoped_release release;
  std::map<Cyclotomic, std::string> known;
  std::vector<std::vector<std::string>> result(shown);
  for (std::size_t i = 0; i < shown; ++i) {
    for (std::size_t c = 0; c < shown; ++c) {
      const Cyclotomic value = table.exact(i, c);
      auto [place, is_new] = known.try_emplace(value);
      if (is_new) place->second = to_text(value, chosen);
      result[i].push_back(place->second);
    }
  }
  return result;
}

void bind_character_table(py::module_& module) {
  py::class_<CharacterTable, std::shared_ptr<CharacterTable>>(module, "CharacterTable")
      .def("__len__", &CharacterTable::count)
      .def_property_readonly("group_order", [](const CharacterTable& t) { return t.classes().group_order; })
      .def_property_readonly("exponent", [](const CharacterTable& t) { return t.classes().exponent(); })
      .def_property_readonly("method", &CharacterTable::method)
      .def_property_readonly("degrees",
                             [](const CharacterTable& t) {
                               return std::vector<std::uint64_t>(t.degrees().begin(), t.degrees().end());
                             })
      .def_property_readonly("indicators",
                             [](const CharacterTable& t) {
                               return std::vector<int>(t.indicators().begin(), t.indicators().end());
                             })
      .def_property_readonly("class_sizes", [](const CharacterTable& t) { return t.classes().sizes; })
      .def_property_readonly("class_orders", [](const CharacterTable& t) { return t.classes().orders; })
      .def(
          "power_map",
          [](const CharacterTable& t, std::int64_t exponent) { return t.classes().power_map(exponent); },
          py::arg("exponent"))
      .def("values",
           [](const CharacterTable& t) {
             std::vector<std::complex<double>> values;
             {
               const py::gil_scoped_release release;
               values = t.values();
             }
             const auto k = static_cast<py::ssize_t>(t.count());
             return adopt(std::move(values), {k, k});
           })
      .def(
          "exact",
          [](const CharacterTable& t, std::int64_t row, std::int64_t column) {
            return t.exact(checked_index(t, row, "row"), checked_index(t, column, "column"));
          },
          py::arg("row"), py::arg("column"))
      .def(
          "exact_row",
          [](const CharacterTable& t, std::int64_t row) {
            const std::size_t i = checked_index(t, row, "row");
            std::vector<Cyclotomic> values;
            for (std::size_t c = 0; c < t.count(); ++c) values.push_back(t.exact(i, c));
            return values;
          },
          py::arg("row"))
      .def("texts", &texts, py::arg("style"), py::arg("count"))
      .def("normal_subgroups",
           [](const CharacterTable& t) {
             const Interrupt interrupt = python_interrupt();
             const py::gil_scoped_release release;
             return normal_subgroups(t, 100'000, interrupt);
           })
      .def(
          "quotient",
          [](const CharacterTable& t, const std::vector<std::int64_t>& classes) {
            std::vector<std::uint32_t> checked;
            for (const std::int64_t c : classes) {
              checked.push_back(static_cast<std::uint32_t>(checked_index(t, c, "classes")));
            }
            const Interrupt interrupt = python_interrupt();
            const py::gil_scoped_release release;
            FactorTable factor = factor_table(t, checked, interrupt);
            return std::pair(std::make_shared<CharacterTable>(std::move(factor.table)),
                             std::move(factor.projection));
          },
          py::arg("classes"));
}

}  // namespace

void register_characters(py::module_& module) {
  bind_cyclotomic(module);
  bind_character_table(module);
  module.def(
      "character_table",
      [](const Group& group) {
        const Interrupt interrupt = python_interrupt();
        const py::gil_scoped_release release;
        return std::make_shared<CharacterTable>(character_table(group, interrupt));
      },
      py::arg("group"));
  module.def(
      "symmetric_character_table",
      [](std::uint32_t degree) {
        const Interrupt interrupt = python_interrupt();
        const py::gil_scoped_release release;
        return std::make_shared<CharacterTable>(symmetric_character_table(degree, interrupt));
      },
      py::arg("degree"));
  module.def(
      "large_character_table",
      [](const StabilizerChain& group, const LargeConjugacyClasses& classes) {
        const Interrupt interrupt = python_interrupt();
        const py::gil_scoped_release release;
        return std::make_shared<CharacterTable>(character_table(group, classes, interrupt));
      },
      py::arg("group"), py::arg("classes"));
}

}  // namespace peterweyl::bindings
