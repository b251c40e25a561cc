#include "harmonics/kernel_symmetries.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>
#include <utility>

namespace peterweyl {
namespace {

// Relative tolerances, tried in turn. The first is for exact data.
constexpr std::array<double, 9> kTolerances{1e-7, 1e-5, 1e-3, 0.01, 0.03, 0.06, 0.1, 0.16, 0.25};
// Values of the average nearer than this, relative to the largest, are one value.
constexpr double kEqualValues = 1e-7;
// A symmetry in noise may move an entry by so many times the residual: by twice it and a margin.
constexpr double kAlikeNoise = 2.5;

ColumnMap identity_map(std::size_t n) {
  ColumnMap map(n);
  std::iota(map.begin(), map.end(), 0U);
  return map;
}

// First a, then b.
ColumnMap composed(const ColumnMap& a, const ColumnMap& b) {
  ColumnMap map(a.size());
  for (std::size_t x = 0; x < a.size(); ++x) map[x] = b[a[x]];
  return map;
}

// The orbit of a column with a map that carries it to each member.
std::vector<std::optional<ColumnMap>> orbit_maps(std::uint32_t start, std::span<const ColumnMap> generators,
                                                 std::size_t n) {
  std::vector<std::optional<ColumnMap>> maps(n);
  std::vector<std::uint32_t> queue{start};
  maps[start] = identity_map(n);
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const ColumnMap& generator : generators) {
      const std::uint32_t target = generator[queue[i]];
      if (maps[target]) continue;
      maps[target] = composed(*maps[queue[i]], generator);
      queue.push_back(target);
    }
  }
  return maps;
}

std::vector<char> orbit_of(std::uint32_t start, std::span<const ColumnMap> generators, std::size_t n) {
  std::vector<char> inside(n, 0);
  std::vector<std::uint32_t> queue{start};
  inside[start] = 1;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const ColumnMap& generator : generators) {
      const std::uint32_t target = generator[queue[i]];
      if (inside[target] == 0) {
        inside[target] = 1;
        queue.push_back(target);
      }
    }
  }
  return inside;
}

// Maps that make all columns one orbit, or nothing.
std::optional<std::vector<ColumnMap>> transitive_maps(KernelMatcher& matcher, std::size_t n,
                                                      const Interrupt& interrupt) {
  std::vector<ColumnMap> generators;
  const std::uint32_t start = matcher.base()[0];
  for (std::uint32_t target = 0; target < n; ++target) {
    const std::vector<char> inside = orbit_of(start, generators, n);
    if (inside[target] != 0) continue;
    const std::array<std::uint32_t, 1> image{target};
    std::optional<ColumnMap> map = matcher.find(image, interrupt);
    if (!map) return std::nullopt;
    generators.push_back(std::move(*map));
  }
  return generators;
}

struct Average {
  std::vector<std::complex<double>> kernel;
  double residual = 0;  // absolute
};

// The mean of the kernel over the orbits of pairs.
Average average(std::span<const std::complex<double>> kernel, std::span<const ColumnMap> generators,
                std::size_t n) {
  Average result;
  result.kernel.assign(n * n, {});
  std::vector<char> seen(n * n, 0);
  std::vector<std::size_t> members;
  for (std::size_t start = 0; start < n * n; ++start) {
    if (seen[start] != 0) continue;
    members.assign(1, start);
    seen[start] = 1;
    std::complex<double> sum = 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
      sum += kernel[members[i]];
      const std::size_t x = members[i] / n;
      const std::size_t y = members[i] % n;
      for (const ColumnMap& generator : generators) {
        const std::size_t image = std::size_t{generator[x]} * n + generator[y];
        if (seen[image] == 0) {
          seen[image] = 1;
          members.push_back(image);
        }
      }
    }
    const std::complex<double> mean = sum / static_cast<double>(members.size());
    for (const std::size_t member : members) {
      result.kernel[member] = mean;
      result.residual = std::max(result.residual, std::abs(kernel[member] - mean));
    }
  }
  return result;
}

struct Colouring {
  std::vector<std::uint32_t> colours;
  std::size_t count = 0;
  double separation = 0;
};

// Numbers for the values, and the smallest distance between different ones.
Colouring colour(std::span<const std::complex<double>> kernel, double scale) {
  std::vector<std::size_t> order(kernel.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t i, std::size_t j) {
    return std::pair(kernel[i].real(), kernel[i].imag()) < std::pair(kernel[j].real(), kernel[j].imag());
  });
  Colouring result;
  result.colours.resize(kernel.size());
  std::vector<std::complex<double>> values;
  std::size_t first_near = 0;  // values from here on may be within reach by their real part
  for (const std::size_t i : order) {
    while (first_near < values.size() &&
           kernel[i].real() - values[first_near].real() > kEqualValues * scale) {
      ++first_near;
    }
    std::size_t place = values.size();
    for (std::size_t k = first_near; k < values.size(); ++k) {
      if (std::abs(values[k] - kernel[i]) <= kEqualValues * scale) place = k;
    }
    if (place == values.size()) values.push_back(kernel[i]);
    result.colours[i] = static_cast<std::uint32_t>(place);
  }
  result.count = values.size();
  result.separation = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = i + 1; j < values.size(); ++j) {
      if (values[j].real() - values[i].real() > result.separation) break;
      result.separation = std::min(result.separation, std::abs(values[i] - values[j]));
    }
  }
  if (values.size() < 2) result.separation = 0;
  return result;
}

// The chain of stabilisers of the matcher's base, the known maps among its generators.
SymmetryChain chain_of(KernelMatcher& matcher, std::size_t n, std::vector<ColumnMap> known,
                       const Interrupt& interrupt) {
  SymmetryChain chain;
  chain.base.assign(matcher.base().begin(), matcher.base().end());
  chain.complete = true;
  const std::size_t levels = chain.base.size();
  chain.transversals.resize(levels);
  // From the deepest stabiliser to the whole group; generators of the deeper ones serve the shallower.
  for (std::size_t level = levels; level-- > 0;) {
    if (level == 0) std::ranges::move(known, std::back_inserter(chain.generators));
    std::vector<std::uint32_t> images(chain.base.begin(),
                                      chain.base.begin() + static_cast<std::ptrdiff_t>(level) + 1);
    std::vector<char> tried(n, 0);
    for (std::uint32_t target = 0; target < n; ++target) {
      const std::vector<char> inside = orbit_of(chain.base[level], chain.generators, n);
      if (inside[target] != 0 || tried[target] != 0) continue;
      images[level] = target;
      std::optional<ColumnMap> map = matcher.find(images, interrupt);
      if (map) {
        chain.generators.push_back(std::move(*map));
        continue;
      }
      if (matcher.nodes_left() == 0) {
        chain.complete = false;
        return chain;
      }
      // What the group carries to a column without a map has none either.
      const std::vector<char> hopeless = orbit_of(target, chain.generators, n);
      for (std::size_t x = 0; x < n; ++x) tried[x] = static_cast<char>(tried[x] | hopeless[x]);
    }
    for (auto& map : orbit_maps(chain.base[level], chain.generators, n)) {
      if (!map) continue;
      chain.transversals[level].push_back(std::move(*map));
    }
  }
  return chain;
}

}  // namespace

double SymmetryChain::order() const {
  double product = 1;
  for (const auto& transversal : transversals) product *= static_cast<double>(transversal.size());
  return product;
}

double SymmetryChain::stabiliser() const {
  return transversals.empty() ? 1 : order() / static_cast<double>(transversals[0].size());
}

SymmetryChain symmetries_of_colours(std::span<const std::uint32_t> colours, std::size_t n, std::size_t nodes,
                                    const Interrupt& interrupt) {
  std::vector<std::complex<double>> kernel(n * n);
  for (std::size_t i = 0; i < kernel.size(); ++i) kernel[i] = {static_cast<double>(colours[i]), 0.0};
  // A colour and that of the reversed pair are different numbers: K is not Hermitian, so both are put in one
  // entry.
  for (std::size_t x = 0; x < n; ++x) {
    for (std::size_t y = 0; y < n; ++y) {
      kernel[x * n + y].imag(static_cast<double>(colours[y * n + x]));
    }
  }
  KernelMatcher matcher(kernel, n, 0.25, false);
  matcher.set_budget(nodes);
  if (!matcher.separates()) {
    SymmetryChain chain;
    chain.base.assign(matcher.base().begin(), matcher.base().end());
    return chain;
  }
  return chain_of(matcher, n, {}, interrupt);
}

KernelSymmetries symmetries_of_kernel(std::span<const std::complex<double>> kernel, std::size_t n,
                                      const KernelSymmetryOptions& options, const Interrupt& interrupt) {
  KernelSymmetries result;
  double scale = 0;
  for (const auto& value : kernel) scale = std::max(scale, std::abs(value));
  if (!(scale > 0)) return result;
  double diagonal = 0;  // the largest difference from the first entry, which no map of column 0 can overcome
  for (std::size_t x = 0; x < n; ++x)
    diagonal = std::max(diagonal, std::abs(kernel[x * (n + 1)] - kernel[0]));
  for (const double relative : kTolerances) {
    if (relative > options.largest_tolerance) break;
    interrupt.poll();
    if (diagonal > relative * scale) continue;
    KernelMatcher matcher(kernel, n, relative * scale, relative > 1e-3);
    matcher.set_budget(options.nodes);
    std::optional<std::vector<ColumnMap>> maps = transitive_maps(matcher, n, interrupt);
    if (!maps) {
      result.exhausted = result.exhausted || matcher.nodes_left() == 0;
      continue;
    }
    Average mean = average(kernel, *maps, n);
    // Maps that are wrong together flatten the kernel.
    if (mean.residual > 3 * relative * scale) continue;
    // In noise these may be a part of the symmetries: whatever moves the kernel no more than they do is one.
    if (mean.residual > kEqualValues * scale) {
      KernelMatcher wider(kernel, n, kAlikeNoise * mean.residual, true);
      wider.set_budget(options.nodes / 4);
      const SymmetryChain all = chain_of(wider, n, *maps, interrupt);
      if (all.generators.size() > maps->size()) {
        Average larger = average(kernel, all.generators, n);
        if (larger.residual <= kAlikeNoise * mean.residual) mean = std::move(larger);
      }
    }
    Colouring colouring = colour(mean.kernel, scale);
    result.transitive = true;
    result.exhausted = false;
    result.tolerance = relative;
    result.residual = mean.residual / scale;
    result.radius = colouring.separation / (4 * scale);
    result.values = colouring.count;
    result.colours = std::move(colouring.colours);
    result.chain = symmetries_of_colours(result.colours, n, options.nodes, interrupt);
    return result;
  }
  return result;
}

}  // namespace peterweyl
