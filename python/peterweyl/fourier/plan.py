"""The plan of the Fourier transform on one group."""

from __future__ import annotations

import contextlib
import itertools
import os
import time
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import _core
from ..errors import ArgumentError
from .abelian import AbelianCore, PlanCore, is_for_numpy
from .arrays import REAL, Norm, norm_number, numbers, plan_dtype
from .bispectrum import bispectrum, selected_pairs
from .convolution import convolve
from .methods import Method, checked_method, known_method
from .residuals import measure_residuals
from .storage import read_header, read_plan, write_plan
from .transforms import transform

if TYPE_CHECKING:
    from ..groups import Group

__all__ = ["DEFAULT_MEMORY_LIMIT", "FourierPlan", "Method"]

#: Bytes that a plan and its scratch memory may take.
DEFAULT_MEMORY_LIMIT: Final = 4 << 30


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
        """Make the plan; see :func:`peterweyl.fourier.plan`."""
        method = checked_method(method)
        self._group = group
        self._dtype = plan_dtype(dtype)
        self._real = REAL[self._dtype.name]
        self._order = group.order
        orders = _core.cyclic_orders(group._core)
        self._adapted: _core.AdaptedIrreps | None = None
        if method == "auto" and is_for_numpy(orders):
            self._core: PlanCore = AbelianCore(orders)
        else:
            self._make(_adapted_irreps(group), method, memory_limit)

    def _make(self, irreps: _core.AdaptedIrreps, method: Method, memory_limit: int) -> None:
        make = _core.FourierPlanDouble if self._dtype == np.complex128 else _core.FourierPlanSingle
        self._adapted = irreps
        if method == "measure":
            made: list[PlanCore] = [make(irreps, "chain", memory_limit), make(irreps, "dense", memory_limit)]
            with contextlib.suppress(ArgumentError):  # no abelian subgroup for it
                made.append(make(irreps, "two-sided", memory_limit))
            self._core = min(made, key=lambda core: _seconds(core, np.ones(self._order, self._dtype)))
        else:
            self._core = make(irreps, method, memory_limit)

    @property
    def group(self) -> Group:
        """The group."""
        return self._group

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type of the spectra: complex128 or complex64."""
        return self._dtype

    @property
    def order(self) -> int:
        """The order of the group."""
        return self._order

    @property
    def nbytes(self) -> int:
        """Bytes of the plan's tables."""
        return self._core.nbytes

    @property
    def real_dtype(self) -> np.dtype[Any]:
        """The type of real functions: float64 or float32."""
        return self._real

    @property
    def core(self) -> PlanCore:
        """What computes; not for users."""
        return self._core

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
        if axis == -1 and norm is None and out is None and workers is None:
            result = self._core.quick_forward(x)
            if result is not None:
                return result
        return transform(self, self._core.forward, x, "x", axis, norm, out, workers)

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
        if axis == -1 and norm is None and out is None and workers is None:
            result = self._core.quick_inverse(X)
            if result is not None:
                return result
        return transform(self, self._core.inverse, X, "X", axis, norm, out, workers)

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
        return transform(self, self._core.adjoint, X, "X", axis, norm, out, workers)

    def convolve(
        self,
        x: ArrayLike,
        y: ArrayLike,
        axis: int = -1,
        out: NDArray[Any] | None = None,
        workers: int | None = None,
    ) -> NDArray[Any]:
        """The convolution ``(x * y)(g) = sum_k x(k) y(k^-1 g)``, by the convolution theorem.

        Args:
            x: functions on the group.
            y: functions on the group; the other axes broadcast against those of ``x``, and what is repeated is
                transformed once.
            axis: the axis of the group, in both.
            out: where the result goes: its shape and dtype.
            workers: threads over the batch, as in :meth:`forward`.

        Returns:
            The convolution: real where both are real, else complex.

        Complexity:
            Two forward transforms and an inverse one, and sum d^3 multiply-adds a function.

        Example:
            >>> import numpy as np
            >>> import peterweyl as pw
            >>> G = pw.group("S3")
            >>> delta = np.eye(6)
            >>> z = G.fourier().convolve(delta[3], delta[1])
            >>> bool(z.round().argmax() == G.table[3, 1])
            True
        """
        if axis == -1 and out is None and workers is None:
            result = self._core.quick_convolve(x, y, False)
            if result is not None:
                return result
        return convolve(self, x, y, axis, out, workers, False)

    def correlate(
        self,
        x: ArrayLike,
        y: ArrayLike,
        axis: int = -1,
        out: NDArray[Any] | None = None,
        workers: int | None = None,
    ) -> NDArray[Any]:
        """The correlation ``sum_k conj(x(k)) y(k g)``: the arguments and the result are those of :meth:`convolve`.

        Example:
            >>> import numpy as np
            >>> import peterweyl as pw
            >>> G = pw.group("S3")
            >>> x = np.arange(6.0)
            >>> shift = G.fourier().correlate(x, x[G.table[:, G.inverses[4]]])  # y(k g) for g = 4 is x(k)
            >>> int(shift.round(9).argmax())
            4
        """
        if axis == -1 and out is None and workers is None:
            result = self._core.quick_convolve(x, y, True)
            if result is not None:
                return result
        return convolve(self, x, y, axis, out, workers, True)

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
        result = np.empty((*spectrum.shape[:-1], len(self.slices)), self._real)
        self._core.power(spectrum, result)
        return np.moveaxis(result, -1, axis)

    def bispectrum(
        self, x: ArrayLike, axis: int = -1, selective: bool = False
    ) -> dict[tuple[int, int], NDArray[Any]]:
        """The bispectrum ``(fhat(a) (x) fhat(b)) fhat(a (x) b)^H`` of functions on the group.

        It does not change when a function is translated, ``x(g)`` to ``x(h^-1 g)``, and determines almost every
        function up to that.

        Args:
            x: functions on the group.
            axis: the axis of the group.
            selective: only for pairs of irreps that determine the others for almost every function, one or two for
                each irrep.

        Returns:
            For each pair ``(a, b)`` with ``a <= b`` of positions of irreps: (..., d_a d_b, d_a d_b).

        Raises:
            GroupTooLargeError: the result would take more than 4 GiB.

        Complexity:
            One transform for each entry of the irreps ``a``: n in all, n^2 log n operations.

        Example:
            >>> import numpy as np
            >>> import peterweyl as pw
            >>> G = pw.group("S3")
            >>> x = np.arange(6.0)
            >>> moved = x[G.table[G.inverses[4]]]
            >>> B, C = G.fourier().bispectrum(x), G.fourier().bispectrum(moved)
            >>> len(B), all(bool(np.allclose(B[pair], C[pair])) for pair in B)
            (6, True)
        """
        rows = self._rows(x, "x", axis)
        irreps = self._group.irreps
        if selective:
            characters = np.stack([rho.character for rho in irreps])
            sizes = np.asarray(self._group.conjugacy_classes.sizes)
            pairs = selected_pairs(characters, sizes, list(irreps.degrees))
        else:
            pairs = [(a, b) for a in range(len(irreps)) for b in range(a, len(irreps))]
        return bispectrum(self, rows, pairs)

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

    def inverse_weights(self, norm: Norm | None = None) -> NDArray[Any]:
        """The factor of each packed coefficient in the inverse: ``d_rho / n`` for the norm ``"backward"``.

        :meth:`inverse` is these weights, then the conjugate transpose of the forward transform without any factor.
        """
        degrees = np.repeat(self._core.degrees, np.square(self._core.degrees)).astype(np.float64)
        powers: dict[int, NDArray[Any]] = {
            0: degrees / self._order,
            1: np.sqrt(degrees / self._order),
            2: degrees,
        }
        return powers[norm_number(norm)].astype(self._real)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the plan to a file that :meth:`load` reads: an npz archive of plain arrays.

        Args:
            path: where; an existing file is replaced.
        """
        irreps = self._adapted if self._adapted is not None else _adapted_irreps(self._group)
        header = {"group": self._group.name, "dtype": self._dtype.name, "method": self._core.method}
        write_plan(path, irreps, header)

    @classmethod
    def load(cls, path: str | os.PathLike[str], group: Group | None = None) -> FourierPlan:
        """Read a plan that :meth:`save` wrote.

        Args:
            path: the file.
            group: its group, the elements in the same order; the spec in the file when ``None``.

        Raises:
            ArgumentError: it is no such file, or its irreps are not those of the group.

        Example:
            >>> import os, tempfile
            >>> import peterweyl as pw
            >>> path = os.path.join(tempfile.mkdtemp(), "s4.npz")
            >>> pw.group("S4").fourier().save(path)
            >>> pw.FourierPlan.load(path)
            FourierPlan(S4, dtype=complex128)
        """
        header = read_header(path)
        if group is None:
            from ..groups import group as from_spec

            if not header.get("group"):
                raise ArgumentError("group: expected the group of the plan, whose file holds no spec of it")
            group = from_spec(str(header["group"]))
        plan = cls.__new__(cls)
        plan._group = group
        plan._dtype = plan_dtype(str(header.get("dtype")))
        plan._real = REAL[plan._dtype.name]
        plan._order = group.order
        irreps = read_plan(path, group._core, str(header.get("irreps")))
        plan._make(irreps, known_method(header.get("method")), DEFAULT_MEMORY_LIMIT)
        return plan

    def describe(self) -> str:
        """What the plan does, level by level, and how many operations it and the other ways take.

        Example:
            >>> import peterweyl as pw
            >>> pw.group("PSL(2,7)").fourier().describe().splitlines()[-1].strip()
            '49 dense products, 594 entries, 14.1 an element'
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
        return measure_residuals(self, seed)

    def __repr__(self) -> str:
        """The group and the precision."""
        return f"FourierPlan({self._group.name or f'order {self._order}'}, dtype={self._dtype.name})"

    def _check_packed(self, X: NDArray[Any]) -> None:
        if not isinstance(X, np.ndarray) or X.ndim == 0 or X.shape[-1] != self._group.order:
            shape = X.shape if isinstance(X, np.ndarray) else type(X).__name__
            raise ArgumentError(
                f"X: expected an array whose last axis has length {self._group.order}, got {shape}"
            )

    def checked_axis(self, array: NDArray[Any], name: str, axis: int) -> int:
        """The axis counted from the front; an :class:`ArgumentError` where its length is not the group's order."""
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
        array = numbers(x, name)
        moved = np.moveaxis(array, self.checked_axis(array, name, axis), -1)
        return np.ascontiguousarray(moved, dtype=self._dtype if array.dtype.kind == "c" else self._real)


def _adapted_irreps(group: Group) -> _core.AdaptedIrreps:
    """The irreps along a chain of subgroups, made once for each group."""
    kept: dict[str, _core.AdaptedIrreps] = group.__dict__
    if "_adapted_irreps" not in kept:
        kept.setdefault("_adapted_irreps", _core.adapted_irreps(group._core))
    return kept["_adapted_irreps"]


def _seconds(core: PlanCore, x: NDArray[Any]) -> float:
    """The time of the best of some transforms of one function."""
    times = []
    for _ in range(20):
        started = time.perf_counter()
        core.forward(x, np.empty_like(x), 0, 0, 1)
        times.append(time.perf_counter() - started)
    return min(times)
