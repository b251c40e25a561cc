"""Three matrices as the factors of a network: which of their axes runs over the elements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ArgumentError
from ..weights.arrays import as_array
from .networks import CompositionNetwork

__all__ = ["networks_of"]


def __dir__() -> list[str]:
    return __all__


def networks_of(
    factors: Any, axis: int | Sequence[int] | None, order: int | None
) -> list[CompositionNetwork]:
    """The ways to read three matrices as factors, the likeliest first."""
    if not isinstance(factors, Sequence) or isinstance(factors, (str, bytes)) or len(factors) != 3:
        raise ArgumentError(
            f"factors: expected three matrices (W_a, W_b, W_U) or a CompositionNetwork, got "
            f"{type(factors).__name__}{f' of length {len(factors)}' if isinstance(factors, Sequence) else ''}"
        )
    arrays = [np.asarray(as_array(x, f"factors[{i}]")) for i, x in enumerate(factors)]
    for i, array in enumerate(arrays):
        if array.ndim != 2 or 0 in array.shape:
            raise ArgumentError(f"factors[{i}]: expected a matrix, got shape {array.shape}")
    shapes = ", ".join(str(array.shape) for array in arrays)
    if axis is not None:
        axes = [int(axis)] * 3 if isinstance(axis, (int, np.integer)) else [int(k) for k in axis]
        if len(axes) != 3 or any(not -2 <= k < 2 for k in axes):
            raise ArgumentError(f"axis: expected 0 or 1, or three of them, for factors, got {axis!r}")
        turned = [np.moveaxis(array, k, 0) for array, k in zip(arrays, axes, strict=True)]
        if any(array.shape != turned[0].shape for array in turned):
            raise ArgumentError(
                f"factors: expected equal shapes with the elements on axis {axis}, got {shapes}"
            )
        return [_network(turned)]
    sides = set(arrays[0].shape)
    if any(set(array.shape) != sides for array in arrays):
        raise ArgumentError(
            f"factors: expected shapes (hidden, n) or (n, hidden) of one n and hidden, got {shapes}"
        )
    if len(sides) == 1:
        # Square: elements on the columns, or as the layers of a network lie, (n, hidden), (n, hidden), (hidden, n).
        columns = [array.T for array in arrays]
        layers = [arrays[0], arrays[1], arrays[2].T]
        weights = [arrays[0].T, arrays[1].T, arrays[2]]
        return [_network(x) for x in (columns, weights, layers, arrays)]
    orders = [order] if order is not None else sorted(sides)
    if order is not None and order not in sides:
        raise ArgumentError(f"order: expected a side of the factors, shapes {shapes}, got {order}")
    return [_network([a if a.shape[0] == n else a.T for a in arrays]) for n in orders]


def _network(arrays: Sequence[NDArray[Any]]) -> CompositionNetwork:
    """Factors (n, hidden); complex units become four real ones, the real part of their product."""
    left, right, out = arrays
    if any(np.iscomplexobj(array) for array in arrays):
        parts = [(np.real(array), np.imag(array)) for array in arrays]
        (a, b), (c, d), (e, f) = parts
        left = np.concatenate([a, -b, -a, -b], axis=1)
        right = np.concatenate([c, d, d, c], axis=1)
        out = np.concatenate([e, e, f, f], axis=1)
    single = []
    for array in (left, right, out):
        # The trilinear form does not see scales; activations that are homogeneous see none that matter.
        largest = float(np.abs(array).max(initial=0.0))
        factor = 1.0 if 1e-12 < largest < 1e12 or largest == 0 else 1.0 / largest
        single.append(np.ascontiguousarray(array * factor, dtype=np.float32))
    return CompositionNetwork(left=single[0], right=single[1], out=single[2])
