"""Transforms of JAX arrays: the same numbers by a callback, under every transformation of JAX.

A transform is a linear map. As a primitive of JAX it comes with its transpose, from which all derivatives in both modes
follow, and with its batches, which are those of the transform itself: so ``grad``, ``jvp``, ``jit`` and ``vmap`` work,
in any order. JAX is imported only when one of its arrays comes.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from .._optional import optional_import
from ..errors import ArgumentError
from .arrays import Norm
from .autodiff import ADJOINT, run_numpy

if TYPE_CHECKING:
    from .plan import FourierPlan

__all__ = ["transform_jax"]


@cache
def _primitive() -> Any:
    """The linear map, with the parameters plan, direction, axis, norm and workers; made when JAX is there."""
    jax = optional_import("jax", "jax", "transform JAX arrays")
    core = optional_import("jax.extend.core", "jax", "transform JAX arrays")
    from jax.interpreters import ad, batching, mlir

    primitive = core.Primitive("peterweyl_fourier_transform")

    def shape_of(x: Any, **how: Any) -> Any:
        return jax.core.ShapedArray(x.shape, how["plan"].dtype)

    def call(x: Any, **how: Any) -> Any:
        def host(values: Any) -> Any:
            return run_numpy(x=np.asarray(values), **how)

        return jax.pure_callback(host, jax.ShapeDtypeStruct(x.shape, how["plan"].dtype), x)

    def transpose(cotangent: Any, x: Any, **how: Any) -> list[Any]:
        # The transpose of A is conj . A^H . conj.
        if type(cotangent) is ad.Zero:
            return [ad.Zero(x.aval)]
        how["direction"] = ADJOINT[how["direction"]]
        return [primitive.bind(cotangent.conj(), **how).conj()]

    def batch(arguments: Any, axes: Any, **how: Any) -> tuple[Any, int]:
        how["axis"] += how["axis"] >= 0  # the batch comes before all other axes
        return primitive.bind(jax.numpy.moveaxis(arguments[0], axes[0], 0), **how), 0

    primitive.def_impl(call)
    primitive.def_abstract_eval(shape_of)
    ad.deflinear2(primitive, transpose)
    batching.primitive_batchers[primitive] = batch
    mlir.register_lowering(primitive, mlir.lower_fun(call, multiple_results=False))
    return primitive


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
    plan.checked_axis(np.broadcast_to(False, x.shape), "x", axis)
    # Linear over the complex numbers: real arrays become complex first, which JAX differentiates itself.
    how = {"plan": plan, "direction": direction, "axis": axis, "norm": norm, "workers": workers}
    return _primitive().bind(x.astype(plan.dtype), **how)
