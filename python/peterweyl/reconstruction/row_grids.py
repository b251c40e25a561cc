"""The rows of blocks in any order: which of them belong together, and where in their block they stand.

Method. Rows of different irreps are orthogonal, and W (all rows) times (W W^H)^(-1/2) from the left has unitary blocks
up to scale: the Gram matrix of the rows of A rho(g)^H B is A A^H (x) B^H B, so its inverse root is a product of two as
well and keeps every row in its place. In a unitary block the squared absolute values of each row and of each column of
the matrix sum to a constant; for generic A and B these 2d - 1 relations are all that the squares of all rows have. The
projection on the relations is then, within a block of degree d, 2/d - 1/d^2 on the diagonal, 1/d - 1/d^2 for two
entries in one row or one column, -1/d^2 for others, and 0 between blocks: it is read off. Irreps whose matrices hold
many zeros have more relations than that, and are not found.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

__all__ = ["row_grids"]

# Numbers of relations that are tried, at the widest gaps of the singular values.
_TRIED = 12
# Rows that depend on each other nearly cannot be told apart by their Gram matrix.
_LARGEST_CONDITION = 1e6
_LARGEST_ROWS = 2048


def __dir__() -> list[str]:
    return __all__


def row_grids(matrix: NDArray[np.number]) -> Iterator[list[NDArray[np.intp]]]:
    """Ways to arrange the rows of a matrix (rows, n) in blocks, the likeliest first; none for dependent rows."""
    rows, columns = matrix.shape
    if not 0 < rows <= min(columns, _LARGEST_ROWS) or not np.any(matrix):
        return
    scaled = matrix / np.abs(matrix).max()
    left, values, right = np.linalg.svd(scaled, full_matrices=False)
    if values[-1] * _LARGEST_CONDITION < values[0]:
        return
    squares = np.abs(left @ right) ** 2
    squares = squares - squares.mean(axis=1, keepdims=True)
    powers, vectors = np.linalg.eigh(squares @ squares.T)
    largest = float(powers[-1])
    # Squares that are all constant: only degree 1.
    sizes = np.sqrt(np.maximum(powers / largest, 1e-18)) if largest > 1e-24 else np.full(rows, 1e-9)
    gaps = np.append(sizes[1:], 1.0) / sizes
    for count in np.argsort(-gaps, kind="stable")[:_TRIED]:
        relations = vectors[:, : count + 1]
        grids = _read(relations @ relations.T)
        if grids is not None:
            yield grids


def _read(projection: NDArray[np.float64]) -> list[NDArray[np.intp]] | None:
    """The blocks that the projection on the relations shows, or ``None``."""
    taken = np.zeros(len(projection), dtype=bool)
    grids: list[NDArray[np.intp]] = []
    for start in range(len(projection)):
        if taken[start]:
            continue
        # 2/d - 1/d^2 = 1 - (1 - 1/d)^2.
        share = 1.0 - np.sqrt(max(0.0, 1.0 - float(projection[start, start])))
        if share * len(projection) < 1:
            return None
        grid = _grid(projection, start, round(1 / share))
        if grid is None or taken[grid].any() or len(np.unique(grid)) < grid.size:
            return None
        taken[grid] = True
        grids.append(grid)
    return grids


def _grid(projection: NDArray[np.float64], start: int, degree: int) -> NDArray[np.intp] | None:
    """The block that holds a row, as (degree, degree) numbers of rows, this one first."""

    def near(x: int) -> NDArray[np.intp]:
        found = np.flatnonzero(projection[x] > (degree - 1) / (2 * degree * degree))
        return np.asarray(found[found != x])

    grid = np.full((degree, degree), start, dtype=np.intp)
    if degree == 1:
        return grid
    around = near(start)
    if len(around) != 2 * (degree - 1):
        return None
    beside = np.isin(around, near(around[0]))
    beside[0] = True
    if beside.sum() != degree - 1:
        return None
    grid[0, 1:] = around[beside]
    grid[1:, 0] = around[~beside]
    for p in range(1, degree):
        for q in range(1, degree):
            corner = np.intersect1d(near(grid[p, 0]), near(grid[0, q]))
            corner = corner[corner != start]
            if len(corner) != 1:
                return None
            grid[p, q] = corner[0]
    return grid
