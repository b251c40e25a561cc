"""The Fourier transform on any finite group.

``fhat(rho) = sum_g f(g) rho(g)^H`` and ``f(g) = (1/n) sum_rho d_rho tr(rho(g) fhat(rho))``. A packed spectrum has n
entries on the axis of the group: the d x d blocks, row-major, one after another in the order of the irreps. On ``C_n``
and products of cyclic groups it is :func:`numpy.fft.fftn`.

Arrays may be NumPy's, anything that converts to them, or PyTorch tensors, through which gradients flow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .arrays import Norm, is_single
from .plan import DEFAULT_MEMORY_LIMIT, FourierPlan, Method

if TYPE_CHECKING:
    from ..groups import Group

__all__ = ["DEFAULT_MEMORY_LIMIT", "FourierPlan", "Method", "Norm", "convolve", "fft", "ifft", "plan"]


def __dir__() -> list[str]:
    return __all__


def plan(
    group: Group,
    dtype: str | np.dtype[Any] = "complex128",
    method: Method = "auto",
    memory_limit: int = DEFAULT_MEMORY_LIMIT,
) -> FourierPlan:
    """Make a plan of the Fourier transform on a group; ``group.fourier()`` is the same, made once and kept.

    Args:
        group: any finite group.
        dtype: ``"complex128"`` or ``"complex64"``, the precision of everything.
        method: ``"auto"`` takes the quickest way for each batch; ``"dense"`` is one product with a matrix of n^2
            entries; ``"chain"`` goes along a chain of subgroups; ``"two-sided"`` uses the double cosets of the
            abelian subgroup that this chain begins with; ``"measure"`` tries all of them.
        memory_limit: bytes that the plan and its scratch memory may take.

    Raises:
        GroupTooLargeError: the plan would take more than the limit; nothing was allocated.
        ArgumentError: an unknown method, or no abelian subgroup for ``"two-sided"``.

    Complexity:
        The irreps of the group at the representatives of a chain of subgroups, and their non-zero entries.
    """
    return FourierPlan(group, dtype, method, memory_limit)


def fft(
    x: ArrayLike,
    group: Group | str,
    axis: int = -1,
    norm: Norm | None = None,
    out: NDArray[Any] | None = None,
    workers: int | None = None,
) -> NDArray[Any]:
    """The Fourier transform of functions on a group; see :meth:`FourierPlan.forward`.

    Single precision (float32, complex64) stays single; everything else is computed in double.

    Example:
        >>> import numpy as np
        >>> import peterweyl as pw
        >>> pw.fft([1.0, 2, 3], "C3").round(3).tolist() == np.fft.fft([1, 2, 3]).round(3).tolist()
        True
    """
    return _plan_for(group, x).forward(x, axis, norm, out, workers)


def ifft(
    X: ArrayLike,
    group: Group | str,
    axis: int = -1,
    norm: Norm | None = None,
    out: NDArray[Any] | None = None,
    workers: int | None = None,
) -> NDArray[Any]:
    """The inverse Fourier transform of packed spectra; see :meth:`FourierPlan.inverse`.

    Example:
        >>> import peterweyl as pw
        >>> pw.ifft([6, 0, 0, 0, 0, 0], "S3").real.tolist()
        [1.0, 1.0, 1.0, 1.0, 1.0, 1.0]
    """
    return _plan_for(group, X).inverse(X, axis, norm, out, workers)


def convolve(x: ArrayLike, y: ArrayLike, group: Group | str, axis: int = -1) -> NDArray[Any]:
    """The convolution ``(x * y)(g) = sum_k x(k) y(k^-1 g)``; see :meth:`FourierPlan.convolve`.

    Example:
        >>> import peterweyl as pw
        >>> pw.convolve([1.0, 2, 0], [0.0, 1, 0], "C3").round(12).tolist()
        [0.0, 1.0, 2.0]
    """
    return _plan_for(group, x, y).convolve(x, y, axis)


def _plan_for(group: Group | str, *arrays: ArrayLike) -> FourierPlan:
    """Double precision unless every array is single."""
    if isinstance(group, str):
        from ..groups import group as from_spec

        group = from_spec(group)
    return group.fourier("complex64" if all(is_single(a) for a in arrays) else "complex128")
