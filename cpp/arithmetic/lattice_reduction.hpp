// LLL reduction of a lattice that is known by the inner products of its generators alone.
//
// Generators may be linearly dependent: vectors that become zero are dropped (Pohst's modification). Inner
// products are exact 64-bit integers; the Gram-Schmidt coefficients that steer the reduction are long doubles
// computed from them (Nguyen and Stehle's manner), so rounding may cost steps but never a wrong lattice. The
// caller applies each step to whatever the vectors are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "support/interrupt.hpp"

namespace peterweyl {

class LatticeReduction {
 public:
  // vector i += factor * vector j.
  using AddMultiple = std::function<void(std::size_t i, std::int64_t factor, std::size_t j)>;
  using Swap = std::function<void(std::size_t i, std::size_t j)>;
  using Remove = std::function<void(std::size_t i)>;  // the vectors behind it move up

  // `gram`: symmetric. The callbacks mirror what is done to it.
  LatticeReduction(std::vector<std::vector<std::int64_t>>& gram, AddMultiple add, Swap swap, Remove remove)
      : gram_(gram), add_(std::move(add)), swap_(std::move(swap)), remove_(std::move(remove)) {}

  // Reduces with Lovasz' constant 0.99; what stays is a basis. Stops early, with false, once a vector of norm
  // 1 appears, which is then the first such vector.
  bool run(const Interrupt& interrupt = {});

 private:
  void size_reduce(std::size_t k);
  void orthogonalise(std::size_t k);

  std::vector<std::vector<std::int64_t>>& gram_;
  AddMultiple add_;
  Swap swap_;
  Remove remove_;
  std::vector<std::vector<long double>> r_;   // <b_k, b*_j>
  std::vector<std::vector<long double>> mu_;  // <b_k, b*_j> / <b*_j, b*_j>
};

}  // namespace peterweyl
