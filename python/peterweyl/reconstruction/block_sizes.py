"""Where the blocks of a flat matrix begin and end."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..errors import ArgumentError

__all__ = ["find_block_sizes"]

# Rows whose correlation is above this belong to one block.
_CORRELATED = 0.25
# A block whose matrices, scaled on both sides, are this far from unitary (root mean square) is none.
_LARGEST_DEFECT = 0.45
_TURNS = 30


def __dir__() -> list[str]:
    return __all__


def find_block_sizes(matrix: NDArray[np.number]) -> list[int]:
    """Find the degrees of the blocks whose entries are the rows of a matrix, one block after another.

    Rows of different irreps are orthogonal, so rows that correlate lie in one block. Where that leaves a choice,
    blocks are those runs of d*d rows that can be scaled on both sides to matrices that are nearly unitary: the best
    sequence of such runs, of a mean defect weighted by rows.

    Args:
        matrix: (rows, n), the elements on the columns.

    Returns:
        The degrees, in the order of the rows.

    Raises:
        ArgumentError: no sequence of blocks covers the rows.

    Complexity:
        O(rows**2 n) for the correlations, O(rows n d**3) for every degree d up to the square root of the rows.
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
            defect = _unitarity_defect(matrix[start:end].T.reshape(columns, degree, degree))
            if defect > _LARGEST_DEFECT:
                continue
            # Of equals the finer one: a sum of irreps is nearly unitary too.
            cost = best[start] + (defect * defect + 1e-6 * degree) * (end - start)
            if cost < best[end]:
                best[end] = cost
                last[end] = degree
    if not np.isfinite(best[rows]):
        raise ArgumentError(
            "block_sizes: no sequence of square blocks covers the rows: give the degrees, or pass the matrix as matrix="
        )
    sizes: list[int] = []
    end = rows
    while end > 0:
        sizes.append(int(last[end]))
        end -= sizes[-1] ** 2
    return sizes[::-1]


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
