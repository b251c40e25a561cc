"""The Cayley table as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from .._optional import optional_import
from ..errors import ArgumentError

if TYPE_CHECKING:
    from .result import Reconstruction

__all__ = ["plot_table"]

# Larger tables have no room for the numbers of the elements.
_LARGEST_LABELLED = 24


def __dir__() -> list[str]:
    return __all__


def plot_table(table: ArrayLike, ax: Any = None, *, title: str = "", identity: int | None = None) -> Any:
    """Draw a multiplication table as coloured squares, the identity first where it is known.

    Args:
        table: (n, n) integers.
        ax: axes of matplotlib; by default those of a new figure.
        title: put above.
        identity: the element that the rows and columns begin with; the others keep their order.

    Returns:
        The axes.

    Raises:
        ArgumentError: not a square table.
        MissingDependencyError: matplotlib is not installed.
    """
    array = np.asarray(table)
    if array.ndim != 2 or array.shape[0] != array.shape[1] or array.size == 0:
        raise ArgumentError(f"table: expected a square table, got shape {array.shape}")
    n = len(array)
    if ax is None:
        ax = optional_import("matplotlib.pyplot", "plot", "draw a table").subplots(figsize=(5, 5))[1]
    order = np.arange(n)
    if identity is not None:
        order = np.concatenate([[identity], order[order != identity]])
    place = np.argsort(order)
    ax.imshow(place[array[np.ix_(order, order)]], cmap="viridis", interpolation="nearest")
    ax.set_xlabel("b")
    ax.set_ylabel("a")
    if n <= _LARGEST_LABELLED:
        ax.set_xticks(range(n), [str(x) for x in order])
        ax.set_yticks(range(n), [str(x) for x in order])
        for i in range(n):
            for j in range(n):
                value = array[order[i], order[j]]
                dark = place[value] < n / 2
                ax.text(
                    j, i, str(value), ha="center", va="center", color="white" if dark else "black", fontsize=7
                )
    if title:
        ax.set_title(title)
    return ax


def plot_reconstruction(r: Reconstruction, ax: Any) -> Any:
    """The table of a reconstruction, or of its cosets."""
    table = r.table if r.table is not None else r.quotient_table
    if table is None:
        raise ArgumentError(f"table: there is none to draw: {r.reason}")
    name = r.identification
    known = f"quotient {r.candidates[0].identification.name}" if name is None else f"{name.name}, {r.reason}"
    return plot_table(table, ax, title=known, identity=r.identity)
