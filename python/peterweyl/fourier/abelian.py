"""Products of cyclic groups whose orders have large prime factors: numpy.fft, in the form of a compiled plan."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any, Final, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["AbelianCore", "PlanCore", "Run", "is_for_numpy"]

#: Our plans of cyclic groups take time that grows with the square of the largest prime: from here on too much,
_LARGEST_PRIME: Final = 23
#: unless the group is no larger than this.
_LARGEST_ORDER_ANY_PRIME: Final = 256
#: Our plans of abelian groups grow with the order, those of numpy do not.
_LARGEST_ORDER: Final = 1 << 13

_NAMES: Final[tuple[Literal["backward"], Literal["ortho"], Literal["forward"]]] = (
    "backward",
    "ortho",
    "forward",
)


def is_for_numpy(orders: list[int]) -> bool:
    """Whether numpy.fft is the better choice for a product of cyclic groups of these orders."""
    return bool(orders) and (
        prod(orders) > _LARGEST_ORDER
        or (
            prod(orders) > _LARGEST_ORDER_ANY_PRIME
            and any(_largest_prime(n) > _LARGEST_PRIME for n in orders)
        )
    )


def _largest_prime(n: int) -> int:
    largest, factor = 1, 2
    while factor * factor <= n:
        while n % factor == 0:
            largest, n = factor, n // factor
        factor += 1
    return max(largest, n)


#: Input, output, axis counted from the front, number of the norm, workers.
Run = Callable[[NDArray[Any], NDArray[Any], int, int, int], bool]


class PlanCore(Protocol):
    """What compiled plans and :class:`AbelianCore` have in common."""

    @property
    def offsets(self) -> list[int]:
        """The first packed entry of each irrep, and the order of the group."""

    @property
    def degrees(self) -> list[int]:
        """Of the irreps."""

    @property
    def method(self) -> str:
        """What ``method=`` chose, or ``"auto"`` where that was none of its words."""

    @property
    def nbytes(self) -> int:
        """Of its tables."""

    @property
    def forward(self) -> Run:
        """False, with nothing done, where the memory of an array is too irregular."""

    @property
    def inverse(self) -> Run:
        """As ``forward``."""

    @property
    def adjoint(self) -> Run:
        """As ``forward``."""

    @property
    def quick_forward(self) -> Callable[[Any], NDArray[Any] | None]:
        """The transform along the last axis with defaults only; ``None`` for what is not a plain array."""

    @property
    def quick_inverse(self) -> Callable[[Any], NDArray[Any] | None]:
        """As ``quick_forward``."""

    @property
    def convolve(self) -> Callable[[Any, Any, Any, int, bool, int], bool]:
        """Of two arrays of one shape, into the third; then the axis, whether to correlate, workers."""

    @property
    def quick_convolve(self) -> Callable[[Any, Any, bool], NDArray[Any] | None]:
        """As ``quick_forward``."""

    @property
    def power(self) -> Callable[[Any, Any], None]:
        """The energy in each irrep of a spectrum, into the second array."""

    @property
    def describe(self) -> Callable[[], str]:
        """What it does."""


class AbelianCore:
    """The methods of ``_core.FourierPlanDouble``, by numpy.fft; ``output`` may not overlap ``input``."""

    def __init__(self, orders: list[int]) -> None:
        self.orders = tuple(orders)
        self.order = prod(orders)
        self.method = "auto"
        self.degrees = [1] * self.order
        self.offsets = list(range(self.order + 1))
        self.nbytes = 0

    def forward(self, input: NDArray[Any], output: NDArray[Any], axis: int, norm: int, workers: int) -> bool:
        """See :meth:`FourierPlan.forward`."""
        return self._run(np.fft.fft, input, output, axis, norm)

    def inverse(self, input: NDArray[Any], output: NDArray[Any], axis: int, norm: int, workers: int) -> bool:
        """See :meth:`FourierPlan.inverse`."""
        return self._run(np.fft.ifft, input, output, axis, norm)

    def adjoint(self, input: NDArray[Any], output: NDArray[Any], axis: int, norm: int, workers: int) -> bool:
        """See :meth:`FourierPlan.adjoint`: the inverse with its factor on the other side."""
        return self._run(np.fft.ifft, input, output, axis, 2 - norm)

    def quick_forward(self, x: Any) -> None:
        """Nothing is quicker than the ordinary way."""

    def quick_inverse(self, x: Any) -> None:
        """Nothing is quicker than the ordinary way."""

    def _run(self, function: Any, input: NDArray[Any], output: NDArray[Any], axis: int, norm: int) -> bool:
        split = (*input.shape[:axis], *self.orders, *input.shape[axis + 1 :])
        values = input.reshape(split)
        for k in range(axis, axis + len(self.orders)):
            values = function(values, axis=k, norm=_NAMES[norm])
        output[...] = values.reshape(output.shape)
        return True

    def quick_convolve(self, x: Any, y: Any, correlate: bool) -> None:
        """Nothing is quicker than the ordinary way."""

    def convolve(
        self,
        x: NDArray[Any],
        y: NDArray[Any],
        output: NDArray[Any],
        axis: int,
        correlate: bool,
        workers: int,
    ) -> bool:
        """See :meth:`FourierPlan.convolve`; axes of stride 0 are transformed once."""
        axes = tuple(range(axis, axis + len(self.orders)))
        is_real = output.dtype.kind == "f"
        spectra = []
        for array in (x, y):
            once = array[tuple(slice(None if stride else 1) for stride in array.strides)]
            split = once.reshape((*once.shape[:axis], *self.orders, *once.shape[axis + 1 :]))
            spectra.append(np.fft.rfftn(split, axes=axes) if is_real else np.fft.fftn(split, axes=axes))
        product = (spectra[0].conj() if correlate else spectra[0]) * spectra[1]
        result: NDArray[Any] = (
            np.fft.irfftn(product, s=self.orders, axes=axes) if is_real else np.fft.ifftn(product, axes=axes)
        )
        output[...] = result.reshape(output.shape)
        return True

    def power(self, spectrum: NDArray[Any], output: NDArray[Any]) -> None:
        """The energy of each coefficient."""
        output[...] = np.abs(spectrum) ** 2 / self.order

    def describe(self) -> str:
        """One line."""
        factors = " x ".join(f"C{n}" for n in self.orders)
        return f"numpy.fft on {factors}: large prime factors or a large order"
