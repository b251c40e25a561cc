// The discrete Fourier transform of any length as stages of butterflies in place, of radices up to 13 and
// multiplications: what large prime pieces of a level are made of.
//
// Mixed radices by decimation in time; a prime p > 13 by Rader's algorithm (1968): with a generator g of the
// units modulo p, the outputs g^-m are a cyclic convolution of length p - 1 of the inputs g^q, so two
// transforms of that length with multiplications between them, the same again where p - 1 has large primes.
// Cost: O(p log p) for a smooth p - 1, and as much again for each step down.
#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace peterweyl {

struct DftStages {
  // The slots of one butterfly and the twiddles of all but the first; or one slot and its factor.
  struct Operation {
    std::vector<std::uint32_t> slots;
    std::vector<std::complex<double>> twiddles;
  };
  std::vector<std::vector<Operation>> stages;  // those of one stage touch different slots
  std::vector<std::uint32_t> places;           // the slot of each frequency at the end

  // Applies them to data, slot s being data[s].
  void apply(std::vector<std::complex<double>>& data) const;
};

// X[k] = sum_j exp(-2 pi i j k / n) x[j] of slots 0 ... n-1, n >= 1.
DftStages dft_stages(std::uint32_t n);

// Those of primes above 13, each made once.
class PrimeDfts {
 public:
  // Nothing where p is no such prime or a product with the dense matrix is cheaper.
  const DftStages* find(std::uint32_t p);

 private:
  std::map<std::uint32_t, std::optional<DftStages>> found_;
};

}  // namespace peterweyl
