"""Weights as the rows that the core works on: functions on the group, scaled so that no square under- or overflows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ArgumentError
from ..weights import as_array, combine_pairs
from .axes import GROUP_AXIS, PAIR_AXIS, named_axes, selected_positions
from .many_rows import keeps_precision

__all__ = ["BlockInput", "Columns", "Layout", "RowInput", "columns_available", "read"]

Array = NDArray[Any]


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True)
class Layout:
    """Where the elements of the group, the pairs and the blocks are in the caller's arrays; as in ``verify``."""

    axis: int | str = -1
    axes: str | None = None
    rows: Any = None
    pairs: int | None = None
    blocks: bool = False
    block_sizes: Sequence[int] | None = None
    identity_omitted: bool = False

    def __post_init__(self) -> None:
        if self.axes is not None and not isinstance(self.axes, str):
            raise ArgumentError(
                f"axes: expected names such as 'group neuron', got {type(self.axes).__name__}"
            )
        if self.axes is None and isinstance(self.axis, str):
            raise ArgumentError(
                f"axis={self.axis!r}: expected an integer; names need axes='...', which gives them"
            )
        if self.identity_omitted and not (self.blocks or self.block_sizes is not None):
            raise ArgumentError(
                "identity_omitted: expected blocks, whose omitted matrix is the identity; rows have no such value"
            )
        if self.blocks and self.axes is not None:
            raise ArgumentError("axes: blocks have their elements on axis 0 and take no names")


@dataclass(frozen=True)
class Columns:
    """What the columns are: how many, called what, and which one belongs to the identity."""

    order: int
    name: str
    identity: int


@dataclass(frozen=True)
class RowInput:
    """Rows (m, n), contiguous, divided by ``scale``: the largest absolute entry, or 1.

    In double precision, but for rows that are so many that they keep the precision of the weights.
    """

    rows: Array
    scale: float

    @property
    def is_real(self) -> bool:
        """Whether the rows are real functions."""
        return bool(self.rows.dtype.kind == "f")

    def in_order(self, elements: Array) -> RowInput:
        """The same functions with the column of element j, which ``elements`` says, in place j."""
        return RowInput(np.ascontiguousarray(self.rows[:, np.argsort(elements)]), self.scale)


@dataclass(frozen=True)
class BlockInput:
    """Blocks (n, d, d) in complex128, divided by ``scale``, and the same numbers as rows."""

    blocks: tuple[NDArray[np.complex128], ...]
    rows: RowInput

    def in_order(self, elements: Array) -> BlockInput:
        """The same blocks with the matrix of element j in place j."""
        column = np.argsort(elements)
        blocks = tuple(np.ascontiguousarray(block[column]) for block in self.blocks)
        return BlockInput(blocks, self.rows.in_order(elements))


def read(weights: Any, columns: Columns, layout: Layout) -> RowInput | BlockInput:
    """Check weights against a layout and bring them to rows, or to rows and blocks."""
    if layout.blocks:
        return _blocks_of(weights, columns, layout)
    if layout.block_sizes is not None:
        rows = _function_rows(weights, columns, layout)
        return _flat_blocks(rows, columns, layout.block_sizes, layout.identity_omitted)
    return _scaled(_function_rows(weights, columns, layout))


def columns_available(weights: Any, layout: Layout) -> int:
    """The number of elements that the weights have room for: the length of the axis of the group."""
    missing = 1 if layout.identity_omitted else 0
    if layout.blocks:
        separate = _separate(weights)
        return len(as_array(separate[0], "weights[0]")) + missing if separate else 0
    array, axis = _arranged(weights, None, layout)
    _check_axis_exists(array, axis)
    return len(selected_positions(layout.rows, array.shape[axis])) + missing


def _working(array: Array) -> Array:
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64, copy=False)


def _scale(array: Array) -> float:
    if array.size == 0:
        return 1.0
    parts = array.view(array.real.dtype)
    largest = float(max(parts.max(), -parts.min()))
    return largest or 1.0


def _scaled(rows: Array) -> RowInput:
    rows = np.ascontiguousarray(rows if keeps_precision(rows) else _working(rows))
    scale = _scale(rows)
    return RowInput(rows / rows.real.dtype.type(scale), scale)


def _arranged(weights: Any, order: int | None, layout: Layout) -> tuple[Array, int]:
    """The array with named axes taken apart and pairs joined, and the position of the axis of the group."""
    array = as_array(weights, "weights")
    if layout.axes is None:
        if layout.pairs is not None:
            array = combine_pairs(array, layout.pairs)
        if not isinstance(layout.axis, int | np.integer) or isinstance(layout.axis, bool):
            raise ArgumentError(f"axis: expected an integer, got {type(layout.axis).__name__}")
        return array, int(layout.axis)
    wanted = layout.axis if isinstance(layout.axis, str) else GROUP_AXIS
    array, names = named_axes(array, layout.axes, {wanted: order} if layout.rows is None else {})
    if layout.pairs is not None:
        raise ArgumentError(f"pairs: with axes='...' call the axis of the pairs {PAIR_AXIS!r} there")
    if PAIR_AXIS in names:
        position = names.index(PAIR_AXIS)
        array = combine_pairs(array, position)
        names.pop(position)
    if wanted not in names:
        raise ArgumentError(
            f"axes={layout.axes!r}: expected an axis called {wanted!r}, the one over the elements of the group"
        )
    return array, names.index(wanted)


def _check_axis_exists(array: Array, axis: int) -> None:
    if array.ndim == 0:
        raise ArgumentError(
            "weights: expected an array with an axis over the elements of the group, got a single number"
        )
    if not -array.ndim <= axis < array.ndim:
        raise ArgumentError(f"axis={axis}: expected an axis of an array of shape {array.shape}")


def _check_length(array: Array, axis: int, columns: Columns, omitted: bool) -> None:
    order = columns.order - omitted
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
            f"; no axis has that length: slice off what is no element of the group, such as weights[:{order}], "
            f"or pass rows=slice(0, {order})"
        )
    else:
        hint = "; no axis has that length"
    raise ArgumentError(
        f"weights: expected length {order} ({columns.name}) along axis {axis}, got {array.shape[axis]} "
        f"in shape {array.shape}{hint}"
    )


def _function_rows(weights: Any, columns: Columns, layout: Layout) -> Array:
    """The axis of the group last, all other axes as rows."""
    array, axis = _arranged(weights, columns.order - layout.identity_omitted, layout)
    _check_axis_exists(array, axis)
    if layout.rows is not None:
        array = np.take(array, selected_positions(layout.rows, array.shape[axis]), axis=axis)
    _check_length(array, axis, columns, layout.identity_omitted)
    rows = np.moveaxis(array, axis, -1).reshape(-1, array.shape[axis])
    if not len(rows):
        raise ArgumentError(f"weights: expected at least one row, got shape {array.shape}")
    return rows


def _separate(weights: Any) -> list[Any]:
    """One block, an array of blocks, or a collection of blocks, as a list."""
    if isinstance(weights, Mapping):
        return list(weights.values())
    if isinstance(weights, Sequence) and not isinstance(weights, str | bytes):
        return list(weights)
    array = as_array(weights, "weights")
    return list(array) if array.ndim == 4 else [array]


def _blocks_of(weights: Any, columns: Columns, layout: Layout) -> BlockInput:
    """Check blocks (n, d, d) and lay their entries out as rows, block after block, row-major."""
    arrays = []
    length = columns.order - layout.identity_omitted
    for index, value in enumerate(_separate(weights)):
        name = f"weights[{index}]"
        array = as_array(value, name)
        if layout.pairs is not None:
            array = combine_pairs(array, layout.pairs)
        if layout.rows is not None and array.ndim:
            array = array[selected_positions(layout.rows, len(array))]
        if array.ndim != 3 or array.shape[1] != array.shape[2] or array.shape[1] == 0:
            hint = (
                "; pass pairs=-1 where the last axis holds real and imaginary parts"
                if array.ndim == 4
                else ""
            )
            raise ArgumentError(
                f"{name}: expected a block of shape ({length}, d, d), got {array.shape}{hint}"
            )
        if array.shape[0] != length:
            hint = (
                f"; where the identity was left out, pass identity_omitted=True, or insert it: "
                f"np.insert(block, {columns.identity}, np.eye({array.shape[1]}), axis=0)"
                if array.shape[0] == length - 1
                else ""
            )
            raise ArgumentError(
                f"{name}: expected {length} matrices ({columns.name}) along axis 0, got shape {array.shape}{hint}"
            )
        arrays.append(array)
    return _joined(arrays, columns, layout.identity_omitted)


def _flat_blocks(rows: Array, columns: Columns, sizes: Sequence[int], omitted: bool) -> BlockInput:
    """Blocks out of rows: d*d rows a block, the entries (p, q) row-major."""
    valid = [d for d in sizes if isinstance(d, int | np.integer) and not isinstance(d, bool) and d > 0]
    if len(valid) != len(sizes) or sum(d * d for d in valid) != len(rows):
        raise ArgumentError(
            f"block_sizes: expected sizes whose squares add up to the {len(rows)} rows, got {list(sizes)}"
        )
    arrays, first = [], 0
    for d in valid:
        arrays.append(rows[first : first + d * d].T.reshape(-1, d, d))
        first += d * d
    return _joined(arrays, columns, omitted)


def _joined(arrays: list[Array], columns: Columns, omitted: bool) -> BlockInput:
    if not arrays:
        raise ArgumentError("weights: expected at least one block, got none")
    if omitted:
        arrays = [np.insert(array, columns.identity, np.eye(array.shape[1]), axis=0) for array in arrays]
    # Real blocks are real rows only where all of them are.
    rows = _scaled(np.concatenate([array.reshape(columns.order, -1).T for array in arrays]))
    blocks = tuple(np.ascontiguousarray(array, dtype=np.complex128) / rows.scale for array in arrays)
    return BlockInput(blocks, rows)
