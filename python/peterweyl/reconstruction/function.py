"""Blocks out of a power-spectral model that can only be asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ArgumentError, GroupTooLargeError
from ..weights.arrays import as_array
from .blocks import from_blocks
from .result import Reconstruction

__all__ = ["blocks_of_function", "from_function"]

# Questions put in one call.
_BATCH = 4096
_LARGEST_ORDER = 1024


def __dir__() -> list[str]:
    return __all__


def from_function(function: Callable[[Any], Any], order: int | None, seed: int) -> Reconstruction:
    """Find the table in the answers of a model; the arguments are those of :func:`peterweyl.reconstruct`."""
    if order is None:
        raise ArgumentError("order: expected the number of elements together with function=, got None")
    blocks = blocks_of_function(function, int(order))
    return replace(from_blocks(blocks, None, None, False, seed), source="function")


def blocks_of_function(function: Callable[[Any], Any], order: int) -> list[NDArray[np.complex128]]:
    """Blocks of a model ``x -> [W_i(x) W_i(x)^H]`` with linear ``W_i(x) = sum_g x_g W_i(g)``, up to right factors.

    Polarisation: the answers to ``e_g``, ``e_g + e_h`` and ``e_g + i e_h`` give ``W(g) W(h)^H`` for all pairs, a matrix
    of rank d whose leading eigenvectors are the blocks, times one unitary on the right. All n**2 pairs are asked, so
    noise in the answers is averaged out.

    Args:
        function: called with complex (k, n); gives (k, d, d), or a sequence or mapping of such arrays.
        order: n.

    Returns:
        One complex array (n, d, d) for each output.

    Raises:
        ArgumentError: answers of the wrong shape.

    Complexity:
        n**2 questions; O(n**3 d**3) for the eigenvectors.
    """
    n = order
    if n > _LARGEST_ORDER:
        raise GroupTooLargeError(
            f"order: expected at most {_LARGEST_ORDER} to ask all {n * n:,} pairs, got {n}", n, _LARGEST_ORDER
        )
    unit = np.eye(n, dtype=np.complex128)
    single = _ask(function, unit)
    if n == 1:
        return [np.asarray(np.sqrt(own)) if own.shape[1] == 1 else own for own in single]
    first, second = np.triu_indices(n, 1)
    sums = _ask(function, unit[first] + unit[second])
    turned = _ask(function, unit[first] + 1j * unit[second])
    blocks = []
    for own, plus, quarter in zip(single, sums, turned, strict=True):
        d = own.shape[1]
        # B + B^H and -i B + i B^H with B = W(g) W(h)^H.
        symmetric = plus - own[first] - own[second]
        skew = quarter - own[first] - own[second]
        product = (symmetric + 1j * skew) / 2
        gram = np.zeros((n, d, n, d), dtype=np.complex128)
        gram[np.arange(n), :, np.arange(n), :] = own
        gram[first, :, second, :] = product
        gram[second, :, first, :] = product.conj().transpose(0, 2, 1)
        values, vectors = np.linalg.eigh(gram.reshape(n * d, n * d))
        top = vectors[:, -d:] * np.sqrt(np.maximum(values[-d:], 0.0))
        blocks.append(np.ascontiguousarray(top.reshape(n, d, d)))
    return blocks


def _ask(function: Callable[[Any], Any], questions: NDArray[np.complex128]) -> list[NDArray[np.complex128]]:
    parts: list[list[NDArray[np.complex128]]] = []
    for start in range(0, len(questions), _BATCH):
        batch = questions[start : start + _BATCH]
        answer = function(batch)
        if hasattr(answer, "values") and not hasattr(answer, "shape"):
            answer = list(answer.values())
        outputs = answer if isinstance(answer, Sequence) else [answer]
        arrays = []
        for index, output in enumerate(outputs):
            array = np.asarray(as_array(output, f"function output {index}"), dtype=np.complex128)
            if array.ndim == 1:
                array = array[:, np.newaxis, np.newaxis]
            if array.ndim != 3 or len(array) != len(batch) or array.shape[1] != array.shape[2]:
                raise ArgumentError(
                    f"function: expected ({len(batch)}, d, d) for each output, got {array.shape} for output {index}"
                )
            arrays.append(array)
        parts.append(arrays)
    return [np.concatenate(pieces) for pieces in zip(*parts, strict=True)]
