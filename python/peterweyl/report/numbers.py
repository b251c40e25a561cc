"""Numbers as the reports write them."""

from __future__ import annotations

import math

__all__ = ["decimal", "p_value", "percent", "scientific"]


def __dir__() -> list[str]:
    return __all__


def percent(share: float) -> str:
    """A share with one decimal: ``12.5 %``."""
    return "–" if math.isnan(share) else f"{100 * share:.1f} %"


def decimal(value: float, digits: int = 4) -> str:
    """A number with fixed decimals; a dash for NaN."""
    return "–" if math.isnan(value) else f"{value:.{digits}f}"


def p_value(value: float) -> str:
    """A probability with two digits, bounded below by what double precision can tell."""
    if math.isnan(value):
        return "–"
    return "<1e-16" if value < 1e-16 else f"{value:.2g}"


def scientific(value: float) -> str:
    """A residual: ``1.2e-07``; a dash for NaN."""
    return "–" if math.isnan(value) else f"{value:.1e}"
