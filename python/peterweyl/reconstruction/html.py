"""A reconstruction as one HTML document without scripts or outside resources."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .reasons import CANDIDATE_REASONS, REASONS
from .text import facts

if TYPE_CHECKING:
    from .result import Reconstruction

__all__ = ["document"]

# Larger tables are drawn without numbers, and beyond the second figure not at all.
_LARGEST_NUMBERED, _LARGEST_DRAWN = 32, 128
_STYLE = """
body { font-family: system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
h1 { font-size: 1.4rem; } .reason { font-weight: bold; }
table.facts td { padding: .15rem .8rem .15rem 0; vertical-align: top; } table.facts td:first-child { color: #666; }
table.cayley { border-collapse: collapse; font-size: .7rem; margin-top: 1rem; }
table.cayley td { min-width: .5rem; height: .5rem; padding: .1rem .25rem; text-align: center; }
table.plain { border-collapse: collapse; } table.plain td, table.plain th { padding: .15rem .8rem; text-align: left;
border-bottom: 1px solid #ddd; }
"""


def __dir__() -> list[str]:
    return __all__


def document(r: Reconstruction) -> str:
    """The whole document."""
    name = r.identification
    heading = name.name if name is not None else "No table"
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f"<title>{escape(heading)} – reconstruction</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(heading)}: <span class='reason'>{escape(r.reason)}</span></h1>",
        f"<p>{escape(REASONS[r.reason])}</p>",
    ]
    if r.detail:
        parts.append(f"<p>{escape(r.detail)}</p>")
    rows = "".join(f"<tr><td>{escape(label)}</td><td>{escape(text)}</td></tr>" for label, text in facts(r))
    parts.append(f"<table class='facts'>{rows}</table>")
    if r.candidates:
        parts.append("<h2>Candidates</h2>")
        parts.append(_candidates(r))
    if r.blocks:
        parts.append("<h2>Blocks</h2>")
        parts.append(_blocks(r))
    for title, table in (
        ("Multiplication table", r.table),
        ("Table of the cosets", r.quotient_table),
        ("Nearest Latin square", r.nearest_latin_square),
    ):
        if table is not None and len(table) <= _LARGEST_DRAWN:
            parts += [f"<h2>{title}</h2>", _cayley(table)]
    parts.append("</body></html>")
    return "\n".join(parts)


def _candidates(r: Reconstruction) -> str:
    rows = ["<tr><th>group</th><th>order</th><th>fit</th><th>why</th></tr>"]
    for candidate in r.candidates:
        fit = "" if math.isnan(candidate.fit) else f"{candidate.fit:.3g}"
        rows.append(
            f"<tr><td>{escape(candidate.identification.name)}</td><td>{len(candidate.table)}</td><td>{fit}</td>"
            f"<td>{escape(CANDIDATE_REASONS[candidate.reason])}</td></tr>"
        )
    return f"<table class='plain'>{''.join(rows)}</table>"


def _blocks(r: Reconstruction) -> str:
    rows = ["<tr><th>block</th><th>degree</th><th>state</th><th>irrep</th><th>deviation</th></tr>"]
    for index, block in enumerate(r.blocks):
        irrep = "" if block.irrep is None else f"#{block.irrep}"
        deviation = "" if block.deviation is None else f"{block.deviation:.3g}"
        rows.append(
            f"<tr><td>{index}</td><td>{block.degree}</td><td>{escape(block.state)}</td><td>{irrep}</td>"
            f"<td>{deviation}</td></tr>"
        )
    return f"<table class='plain'>{''.join(rows)}</table>"


def _cayley(table: NDArray[np.int64]) -> str:
    n = len(table)
    numbered = n <= _LARGEST_NUMBERED
    rows = []
    for row in table:
        cells = "".join(
            f"<td style='background:hsl({360 * int(x) // n} 55% 75%)'>{int(x) if numbered else ''}</td>"
            for x in row
        )
        rows.append(f"<tr>{cells}</tr>")
    return f"<table class='cayley'>{''.join(rows)}</table>"
