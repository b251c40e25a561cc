"""The factors of a network that composes two group elements, as matrices of neurons by elements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ArgumentError
from ..groups import Group
from ..weights import as_array

__all__ = ["factors_of"]


def __dir__() -> list[str]:
    return __all__


def factors_of(
    factors: Sequence[Any], group: Group, axes: Sequence[int] | None, names: Sequence[str]
) -> list[NDArray[np.float64]]:
    """Check matrices that share their neurons, and bring each to (neurons, elements) in float64.

    Args:
        factors: matrices, real.
        group: its order is the length of one axis of each.
        axes: which axis that is in each; None where the shapes tell.
        names: what to call them in messages.
    """
    n = group.order
    if axes is not None and len(axes) != len(factors):
        raise ArgumentError(f"axes: expected one axis for each of {', '.join(names)}, got {tuple(axes)}")
    arrays = [as_array(factor, name) for factor, name in zip(factors, names, strict=True)]
    for array, name in zip(arrays, names, strict=True):
        if array.ndim != 2 or array.dtype.kind == "c" or n not in array.shape:
            raise ArgumentError(
                f"{name}: expected a real matrix with {n} elements of the group along one axis, "
                f"got shape {array.shape}, dtype {array.dtype}"
            )
    # Square matrices leave doubt unless another factor is not square: neurons are what all have in common.
    result = []
    for index, (array, name) in enumerate(zip(arrays, names, strict=True)):
        if axes is not None:
            axis = axes[index]
            if axis not in (-2, -1, 0, 1) or array.shape[axis] != n:
                raise ArgumentError(
                    f"axes: expected the axis of length {n} of {name}, got {axis} for {array.shape}"
                )
        elif array.shape[0] == array.shape[1]:
            raise ArgumentError(
                f"{name}: the shape {array.shape} leaves open which axis is the group's; say so with axes=..."
            )
        else:
            axis = array.shape.index(n)
        result.append(np.ascontiguousarray(np.moveaxis(array, axis, 1), dtype=np.float64))
    neurons = {len(array) for array in result}
    if len(neurons) > 1:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in zip(names, arrays, strict=True))
        raise ArgumentError(f"{names[0]}: expected as many neurons in each factor, got {shapes}")
    return result
