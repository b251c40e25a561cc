"""Plots with Matplotlib (the extra ``plot``): every function draws on an ``Axes`` and returns it.

Without ``ax`` a new figure is made. Nothing here changes Matplotlib's global state or its backend.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ._optional import optional_import
from .errors import ArgumentError
from .groups import Group
from .groups import group as group_from_spec

if TYPE_CHECKING:
    from .harmonics import GroupRanking, Verification

__all__ = [
    "cayley_table",
    "coverage",
    "energies",
    "harmonics",
    "overview",
    "ranking",
    "row_shares",
    "singular_values",
    "training_curves",
]

# Ticks with labels are drawn for at most so many components.
_LABELS = 40


def __dir__() -> list[str]:
    return __all__


def _axes(ax: Any, width: float = 7.0, height: float = 4.0) -> Any:
    if ax is not None:
        return ax
    # A figure of its own, that no global list of figures keeps alive and that needs no screen.
    figure_module = optional_import("matplotlib.figure", "plot", "draw plots")
    return figure_module.Figure(figsize=(width, height), layout="constrained").add_subplot()


def _component_ticks(ax: Any, labels: Sequence[str], axis: str = "x") -> None:
    step = max(1, -(-len(labels) // _LABELS))
    positions = list(range(0, len(labels), step))
    names = [labels[k] for k in positions]
    if axis == "x":
        ax.set_xticks(positions, names, rotation=90 if sum(map(len, names)) > 40 else 0, fontsize=8)
    else:
        ax.set_yticks(positions, names, fontsize=8)


def energies(v: Verification, ax: Any = None) -> Any:
    """The share of energy of every component as bars, with marks at the shares of Gaussian rows.

    Args:
        v: a verification.
        ax: a Matplotlib ``Axes``; a new figure without it.

    Returns:
        The ``Axes``; its ``figure`` can be saved.

    Raises:
        MissingDependencyError: Matplotlib is not installed.
    """
    ax = _axes(ax)
    positions = np.arange(len(v.components))
    ax.bar(positions, [c.share for c in v.components], label="these rows")
    ax.plot(positions, [c.chance for c in v.components], "_", color="black", ms=12, label="Gaussian rows")
    _component_ticks(ax, [c.label for c in v.components])
    ax.set(ylabel="share of energy", title=f"{v.verdict} under {v.group_name}")
    ax.legend(frameon=False)
    return ax


def coverage(v: Verification, ax: Any = None) -> Any:
    """How much of every component is spanned, and how far the span is invariant on the left and on the right.

    Args:
        v: a verification.
        ax: a Matplotlib ``Axes``; a new figure without it.
    """
    ax = _axes(ax)
    positions = np.arange(len(v.components))
    series = {
        "spanned": [c.coverage for c in v.components],
        "left": [c.coverage_left for c in v.components],
        "right": [c.coverage_right for c in v.components],
    }
    for k, (label, values) in enumerate(series.items()):
        ax.bar(positions + 0.27 * (k - 1), values, width=0.25, label=label)
    _component_ticks(ax, [c.label for c in v.components])
    ax.set(ylabel="coverage", ylim=(0, 1.2), title=f"coverage under {v.group_name}")
    ax.legend(frameon=False, ncols=3)
    return ax


def row_shares(v: Verification, ax: Any = None) -> Any:
    """A heat map of rows by components, the rows sorted by their best component.

    Args:
        v: a verification.
        ax: a Matplotlib ``Axes``; a new figure without it.
    """
    ax = _axes(ax)
    shares = np.asarray(v.row_shares)
    order = np.lexsort((-shares.max(axis=1, initial=0.0), shares.argmax(axis=1)))
    image = ax.imshow(shares[order], aspect="auto", vmin=0, vmax=1, cmap="Blues", interpolation="nearest")
    ax.figure.colorbar(image, ax=ax, label="share of the row's energy")
    _component_ticks(ax, [c.label for c in v.components])
    ax.set(ylabel="rows, sorted", title=f"rows by components of {v.group_name}")
    return ax


def singular_values(v: Verification, ax: Any = None) -> Any:
    """The singular values of the rows relative to the largest, with the rank that was counted.

    Args:
        v: a verification.
        ax: a Matplotlib ``Axes``; a new figure without it.
    """
    ax = _axes(ax)
    values = np.asarray(v.singular_values)
    if len(values) and values[0] > 0:
        ax.semilogy(np.arange(1, len(values) + 1), np.maximum(values / values[0], 1e-16), ".-")
    if v.rank is not None:
        ax.axvline(v.rank + 0.5, color="black", lw=1, ls=":", label=f"rank {v.rank}")
        ax.legend(frameon=False)
    ax.set(xlabel="number", ylabel="singular value / largest", title=f"row space, order {v.order}")
    return ax


def overview(v: Verification) -> Any:
    """Energies, coverage, rows by components and singular values on one page.

    Args:
        v: a verification.

    Returns:
        A Matplotlib ``Figure``.
    """
    figure_module = optional_import("matplotlib.figure", "plot", "draw plots")
    figure = figure_module.Figure(figsize=(13, 8), layout="constrained")
    axes = figure.subplots(2, 2)
    energies(v, axes[0, 0])
    row_shares(v, axes[0, 1])
    coverage(v, axes[1, 0])
    singular_values(v, axes[1, 1])
    return figure


def ranking(result: GroupRanking, ax: Any = None, largest: int = 20) -> Any:
    """The excess over chance of every group in a ranking.

    Args:
        result: what ``verify(groups=...)`` returned.
        ax: a Matplotlib ``Axes``; a new figure without it.
        largest: how many groups are shown, the best first.
    """
    shown = list(result)[:largest]
    ax = _axes(ax, height=max(2.0, 0.3 * len(shown) + 1))
    positions = np.arange(len(shown))
    ax.barh(positions, [h.excess for h in shown])
    _component_ticks(ax, [h.group_name for h in shown], "y")
    ax.invert_yaxis()
    ax.set(
        xlabel="excess of purity over chance (1 = pure)",
        title=f"{len(result)} groups of order {result.best.group.order}",
    )
    return ax


def cayley_table(group: Group | str, ax: Any = None) -> Any:
    """The multiplication table of a group as an image.

    Args:
        group: a group or a spec, of order 1,024 at most.
        ax: a Matplotlib ``Axes``; a new figure without it.
    """
    tested = group_from_spec(group) if isinstance(group, str) else group
    if tested.order > 1024:
        raise ArgumentError(f"group: expected an order of at most 1024 for an image, got {tested.order}")
    ax = _axes(ax, 5.0, 5.0)
    ax.imshow(tested.table, cmap="viridis", interpolation="nearest")
    ax.set(xlabel="b", ylabel="a", title=f"a·b in {tested.name or f'a group of order {tested.order}'}")
    return ax


def harmonics(group: Group | str, irrep: int | str, ax: Any = None) -> Any:
    """The matrix coefficients of one irrep: d*d functions on the group, real parts solid, imaginary parts dashed.

    Args:
        group: a group or a spec.
        irrep: its position or its label.
        ax: a Matplotlib ``Axes``; a new figure without it.
    """
    tested = group_from_spec(group) if isinstance(group, str) else group
    labels = [rho.label for rho in tested.irreps]
    if isinstance(irrep, str) and irrep not in labels:
        raise ArgumentError(f"irrep: expected one of {', '.join(labels[:40])}, got {irrep!r}")
    index = labels.index(irrep) if isinstance(irrep, str) else irrep
    if isinstance(index, bool) or not isinstance(index, int) or not 0 <= index < len(labels):
        raise ArgumentError(f"irrep: expected a position below {len(labels)} or a label, got {irrep!r}")
    rho = tested.irreps[index]
    d = rho.degree
    ax = _axes(ax, 7.0, max(2.5, 0.5 * d * d))
    matrices = rho.matrices()
    for k in range(d * d):
        values = matrices[:, k // d, k % d]
        base = -2.4 * k
        ax.axhline(base, color="0.85", lw=0.8)
        (line,) = ax.plot(base + values.real, lw=1.2)
        if np.abs(values.imag).max() > 1e-9:
            ax.plot(base + values.imag, lw=1.2, ls="--", color=line.get_color())
    ax.set_yticks([-2.4 * k for k in range(d * d)], [f"({k // d}, {k % d})" for k in range(d * d)])
    ax.set(xlabel="element", title=f"harmonics of {rho.label} of {tested.name}")
    return ax


def training_curves(
    records: Iterable[Any],
    measures: Sequence[str] = ("purity_nontrivial", "chance_nontrivial", "excess"),
    ax: Any = None,
) -> Any:
    """Measures of a sweep over the checkpoints of a training run, and the share of every component.

    Args:
        records: what ``sweep`` returned; files that could not be used are left out.
        measures: names of numbers in ``SweepRecord.measures``; ``"shares"`` draws one line a component.
        ax: a Matplotlib ``Axes``; a new figure without it.
    """
    used = [record for record in records if record.error is None]
    if not used:
        raise ArgumentError("records: expected at least one file that could be used")
    ax = _axes(ax)
    for measure in measures:
        values = [record.measures.get(measure) for record in used]
        if all(isinstance(value, dict) for value in values):
            for label in values[0]:
                ax.plot([value.get(label, np.nan) for value in values], lw=1, label=f"{measure} {label}")
            continue
        if all(value is None for value in values):
            raise ArgumentError(
                f"measures: expected names among {', '.join(used[0].measures)}, got {measure!r}"
            )
        ax.plot([np.nan if value is None else value for value in values], label=measure)
    ax.set(xlabel="checkpoint", ylabel="measure")
    if len(ax.get_lines()) <= 20:
        ax.legend(frameon=False, fontsize=8)
    return ax
