#include "fourier/prime_dft.hpp"

#include <cmath>
#include <numeric>
#include <utility>

#include "arithmetic/integers.hpp"
#include "arithmetic/roots_of_unity.hpp"
#include "fourier/simd_kernels.hpp"

namespace peterweyl {
namespace {

using Complex = std::complex<double>;
using Slots = std::vector<std::uint32_t>;

bool is_small(std::uint32_t radix) {
  return radix <= 13 && (radix == 2 || odd_radix_index(radix) >= 0);
}

// The least generator of the units modulo an odd prime.
std::uint32_t primitive_root(std::uint32_t p) {
  const auto factors = factorize(p - 1);
  for (std::uint32_t g = 2;; ++g) {
    bool generates = true;
    for (const auto& [q, exponent] : factors) generates &= power_modulo(g, (p - 1) / q, p) != 1;
    if (generates) return g;
  }
}

class Builder {
 public:
  explicit Builder(DftStages& result) : result_(result) {}

  // The transform of the values in these slots, from stage `depth` on: the slots of the frequencies, and the
  // first stage that is free after it.
  std::pair<Slots, std::size_t> dft(const Slots& slots, std::size_t depth) {
    const auto n = static_cast<std::uint32_t>(slots.size());
    if (n == 1) return {slots, depth};
    std::uint32_t radix = 2;
    while (n % radix != 0) ++radix;
    if (radix == n) return prime(slots, depth);
    const std::uint32_t length = n / radix;
    std::vector<Slots> parts;  // the transforms of every radix-th value
    std::size_t next = depth;
    for (std::uint32_t t = 0; t < radix; ++t) {
      Slots part;
      for (std::uint32_t j = t; j < n; j += radix) part.push_back(slots[j]);
      auto [places, after] = dft(part, depth);
      parts.push_back(std::move(places));
      next = after;
    }
    Slots places(n);
    const std::size_t stage = next;
    for (std::uint32_t k = 0; k < length; ++k) {
      Slots column;
      std::vector<Complex> twiddles;
      for (std::uint32_t t = 0; t < radix; ++t) {
        column.push_back(parts[t][k]);
        if (t > 0) twiddles.push_back(std::conj(root_of_unity(std::uint64_t{k} * t, n)));
      }
      if (is_small(radix)) {
        // A multiplication by i needs no product: that by -i is one with the outputs exchanged.
        const bool exchanged = radix == 2 && twiddles[0] == Complex(0, -1);
        if (exchanged) {
          twiddles[0] = Complex(0, 1);
          places[k] = column[1];
          places[k + length] = column[0];
        }
        for (std::uint32_t q = 0; q < radix && !exchanged; ++q) places[k + q * length] = column[q];
        add(stage, {std::move(column), std::move(twiddles)});
        next = stage + 1;
        continue;
      }
      for (std::uint32_t t = 1; t < radix; ++t) add(stage, {{column[t]}, {twiddles[t - 1]}});
      auto [outputs, after] = prime(column, stage + 1);
      for (std::uint32_t q = 0; q < radix; ++q) places[k + q * length] = outputs[q];
      next = after;
    }
    return {places, next};
  }

 private:
  std::pair<Slots, std::size_t> prime(const Slots& slots, std::size_t depth) {
    const auto p = static_cast<std::uint32_t>(slots.size());
    if (is_small(p)) {
      add(depth, {slots, std::vector<Complex>(p - 1, 1.0)});
      return {slots, depth + 1};
    }
    const std::uint32_t generator = primitive_root(p);
    Slots powers{1};  // of the generator
    while (powers.size() + 1 < p) {
      powers.push_back(static_cast<std::uint32_t>(std::uint64_t{powers.back()} * generator % p));
    }
    Slots inputs;
    for (const std::uint32_t power : powers) inputs.push_back(slots[power]);
    const auto [spectrum, middle] = dft(inputs, depth);
    // Multiply by the spectrum of q -> exp(-2 pi i g^-q / p), over p - 1.
    std::vector<Complex> kernel(p - 1);
    for (std::uint32_t q = 0; q + 1 < p; ++q) {
      kernel[q] = std::conj(root_of_unity(powers[(p - 1 - q) % (p - 1)], p));
    }
    const DftStages inner = dft_stages(p - 1);
    inner.apply(kernel);
    const auto count = static_cast<double>(p - 1);
    for (std::uint32_t k = 1; k + 1 < p; ++k) {
      add(middle, {{spectrum[k]}, {kernel[inner.places[k]] / count}});
    }
    // The zeroth input x and the sum a of the others become x + a, the zeroth output, and x - a / (p - 1),
    // which adds x to all the others: a 2 x 2 matrix as two butterflies between diagonal ones.
    const std::uint32_t zeroth = slots[0];
    const std::uint32_t sum = spectrum[0];
    const Complex ratio(0.0, 1.0 / std::sqrt(count));
    add(middle, {{zeroth, sum}, {ratio}});
    const Complex first = (ratio + 1.0) / 2.0;
    const Complex second = (ratio - 1.0) / 2.0;
    add(middle + 1, {{zeroth, sum}, {second / first}});
    add(middle + 2, {{zeroth}, {first / ratio}});
    add(middle + 2, {{sum}, {first}});
    const auto [outputs, after] = dft(spectrum, middle + 3);
    Slots places(p);
    places[0] = zeroth;
    // The inverse transform, output m belonging to g^-m, is the transform with its outputs in reverse.
    for (std::uint32_t m = 0; m + 1 < p; ++m) places[powers[m]] = outputs[m];
    return {places, after};
  }

  void add(std::size_t stage, DftStages::Operation operation) {
    if (result_.stages.size() <= stage) result_.stages.resize(stage + 1);
    result_.stages[stage].push_back(std::move(operation));
  }

  DftStages& result_;
};

}  // namespace

void DftStages::apply(std::vector<Complex>& data) const {
  for (const auto& stage : stages) {
    for (const Operation& operation : stage) {
      const std::size_t p = operation.slots.size();
      if (p == 1) {
        data[operation.slots[0]] *= operation.twiddles[0];
        continue;
      }
      std::vector<Complex> x;
      for (std::size_t j = 0; j < p; ++j) {
        x.push_back(data[operation.slots[j]] * (j == 0 ? Complex(1) : operation.twiddles[j - 1]));
      }
      for (std::size_t k = 0; k < p; ++k) {
        Complex value = 0;
        for (std::size_t j = 0; j < p; ++j) value += x[j] * std::conj(root_of_unity(j * k % p, p));
        data[operation.slots[k]] = value;
      }
    }
  }
}

const DftStages* PrimeDfts::find(std::uint32_t p) {
  if (p <= 13 || !is_prime(p)) return nullptr;
  const auto [entry, is_new] = found_.try_emplace(p);
  if (is_new) {
    DftStages stages = dft_stages(p);
    double cost = 0;  // products and additions, loads and stores
    for (const auto& stage : stages.stages) {
      for (const DftStages::Operation& operation : stage) {
        const auto radix = static_cast<double>(operation.slots.size());
        cost += 4 * radix + (radix == 1 ? 4 : radix == 2 ? 8 : radix * radix + 7 * radix - 4);
      }
    }
    if (cost < 4.0 * p * p) entry->second = std::move(stages);
  }
  return entry->second ? &*entry->second : nullptr;
}

DftStages dft_stages(std::uint32_t n) {
  DftStages result;
  Slots slots(n);
  std::iota(slots.begin(), slots.end(), 0U);
  result.places = Builder(result).dft(slots, 0).first;
  return result;
}

}  // namespace peterweyl
