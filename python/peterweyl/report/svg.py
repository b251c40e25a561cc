"""The drawings of the HTML reports: plain SVG, no scripts, colours from the style sheet of the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray

__all__ = ["bars", "heat_map", "spectrum"]

_ROW = 22
_LABEL = 150
_BAR = 420


def __dir__() -> list[str]:
    return __all__


def bars(
    labels: Sequence[str], shares: Sequence[float], chances: Sequence[float], values: Sequence[str]
) -> str:
    """Horizontal bars from 0 to 1, each with a mark at its chance level and its value as text."""
    width, height = _LABEL + _BAR + 110, _ROW * len(labels) + 24
    parts = [f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="energy share of every component">']
    for tick in (0, 0.25, 0.5, 0.75, 1):
        x = _LABEL + tick * _BAR
        parts.append(f'<line class="grid" x1="{x:g}" x2="{x:g}" y1="0" y2="{height - 18}"/>')
        parts.append(f'<text class="axis" x="{x:g}" y="{height - 4}" text-anchor="middle">{tick:g}</text>')
    for k, (label, share, chance, value) in enumerate(zip(labels, shares, chances, values, strict=True)):
        y = k * _ROW
        length = _BAR * min(max(share, 0.0), 1.0)
        mark = _LABEL + _BAR * min(max(chance, 0.0), 1.0)
        parts.append(f'<text x="{_LABEL - 8}" y="{y + 15}" text-anchor="end">{escape(label)}</text>')
        parts.append(
            f'<rect class="bar" x="{_LABEL}" y="{y + 4}" width="{length:.1f}" height="{_ROW - 8}" rx="2"/>'
        )
        parts.append(f'<line class="chance" x1="{mark:.1f}" x2="{mark:.1f}" y1="{y + 1}" y2="{y + 21}"/>')
        parts.append(f'<text x="{_LABEL + _BAR + 8}" y="{y + 15}">{escape(value)}</text>')
    return "".join([*parts, "</svg>"])


def heat_map(shares: NDArray[np.float64], labels: Sequence[str], largest: int = 240) -> str:
    """Rows by components, the rows sorted by their best component; every k-th where there are too many."""
    if not shares.size:
        return ""
    order = np.lexsort((-shares.max(axis=1), shares.argmax(axis=1)))
    step = max(1, math.ceil(len(order) / largest))
    chosen = shares[order[::step]]
    cell = min(26.0, 560 / max(1, len(labels)))
    row = min(14.0, 420 / len(chosen))
    width, height = cell * len(labels) + 4, row * len(chosen) + 4
    parts = [
        f'<svg viewBox="0 0 {width:.1f} {height:.1f}" style="max-width:{width:.0f}px" role="img" '
        'aria-label="share of every component in every row" shape-rendering="crispEdges">'
    ]
    for r, line in enumerate(chosen):
        for c, value in enumerate(line):
            if value < 0.01:
                continue
            name = escape(f"{labels[c]}: {100 * value:.1f} %")
            parts.append(
                f'<rect class="heat" x="{c * cell + 2:.1f}" y="{r * row + 2:.1f}" width="{cell:.1f}" '
                f'height="{row:.2f}" fill-opacity="{value:.2f}"><title>{name}</title></rect>'
            )
    parts.append(f'<rect class="frame" x="1" y="1" width="{width - 2:.1f}" height="{height - 2:.1f}"/></svg>')
    return "".join(parts)


def spectrum(values: NDArray[np.float64]) -> str:
    """Singular values relative to the largest, on a logarithmic scale of eight decades."""
    if not len(values) or not values[0] > 0:
        return ""
    width, height, decades = 580, 150, 8
    relative = np.maximum(values / values[0], 10.0**-decades)
    shown = relative[:: max(1, len(relative) // 400)]
    xs = 40 + (width - 50) * np.arange(len(shown)) / max(1, len(shown) - 1)
    ys = 8 + (height - 26) * -np.log10(shown) / decades
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(xs, ys, strict=True))
    parts = [f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="singular values of the rows">']
    for decade in range(0, decades + 1, 2):
        y = 8 + (height - 26) * decade / decades
        name = "1" if decade == 0 else f"1e-{decade}"
        parts.append(f'<line class="grid" x1="40" x2="{width - 10}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="axis" x="34" y="{y + 4:.1f}" text-anchor="end">{name}</text>')
    parts.append(f'<polyline class="curve" points="{points}"/></svg>')
    return "".join(parts)
