#include "representations/adapted_irreps_archive.hpp"

#include <cmath>
#include <cstddef>
#include <utility>

#include "support/error.hpp"

namespace peterweyl {
namespace {

class Reader {
 public:
  Reader(std::span<const std::uint32_t> structure, std::span<const std::complex<double>> values)
      : structure_(structure), values_(values) {}

  // An integer below `limit`.
  std::uint32_t number(std::uint64_t limit, const char* what) {
    if (position_ == structure_.size()) fail(std::string("it ends before ") + what);
    const std::uint32_t value = structure_[position_++];
    if (value >= limit) fail(std::string(what) + " " + std::to_string(value) + " is out of range");
    return value;
  }
  std::complex<double> value() {
    if (used_ == values_.size()) fail("there are too few values");
    const std::complex<double> z = values_[used_++];
    if (!std::isfinite(z.real()) || !std::isfinite(z.imag())) fail("a value is not finite");
    return z;
  }
  void finish() const {
    if (position_ != structure_.size() || used_ != values_.size()) fail("there is something left over");
  }
  [[noreturn]] static void fail(const std::string& what) {
    throw ArgumentError("archive: expected the irreps of a group, but " + what);
  }

 private:
  std::span<const std::uint32_t> structure_;
  std::span<const std::complex<double>> values_;
  std::size_t position_ = 0;
  std::size_t used_ = 0;
};

AdaptedIrrep read_irrep(Reader& reader, const AdaptedLevel* below, std::uint32_t index, std::uint64_t order) {
  AdaptedIrrep irrep;
  irrep.degree = reader.number(order + 1, "a degree");
  if (irrep.degree == 0 || std::uint64_t{irrep.degree} * irrep.degree > order)
    Reader::fail("a degree is wrong");
  const std::uint32_t blocks = reader.number(std::uint64_t{irrep.degree} + 1, "a number of blocks");
  std::vector<char> filled(irrep.degree, 0);
  std::uint32_t count = 0;
  for (std::uint32_t b = 0; b < blocks; ++b) {
    if (below == nullptr) Reader::fail("the trivial group has a block");
    AdaptedIrrep::Block block{reader.number(below->irreps.size(), "an irrep of the level below"), {}};
    for (std::uint32_t j = 0; j < below->irreps[block.irrep].degree; ++j) {
      block.basis.push_back(reader.number(irrep.degree, "a basis vector"));
      if (std::exchange(filled[block.basis.back()], char{1}) != 0) Reader::fail("two blocks overlap");
      ++count;
    }
    irrep.blocks.push_back(std::move(block));
  }
  if (below != nullptr && count != irrep.degree) Reader::fail("the blocks do not fill an irrep");
  irrep.offsets.push_back(0);
  for (std::uint32_t i = 0; i < index; ++i) {
    const std::uint64_t most = std::uint64_t{irrep.degree} * irrep.degree;
    irrep.offsets.push_back(irrep.offsets.back() + reader.number(most + 1, "a number of entries"));
  }
  for (std::size_t e = 0; e < irrep.offsets.back(); ++e) {
    const std::uint32_t row = reader.number(irrep.degree, "a row");
    const std::uint32_t column = reader.number(irrep.degree, "a column");
    irrep.entries.push_back({row, column, reader.value()});
  }
  return irrep;
}

}  // namespace

AdaptedIrrepsArchive pack(const AdaptedIrreps& irreps) {
  AdaptedIrrepsArchive archive;
  auto& out = archive.structure;
  const auto put = [&](std::size_t value) { out.push_back(static_cast<std::uint32_t>(value)); };
  put(irreps.levels.size());
  for (const AdaptedLevel& level : irreps.levels) {
    put(level.index);
    put(level.irreps.size());
    for (const AdaptedIrrep& irrep : level.irreps) {
      put(irrep.degree);
      put(irrep.blocks.size());
      for (const AdaptedIrrep::Block& block : irrep.blocks) {
        put(block.irrep);
        out.insert(out.end(), block.basis.begin(), block.basis.end());
      }
      for (std::size_t i = 0; i < level.index; ++i) put(irrep.representative(i).size());
      for (const AdaptedIrrep::Entry& entry : irrep.entries) {
        put(entry.row);
        put(entry.column);
        archive.values.push_back(entry.value);
      }
    }
  }
  archive.elements = irreps.elements;
  return archive;
}

AdaptedIrreps unpack(std::span<const std::uint32_t> structure, std::span<const std::complex<double>> values,
                     std::span<const Element> elements, std::string method) {
  Reader reader(structure, values);
  AdaptedIrreps result;
  result.method = std::move(method);
  const std::uint32_t levels = reader.number(64, "a number of levels");
  std::uint64_t order = 1;
  for (std::uint32_t k = 0; k < levels; ++k) {
    AdaptedLevel level;
    level.index = reader.number(elements.size() + 1, "an index");
    if (level.index == 0 || (k == 0) != (level.index == 1)) Reader::fail("an index is wrong");
    order *= level.index;
    if (order > elements.size()) Reader::fail("the indices do not multiply to the order");
    const std::uint32_t count = reader.number(order + 1, "a number of irreps");
    std::uint64_t squares = 0;
    for (std::uint32_t r = 0; r < count; ++r) {
      const AdaptedLevel* below = k == 0 ? nullptr : &result.levels.back();
      level.irreps.push_back(read_irrep(reader, below, level.index, order));
      squares += std::uint64_t{level.irreps.back().degree} * level.irreps.back().degree;
    }
    if (squares != order) Reader::fail("the squared degrees do not add up");
    result.levels.push_back(std::move(level));
  }
  reader.finish();
  if (levels == 0 || order != elements.size()) Reader::fail("the indices do not multiply to the order");
  std::vector<char> seen(elements.size(), 0);
  for (const Element element : elements) {
    if (element >= elements.size() || std::exchange(seen[element], char{1}) != 0) {
      Reader::fail("the elements are not a permutation");
    }
  }
  result.elements.assign(elements.begin(), elements.end());
  return result;
}

}  // namespace peterweyl
