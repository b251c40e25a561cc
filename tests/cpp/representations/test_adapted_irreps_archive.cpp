#include "representations/adapted_irreps_archive.hpp"

#include <doctest/doctest.h>

#include "groups/specification.hpp"
#include "support/error.hpp"
#include "support/random.hpp"

using namespace peterweyl;

TEST_CASE("adapted irreps archive: there and back") {
  for (const char* spec : {"C1", "C6", "S4", "A5", "A4 x S3"}) {
    const Group group = group_from_specification(spec);
    const AdaptedIrreps irreps = adapted_irreps(group);
    const AdaptedIrrepsArchive archive = pack(irreps);
    AdaptedIrreps again = unpack(archive.structure, archive.values, archive.elements, irreps.method);
    CHECK(again.elements == irreps.elements);
    for (Element label = 0; label < group.order(); ++label) {
      CHECK(evaluate(again, label) == evaluate(irreps, label));
    }
    measure_residual(group, again, 1);
    CHECK(again.residual < 1e-13);
  }
}

TEST_CASE("adapted irreps archive: damaged ones are refused or harmless") {
  const AdaptedIrrepsArchive archive = pack(adapted_irreps(group_from_specification("S4")));
  const auto read = [&](const AdaptedIrrepsArchive& a) {
    return unpack(a.structure, a.values, a.elements, "");
  };
  AdaptedIrrepsArchive shorter = archive;
  shorter.structure.pop_back();
  CHECK_THROWS_AS(read(shorter), ArgumentError);
  AdaptedIrrepsArchive fewer = archive;
  fewer.values.pop_back();
  CHECK_THROWS_AS(read(fewer), ArgumentError);
  AdaptedIrrepsArchive twice = archive;
  twice.elements[1] = twice.elements[0];
  CHECK_THROWS_AS(read(twice), ArgumentError);
  Random random(1);
  for (int trial = 0; trial < 2000; ++trial) {
    AdaptedIrrepsArchive damaged = archive;
    damaged.structure[random.below(damaged.structure.size())] = static_cast<std::uint32_t>(random.below(30));
    try {
      const AdaptedIrreps irreps = read(damaged);
      for (Element label = 0; label < irreps.order(); label += 5) evaluate(irreps, label);
    } catch (const ArgumentError&) {
    }
  }
}
