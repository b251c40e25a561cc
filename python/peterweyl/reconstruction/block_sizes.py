"""Which rows of a flat matrix are which entries of which block."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ..errors import ArgumentError
from .row_grids import row_grids

__all__ = ["find_blocks"]

# Rows whose correlation is above this belong to one block.
_CORRELATED = 0.25
# A block whose matrices, scaled on both sides, are this far from unitary (root mean square) is none.
_LARGEST_DEFECT = 0.45
# One block after another is believed without a look at other orders up to this mean squared defect.
_CERTAIN = 0.01
_TURNS = 30


def __dir__() -> list[str]:
    return __all__


def find_blocks(matrix: NDArray[np.number]) -> tuple[list[NDArray[np.intp]], float]:
    """Find the blocks whose entries are the rows of a matrix: one block after another, or in any order.

    Args:
        matrix: (rows, n), the elements on the columns.

    Returns:
        For each block the numbers (d, d) of its rows, and log10 of the number of ways that there were to choose them.
        In any order of the rows they are found up to an order of the rows and of the columns of each block, and up to
        its transposition.

    Raises:
        ArgumentError: no blocks cover the rows.

    Complexity:
        O(rows**2 n) for the correlations, O(rows n d**3) for every degree d up to the square root of the rows; for any
        order O(rows**3).
    """
    rows = len(matrix)
    best: tuple[float, list[NDArray[np.intp]]] | None = None
    choices = rows * math.log10(2.0)
    successive = _successive_blocks(matrix)
    if successive is not None:
        best = (_cost(matrix, successive), successive)
    if best is None or best[0] > _CERTAIN * rows:
        for grids in row_grids(matrix):
            cost = _cost(matrix, grids)
            if best is None or cost < best[0]:
                best = (cost, grids)
                choices = math.lgamma(rows + 1) / math.log(10.0)
    if best is None or not np.isfinite(best[0]):
        raise ArgumentError(
            "block_sizes: no square blocks cover the rows, one after another (the rows of one block row-major) or in "
            "any order: give the degrees, or pass the matrix as matrix="
        )
    return best[1], choices


def _cost(matrix: NDArray[np.number], blocks: list[NDArray[np.intp]]) -> float:
    """The squared defects of the blocks times their rows; infinite where one is none."""
    total = 0.0
    for rows in blocks:
        degree = len(rows)
        defect = _unitarity_defect(matrix[rows.reshape(-1)].T.reshape(-1, degree, degree))
        if defect > _LARGEST_DEFECT:
            return float("inf")
        # Of equals the finer one: a sum of irreps is nearly unitary too.
        total += (defect * defect + 1e-6 * degree) * degree * degree
    return total


def _successive_blocks(matrix: NDArray[np.number]) -> list[NDArray[np.intp]] | None:
    """The best sequence of runs of d*d rows that can be scaled on both sides to matrices that are nearly unitary.

    Rows of different irreps are orthogonal, so rows that correlate lie in one run.
    """
    rows, columns = matrix.shape
    norms = np.linalg.norm(matrix, axis=1)
    scaled = matrix / np.where(norms > 0, norms, 1.0)[:, np.newaxis]
    correlation = np.abs(scaled @ scaled.conj().T)
    largest = int(min(rows, columns) ** 0.5)
    # best[k]: the smallest cost of covering the first k rows, and the degree of the last block.
    best = np.full(rows + 1, np.inf)
    last = np.zeros(rows + 1, dtype=int)
    best[0] = 0.0
    for start in range(rows):
        if not np.isfinite(best[start]):
            continue
        for degree in range(1, largest + 1):
            end = start + degree * degree
            if end > rows:
                break
            if np.any(correlation[start:end, end:] > _CORRELATED):
                continue
            run = np.arange(start, end).reshape(degree, degree)
            cost = best[start] + _cost(matrix, [run])
            if cost < best[end]:
                best[end] = cost
                last[end] = degree
    if not np.isfinite(best[rows]):
        return None
    return list(_runs(last, rows))[::-1]


def _runs(last: NDArray[np.int_], end: int) -> Iterator[NDArray[np.intp]]:
    while end > 0:
        degree = int(last[end])
        end -= degree * degree
        yield np.arange(end, end + degree * degree).reshape(degree, degree)


def _unitarity_defect(block: NDArray[np.number]) -> float:
    """Root mean square distance of the matrices from unitary ones after scaling on both sides, relative."""
    degree = block.shape[1]
    matrices = np.asarray(block, dtype=np.complex128)
    size = np.sqrt(np.mean(np.abs(matrices) ** 2) * degree)
    if size == 0:
        return 0.0 if degree == 1 else 1.0
    matrices = matrices / size
    for _ in range(_TURNS if degree > 1 else 1):
        left = np.einsum("gij,gkj->ik", matrices, matrices.conj()) / len(matrices)
        matrices = _inverse_root(left) @ matrices
        right = np.einsum("gji,gjk->ik", matrices.conj(), matrices) / len(matrices)
        if np.abs(right - np.eye(degree)).max() < 1e-6:
            break
        matrices = matrices @ _inverse_root(right)
    values = np.linalg.svd(matrices, compute_uv=False)
    return float(np.sqrt(np.mean((values - 1.0) ** 2)))


def _inverse_root(matrix: NDArray[np.complex128]) -> NDArray[np.complex128]:
    values, vectors = np.linalg.eigh(matrix)
    floor = max(float(values[-1]), 1e-300) * 1e-9
    return np.asarray((vectors / np.sqrt(np.maximum(values, floor))) @ vectors.conj().T)
