// Multiplication tables out of weights. The Python class that people see is
// peterweyl.reconstruction.Reconstruction.
#include <complex>
#include <string>
#include <utility>
#include <vector>

#include "bindings/bindings.hpp"
#include "harmonics/kernel_symmetries.hpp"
#include "harmonics/reconstruction.hpp"
#include "harmonics/regular_subgroups.hpp"
#include "support/error.hpp"

namespace peterweyl::bindings {
namespace {

using ComplexArray = py::array_t<std::complex<double>, py::array::c_style | py::array::forcecast>;

const char* word(ReconstructionReason reason) {
  switch (reason) {
    case ReconstructionReason::kCertified:
      return "certified";
    case ReconstructionReason::kUncertified:
      return "uncertified";
    case ReconstructionReason::kAmbiguous:
      return "ambiguous";
    case ReconstructionReason::kNoise:
      return "noise";
    case ReconstructionReason::kQuotient:
      return "quotient";
    case ReconstructionReason::kNoGroupFound:
      return "no_group_found";
    case ReconstructionReason::kNoInformation:
      return "no_information";
  }
  return "";
}

const char* word(BlockState state) {
  switch (state) {
    case BlockState::kLive:
      return "live";
    case BlockState::kZero:
      return "zero";
    case BlockState::kRankDeficient:
      return "rank_deficient";
  }
  return "";
}

py::array table_array(const CayleyTable& table) {
  std::vector<std::int64_t> entries(table.entries().begin(), table.entries().end());
  const auto n = static_cast<py::ssize_t>(table.order());
  return adopt(std::move(entries), {n, n});
}

py::dict certificate_dict(const TableCertificate& certificate) {
  py::dict out;
  out["certified"] = certificate.certified;
  out["consistent"] = certificate.consistent;
  out["residual"] = certificate.residual;
  out["radius"] = certificate.radius;
  out["separation"] = certificate.separation;
  out["log10_chance"] = certificate.log10_chance;
  out["fit"] = certificate.fit;
  return out;
}

py::dict reconstruct_blocks(const std::vector<ComplexArray>& arrays, std::uint64_t seed) {
  std::vector<WeightBlock> blocks;
  for (const auto& array : arrays) {
    const auto values = std::span(array.data(), static_cast<std::size_t>(array.size()));
    blocks.push_back({static_cast<std::size_t>(array.shape(1)), values});
  }
  const std::size_t order = arrays.empty() ? 0 : static_cast<std::size_t>(arrays[0].shape(0));
  ReconstructionOptions options;
  options.seed = seed;
  Reconstruction result;
  {
    const Interrupt interrupt = python_interrupt();
    const py::gil_scoped_release release;
    result = reconstruct_from_blocks(blocks, order, options, interrupt);
  }
  py::dict out;
  out["reason"] = word(result.reason);
  out["table"] = result.table ? py::object(table_array(*result.table)) : py::none();
  out["identity"] = result.identity ? py::object(py::int_(*result.identity)) : py::none();
  out["certificate"] = certificate_dict(result.certificate);
  out["cosets"] = result.cosets;
  py::list summaries;
  for (const BlockSummary& block : result.blocks) {
    py::dict entry;
    entry["degree"] = block.degree;
    entry["state"] = word(block.state);
    entry["real"] = block.real;
    entry["flipped"] = block.flipped;
    entry["consistent"] = block.consistent;
    entry["largest_deviation"] = block.largest_deviation;
    entry["irrep"] = block.irrep;
    summaries.append(entry);
  }
  out["blocks"] = summaries;
  py::list candidates;
  for (const TableCandidate& candidate : result.candidates) {
    py::dict entry = certificate_dict(candidate.certificate);
    entry["table"] = table_array(candidate.table);
    candidates.append(entry);
  }
  out["candidates"] = candidates;
  out["gram_defect"] = result.published ? py::object(py::float_(result.published->gram_defect)) : py::none();
  out["admissible_defect"] = result.published ? result.published->admissible_defect : 0.0;
  return out;
}

py::dict kernel_groups(const ComplexArray& kernel, std::uint64_t seed, double largest_tolerance) {
  if (kernel.ndim() != 2 || kernel.shape(0) != kernel.shape(1) || kernel.shape(0) == 0) {
    throw ArgumentError("kernel: expected a square matrix");
  }
  const auto n = static_cast<std::size_t>(kernel.shape(0));
  CayleyTable::check_order(n);
  const auto values = std::span(kernel.data(), static_cast<std::size_t>(kernel.size()));
  KernelSymmetryOptions options;
  options.largest_tolerance = largest_tolerance;
  KernelSymmetries found;
  RegularSubgroups regular;
  {
    const Interrupt interrupt = python_interrupt();
    const py::gil_scoped_release release;
    found = symmetries_of_kernel(values, n, options, interrupt);
    const bool usable =
        found.transitive && !found.chain.transversals.empty() && found.chain.transversals[0].size() == n;
    if (usable) regular = regular_subgroups(found.chain, n, seed, {}, interrupt);
  }
  py::list tables;
  for (const CayleyTable& table : regular.tables) tables.append(table_array(table));
  py::dict out;
  out["transitive"] = found.transitive;
  out["exhausted"] = found.exhausted;
  out["tolerance"] = found.tolerance;
  out["residual"] = found.residual;
  out["radius"] = found.radius;
  out["values"] = found.values;
  const auto side = static_cast<py::ssize_t>(found.colours.empty() ? 0 : n);
  out["colours"] = adopt(std::move(found.colours), {side, side});
  out["symmetries"] = found.chain.complete ? py::object(py::float_(found.chain.order())) : py::none();
  out["regular_subgroups"] = regular.count;
  out["complete"] = regular.complete;
  out["tables"] = tables;
  return out;
}

}  // namespace

void register_reconstruction(py::module_& module) {
  module.def("kernel_groups", &kernel_groups, py::arg("kernel"), py::arg("seed"),
             py::arg("largest_tolerance"),
             "The regular groups among the symmetries of a kernel (n, n), as a dictionary; see "
             "peterweyl.reconstruct.");
  module.def("reconstruct_blocks", &reconstruct_blocks, py::arg("blocks"), py::arg("seed"),
             "The table in complex blocks (n, d, d), as a dictionary; see peterweyl.reconstruct.");
}

}  // namespace peterweyl::bindings
