// A fast Fourier transform by the double cosets of an abelian subgroup, compiled like one along a chain.
//
// The irreps are adapted to a chain that begins with an abelian subgroup A, so that basis vector a of rho
// spans a character chi_a of A, and rho(u x v)[b, a] = chi_b(u) rho(x)[b, a] chi_a(v). Hence
// fhat(rho)[a, b] = sum_x conj(rho(x)[b, a]) S_x(chi_b, chi_a) over representatives x of A \ G / A, where S_x
// is the transform of f(u x v) over u and v: butterflies for the right factor A, then for the left one, and
// last one small dense product for each pair of characters. Where A and its conjugate by x meet in K, S_x is
// defined for the pairs that agree on K, and u runs over representatives of A / K.
//
// Cost: two transforms over A, and about |G| / |A|^2 multiplications an element.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "fourier/chain_program.hpp"
#include "representations/adapted_irreps.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// The abelian subgroup that the irreps begin with, its characters and its double cosets.
struct DoubleCosets {
  struct Level {  // from A_(k-1) to A_k, generated over it by t
    std::uint32_t prime = 2;
    // Those of A_k that extend each character of A_(k-1): the m-th takes t to exp(2 pi i m / p) times what
    // the first takes it to.
    std::vector<std::vector<std::uint32_t>> extensions;
    std::vector<std::complex<double>> twiddles;             // the conjugate of the latter
    std::vector<std::vector<std::complex<double>>> values;  // of each character of A_k, at all labels of it
  };
  struct DoubleCoset {
    struct Meeting {      // of a level of A
      bool free = true;   // t moves A_(k-1) x A; otherwise
      Element left = 0;   // t u x = x v with this u in A_(k-1)
      Element right = 0;  // and this v
    };
    std::vector<Meeting> levels;
    std::vector<Element>
        cosets;  // labels of u x, u running over products of powers of the free t, lowest first
  };
  Element order = 1;  // of A
  std::vector<Level> levels;
  std::vector<DoubleCoset> all;
  // For the pair left * |A| + right of characters, how many double cosets admit it: the size of its product.
  std::vector<std::uint32_t> sizes;
  std::size_t entries = 0;  // of all products

  // The character of A that belongs to each place of the transform over the left factor.
  std::vector<std::uint32_t> left_characters(const DoubleCoset& coset, std::uint32_t right) const;
};

// Nothing where the chain begins with no abelian subgroup but 1 and G, or with one too large or with a prime
// index that there are no butterflies for. O(n |A|) at most.
std::optional<DoubleCosets> double_cosets(const AdaptedIrreps& irreps, const Interrupt& interrupt = {});

template <typename Real>
ChainProgram<Real> compile_double_cosets(const AdaptedIrreps& irreps, const DoubleCosets& cosets,
                                         const Interrupt& interrupt = {});

}  // namespace peterweyl
