"""The Fourier transform on any finite group.

``fhat(rho) = sum_g f(g) rho(g)^H`` and ``f(g) = (1/n) sum_rho d_rho tr(rho(g) fhat(rho))``. A packed spectrum has n
entries on the axis of the group: the d x d blocks, row-major, one after another in the order of the irreps. On ``C_n``
and products of cyclic groups it is :func:`numpy.fft.fftn`.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _core
from .errors import ArgumentError

if TYPE_CHECKING:
    from .groups import Group

__all__ = ["FourierPlan", "Norm", "convolve", "fft", "ifft", "plan"]

#: Where the factor 1/n goes: on the inverse, on both (a unitary transform), or on the forward transform.
Norm = Literal["backward", "ortho", "forward"]
#: How a plan computes: the quickest way for each batch, one dense product, or along a chain of subgroups.
Method = Literal["auto", "dense", "chain"]

#: Bytes that a plan and its scratch memory may take.
DEFAULT_MEMORY_LIMIT: Final = 4 << 30

_NORMS: Final[dict[str | None, int]] = {None: 0, "backward": 0, "ortho": 1, "forward": 2}

_REAL: Final[dict[str, np.dtype[Any]]] = {
    "complex128": np.dtype(np.float64),
    "complex64": np.dtype(np.float32),
}


def __dir__() -> list[str]:
    return __all__


class FourierPlan:
    """The Fourier transform of one group in one precision; immutable, and safe to share between threads.

    Everything is computed in the plan's own precision: input of another type is converted to it first.

    Example:
        >>> import numpy as np
        >>> import peterweyl as pw
        >>> F = pw.group("S3").fourier()
        >>> x = np.arange(6.0)
        >>> X = F.forward(x)
        >>> [b.shape for b in F.blocks(X)], bool(np.allclose(F.inverse(X), x))
        ([(1, 1), (1, 1), (2, 2)], True)
    """

    def __init__(
        self,
        group: Group,
        dtype: str | np.dtype[Any] = "complex128",
        method: Method = "auto",
        memory_limit: int = DEFAULT_MEMORY_LIMIT,
    ) -> None:
        self._group = group
        self._dtype = _plan_dtype(dtype)
        core_type = _core.FourierPlanDouble if self._dtype == np.complex128 else _core.FourierPlanSingle
        if method not in ("auto", "dense", "chain"):
            raise ArgumentError(f'method: expected "auto", "dense" or "chain", got {method!r}')
        self._core = core_type(_core.adapted_irreps(group._core), method, memory_limit)
        self._order = group.order

    @property
    def group(self) -> Group:
        """The group."""
        return self._group

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type of the spectra: complex128 or complex64."""
        return self._dtype

    @cached_property
    def slices(self) -> tuple[slice, ...]:
        """The place of each irrep in a packed spectrum."""
        offsets = self._core.offsets
        return tuple(slice(a, b) for a, b in itertools.pairwise(offsets))

    def forward(
        self,
        x: ArrayLike,
        axis: int = -1,
        norm: Norm | None = None,
        out: NDArray[Any] | None = None,
        workers: int | None = None,
    ) -> NDArray[Any]:
        """Transform functions on the group.

        Args:
            x: real or complex numbers; ``axis`` runs over the elements of the group, other axes are a batch.
            axis: the axis of the group.
            norm: ``"backward"`` (the default), ``"ortho"`` (unitary: the block of rho then carries the factor
                ``sqrt(d_rho / n)``) or ``"forward"``.
            out: where the result goes: the shape of ``x`` and the dtype of the plan.
            workers: threads over the batch; -1 is all processors, ``None`` is one. The bits do not depend on it.

        Returns:
            The packed spectrum, with the shape of ``x``.

        Raises:
            ArgumentError: a wrong axis length, type, norm, out or workers.

        Complexity:
            See :meth:`describe`; for most groups a small multiple of n log n operations a function.

        Example:
            >>> import numpy as np
            >>> import peterweyl as pw
            >>> x = np.arange(12.0).reshape(2, 6)
            >>> X = pw.group("C6").fourier().forward(x)
            >>> bool(np.allclose(X, np.fft.fft(x)))
            True
        """
        return self._transform(self._core.forward, x, "x", axis, norm, out, workers)

    def inverse(
        self,
        X: ArrayLike,
        axis: int = -1,
        norm: Norm | None = None,
        out: NDArray[Any] | None = None,
        workers: int | None = None,
    ) -> NDArray[Any]:
        """Transform packed spectra back to functions on the group; the arguments are those of :meth:`forward`.

        Example:
            >>> import numpy as np
            >>> import peterweyl as pw
            >>> F = pw.group("A4").fourier()
            >>> x = np.random.default_rng(0).normal(size=(12, 5))
            >>> bool(np.allclose(F.inverse(F.forward(x, axis=0), axis=0), x))
            True
        """
        return self._transform(self._core.inverse, X, "X", axis, norm, out, workers)

    def adjoint(
        self,
        X: ArrayLike,
        axis: int = -1,
        norm: Norm | None = None,
        out: NDArray[Any] | None = None,
        workers: int | None = None,
    ) -> NDArray[Any]:
        """The conjugate transpose of :meth:`forward` as a linear map; the arguments are the same.

        Example:
            >>> import numpy as np
            >>> import peterweyl as pw
            >>> F = pw.group("S3").fourier()
            >>> x, Y = np.arange(6.0), np.ones(6)
            >>> bool(np.isclose(np.vdot(F.forward(x), Y), np.vdot(x, F.adjoint(Y))))
            True
        """
        return self._transform(self._core.adjoint, X, "X", axis, norm, out, workers)

    def convolve(self, x: ArrayLike, y: ArrayLike, axis: int = -1) -> NDArray[Any]:
        """The convolution ``(x * y)(g) = sum_k x(k) y(k^-1 g)``, by the convolution theorem.

        Args:
            x: functions on the group.
            y: functions on the group; the other axes broadcast against those of ``x``.
            axis: the axis of the group, in both.

        Returns:
            The convolution: real where both are real, else complex.

        Example:
            >>> import numpy as np
            >>> import peterweyl as pw
            >>> G = pw.group("S3")
            >>> delta = np.eye(6)
            >>> z = G.fourier().convolve(delta[3], delta[1])
            >>> bool(z.round().argmax() == G.table[3, 1])
            True
        """
        left, right = self._rows(x, "x", axis), self._rows(y, "y", axis)
        try:
            shape = np.broadcast_shapes(left.shape, right.shape)
        except ValueError:
            raise ArgumentError(
                f"y: expected axes that broadcast against those of x {np.shape(x)}, got {np.shape(y)}"
            ) from None
        spectra = [np.ascontiguousarray(np.broadcast_to(self.forward(rows), shape)) for rows in (left, right)]
        product = np.empty(shape, self._dtype)
        self._core.multiply(spectra[0], spectra[1], product)
        result = self.inverse(product)
        both_real = left.dtype.kind == "f" and right.dtype.kind == "f"
        return np.moveaxis(np.ascontiguousarray(result.real) if both_real else result, -1, axis)

    def power_spectrum(self, x: ArrayLike, axis: int = -1) -> NDArray[Any]:
        """The energy of functions in each irrep: ``d_rho |fhat(rho)|_F^2 / n``.

        Args:
            x: functions on the group.
            axis: the axis of the group.

        Returns:
            Real numbers; ``axis`` now runs over the irreps. They add up to ``sum_g |x(g)|^2`` (Plancherel).

        Example:
            >>> import peterweyl as pw
            >>> G = pw.group("S3")
            >>> G.fourier().power_spectrum([1.0, 1, 1, 1, 1, 1]).round(12).tolist()
            [6.0, 0.0, 0.0]
        """
        spectrum = self.forward(self._rows(x, "x", axis))
        result = np.empty((*spectrum.shape[:-1], len(self.slices)), _REAL[self._dtype.name])
        self._core.power(spectrum, result)
        return np.moveaxis(result, -1, axis)

    def block(self, X: NDArray[Any], k: int) -> NDArray[Any]:
        """The Fourier coefficients of one irrep in packed spectra, as a view.

        Args:
            X: packed spectra, the group on the last axis.
            k: the position of the irrep.

        Returns:
            (..., d, d): a view of ``X``.
        """
        self._check_packed(X)
        if not -len(self.slices) <= k < len(self.slices):
            raise ArgumentError(f"k: expected the position of one of {len(self.slices)} irreps, got {k}")
        degree = self._core.degrees[k]
        # Splitting one axis never copies.
        return X[..., self.slices[k]].reshape((*X.shape[:-1], degree, degree))

    def blocks(self, X: NDArray[Any]) -> tuple[NDArray[Any], ...]:
        """The Fourier coefficients of every irrep in packed spectra, as views (..., d, d)."""
        return tuple(self.block(X, k) for k in range(len(self.slices)))

    def describe(self) -> str:
        """What the plan does: the chain of subgroups, the operations of each level and of a dense product.

        Example:
            >>> import peterweyl as pw
            >>> pw.group("S4").fourier().describe().splitlines()[-1].strip()
            'order 6 to 24: 4 sparse, 68 entries, 4.58 an element'
        """
        return self._core.describe()

    def verify(self, seed: int = 0) -> dict[str, float]:
        """Measure the plan on a random function.

        Args:
            seed: of the function.

        Returns:
            Relative deviations: ``definition`` (against the sum over the group), ``round_trip``, ``plancherel`` and
            ``convolution`` (against the sum over the group).

        Example:
            >>> import peterweyl as pw
            >>> max(pw.group("D5").fourier().verify().values()) < 1e-13
            True
        """
        n = self._group.order
        random = np.random.default_rng(seed)
        f, h = (random.normal(size=(2, n)) + 1j * random.normal(size=(2, n))).astype(self._dtype)
        spectrum = self.forward(f)
        exact = np.concatenate(
            [
                np.tensordot(
                    f.astype(np.complex128), rho.matrices().conj().transpose(0, 2, 1), (0, 0)
                ).ravel()
                for rho in self._group.irreps
            ]
        )
        quotients = self._group.table[self._group.inverses]  # [k, g] = k^-1 g
        convolved = f.astype(np.complex128) @ h.astype(np.complex128)[quotients]
        energy = float(np.sum(np.abs(f) ** 2))
        return {
            "definition": _relative(spectrum, exact),
            "round_trip": _relative(self.inverse(spectrum), f),
            "plancherel": abs(float(np.sum(np.abs(self.forward(f, norm="ortho")) ** 2)) - energy) / energy,
            "convolution": _relative(self.convolve(f, h), convolved),
        }

    def __repr__(self) -> str:
        """The group and the precision."""
        name = self._group.name or f"a group of order {self._group.order}"
        return f"FourierPlan({name}, dtype={self._dtype.name})"

    def _check_packed(self, X: NDArray[Any]) -> None:
        if not isinstance(X, np.ndarray) or X.ndim == 0 or X.shape[-1] != self._group.order:
            shape = X.shape if isinstance(X, np.ndarray) else type(X).__name__
            raise ArgumentError(
                f"X: expected an array whose last axis has length {self._group.order}, got {shape}"
            )

    def _checked_axis(self, array: NDArray[Any], name: str, axis: int) -> int:
        """The axis counted from the front; its length is the order of the group."""
        if not -array.ndim <= axis < array.ndim:
            raise ArgumentError(f"axis: expected an axis of {name} with shape {array.shape}, got {axis}")
        n = self._order
        if array.shape[axis] != n:
            fitting = [k for k, length in enumerate(array.shape) if length == n]
            hint = f"; axis {fitting[0]} has that length" if fitting else ""
            raise ArgumentError(
                f"{name}: expected length {n}, the order of the group, on axis {axis}, "
                f"got {array.shape[axis]} in shape {array.shape}{hint}"
            )
        return axis % array.ndim

    def _rows(self, x: ArrayLike, name: str, axis: int) -> NDArray[Any]:
        """C-contiguous, the group on the last axis, real or complex in the plan's precision."""
        array = _numbers(x, name)
        moved = np.moveaxis(array, self._checked_axis(array, name, axis), -1)
        return np.ascontiguousarray(moved, dtype=self._precise(array.dtype))

    def _precise(self, dtype: np.dtype[Any]) -> np.dtype[Any]:
        """The type of the plan's own precision that numbers of this type are converted to."""
        return self._dtype if dtype.kind == "c" else _REAL[self._dtype.name]

    def _transform(
        self,
        run: Callable[[NDArray[Any], NDArray[Any], int, int, int], bool],
        x: ArrayLike,
        name: str,
        axis: int,
        norm: Norm | None,
        out: NDArray[Any] | None,
        workers: int | None,
    ) -> NDArray[Any]:
        dtype = self._dtype
        scaling = _NORMS.get(norm)
        if scaling is None:
            raise ArgumentError(f'norm: expected "backward", "ortho" or "forward", got {norm!r}')
        threads = 1 if workers is None else _worker_count(workers)
        array = x if type(x) is np.ndarray else _numbers(x, name)
        if array.dtype != dtype:
            target = self._precise(_numbers(array, name).dtype) if name == "x" else dtype
            if array.dtype != target:
                array = _numbers(array, name).astype(target)
        if array.ndim != 1 or axis not in (-1, 0) or array.shape[0] != self._order:
            axis = self._checked_axis(array, name, axis)
        else:
            axis = 0
        if out is None:
            result = np.empty(array.shape, dtype)
            if not run(array, result, axis, scaling, threads):
                run(np.ascontiguousarray(array), result, axis, scaling, threads)
            return result
        if not isinstance(out, np.ndarray) or out.shape != array.shape or out.dtype != dtype:
            found = f"{out.shape} {out.dtype}" if isinstance(out, np.ndarray) else type(out).__name__
            raise ArgumentError(f"out: expected an array {array.shape} {dtype}, got {found}")
        if not out.flags.writeable:
            raise ArgumentError("out: expected a writeable array, got a read-only one")
        # The core writes while it reads: memory that overlaps, or is too irregular for it, goes through a copy.
        if np.may_share_memory(out, array) or not run(array, out, axis, scaling, threads):
            result = np.empty(array.shape, dtype)
            run(np.ascontiguousarray(array), result, axis, scaling, threads)
            out[...] = result
        return out


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
            entries; ``"chain"`` goes along a chain of subgroups.
        memory_limit: bytes that the plan and its scratch memory may take.

    Raises:
        GroupTooLargeError: the plan would take more than the limit; nothing was allocated.

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
    single = all(_numbers(a, "x").dtype in (np.float32, np.complex64) for a in arrays)
    if isinstance(group, str):
        from .groups import group as from_spec

        group = from_spec(group)
    return group.fourier("complex64" if single else "complex128")


def _plan_dtype(dtype: str | np.dtype[Any]) -> np.dtype[Any]:
    try:
        found = np.dtype(dtype)
    except TypeError:
        found = None
    if found not in (np.complex128, np.complex64):
        raise ArgumentError(f'dtype: expected "complex128" or "complex64", got {dtype!r}')
    return np.dtype(found)


def _numbers(x: ArrayLike, name: str) -> NDArray[Any]:
    array = np.asarray(x)
    if array.dtype.kind not in "biufc":
        raise ArgumentError(f"{name}: expected real or complex numbers, got dtype {array.dtype}")
    return array


def _worker_count(workers: int | None) -> int:
    if workers is None:
        return 1
    available = os.cpu_count() or 1
    count = available + 1 + workers if workers < 0 else workers
    if count < 1:
        raise ArgumentError(f"workers: expected 1 or more, or -1 ... {-available}, got {workers}")
    return count


def _relative(actual: NDArray[Any], expected: NDArray[Any]) -> float:
    return float(np.max(np.abs(actual - expected)) / np.max(np.abs(expected)))
