"""Weights with many more rows than the group has elements: energies by the fast transform, spans from a short factor.

The spans, ranks and translation defects of rows depend on their Gram matrix alone. Where there are many rows they are
therefore replaced by as many rows as there are elements, with the same Gram matrix; the energies of the original rows
come from the Fourier transform of the group, a chunk of rows at a time and in the precision of the weights.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _core
from ..errors import NumericalError
from ..groups import Group

__all__ = ["are_many", "factor_of", "harmonics_of_many", "row_energies"]

Array = NDArray[Any]

# Entries from which the transform is worth its plan.
_MANY_ENTRIES = 1 << 21
# Entries transformed at once: they and their spectrum stay in the cache.
_CHUNK = 1 << 18
# By how much the energies of the components may miss the total, by precision.
_PARSEVAL = {4: 1e-4, 8: 1e-8}


def __dir__() -> list[str]:
    return __all__


def are_many(rows: Array) -> bool:
    """Whether rows are so many that this module is the faster way."""
    return len(rows) >= 4 * rows.shape[1] and rows.size >= _MANY_ENTRIES


def row_energies(rows: Array, group: Group) -> tuple[Array, Array, float]:
    """The energy of every row in every component, the squared norms, and by how much the sums miss those.

    Args:
        rows: (m, n) float32, float64, complex64 or complex128.
        group: of order n.

    Returns:
        (m, components) and (m,) float64, and the largest miss relative to the largest norm.
    """
    irreps = group.irreps
    single = rows.dtype.itemsize == (4 if rows.dtype.kind == "f" else 8)
    plan = group.fourier("complex64" if single else "complex128")
    merged = rows.dtype.kind == "f"
    kept = [rho.index for rho in irreps if not merged or rho.index <= rho.conjugate_index]
    # For real rows a complex irrep and its conjugate hold the same energy.
    weights = np.array([1 if irreps[k].conjugate_index == k or not merged else 2 for k in kept])
    energies = np.empty((len(rows), len(kept)))
    totals = np.empty(len(rows))
    step = max(64, _CHUNK // group.order)
    for first in range(0, len(rows), step):
        chunk = np.ascontiguousarray(rows[first : first + step])
        energies[first : first + step] = plan.power_spectrum(chunk)[:, kept] * weights
        parts = chunk.view(chunk.real.dtype)
        totals[first : first + step] = np.einsum("ij,ij->i", parts, parts, dtype=np.float64)
    largest = float(totals.max(initial=0.0))
    residual = float(np.abs(energies.sum(axis=1) - totals).max()) / largest if largest > 0 else 0.0
    if not residual <= _PARSEVAL[4 if single else 8]:
        raise NumericalError(
            f"the energies of the components miss the total by a relative {residual:.2g}: the irreps are incomplete"
        )
    return energies, totals, residual


def factor_of(rows: Array) -> Array:
    """At most n rows with the same Gram matrix, in double precision; singular values below 1e-8 of the largest go."""
    kind = np.complex128 if rows.dtype.kind == "c" else np.float64
    n = rows.shape[1]
    gram: Array = np.zeros((n, n), dtype=kind)
    step = max(4 * n, _CHUNK // n)
    for first in range(0, len(rows), step):
        chunk = rows[first : first + step].astype(kind)
        gram += chunk.conj().T @ chunk
    values, vectors = np.linalg.eigh(gram)
    return np.ascontiguousarray(np.sqrt(np.maximum(values, 0.0))[:, None] * vectors.conj().T)


def harmonics_of_many(rows: Array, group: Group, **limits: Any) -> dict[str, Any]:
    """What ``_core.row_harmonics`` returns, for many rows."""
    found = _core.row_harmonics(factor_of(rows), group._core, group.irreps._core, **limits)
    energies, totals, residual = row_energies(rows, group)
    return {**found, "energies": energies, "totals": totals, "parseval_residual": residual}
