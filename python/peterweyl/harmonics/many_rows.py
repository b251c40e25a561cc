"""Large weights: energies by the fast transform, spans from orthogonal rows with the same Gram matrix.

The spans, ranks and translation defects of rows depend on their Gram matrix alone. Where there are many rows they are
therefore replaced by orthogonal ones, as many as there are elements at most, with the same Gram matrix. The energies of
the original rows come from the Fourier transform of the group, a chunk of rows at a time and in the precision of the
weights.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _core
from ..errors import NumericalError
from ..groups import Group

__all__ = ["are_many", "factor_of", "harmonics_of_many", "keeps_precision", "row_energies"]

Array = NDArray[Any]

# Multiplications from which this module is quicker than the core: those of a report of some milliseconds.
_MANY_MULTIPLICATIONS = 4e6
# Multiplications from which decompositions are left to NumPy's library, however many rows there are.
_DENSE_MULTIPLICATIONS = 3e7
# Entries from which rows in single precision are not copied to double precision.
_LARGE = 1 << 16
# Entries that are transformed at once: they and their spectrum stay in the cache.
_CHUNK = 1 << 18
# By how much the energies of the components may miss the total, by the bytes of a real number.
_PARSEVAL = {4: 1e-4, 8: 1e-8}


def __dir__() -> list[str]:
    return __all__


def are_many(rows: Array) -> bool:
    """Whether rows are so many that this module is the quicker way."""
    count, order = rows.shape
    tall = count >= 2 * order and count * order**2 >= _MANY_MULTIPLICATIONS
    return bool(tall or count * order * min(count, order) >= _DENSE_MULTIPLICATIONS)


def keeps_precision(rows: Array) -> bool:
    """Whether rows are so many that they stay in single precision: rounding is far below what is measured."""
    return are_many(rows) and rows.size >= _LARGE


def _components(group: Group, real: bool) -> list[tuple[int, int]]:
    """The irrep of each component and how many conjugates it stands for."""
    return [
        (rho.index, 1 if not real or rho.conjugate_index == rho.index else 2)
        for rho in group.irreps
        if not real or rho.index <= rho.conjugate_index
    ]


def _chunk_energies(chunk: Array, group: Group) -> Array:
    single = chunk.dtype.itemsize == (4 if chunk.dtype.kind == "f" else 8)
    plan = group.fourier("complex64" if single else "complex128")
    kept = np.array(_components(group, chunk.dtype.kind == "f"))
    return np.asarray(plan.power_spectrum(chunk)[:, kept[:, 0]] * kept[:, 1])


def row_energies(rows: Array, group: Group) -> tuple[Array, Array, float]:
    """The energy of every row in every component, the squared norms, and by how much the sums miss those.

    Args:
        rows: (m, n) float32, float64, complex64 or complex128.
        group: of order n.

    Returns:
        (m, components) and (m,) float64, and the largest miss relative to the largest norm.

    Raises:
        NumericalError: the energies miss the squared norms by more than rounding.
    """
    energies = np.empty((len(rows), len(_components(group, rows.dtype.kind == "f"))))
    totals = np.empty(len(rows))
    step = max(64, _CHUNK // group.order)
    for first in range(0, len(rows), step):
        chunk = np.ascontiguousarray(rows[first : first + step])
        energies[first : first + step] = _chunk_energies(chunk, group)
        parts = chunk.view(chunk.real.dtype)
        totals[first : first + step] = np.einsum("ij,ij->i", parts, parts)
    largest = float(totals.max(initial=0.0))
    residual = float(np.abs(energies.sum(axis=1) - totals).max()) / largest if largest > 0 else 0.0
    if not residual <= _PARSEVAL[rows.real.dtype.itemsize]:
        raise NumericalError(
            f"the energies of the components miss the total by a relative {residual:.2g}: the irreps are incomplete"
        )
    return energies, totals, residual


def factor_of(rows: Array) -> Array:
    """At most n orthogonal rows with the same Gram matrix, in double precision.

    Singular values below 1e-8 of the largest are rounding noise.
    """
    kind = np.complex128 if rows.dtype.kind == "c" else np.float64
    n = rows.shape[1]
    if len(rows) < n:
        precise = rows.astype(kind, copy=False)
        _, turned = np.linalg.eigh(precise @ precise.conj().T)
        return np.ascontiguousarray(turned.conj().T @ precise)
    gram: Array = np.zeros((n, n), dtype=kind)
    step = max(4 * n, _CHUNK // n)
    for first in range(0, len(rows), step):
        chunk = rows[first : first + step].astype(kind, copy=False)
        gram += chunk.conj().T @ chunk
    values, vectors = np.linalg.eigh(gram)
    return np.ascontiguousarray(np.sqrt(np.maximum(values, 0.0))[:, None] * vectors.conj().T)


def harmonics_of_many(rows: Array, group: Group, **tolerances: Any) -> dict[str, Any]:
    """What ``_core.row_harmonics`` returns, for many rows."""
    found = _core.row_harmonics(
        factor_of(rows), group._core, group.irreps._core, **tolerances, orthogonal_rows=True
    )
    energies, totals, residual = row_energies(rows, group)
    return {**found, "energies": energies, "totals": totals, "parseval_residual": residual}
