"""What transforms accept: numbers of any kind, axes, norms, workers."""

from __future__ import annotations

import os
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import ArgumentError

__all__ = [
    "NORMS",
    "REAL",
    "Norm",
    "checked_out",
    "is_single",
    "norm_number",
    "numbers",
    "plan_dtype",
    "tensor_kind",
    "worker_count",
]

#: Where the factor 1/n goes: on the inverse, on both (a unitary transform), or on the forward transform.
Norm = Literal["backward", "ortho", "forward"]

#: The number of each norm in the compiled core.
NORMS: Final[dict[str | None, int]] = {None: 0, "backward": 0, "ortho": 1, "forward": 2}

#: The real type of the precision of each complex one.
REAL: Final[dict[str, np.dtype[Any]]] = {
    "complex128": np.dtype(np.float64),
    "complex64": np.dtype(np.float32),
}


def numbers(x: ArrayLike, name: str) -> NDArray[Any]:
    """An array of real or complex numbers.

    Raises:
        ArgumentError: it holds something else.
    """
    array = np.asarray(x)
    if array.dtype.kind not in "biufc":
        raise ArgumentError(f"{name}: expected real or complex numbers, got dtype {array.dtype}")
    return array


def tensor_kind(x: object) -> Literal["torch", "jax"] | None:
    """Whether this is a PyTorch tensor or a JAX array (or tracer), found without importing either."""
    module = type(x).__module__.partition(".")[0]
    if module == "torch" and hasattr(x, "detach"):
        return "torch"
    return "jax" if module in ("jax", "jaxlib") and hasattr(x, "dtype") else None


def is_single(x: ArrayLike) -> bool:
    """Whether these are numbers of single precision."""
    if tensor_kind(x) is not None:
        return str(x.dtype).removeprefix("torch.") in ("float32", "complex64")  # type: ignore[union-attr]
    return numbers(x, "x").dtype in (np.float32, np.complex64)


def norm_number(norm: Norm | None) -> int:
    """The number of a norm in the compiled core."""
    number = NORMS.get(norm)
    if number is None:
        raise ArgumentError(f'norm: expected "backward", "ortho" or "forward", got {norm!r}')
    return number


def plan_dtype(dtype: str | np.dtype[Any]) -> np.dtype[Any]:
    """One of the two types of spectra."""
    try:
        found = np.dtype(dtype)
    except TypeError:
        found = None
    if found not in (np.complex128, np.complex64):
        raise ArgumentError(f'dtype: expected "complex128" or "complex64", got {dtype!r}')
    return np.dtype(found)


def checked_out(out: NDArray[Any], shape: tuple[int, ...], dtype: np.dtype[Any]) -> None:
    """See that an ``out=`` argument can take the result.

    Raises:
        ArgumentError: it has another shape or type, or is read-only.
    """
    if not isinstance(out, np.ndarray) or out.shape != shape or out.dtype != dtype:
        found = f"{out.shape} {out.dtype}" if isinstance(out, np.ndarray) else type(out).__name__
        raise ArgumentError(f"out: expected an array {shape} {dtype}, got {found}")
    if not out.flags.writeable:
        raise ArgumentError("out: expected a writeable array, got a read-only one")


def worker_count(workers: int | None) -> int:
    """The number of threads that a ``workers=`` argument asks for."""
    if workers is None:
        return 1
    available = os.cpu_count() or 1
    count = available + 1 + workers if workers < 0 else workers
    if count < 1:
        raise ArgumentError(f"workers: expected 1 or more, or -1 ... {-available}, got {workers}")
    return count
