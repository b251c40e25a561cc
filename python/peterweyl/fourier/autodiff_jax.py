"""Transforms of JAX arrays: the same numbers by a callback, differentiable any number of times in both modes.

A transform is a linear map: JAX is told its transpose, and derives everything else; ``jit`` works, and in the place of
``vmap`` stand the batch axes of the transform itself. JAX is imported only when one of its arrays comes.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from .._optional import optional_import
from ..errors import ArgumentError
from .arrays import Norm
from .autodiff import ADJOINT, run_numpy

if TYPE_CHECKING:
    from .plan import FourierPlan

__all__ = ["transform_jax"]


def _linear(
    plan: FourierPlan, direction: str, axis: int, norm: Norm | None, workers: int | None, x: Any
) -> Any:
    """A linear map that JAX can transpose: the transpose of A is conj . A^H . conj."""
    jax = optional_import("jax", "jax", "transform JAX arrays")
    run = partial(_linear, plan, ADJOINT[direction], axis, norm, workers)

    def host(values: Any) -> Any:
        return run_numpy(plan, direction, np.asarray(values), axis, norm, workers)

    def forward(values: Any) -> Any:
        shape = jax.ShapeDtypeStruct(values.shape, plan.dtype)
        return jax.pure_callback(host, shape, values)

    def transpose(_: Any, cotangent: Any) -> Any:
        return run(cotangent.conj()).conj()

    return jax.custom_derivatives.linear_call(lambda _, values: forward(values), transpose, (), x)


def transform_jax(
    plan: FourierPlan,
    direction: str,
    x: Any,
    axis: int,
    norm: Norm | None,
    out: object,
    workers: int | None,
) -> Any:
    """Transform a JAX array; the result is one."""
    if out is not None:
        raise ArgumentError("out: expected None for a JAX array, which is never written into")
    # Linear over the complex numbers: real arrays become complex first, which JAX differentiates itself.
    return _linear(plan, direction, axis, norm, workers, x.astype(plan.dtype))
