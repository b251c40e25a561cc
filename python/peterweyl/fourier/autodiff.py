"""Transforms of PyTorch tensors: the same numbers, through which gradients flow in both directions.

A transform is a linear map, so its derivative is itself and the gradient of what follows goes through its conjugate
transpose, which is a transform again. PyTorch is imported only when a tensor comes.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from .._optional import optional_import
from ..errors import ArgumentError
from .arrays import Norm

if TYPE_CHECKING:
    from .plan import FourierPlan

__all__ = ["ADJOINT", "run_numpy", "transform"]

#: Each map and its conjugate transpose.
ADJOINT: Final = {
    "forward": "adjoint",
    "adjoint": "forward",
    "inverse": "inverse_adjoint",
    "inverse_adjoint": "inverse",
}


def run_numpy(
    plan: FourierPlan, direction: str, x: NDArray[Any], axis: int, norm: Norm | None, workers: int | None
) -> NDArray[Any]:
    """One of the four maps on an array."""
    if direction != "inverse_adjoint":
        result: NDArray[Any] = getattr(plan, direction)(x, axis, norm, None, workers)
        return result
    # The inverse is a weight for each coefficient, then the adjoint; its adjoint takes them in reverse.
    result = plan.forward(x, axis, workers=workers)
    shape = [1] * result.ndim
    shape[axis] = -1
    result *= plan.inverse_weights(norm).reshape(shape)
    return result


def _apply(
    plan: FourierPlan, direction: str, x: Any, axis: int, norm: Norm | None, workers: int | None
) -> Any:
    torch = optional_import("torch", "torch", "transform tensors")
    array = x.detach().cpu().resolve_conj().resolve_neg().numpy()
    result = run_numpy(plan, direction, array, axis, norm, workers)
    return torch.from_numpy(np.ascontiguousarray(result)).to(x.device)


@cache
def _function() -> Any:
    """The differentiable function, made when PyTorch is there."""
    torch = optional_import("torch", "torch", "transform tensors")

    class Transform(torch.autograd.Function):  # type: ignore[misc, name-defined]
        @staticmethod
        def forward(ctx: Any, x: Any, *how: Any) -> Any:
            plan, direction, axis, norm, workers = ctx.how = how
            ctx.real = not x.is_complex()
            return _apply(plan, direction, x, axis, norm, workers)

        @staticmethod
        def backward(ctx: Any, gradient: Any) -> Any:
            plan, direction, axis, norm, workers = ctx.how
            result = Transform.apply(gradient, plan, ADJOINT[direction], axis, norm, workers)
            return (result.real if ctx.real else result, None, None, None, None, None)

        @staticmethod
        def jvp(ctx: Any, tangent: Any, *_: Any) -> Any:
            plan, direction, axis, norm, workers = ctx.how
            return Transform.apply(tangent, plan, direction, axis, norm, workers)

    return Transform


def transform(
    plan: FourierPlan,
    direction: str,
    x: Any,
    axis: int,
    norm: Norm | None,
    out: object,
    workers: int | None,
) -> Any:
    """Transform a tensor; the result is one, on the same device."""
    if out is not None:
        raise ArgumentError("out: expected None for a tensor, through which gradients flow")
    return _function().apply(x, plan, direction, axis, norm, workers)
