"""Tables out of the matrices of both operands: translations on one side keep the one, on the other side the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _core
from ..errors import ArgumentError
from .matrix import (
    LARGEST_TOLERANCE,
    ambiguity,
    check_columns,
    coincident,
    from_matrix,
    generators,
    grain,
    kernels_of,
    log10_chance,
    matrices_of,
)
from .reasons import LARGEST_LOG10_CHANCE
from .result import Candidate, KernelReport, Reconstruction

__all__ = ["from_operands"]


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True)
class _Side:
    """The symmetries of the matrix of one operand."""

    kind: str
    kernel: NDArray[np.complex128]
    rank: int
    raw: dict[str, Any]
    chance: float

    @property
    def complete(self) -> bool:
        """Whether every regular group among the symmetries was met."""
        return bool(self.raw["complete"])

    @property
    def margin(self) -> float:
        """Positive where the exact symmetries are certain."""
        return float(self.raw["radius"] - self.raw["residual"])

    @property
    def quality(self) -> tuple[bool, bool, float]:
        """What is better known comes first."""
        return (self.complete, self.margin > 0, -self.chance)

    def is_kept(self, table: NDArray[np.int64]) -> bool:
        """Whether the translations x -> table[s, x] are symmetries."""
        colours = self.raw["colours"]
        rows = (table[s] for s in generators(table))
        return all(np.array_equal(colours[np.ix_(row, row)], colours) for row in rows)

    def report(self) -> KernelReport:
        """In public form."""
        symmetries = self.raw["symmetries"]
        return KernelReport(
            self.kind,
            self.rank,
            None if symmetries is None else int(min(symmetries, 2.0**62)),
            self.raw["regular_subgroups"] if self.complete else None,
            self.raw["residual"],
        )


def from_operands(operands: Any, axis: int, seed: int) -> Reconstruction:
    """Find the groups in two matrices; the arguments are those of :func:`peterweyl.reconstruct`.

    The left translations of the table are symmetries of the kernel of the first matrix, its right translations of that
    of the second: each group found in one is checked in the other.
    """
    if not isinstance(operands, Sequence) or isinstance(operands, (str, bytes)) or len(operands) != 2:
        raise ArgumentError("operands: expected two matrices (W_a, W_b)")
    arrays = matrices_of(operands, axis, "operands")
    if len(arrays) != 2:
        raise ArgumentError("operands: expected two matrices (W_a, W_b)")
    n = arrays[0].shape[1]
    check_columns("operands", n)
    real = not any(np.iscomplexobj(array) for array in arrays)
    common: dict[str, Any] = {"source": "operands", "columns": n, "seed": seed}
    sides: list[_Side] = []
    for name, array in zip(("W_a", "W_b"), arrays, strict=True):
        side = _side(array, seed) if n > 1 and np.any(array) else None
        if side is None:
            # What is to be said of this one alone holds for both.
            alone = from_matrix(array, 1, seed)
            return replace(alone, source="operands", detail=f"{name}: {alone.detail or alone.reason}")
        sides.append(side)
    first, second = sides
    # Of regular groups of symmetries, those of W_a move x to sx; those of W_b to xs.
    if first.complete:
        listed = [np.ascontiguousarray(table.T) for table in first.raw["tables"]]
        tables = [table for table in listed if second.is_kept(table.T)]
    else:
        listed = list(second.raw["tables"])
        tables = [table for table in listed if first.is_kept(table)]
    worse = min(sides, key=lambda side: side.margin)
    residual, radius = float(worse.raw["residual"]), float(worse.raw["radius"])
    chance = max(side.chance for side in sides)
    counts: Counter[int] = Counter()
    groups: list[Candidate] = []
    for table in tables:
        candidate = Candidate(
            table, reason="regular_symmetries", residual=residual, radius=radius, log10_chance=chance
        )
        alike = (k for k, other in enumerate(groups) if other.group.is_isomorphic(candidate.group))
        place = next(alike, len(groups))
        if place == len(groups):
            groups.append(candidate)
        counts[place] += 1
    candidates = tuple(replace(c, tables=counts[k]) for k, c in enumerate(groups))
    common.update(
        residual=residual,
        radius=radius,
        log10_chance=chance,
        candidates=candidates,
        kernel=(first if first.complete else second).report(),
    )
    if not (first.complete or second.complete):
        detail = "both matrices have more symmetries than are listed; the candidates are those that were met"
        return Reconstruction(reason="too_many_symmetries", detail=detail, **common)
    if not candidates:
        detail = (
            f"{len(listed)} tables fit one of the matrices alone, none of them the other" if listed else ""
        )
        return Reconstruction(reason="no_group_found", detail=detail, **common)
    if len(candidates) > 1:
        names = " and ".join(c.identification.name for c in candidates)
        reason = ambiguity(candidates, first.kernel, residual, real)
        return Reconstruction(reason=reason, detail=f"{names} fit both matrices alike", **common)
    table = candidates[0].table
    table.setflags(write=False)
    abelian = bool(np.array_equal(table, table.T))
    if counts[0] > 1:
        return Reconstruction(
            reason="several_tables",
            detail=f"{counts[0]} tables of {candidates[0].identification} on these columns fit both matrices alike",
            table=table,
            left_right="abelian" if abelian else "unknown",
            **common,
        )
    by_chance = chance > LARGEST_LOG10_CHANCE
    certified = worse.margin > 0 and not by_chance
    common["candidates"] = (replace(candidates[0], certified=certified),)
    others = len(listed) - 1
    return Reconstruction(
        reason="certified" if certified else "noise" if by_chance else "uncertified",
        certified=certified,
        detail="one table alone translates both matrices"
        + (f"; {others} more fit one of them" if others else ""),
        table=table,
        left_right="abelian" if abelian else "known",
        **common,
    )


def _side(array: NDArray[Any], seed: int) -> _Side | None:
    """The symmetries of the kernel that has some and few, the projection before the Gram matrix."""
    _, kernels, _ = kernels_of(array)
    best: _Side | None = None
    for kind, rank, kernel in kernels:
        if coincident(kernel) is not None:
            return None
        raw = _core.kernel_groups(kernel, seed, LARGEST_TOLERANCE)
        if not raw["transitive"] or raw["values"] <= 2:
            continue
        chance = log10_chance(
            kernel,
            rank if kind == "projection" else len(kernel),
            raw["residual"],
            raw["values"],
            not np.iscomplexobj(array),
            grain(array),
        )
        side = _Side(kind, kernel, rank, raw, chance)
        if best is None or side.quality > best.quality:
            best = side
    return best
