"""One transform of an array of any layout, or of a tensor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .abelian import Run
from .arrays import Norm, checked_out, norm_number, numbers, tensor_kind, worker_count

if TYPE_CHECKING:
    from .plan import FourierPlan

__all__ = ["transform"]


def transform(
    plan: FourierPlan,
    run: Run,
    x: ArrayLike,
    name: str,
    axis: int,
    norm: Norm | None,
    out: NDArray[Any] | None,
    workers: int | None,
) -> NDArray[Any]:
    """See :meth:`FourierPlan.forward`; ``run`` is the method of the plan's core, ``name`` what ``x`` is called."""
    dtype, real_dtype = plan.dtype, plan.real_dtype
    scaling = norm_number(norm)
    threads = 1 if workers is None else worker_count(workers)
    if type(x) is not np.ndarray and (kind := tensor_kind(x)) is not None:
        if kind == "torch":
            from .autodiff import transform as transform_tensor
        else:
            from .autodiff_jax import transform_jax as transform_tensor
        return transform_tensor(plan, run.__name__, x, axis, norm, out, workers)  # type: ignore[no-any-return]
    array = x if type(x) is np.ndarray else numbers(x, name)
    if array.dtype != dtype and (array.dtype != real_dtype or name == "X"):
        is_complex = numbers(array, name).dtype.kind == "c"
        array = array.astype(dtype if is_complex or name == "X" else real_dtype)
    if array.ndim == 1 and axis in (-1, 0) and array.shape[0] == plan.order:
        axis = 0
    else:
        axis = plan.checked_axis(array, name, axis)
    if out is None:
        result = np.empty(array.shape, dtype)
        if not run(array, result, axis, scaling, threads):
            run(np.ascontiguousarray(array), result, axis, scaling, threads)
        return result
    checked_out(out, array.shape, dtype)
    # The core writes while it reads: memory that overlaps, or is too irregular for it, goes through a copy.
    if np.may_share_memory(out, array) or not run(array, out, axis, scaling, threads):
        result = np.empty(array.shape, dtype)
        run(np.ascontiguousarray(array), result, axis, scaling, threads)
        out[...] = result
    return out
