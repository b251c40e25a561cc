"""Weights as the rows that the core works on: functions on the group, scaled so that no square under- or overflows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ArgumentError
from ..groups import Group
from ..weights import as_array, combine_pairs

__all__ = ["BlockInput", "RowInput", "blocks_of", "rows_of"]

Array = NDArray[Any]


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True)
class RowInput:
    """Rows (m, n), contiguous float64 or complex128, divided by ``scale``: the largest absolute entry, or 1."""

    rows: Array
    scale: float

    @property
    def is_real(self) -> bool:
        """Whether the rows are real functions."""
        return bool(self.rows.dtype.kind == "f")


@dataclass(frozen=True)
class BlockInput:
    """Blocks (n, d, d) in complex128, divided by ``scale``, and the same numbers as rows."""

    blocks: tuple[NDArray[np.complex128], ...]
    rows: RowInput


def _name(group: Group) -> str:
    return f"the order of {group.name}" if group.name else "the order of the group"


def _working(array: Array) -> Array:
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64, copy=False)


def _scale(array: Array) -> float:
    if array.size == 0:
        return 1.0
    parts = array.view(np.float64) if array.dtype.kind == "c" else array
    largest = float(max(parts.max(), -parts.min()))
    return largest or 1.0


def _scaled(rows: Array) -> RowInput:
    rows = np.ascontiguousarray(_working(rows))
    scale = _scale(rows)
    return RowInput(rows / scale, scale)


def _check_axis(array: Array, axis: int, group: Group) -> None:
    if not isinstance(axis, int | np.integer) or isinstance(axis, bool):
        raise ArgumentError(f"axis: expected an integer, got {type(axis).__name__}")
    if array.ndim == 0:
        raise ArgumentError(
            "weights: expected an array with an axis over the elements of the group, got a single number"
        )
    if not -array.ndim <= axis < array.ndim:
        raise ArgumentError(f"axis={axis}: expected an axis of an array of shape {array.shape}")
    order = group.order
    if array.shape[axis] == order:
        return
    fitting = [k for k, length in enumerate(array.shape) if length == order]
    if fitting:
        hint = (
            f"; pass axis={fitting[0]}, which has that length"
            if len(fitting) == 1
            else f"; axes {fitting} have that length"
        )
    elif array.shape[axis] == order - 1:
        hint = "; one element is missing: where the identity was left out, insert it"
    elif array.shape[axis] > order:
        hint = (
            f"; no axis has that length: slice off what is no element of the group, such as weights[:{order}]"
        )
    else:
        hint = "; no axis has that length"
    raise ArgumentError(
        f"weights: expected length {order} ({_name(group)}) along axis {axis}, got {array.shape[axis]} "
        f"in shape {array.shape}{hint}"
    )


def rows_of(weights: Any, group: Group, axis: int, pairs: int | None) -> RowInput:
    """Check an array and bring the axis of the group last; all other axes become rows."""
    array = as_array(weights, "weights")
    if pairs is not None:
        array = combine_pairs(array, pairs)
    _check_axis(array, axis, group)
    rows = np.moveaxis(array, axis, -1).reshape(-1, group.order)
    if not len(rows):
        raise ArgumentError(f"weights: expected at least one row, got shape {array.shape}")
    return _scaled(rows)


def _separate(weights: Any) -> list[Any]:
    """One block, an array of blocks, or a collection of blocks, as a list."""
    if isinstance(weights, Mapping):
        return list(weights.values())
    if isinstance(weights, Sequence) and not isinstance(weights, str | bytes):
        return list(weights)
    array = as_array(weights, "weights")
    return list(array) if array.ndim == 4 else [array]


def blocks_of(weights: Any, group: Group, pairs: int | None) -> BlockInput:
    """Check blocks (n, d, d) and lay their entries out as rows, block after block, row-major."""
    arrays = []
    for index, value in enumerate(_separate(weights)):
        name = f"weights[{index}]"
        array = as_array(value, name)
        if pairs is not None:
            array = combine_pairs(array, pairs)
        if array.ndim != 3 or array.shape[1] != array.shape[2] or array.shape[1] == 0:
            hint = (
                "; pass pairs=-1 where the last axis holds real and imaginary parts"
                if array.ndim == 4
                else ""
            )
            raise ArgumentError(
                f"{name}: expected a block of shape ({group.order}, d, d), got {array.shape}{hint}"
            )
        if array.shape[0] != group.order:
            hint = (
                f"; where the identity was left out, insert it: "
                f"np.insert(block, {group.identity}, np.eye({array.shape[1]}), axis=0)"
                if array.shape[0] == group.order - 1
                else ""
            )
            raise ArgumentError(
                f"{name}: expected {group.order} matrices ({_name(group)}) along axis 0, got shape {array.shape}{hint}"
            )
        arrays.append(array)
    if not arrays:
        raise ArgumentError("weights: expected at least one block, got none")
    # Real blocks are real rows only where all of them are.
    rows = _scaled(np.concatenate([array.reshape(group.order, -1).T for array in arrays]))
    blocks = tuple(np.ascontiguousarray(array, dtype=np.complex128) / rows.scale for array in arrays)
    return BlockInput(blocks, rows)
