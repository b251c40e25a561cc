"""Convolutions and correlations of functions of any layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import ArgumentError
from .arrays import checked_out, numbers, tensor_kind, worker_count

if TYPE_CHECKING:
    from .plan import FourierPlan

__all__ = ["convolve"]


def convolve(
    plan: FourierPlan,
    x: ArrayLike,
    y: ArrayLike,
    axis: int,
    out: NDArray[Any] | None,
    workers: int | None,
    correlate: bool,
) -> NDArray[Any]:
    """See :meth:`FourierPlan.convolve` and :meth:`FourierPlan.correlate`."""
    kind = tensor_kind(x) or tensor_kind(y)
    if kind is not None:
        from .tensor_convolution import convolve_tensors

        return convolve_tensors(plan, kind, x, y, axis, out, workers, correlate)  # type: ignore[no-any-return]
    threads = worker_count(workers)
    given = [numbers(x, "x"), numbers(y, "y")]
    is_complex = any(array.dtype.kind == "c" for array in given)
    dtype = plan.dtype if is_complex else plan.real_dtype
    # Views with the group on the last axis; repeated axes have stride 0.
    rows = [
        np.moveaxis(np.asarray(array, dtype), plan.checked_axis(array, name, axis), -1)
        for array, name in zip(given, "xy", strict=True)
    ]
    try:
        shape = np.broadcast_shapes(rows[0].shape, rows[1].shape)
    except ValueError:
        raise ArgumentError(
            f"y: expected axes that broadcast against those of x {np.shape(x)}, got {np.shape(y)}"
        ) from None
    left, right = (np.broadcast_to(array, shape) for array in rows)
    core, last = plan.core, len(shape) - 1
    result = out
    if result is None:
        result = np.empty(np.moveaxis(left, -1, axis).shape, dtype)
    else:
        checked_out(result, np.moveaxis(left, -1, axis).shape, np.dtype(dtype))
    # The core writes while it reads: memory that overlaps, or is too irregular for it, goes through a copy.
    target = np.moveaxis(result, axis, -1)
    overlaps = any(np.may_share_memory(target, array) for array in rows)
    if overlaps or not core.convolve(left, right, target, last, correlate, threads):
        copy = np.empty(shape, dtype)
        left, right = np.ascontiguousarray(left), np.ascontiguousarray(right)
        core.convolve(left, right, copy, last, correlate, threads)
        target[...] = copy
    return result
