"""When almost invariant outputs prove a multiplication table: the quantities of a theorem about blocks of weights."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..errors import ArgumentError

__all__ = ["AlmostInvariance", "activation_defect"]


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True)
class AlmostInvariance:
    """Whether a theorem guarantees that the multiplication table can be read off a set of blocks.

    Marchetti, Hillar, Kragic and Sanborn (2024), Theorem 17: with ``gap <= n/2``, all blocks the identity at the
    identity, and a unitarity defect of the network below ``bound``, the nearest column to W(g) W(h) is W(gh). The
    defect belongs to the network, not to its weights, so this is information and no part of the verdict.

    Attributes:
        gap: L, the largest entry of ``|W^H W - n 1|``; 0 for a unitary Fourier transform.
        identity_defect: largest ``||W_i(1) - 1||_F``.
        applies: whether ``gap <= n/2`` and the blocks are the identity at the identity, to 1e-3.
        bound: ``sqrt(1/2 - L/n) / (sqrt(n + L) + 1)``, or ``None`` where the gap is too large.
    """

    gap: float
    identity_defect: float
    applies: bool
    bound: float | None

    def inequality_holds(self, unitarity_defect: float) -> bool:
        """Whether the theorem applies to a network with this unitarity defect.

        Args:
            unitarity_defect: ``omega(delta)`` of the network, delta being how far its outputs are from invariant;
                :func:`activation_defect` bounds it for ``sigma(W x)``.
        """
        return self.applies and self.bound is not None and unitarity_defect < self.bound


def activation_defect(delta: float, constant: float, exponent: float) -> float:
    """A bound of the unitarity defect of ``sigma(W x)``, from how fast sigma leaves its value at 0.

    Marchetti et al. (2024), proposition 18: with ``|sigma(0) - sigma(x)| >= C |x|**n`` and the supremum over the unit
    sphere as distance, ``omega(delta) <= sqrt(2 (1 - sqrt(1 - (delta / C)**(2 / n))))`` for delta < C.

    Args:
        delta: how far the outputs are from invariant.
        constant: C, positive.
        exponent: n, positive.

    Returns:
        The bound; ``sqrt(2)`` where delta is not below C and the proposition says nothing.

    Example:
        >>> from peterweyl.harmonics import activation_defect
        >>> round(activation_defect(0.01, 1.0, 1.0), 6)
        0.01
    """
    if not (delta >= 0 and constant > 0 and exponent > 0):
        raise ArgumentError(
            "delta, constant, exponent: expected 0 or more and two positive numbers, "
            f"got {delta}, {constant}, {exponent}"
        )
    if delta >= constant:
        return math.sqrt(2)
    # 1 - sqrt(1 - x) without cancellation.
    x = (delta / constant) ** (2 / exponent)
    return math.sqrt(2 * x / (1 + math.sqrt(1 - x)))
