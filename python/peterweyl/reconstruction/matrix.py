"""Tables out of one matrix: the symmetries of what is known of it, and the groups that translate by some of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _core
from ..errors import ArgumentError, GroupTooLargeError
from ..groups import from_table
from ..weights.arrays import as_array
from .reasons import LARGEST_LOG10_CHANCE
from .result import Candidate, KernelReport, Reconstruction, as_quotient

__all__ = ["from_matrix"]

# Singular values below this share of the largest are none; above it, the rank ends at the widest gap of the logarithms
# if that is wider than a factor of _GAP.
_NEGLIGIBLE = 3e-3
_ROUNDING = 1e-6
_GAP = 4.0
# A Gram matrix this close to a multiple of 1 (largest entry, relative) tells nothing.
LARGEST_TOLERANCE = 0.25
_ORTHONORMAL = 1e-3
# Columns nearer than this, relative, are one column.
_EQUAL_COLUMNS = 0.02
_KNOWN = 1e-9
_LARGEST_ORDER = 4096


def __dir__() -> list[str]:
    return __all__


def from_matrix(matrix: Any, axis: int, seed: int) -> Reconstruction:
    """Find the groups in one matrix, or in several; the arguments are those of :func:`peterweyl.reconstruct`."""
    arrays = matrices_of(matrix, axis)
    n = arrays[0].shape[1]
    check_columns("matrix", n)
    if not any(np.any(array) for array in arrays):
        return _nothing(n, seed, "no information: all entries are zero", 0)
    if n == 1:
        return _nothing(n, seed, "no information: there is one column", 1)
    if len(arrays) > 1:
        return _from_subspaces(arrays, seed)
    array = arrays[0]
    rank, kernels, orthonormal = kernels_of(array)
    if orthonormal:
        return _nothing(
            n,
            seed,
            "no information: the columns are orthonormal, so every labelling of every group fits as well",
            rank,
        )
    best: Reconstruction | None = None
    limited = False
    for kind, own, kernel in kernels:
        cosets = coincident(kernel)
        if cosets is not None:
            return _quotient(array, cosets, kind, own, seed)
        raw = _core.kernel_groups(kernel, seed, LARGEST_TOLERANCE)
        found = _interpret(raw, kernel, kind, own, seed, not np.iscomplexobj(array), grain=grain(array))
        limited = limited or raw["exhausted"]
        informative = raw["transitive"] and raw["values"] > 2
        if informative and (best is None or _known(found) > _known(best)):
            best = found
        if best is not None and best.certified:
            break
    if best is not None:
        return best
    search = "was found within the limit of the search" if limited else "keeps it"
    if rank == n and not limited:
        return _nothing(
            n,
            seed,
            "no information: the rows span all functions, so up to a mixing of the rows every group fits; of the Gram "
            f"matrix W^H W, no transitive group of permutations of the columns {search}",
            rank,
        )
    if not kernels:
        return _nothing(n, seed, "no information: the rows span all functions of mean zero", rank)
    return Reconstruction(
        source="matrix",
        reason="no_group_found",
        detail=f"the row space has rank {rank} of {n}; no transitive group of permutations of the columns {search}",
        columns=n,
        kernel=KernelReport("projection", rank, None, None, None),
        seed=seed,
    )


def kernels_of(array: NDArray[Any]) -> tuple[int, list[tuple[str, int, NDArray[np.complex128]]], bool]:
    """What is known of a matrix whose rows were mixed, by kernels (n, n) on its columns.

    Returns:
        The numerical rank; with their kind and their rank the projections on the row space, where that is not
        everything, and the Gram matrix, where that is not a multiple of it; whether the columns are orthonormal.
    """
    n = array.shape[1]
    real = not np.iscomplexobj(array)
    array = array / np.abs(array).max()
    _, values, basis = np.linalg.svd(array.astype(np.complex128), full_matrices=False)
    ranks = _ranks(values)
    rank = ranks[0]
    kernels: list[tuple[str, int, NDArray[np.complex128]]] = []

    def keep(kind: str, own: int, kernel: NDArray[np.complex128]) -> None:
        kept = kernel.real.astype(np.complex128) if real else kernel
        kernels.append((kind, own, np.ascontiguousarray(kept)))

    trivial = np.full((n, n), 1.0 / n)
    for own in ranks:
        if own == n:
            continue
        projection = basis[:own].conj().T @ basis[:own]
        # The projection on everything, or on all functions of mean zero, says nothing.
        rest = projection - trivial * float(np.real(np.sum(projection))) / n
        diagonal = np.mean(np.real(np.diag(rest)))
        flat = rest - diagonal * (np.eye(n) - trivial) * n / (n - 1)
        if np.abs(flat).max() > _ORTHONORMAL:
            keep("projection", own, projection)
    kept = (values[:rank] ** 2)[:, np.newaxis]
    gram = basis[:rank].conj().T @ (kept * basis[:rank]) / float(kept[0, 0])
    off = gram - np.eye(n) * np.mean(np.real(np.diag(gram)))
    spread = np.abs(off - _mean_off_diagonal(off)).max()
    informative = bool(spread > _ORTHONORMAL * np.abs(gram).max())
    if informative:
        keep("gram", rank, gram)
    return rank, kernels, rank == n and not informative


def coincident(kernel: NDArray[np.complex128]) -> tuple[tuple[int, ...], ...] | None:
    """Classes of columns that are equal, all of one size, or ``None``."""
    norms = np.real(np.diag(kernel))
    squared = np.maximum(norms[:, np.newaxis] + norms - 2 * np.real(kernel), 0.0) / np.mean(norms)
    classes, inner = _core.coincident_columns(squared)
    if not classes or len(classes) == len(kernel) or inner > _EQUAL_COLUMNS:
        return None
    return tuple(tuple(int(x) for x in members) for members in classes)


def _quotient(
    array: NDArray[Any], cosets: tuple[tuple[int, ...], ...], kind: str, rank: int, seed: int
) -> Reconstruction:
    """What the cosets of equal columns tell: a table only if they are those of a normal subgroup."""
    n = array.shape[1]
    detail = (
        f"the columns coincide in {len(cosets)} classes of {len(cosets[0])}, which tell no more than how the group "
        "permutes the classes"
    )
    found = Reconstruction(source="matrix", reason="no_information", columns=len(cosets), seed=seed)
    if len(cosets) > 1:
        merged = np.stack([array[:, members].mean(axis=1) for members in cosets], axis=1)
        found = from_matrix(merged, 1, seed)
    if found.table is not None:
        detail += "; the table is that of the quotient if the classes are the cosets of a normal subgroup"
    elif len(cosets) > 1:
        detail += f"; of these: {found.reason}"
    if found.kernel is None:
        found = replace(found, kernel=KernelReport(kind, rank, None, None, None))
    return as_quotient(found, n, cosets, detail)


def _known(r: Reconstruction) -> tuple[bool, bool, bool, int]:
    """What is better known comes first: proven, one group, few candidates."""
    return (r.certified, r.table is not None, bool(r.candidates), -len(r.candidates))


def check_columns(name: str, n: int) -> None:
    """Refuse matrices whose kernel would not fit."""
    if n > _LARGEST_ORDER:
        raise GroupTooLargeError(
            f"{name}: expected at most {_LARGEST_ORDER} columns, got {n}: a kernel alone takes {16 * n * n:,} bytes",
            n,
            _LARGEST_ORDER,
        )


def matrices_of(matrix: Any, axis: int, argument: str = "matrix") -> list[NDArray[Any]]:
    """One matrix or several as arrays (rows, n)."""
    several = isinstance(matrix, Sequence) and not isinstance(matrix, (str, bytes))
    if several and matrix and all(getattr(x, "ndim", np.ndim(x)) == 2 for x in matrix):
        named = [(f"{argument}[{i}]", x) for i, x in enumerate(matrix)]
    else:
        named = [(argument, matrix)]
    arrays: list[NDArray[Any]] = []
    for name, value in named:
        array = np.asarray(as_array(value, name))
        if array.ndim == 3 and array.shape[2] == 2 and not np.iscomplexobj(array):
            array = array[..., 0] + 1j * array[..., 1].astype(np.complex128)
        if array.ndim != 2 or 0 in array.shape:
            raise ArgumentError(f"{name}: expected a matrix (rows, n), got shape {array.shape}")
        if not -2 <= axis < 2:
            raise ArgumentError(f"axis: expected 0 or 1 for a matrix, got {axis}")
        array = np.moveaxis(array, axis, 1)
        if arrays and array.shape[1] != arrays[0].shape[1]:
            raise ArgumentError(
                f"{name}: expected {arrays[0].shape[1]} columns as in {argument}[0], got {array.shape[1]}"
            )
        arrays.append(array)
    return arrays


def _ranks(values: NDArray[np.float64]) -> list[int]:
    """Numerical ranks: where the singular values fall off the widest cliff; then all that are not rounding."""
    scaled = np.maximum(values / values[0], 1e-16)
    large = int(np.sum(scaled > _ROUNDING))
    steps = np.log(scaled[:-1] / scaled[1:])[:large]
    # A cliff counts when what lies beyond it is small.
    candidates = [
        (float(step), k + 1)
        for k, step in enumerate(steps)
        if step > math.log(_GAP) and scaled[k + 1] < 10 * _NEGLIGIBLE * max(1.0, scaled[k])
    ]
    best = max(candidates)[1] if candidates else large
    return [best] if best == large else [best, large]


def _mean_off_diagonal(matrix: NDArray[Any]) -> NDArray[Any]:
    """The matrix of one value off the diagonal, the mean, and zero on it."""
    n = len(matrix)
    mean = (np.sum(matrix) - np.trace(matrix)) / max(1, n * (n - 1))
    return np.asarray(mean * (1.0 - np.eye(n)))


def _nothing(n: int, seed: int, detail: str, rank: int) -> Reconstruction:
    return Reconstruction(
        source="matrix",
        reason="no_information",
        detail=detail,
        columns=n,
        kernel=KernelReport("gram", rank, None, None, None),
        seed=seed,
    )


def grain(array: NDArray[Any]) -> float:
    """The chance that two entries agree, where the entries take few values; else 0."""
    different = len(np.unique(array))
    return 1.0 / different if 4 * different <= array.size or different <= 3 else 0.0


def _interpret(
    raw: dict[str, Any],
    kernel: NDArray[np.complex128],
    kind: str,
    rank: int,
    seed: int,
    real: bool,
    fits: Any = None,
    grain: float = 0.0,
) -> Reconstruction:
    n = len(kernel)
    symmetries = None if raw["symmetries"] is None else int(min(raw["symmetries"], 2.0**62))
    report = KernelReport(
        kind, rank, symmetries, raw["regular_subgroups"] if raw["complete"] else None, raw["residual"]
    )
    common: dict[str, Any] = {"source": "matrix", "columns": n, "kernel": report, "seed": seed}
    if not raw["transitive"]:
        return Reconstruction(reason="no_group_found", **common)
    if raw["values"] <= 2:
        detail = "no information: all pairs of columns are alike"
        return Reconstruction(reason="no_information", detail=detail, **common)
    residual, radius = raw["residual"], raw["radius"]
    chance = log10_chance(kernel, rank if kind == "projection" else n, residual, raw["values"], real, grain)
    tables = [table for table in raw["tables"] if fits is None or fits(table)]
    counts: Counter[int] = Counter()
    groups: list[Candidate] = []
    for table in tables:
        candidate = Candidate(
            table, reason="regular_symmetries", residual=residual, radius=radius, log10_chance=chance
        )
        place = next(
            (k for k, other in enumerate(groups) if other.group.is_isomorphic(candidate.group)), len(groups)
        )
        if place == len(groups):
            groups.append(candidate)
        counts[place] += 1
    candidates = tuple(replace(c, tables=counts[k]) for k, c in enumerate(groups))
    common.update(residual=residual, radius=radius, log10_chance=chance, candidates=candidates)
    if not raw["complete"]:
        detail = (
            "more symmetries than are listed: "
            + (
                "their number is unknown"
                if symmetries is None
                else f"{symmetries:,} permutations of the columns"
            )
            + "; the candidates are those that were met"
        )
        scheme = any(
            _is_class_function(kernel, c.table, residual) for c in candidates if not c.group.is_abelian
        )
        return Reconstruction(
            reason="class_scheme_only" if scheme and len(candidates) > 1 else "too_many_symmetries",
            detail=detail,
            **common,
        )
    if not candidates:
        return Reconstruction(
            reason="no_group_found",
            detail=f"the {symmetries:,} symmetries hold no regular group" if symmetries else "",
            **common,
        )
    if len(candidates) > 1:
        return Reconstruction(
            reason=ambiguity(candidates, kernel, residual, real),
            detail=f"{' and '.join(c.identification.name for c in candidates)} fit alike: translations of each are "
            f"among the {symmetries:,} symmetries",
            **common,
        )
    table = candidates[0].table
    table.setflags(write=False)
    common.update(table=table, left_right="abelian" if np.array_equal(table, table.T) else "unknown")
    if counts[0] > 1:
        return Reconstruction(
            reason="several_tables",
            detail=f"{counts[0]} tables of {candidates[0].identification} on these columns fit alike",
            **common,
        )
    by_chance = chance > LARGEST_LOG10_CHANCE
    certified = residual < radius and not by_chance
    common["candidates"] = (replace(candidates[0], certified=certified),)
    return Reconstruction(
        reason="certified" if certified else "noise" if by_chance else "uncertified",
        certified=certified,
        detail=f"the translations of one table alone are among the {symmetries:,} symmetries",
        **common,
    )


def log10_chance(
    kernel: NDArray[np.complex128], rank: int, residual: float, values: int, real: bool, grain: float
) -> float:
    """log10 of a bound on the chance that entries without a group are constant on the orbits of some labelled table.

    Independent entries of the spread that these have would have to fall within the residual of the mean of their orbit,
    all but one of each; times the number of tables. A projection has no more independent entries than parameters. Of
    weights with few different values, entries agree by accident with a probability of ``grain`` at least.
    """
    n = len(kernel)
    parts = 1 if real else 2
    entries = min(
        parts * n * (n - 1) // 2 + n, parts * rank * max(n - rank, 1) if rank < n else n * n * parts
    )
    bound = entries - parts * values
    off = kernel[~np.eye(n, dtype=bool)]
    spread = float(np.std(off)) / float(np.abs(kernel).max())
    if bound <= 0 or spread <= 0:
        return 0.0
    # The density of an entry is at most that of a Gaussian at its mean; what is below rounding is not known.
    share = max(max(2 * residual, _KNOWN) / (math.sqrt(2 * math.pi) * spread), grain)
    exponent = bound * math.log10(share) + _core.log_labelled_tables(n) / math.log(10.0)
    return float(min(0.0, exponent))


def ambiguity(
    candidates: Sequence[Candidate], kernel: NDArray[np.complex128], residual: float, real: bool
) -> str:
    """Why several groups fit."""
    nonabelian = [c for c in candidates if not c.group.is_abelian]
    if real and 0 < len(nonabelian) < len(candidates):
        return "abelian_or_dihedral"
    if nonabelian and all(_is_class_function(kernel, c.table, residual) for c in nonabelian):
        return "class_scheme_only"
    return "ambiguous"


def _is_class_function(kernel: NDArray[np.complex128], table: NDArray[np.int64], residual: float) -> bool:
    """Whether K(x, y) = f(x^-1 y) with f constant on conjugacy classes: invariant on both sides."""
    limit = (4 * residual + 1e-6) * float(np.abs(kernel).max())
    left = all(
        np.abs(kernel[np.ix_(row, row)] - kernel).max() <= limit
        for row in (table[s] for s in generators(table))
    )
    right = all(
        np.abs(kernel[np.ix_(column, column)] - kernel).max() <= limit
        for column in (table[:, s] for s in generators(table))
    )
    return left and right


def generators(table: NDArray[np.int64]) -> list[int]:
    return [int(x) for x in from_table(table).generators]


def _from_subspaces(arrays: Sequence[NDArray[Any]], seed: int) -> Reconstruction:
    """Several matrices, the rows of each a basis of one isotypic component, mixed in any way."""
    n = arrays[0].shape[1]
    real = not any(np.iscomplexobj(array) for array in arrays)
    kernel = np.zeros((n, n), dtype=np.complex128)
    ranks = []
    projections = []
    rng = np.random.default_rng(seed)
    for array in arrays:
        if not np.any(array):
            continue
        _, values, basis = np.linalg.svd(
            array.astype(np.complex128) / np.abs(array).max(), full_matrices=False
        )
        # The projection on an isotypic space has one value on the diagonal, whatever the mixing.
        choices = [basis[:own].conj().T @ basis[:own] for own in _ranks(values)]
        projection = min(choices, key=lambda p: float(np.ptp(np.real(np.diag(p)))))
        rank = round(float(np.real(np.trace(projection))))
        ranks.append(rank)
        projections.append(projection)
        kernel += rng.uniform(0.5, 1.0) * projection / np.sqrt(rank)
    rank = min(n, sum(ranks))

    def fits(table: NDArray[np.int64]) -> bool:
        """Whether every space is one component of this group: bi-invariant, of the size of an irrep, irreducible."""
        group = from_table(table)
        degrees = {int(rho.degree) for rho in group.irreps}
        sizes = {d * d for d in degrees} | ({2 * d * d for d in degrees} if real else set())
        if not set(ranks) <= sizes:
            return False
        return all(_is_class_function(p, table, 0.02) for p in projections)

    if real:
        kernel = kernel.real.astype(np.complex128)
    raw = _core.kernel_groups(np.ascontiguousarray(kernel), seed, 0.1)
    return _interpret(raw, kernel, "projection", rank, seed, real, fits)
