// How the energy of weight rows is divided among the isotypic components of a group: the harmonics each row
// contains.
//
// A row is a function w on the group; its Fourier coefficient is what(rho) = sum_g w(g) rho(g)^H and its
// energy in the component of rho is (d/n) ||what(rho)||^2 (Peter-Weyl: these add up to ||w||^2). Complex rows
// have one component an irrep. Over the reals a complex irrep and its conjugate are one component, of twice
// the dimension.
//
// Layout: rows are row-major, rows x order, contiguous; energies are row-major, rows x components.
// Cost: rows * order^2 multiplications in blocked matrix products, memory beyond the result O(order * 256).
#pragma once

#include <Eigen/Dense>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "representations/irreps.hpp"
#include "support/interrupt.hpp"

namespace peterweyl {

// Weight rows as functions on a group; Scalar is double or std::complex<double>.
template <typename Scalar>
struct WeightRows {
  std::span<const Scalar> entries;
  std::size_t rows = 0;
  std::size_t order = 0;

  using Matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  Eigen::Map<const Matrix> block(std::size_t first, std::size_t count) const {
    return {entries.data() + first * order, static_cast<Eigen::Index>(count),
            static_cast<Eigen::Index>(order)};
  }
};

struct IsotypicComponent {
  std::vector<std::uint32_t> irreps;  // positions: one, or a complex irrep and its conjugate
  std::uint32_t degree = 0;           // of each of them
  int indicator = 0;                  // Frobenius-Schur: +1 real, 0 complex, -1 quaternionic
  std::uint32_t dimension = 0;        // of the space of functions, over the field of the rows
};

// The components that rows over the reals or over the complex numbers can tell apart, in the order of the
// irreps.
std::vector<IsotypicComponent> isotypic_components(const Irreps& irreps, bool real_rows);

// The d^2 matrix coefficients of an irrep, orthonormal: entry (g, p d + q) is sqrt(d/n) conj(rho(g)[q, p]),
// so that a row times this matrix is its Fourier coefficient, row-major, scaled to keep energies.
Eigen::MatrixXcd orthonormal_harmonics(const Irrep& irrep, std::size_t order);

// Whether all entries are real up to rounding.
bool is_real(const Eigen::MatrixXcd& matrix);

struct IsotypicEnergies {
  std::vector<double> energies;  // rows x components
  std::vector<double> totals;    // squared norm of each row, summed directly
  double parseval_residual =
      0;  // largest |sum of energies - total| / largest total: the self-check of the transform
};

// Throws NumericalError when Parseval's identity fails by more than 1e-8: the irreps were not complete.
template <typename Scalar>
IsotypicEnergies isotypic_energies(const WeightRows<Scalar>& rows, const Irreps& irreps,
                                   std::span<const IsotypicComponent> components,
                                   const Interrupt& interrupt = {});

}  // namespace peterweyl
