"""Convolutions of PyTorch tensors and JAX arrays: transforms and products of blocks, through which gradients flow."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from .._optional import optional_import
from ..errors import ArgumentError

if TYPE_CHECKING:
    from .plan import FourierPlan

__all__ = ["convolve_tensors"]


def convolve_tensors(
    plan: FourierPlan,
    kind: Literal["torch", "jax"],
    x: Any,
    y: Any,
    axis: int,
    out: object,
    workers: int | None,
    correlate: bool,
) -> Any:
    """See :meth:`FourierPlan.convolve`; the result is a tensor of that kind."""
    if out is not None:
        raise ArgumentError("out: expected None for tensors, through which gradients flow")
    if kind == "torch":
        library = optional_import("torch", "torch", "convolve tensors")
        operands = [library.as_tensor(x), library.as_tensor(y)]
    else:
        library = optional_import("jax.numpy", "jax", "convolve JAX arrays")
        operands = [library.asarray(x), library.asarray(y)]
    is_complex = any("complex" in str(tensor.dtype) for tensor in operands)
    left, right = (plan.forward(library.moveaxis(tensor, axis, -1), workers=workers) for tensor in operands)
    products = []
    start = 0
    for degree, members in groupby(plan.group.irreps.degrees):
        count = len(list(members))
        stop = start + count * degree * degree
        f, h = (
            spectrum[..., start:stop].reshape(*spectrum.shape[:-1], count, degree, degree)
            for spectrum in (left, right)
        )
        product = h @ (f.conj().mT if correlate else f)
        products.append(product.reshape(*product.shape[:-3], stop - start))
        start = stop
    result = plan.inverse(library.concatenate(products, -1), workers=workers)
    return library.moveaxis(result if is_complex else result.real, -1, axis)
