#include "groups/catalogue.hpp"

#include <algorithm>
#include <array>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

#include "groups/catalogue_data.hpp"
#include "groups/fingerprint.hpp"
#include "groups/isomorphism.hpp"
#include "groups/permutation.hpp"
#include "groups/polycyclic_presentation.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

using catalogue_data::PermutationEntry;

std::uint8_t base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<std::uint8_t>(c - 'A');
  if (c >= 'a' && c <= 'z') return static_cast<std::uint8_t>(c - 'a' + 26);
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0' + 52);
  return c == '+' ? 62 : 63;
}

std::vector<std::uint8_t> decode_base64(std::string_view text) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t buffer = 0;
  unsigned bits = 0;
  for (const char c : text) {
    if (c == '=') break;
    buffer = (buffer << 6 | base64_digit(c)) & 0xffffffU;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push_back(static_cast<std::uint8_t>(buffer >> bits & 0xffU));
  }
  return bytes;
}

const PermutationEntry* permutation_entry(std::uint64_t order, std::uint64_t number) {
  for (const PermutationEntry& entry : catalogue_data::kPermutationGroups) {
    if (entry.order == order && entry.number == number) return &entry;
  }
  return nullptr;
}

// One order, decoded.
struct OrderIndex {
  std::vector<std::uint8_t> bytes;
  std::vector<std::uint32_t> offsets;       // where the presentation of each group starts
  std::vector<std::uint32_t> fingerprints;  // the upper half of each fingerprint
};

OrderIndex decode_order(std::uint64_t order) {
  OrderIndex index;
  index.bytes = decode_base64(catalogue_data::kGroups[order]);
  const std::size_t count = catalogue_data::kNumberOfGroups[order];
  std::span<const std::uint8_t> rest = index.bytes;
  for (std::size_t k = 1; k <= count; ++k) {
    index.offsets.push_back(static_cast<std::uint32_t>(index.bytes.size() - rest.size()));
    if (permutation_entry(order, k) == nullptr) {
      PolycyclicPresentation::decode(rest, static_cast<Element>(order));
    }
  }
  for (std::size_t k = 0; k < count; ++k) {
    std::uint32_t value = 0;
    for (std::size_t b = 0; b < 4; ++b) value = value << 8 | rest[4 * k + b];
    index.fingerprints.push_back(value);
  }
  return index;
}

// Decoded when first asked for, then constant.
const OrderIndex& order_index(std::uint64_t order) {
  static std::array<std::once_flag, catalogue_data::kOrders> once;
  static std::array<OrderIndex, catalogue_data::kOrders> indices;
  std::call_once(once[order], [order] { indices[order] = decode_order(order); });
  return indices[order];
}

Group group_from_entry(const PermutationEntry& entry, std::string name) {
  std::vector<Permutation> generators;
  for (std::size_t at = 0; at < entry.images.size(); at += entry.degree) {
    Permutation& images = generators.emplace_back();
    for (const char c : entry.images.substr(at, entry.degree)) images.push_back(base64_digit(c));
  }
  return permutation_group(generators).renamed(std::move(name));
}

}  // namespace

std::uint64_t number_of_groups(std::uint64_t order) {
  if (order < 1 || order > kCatalogueMaximalOrder) {
    throw ArgumentError("order: expected 1 ... " + std::to_string(kCatalogueMaximalOrder) + ", got " +
                        std::to_string(order));
  }
  return catalogue_data::kNumberOfGroups[order];
}

bool catalogue_covers(std::uint64_t order) {
  return order >= 1 && order <= kCatalogueMaximalOrder && !catalogue_data::kGroups[order].empty();
}

Group small_group(std::uint64_t order, std::uint64_t number) {
  const std::uint64_t count = number_of_groups(order);
  if (!catalogue_covers(order)) {
    throw ArgumentError("order: the " + std::to_string(count) + " groups of order " + std::to_string(order) +
                        " are not in the catalogue");
  }
  if (number < 1 || number > count) {
    throw ArgumentError("number: expected 1 ... " + std::to_string(count) + " for order " +
                        std::to_string(order) + ", got " + std::to_string(number));
  }
  std::string name = "SmallGroup(" + std::to_string(order) + "," + std::to_string(number) + ")";
  if (const PermutationEntry* entry = permutation_entry(order, number)) {
    return group_from_entry(*entry, std::move(name));
  }
  const OrderIndex& index = order_index(order);
  std::span<const std::uint8_t> code = std::span(index.bytes).subspan(index.offsets[number - 1]);
  return PolycyclicPresentation::decode(code, static_cast<Element>(order)).group(std::move(name));
}

std::optional<SmallGroupId> identify_small_group(const Group& group, const Interrupt& interrupt) {
  const std::uint64_t order = group.exact_order();
  if (!catalogue_covers(order)) return std::nullopt;
  const std::vector<std::uint32_t>& fingerprints = order_index(order).fingerprints;
  const auto wanted = static_cast<std::uint32_t>(fingerprint(group) >> 32);
  std::vector<std::uint64_t> numbers;
  for (std::size_t k = 0; k < fingerprints.size(); ++k) {
    if (fingerprints[k] == wanted) numbers.push_back(k + 1);
  }
  if (numbers.size() == 1) return SmallGroupId{order, numbers.front()};
  for (const std::uint64_t number : numbers) {
    if (find_isomorphism(small_group(order, number), group, interrupt)) return SmallGroupId{order, number};
  }
  throw Error("identify_small_group: the catalogue lacks a group of order " + std::to_string(order) +
              "; please report this as a bug");
}

}  // namespace peterweyl
