"""The Fourier transform on any finite group.

``fhat(rho) = sum_g f(g) rho(g)^H`` and ``f(g) = (1/n) sum_rho d_rho tr(rho(g) fhat(rho))``. A packed spectrum has n
entries on the axis of the group: the d x d blocks, row-major, one after another in the order of the irreps. On ``C_n``
and products of cyclic groups it is :func:`numpy.fft.fftn`.
"""

from __future__ import annotations

import itertools
import os
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

    def __init__(self, group: Group, dtype: str | np.dtype[Any] = "complex128") -> None:
        self._group = group
        self._dtype = _plan_dtype(dtype)
        core_type = _core.DirectPlanDouble if self._dtype == np.complex128 else _core.DirectPlanSingle
        self._core = core_type(group.irreps._core)

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
            n^2 complex multiply-adds a function, half of it for real ones.

        Example:
            >>> import numpy as np
            >>> import peterweyl as pw
            >>> x = np.arange(12.0).reshape(2, 6)
            >>> X = pw.group("C6").fourier().forward(x)
            >>> bool(np.allclose(X, np.fft.fft(x)))
            True
        """
        return self._transform("forward", x, axis, norm, out, workers)

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
        return self._transform("inverse", X, axis, norm, out, workers)

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
        spectra = [
            np.ascontiguousarray(np.broadcast_to(self._run("forward", rows, "backward", 1), shape))
            for rows in (left, right)
        ]
        product = np.empty(shape, self._dtype)
        self._core.multiply(spectra[0], spectra[1], product)
        result = self._run("inverse", product, "backward", 1)
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
        spectrum = self._run("forward", self._rows(x, "x", axis), "backward", 1)
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
        degree = self._group.irreps[k].degree
        # Splitting one axis never copies.
        return X[..., self.slices[k]].reshape((*X.shape[:-1], degree, degree))

    def blocks(self, X: NDArray[Any]) -> tuple[NDArray[Any], ...]:
        """The Fourier coefficients of every irrep in packed spectra, as views (..., d, d)."""
        return tuple(self.block(X, k) for k in range(len(self.slices)))

    def describe(self) -> str:
        """What the plan does, in one line.

        Example:
            >>> import peterweyl as pw
            >>> pw.group("S4").fourier().describe()
            'dense product 24 x 24 in complex128: 576 multiply-adds a function, 9.0 KiB'
        """
        n = self._group.order
        size = float(n * n * self._dtype.itemsize)
        unit = "bytes"
        for larger in ("KiB", "MiB"):
            if size >= 1024:
                size, unit = size / 1024, larger
        return f"dense product {n} x {n} in {self._dtype.name}: {n * n} multiply-adds a function, {size:.1f} {unit}"

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

    def _rows(self, x: ArrayLike, name: str, axis: int) -> NDArray[Any]:
        """C-contiguous, the group on the last axis, real or complex in the plan's precision."""
        array = _numbers(x, name)
        if not -array.ndim <= axis < array.ndim:
            raise ArgumentError(f"axis: expected an axis of {name} with shape {array.shape}, got {axis}")
        n = self._group.order
        if array.shape[axis] != n:
            fitting = [k for k, length in enumerate(array.shape) if length == n]
            hint = f"; axis {fitting[0]} has that length" if fitting else ""
            raise ArgumentError(
                f"{name}: expected length {n}, the order of the group, on axis {axis}, "
                f"got {array.shape[axis]} in shape {array.shape}{hint}"
            )
        target = self._dtype if array.dtype.kind == "c" else _REAL[self._dtype.name]
        return np.ascontiguousarray(np.moveaxis(array, axis, -1), dtype=target)

    def _run(
        self,
        direction: Literal["forward", "inverse"],
        rows: NDArray[Any],
        norm: str,
        workers: int,
        out: NDArray[Any] | None = None,
    ) -> NDArray[Any]:
        result = np.empty(rows.shape, self._dtype) if out is None else out
        if direction == "forward":
            self._core.forward(rows, result, norm, workers)
        else:
            self._core.inverse(rows.astype(self._dtype, copy=False), result, norm, workers)
        return result

    def _transform(
        self,
        direction: Literal["forward", "inverse"],
        x: ArrayLike,
        axis: int,
        norm: Norm | None,
        out: NDArray[Any] | None,
        workers: int | None,
    ) -> NDArray[Any]:
        rows = self._rows(x, "x" if direction == "forward" else "X", axis)
        scaling = "backward" if norm is None else norm
        if scaling not in ("backward", "ortho", "forward"):
            raise ArgumentError(f'norm: expected "backward", "ortho" or "forward", got {norm!r}')
        threads = _worker_count(workers)
        if out is None:
            return np.moveaxis(self._run(direction, rows, scaling, threads), -1, axis)
        shape = np.shape(x)
        if not isinstance(out, np.ndarray) or out.shape != shape or out.dtype != self._dtype:
            found = f"{out.shape} {out.dtype}" if isinstance(out, np.ndarray) else type(out).__name__
            raise ArgumentError(f"out: expected an array {shape} {self._dtype}, got {found}")
        if not out.flags.writeable:
            raise ArgumentError("out: expected a writeable array, got a read-only one")
        moved = np.moveaxis(out, axis, -1)
        # The core writes while it reads, into contiguous rows: anything else goes through a copy.
        if moved.flags.c_contiguous and not np.may_share_memory(moved, rows):
            self._run(direction, rows, scaling, threads, moved)
        else:
            moved[...] = self._run(direction, rows, scaling, threads)
        return out


def plan(group: Group, dtype: str | np.dtype[Any] = "complex128") -> FourierPlan:
    """Make a plan of the Fourier transform on a group; ``group.fourier()`` is the same, made once and kept.

    Args:
        group: any finite group.
        dtype: ``"complex128"`` or ``"complex64"``, the precision of everything.

    Raises:
        GroupTooLargeError: the plan would take more than 4 GiB; nothing was allocated.

    Complexity:
        n^2 entries of 16 or 8 bytes, after the irreps of the group.
    """
    return FourierPlan(group, dtype)


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
