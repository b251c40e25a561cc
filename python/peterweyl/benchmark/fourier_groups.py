"""The groups that transforms are measured on, and the times that the project aims at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from ..groups import Group, group

__all__ = ["IRREP_GOALS", "PLAN_GOALS", "SPECS", "Goal", "goal_of", "make_group"]

#: The groups of a run without SPEC.
SPECS: Final = (
    "C512",
    "C1009",
    "C30 x C30",
    "D256",
    "D59",
    "He5",
    "Q8 x C15",
    "SmallGroup(128,928)",
    "2^(1+8)+",
    "GL(2,3)",
    "S4 x S4",
    "C2 wr S4",
    "5^(1+2) : C8",
    "A5",
    "PSL(2,7)",
    "PSL(2,11)",
    "S5",
    "S6",
    "S7",
    "S8",
    "A7",
    "M11",
    "PSL(2,31)",
)


class Goal:
    """What one function of a batch may take: seconds, or multiples of scipy.fft, or a part of the dense product."""

    def __init__(self, seconds: float = 0.0, fft: float = 0.0, dense: float = 0.0) -> None:
        """Zero is no goal."""
        self.seconds, self.fft, self.dense = seconds, fft, dense

    def limit(self, peers: dict[str, float]) -> float | None:
        """In seconds, from what the peers took; ``None`` where there is no goal or its peer did not run."""
        if self.seconds:
            return self.seconds
        if self.fft and "scipy.fft" in peers:
            return self.fft * peers["scipy.fft"]
        if self.dense and "dense" in peers:
            return peers["dense"] / self.dense
        return None


_ABELIAN: Final = {1: Goal(fft=1.1), 256: Goal(fft=1.0)}
_DIHEDRAL: Final = {1: Goal(fft=1.0), 256: Goal(fft=1.0)}
_SHORT_SUPERSOLVABLE: Final = {1: Goal(seconds=3e-6), 256: Goal(fft=0.7)}
_SOLVABLE: Final = {1: Goal(fft=1.5), 256: Goal(fft=1.2)}
#: By spec and batch; real functions for symmetric groups.
_GOALS: Final[dict[str, dict[int, Goal]]] = {
    "C512": _ABELIAN,
    "C1009": _ABELIAN,
    "C30 x C30": _ABELIAN,
    "D256": _DIHEDRAL,
    "D59": _DIHEDRAL,
    "He5": _SHORT_SUPERSOLVABLE,
    "Q8 x C15": _SHORT_SUPERSOLVABLE,
    "SmallGroup(128,928)": _SHORT_SUPERSOLVABLE,
    "2^(1+8)+": {1: Goal(fft=1.0), 256: Goal(fft=0.7)},
    "GL(2,3)": _SOLVABLE,
    "S4 x S4": _SOLVABLE,
    "C2 wr S4": _SOLVABLE,
    "5^(1+2) : C8": _SOLVABLE,
    "A5": {1: Goal(seconds=2e-6), 256: Goal(dense=5)},
    "PSL(2,7)": {1: Goal(seconds=4e-6), 256: Goal(dense=5)},
    "PSL(2,11)": {1: Goal(seconds=10e-6), 256: Goal(dense=10)},
    "S5": {1: Goal(seconds=2e-6), 256: Goal(seconds=0.14e-6)},
    "S6": {1: Goal(seconds=6e-6), 256: Goal(seconds=1.2e-6)},
    "S7": {1: Goal(seconds=35e-6), 256: Goal(seconds=14e-6)},
    "S8": {1: Goal(seconds=0.3e-3), 256: Goal(seconds=0.22e-3)},
    "S9": {1: Goal(seconds=4e-3), 256: Goal(seconds=3e-3)},
    "S10": {1: Goal(seconds=60e-3)},
    "M11": {1: Goal(seconds=0.5e-3), 256: Goal(dense=15)},
}
#: Seconds for the plan of a fresh group.
PLAN_GOALS: Final = {"A7": 0.1, "M11": 0.5, "PSL(2,31)": 2.0, "M12": 60.0}
#: Seconds for the irreps of a fresh group.
IRREP_GOALS: Final = {"A5": 2e-3, "S5": 3e-3, "PSL(2,7)": 5e-3, "A6": 10e-3}


def goal_of(spec: str, batch: int) -> Goal:
    """The goal of a transform."""
    return _GOALS.get(spec, {}).get(batch, Goal())


def _extraspecial_by_cyclic() -> Group:
    """Solvable, not supersolvable, of order 1000: a square root of 2 in the field of 25 acts on 5^(1+2)."""
    from .. import from_table, semidirect_product

    v, w, z = (x.ravel() for x in np.meshgrid(*[np.arange(5)] * 3, indexing="ij"))
    # (v, w, z) (v', w', z') = (v + v', w + w', z + z' + (v w' - w v') / 2), where 1/2 is 3 modulo 5.
    turned = 3 * (np.multiply.outer(v, w) - np.multiply.outer(w, v))
    sums = [np.add.outer(x, x) for x in (v, w, z)]
    table = sums[0] % 5 * 25 + sums[1] % 5 * 5 + (sums[2] + turned) % 5
    image = 2 * w % 5 * 25 + v * 5 + 3 * z % 5  # v + w t times t, and z times the determinant -2
    return semidirect_product(from_table(table), "C8", [image])


_BUILT: Final[dict[str, Callable[[], Group]]] = {"5^(1+2) : C8": _extraspecial_by_cyclic}


def make_group(spec: str) -> Group:
    """A fresh group: of a spec, or one of those that have none."""
    return _BUILT[spec]() if spec in _BUILT else group(spec)
