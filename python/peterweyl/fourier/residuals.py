"""How exact a plan is, measured against the definition and the theorems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from .plan import FourierPlan

__all__ = ["measure_residuals"]

#: The sums over the group take n^2 operations and as much memory.
_LARGEST_DEFINED: Final = 5040


def measure_residuals(plan: FourierPlan, seed: int) -> dict[str, float]:
    """Relative deviations on a random function; see :meth:`FourierPlan.verify`."""
    n = plan.group.order
    random = np.random.default_rng(seed)
    f, h = (random.normal(size=(2, n)) + 1j * random.normal(size=(2, n))).astype(plan.dtype)
    spectrum = plan.forward(f)
    energy = float(np.sum(np.abs(f) ** 2))
    residuals = {
        "round_trip": _relative(plan.inverse(spectrum), f),
        "plancherel": abs(float(np.sum(np.abs(plan.forward(f, norm="ortho")) ** 2)) - energy) / energy,
    }
    if n > _LARGEST_DEFINED:
        return residuals
    exact = np.concatenate(
        [
            np.tensordot(f.astype(np.complex128), rho.matrices().conj().transpose(0, 2, 1), (0, 0)).ravel()
            for rho in plan.group.irreps
        ]
    )
    quotients = plan.group.table[plan.group.inverses]  # [k, g] = k^-1 g
    convolved = f.astype(np.complex128) @ h.astype(np.complex128)[quotients]
    return {
        "definition": _relative(spectrum, exact),
        "convolution": _relative(plan.convolve(f, h), convolved),
        **residuals,
    }


def _relative(actual: NDArray[Any], expected: NDArray[Any]) -> float:
    return float(np.max(np.abs(actual - expected)) / np.max(np.abs(expected)))
