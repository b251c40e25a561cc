"""Row purities, what Gaussian rows would show, and how surely the rows differ from those."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _core

__all__ = ["Purity", "RowMeasures", "measure_rows"]

Array = NDArray[Any]

# Below this a p-value has underflowed; its logarithm must still be a number.
_SMALLEST_P = 1e-300
# A row whose energy beyond the trivial component is rounding noise of its own, whatever the other rows hold.
_ROUNDING_ENERGY = 1e-24


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True)
class Purity:
    """The energy share of each row's best component, over the rows that count.

    Attributes:
        mean: over rows.
        weighted: over rows, weighted by their energy.
        minimum: over rows.
        median: over rows.
        rows: how many rows count: those with at least 1e-6 of the energy of the strongest row.

    All four are NaN where no row counts.
    """

    mean: float
    weighted: float
    minimum: float
    median: float
    rows: int


@dataclass(frozen=True)
class RowMeasures:
    """What :func:`measure_rows` finds; see the attributes of the same names of ``Verification``."""

    row_shares: Array
    live: Array
    constant: Array
    shares: Array
    best_counts: Array
    purity: Purity
    purity_nontrivial: Purity
    chance: float
    chance_nontrivial: float
    row_p_values: Array
    p_value: float
    component_p_values: Array


@lru_cache(maxsize=256)
def _expected_largest_share(shapes: tuple[float, ...]) -> float:
    """The chance level of a group is the same for all weights."""
    return float(_core.expected_largest_share(shapes))


def _live(energies: Array, threshold: float) -> Array:
    return np.asarray(energies > threshold * energies.max(initial=0.0))


def _purity(best: Array, energies: Array, live: Array) -> Purity:
    best, energies = best[live], energies[live]
    if not best.size:
        return Purity(np.nan, np.nan, np.nan, np.nan, 0)
    weighted = float(best @ energies / energies.sum())
    return Purity(float(best.mean()), weighted, float(best.min()), float(np.median(best)), int(best.size))


def _divided(numerators: Array, denominators: Array) -> Array:
    """Quotients that are 0 where there is nothing to divide by."""
    return np.divide(numerators, denominators, out=np.zeros_like(numerators), where=denominators > 0)


def _row_p_values(best: Array, shapes: Sequence[float]) -> Array:
    """Probability that a Gaussian row has a component this pure: Beta laws, union bound over the components."""
    total = sum(shapes)
    bound = np.zeros_like(best)
    for shape, count in Counter(shapes).items():
        bound += count * np.asarray(_core.beta_upper_tail(shape, total - shape, best))
    return np.minimum(bound, 1.0)


def _combined(p_values: Array) -> float:
    """Fisher's combination over independent rows: conservative, since union bounds only overstate a p-value."""
    if not p_values.size:
        return np.nan
    statistic = -float(np.log(np.maximum(p_values, _SMALLEST_P)).sum())
    return float(_core.gamma_upper_tail(float(p_values.size), statistic))


def measure_rows(
    energies: Array, totals: Array, dimensions: Sequence[int], is_real: bool, live_energy: float
) -> RowMeasures:
    """Purities, chance levels and p-values from the energies (rows, components), the trivial component first."""
    # A D-dimensional Gaussian vector has an energy of the Gamma law with shape D/2, a complex one with shape D.
    shapes = [dimension / 2 if is_real else float(dimension) for dimension in dimensions]
    live = _live(totals, live_energy)
    rest = energies[:, 1:]
    rest_totals = rest.sum(axis=1)
    live_rest = _live(rest_totals, live_energy) & (rest_totals > _ROUNDING_ENERGY * totals)

    row_shares = _divided(energies, totals[:, None])
    best_rest = _divided(rest.max(axis=1, initial=0.0), rest_totals)
    whole = energies.sum(axis=0)
    shares = _divided(whole, np.full_like(whole, whole.sum()))
    best = row_shares.argmax(axis=1)[live]
    row_p_values = np.full(len(totals), np.nan)
    row_p_values[live_rest] = _row_p_values(best_rest[live_rest], shapes[1:])
    count = int(live.sum())
    shape_sum = sum(shapes)
    component_p_values = np.full(len(shapes), np.nan)
    if count:
        a = count * np.asarray(shapes)
        component_p_values = np.asarray(_core.beta_upper_tail(a, count * shape_sum - a, shares))
    return RowMeasures(
        row_shares=row_shares,
        live=live,
        constant=live & ~live_rest,
        shares=shares,
        best_counts=np.bincount(best, minlength=len(shapes)),
        purity=_purity(row_shares.max(axis=1), totals, live),
        purity_nontrivial=_purity(best_rest, rest_totals, live_rest),
        chance=_expected_largest_share(tuple(shapes)),
        chance_nontrivial=_expected_largest_share(tuple(shapes[1:])),
        row_p_values=row_p_values,
        p_value=_combined(row_p_values[live_rest]),
        component_p_values=component_p_values,
    )
