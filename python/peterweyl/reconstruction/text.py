"""A reconstruction as plain text."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING

from .reasons import CANDIDATE_REASONS, REASONS

if TYPE_CHECKING:
    from .result import BlockReport, Reconstruction

__all__ = ["facts", "report"]

_STATES = {"zero": "all zeros, set aside", "rank_deficient": "singular, set aside"}
_WIDTH = 88
# More blocks than this are not listed one by one.
_SHOWN = 24


def __dir__() -> list[str]:
    return __all__


def report(r: Reconstruction) -> str:
    """The answer, a page at most."""
    lines = [f"Reconstruction from {_data(r)}: {r.reason}"]
    for sentence in (REASONS[r.reason], r.detail):
        lines += textwrap.wrap(sentence, _WIDTH, initial_indent="  ", subsequent_indent="  ")
    lines.append("")
    for label, text in facts(r):
        first, *rest = textwrap.wrap(text, _WIDTH - 12)
        lines.append(f"  {label:<11} {first}")
        lines += [f"  {'':<11} {line}" for line in rest]
    if r.blocks:
        lines += ["", "  block  degree  irrep  deviation"]
        lines += [_block_line(*item) for item in list(enumerate(r.blocks))[:_SHOWN]]
        if len(r.blocks) > _SHOWN:
            lines.append(f"  … and {len(r.blocks) - _SHOWN} more")
    others = r.candidates if r.table is None else r.candidates[1:]
    if others and r.reason != "quotient":
        lines += ["", "  other candidates" if r.table is not None else "  candidates"]
        for other in others:
            figure = "" if math.isnan(other.fit) else f"fit {other.fit:.3g}"
            lines.append(f"    {other.identification.name:<14} {figure or CANDIDATE_REASONS[other.reason]}")
    return "\n".join(lines)


def _data(r: Reconstruction) -> str:
    columns = f"{r.columns} columns"
    if r.source in ("blocks", "function") and r.blocks:
        return f"{len(r.blocks)} block{'s' if len(r.blocks) != 1 else ''} of {columns}"
    return {
        "factors": f"the factors of a composition network over {r.columns} elements",
        "logits": f"the logits of {r.columns} x {r.columns} questions",
        "matrix": f"a matrix of {columns}",
        "operands": f"the matrices of both operands, {columns}",
    }.get(r.source, f"{r.source} of {columns}")


def facts(r: Reconstruction) -> list[tuple[str, str]]:
    """The figures as pairs of a label and a text."""
    found: list[tuple[str, str]] = []
    name = r.identification
    if name is not None:
        found.append(("group", f"{name}, order {r.columns}"))
    if r.quotient_table is not None and r.candidates:
        quotient = r.candidates[0].identification
        size = len(r.cosets[0])
        found.append(("quotient", f"{quotient}, order {len(r.cosets)}: cosets of {size} columns coincide"))
    elif r.cosets:
        found.append(("cosets", f"{len(r.cosets)} classes of {len(r.cosets[0])} columns that coincide"))
    if not math.isnan(r.residual) and not math.isnan(r.radius) and r.candidates:
        sign = "<" if r.residual < r.radius else ">="
        unit = {
            "factors": "of the scores",
            "logits": "of the scores",
            "matrix": "of the kernel",
            "operands": "of the kernel",
        }.get(r.source, "(Frobenius)")
        found.append(("residual", f"{r.residual:.3g} {sign} radius {r.radius:.3g} {unit}"))
    if not math.isnan(r.fit) and r.candidates:
        found.append(("fit", f"{r.fit:.3g} root mean square, relative"))
    if r.candidates:
        found.append(("by chance", f"{power_of_ten(r.log10_chance)} at most (limit 1e-06)"))
    if r.read_out is not None:
        found += _read_out(r)
    if r.kernel is not None:
        found += _kernel(r)
    if r.table is not None:
        column = "unknown: column 0 stands for it" if r.identity is None else f"column {r.identity}"
        found.append(("identity", column))
        found.append(("left/right", _LEFT_RIGHT[r.left_right or "unknown"]))
    live = [block for block in r.blocks if block.state == "live"]
    misfits = [i for i, block in enumerate(r.blocks) if block.state == "live" and block.irrep is None]
    if r.candidates and misfits:
        found.append(
            ("misfits", f"blocks {', '.join(map(str, misfits))} of {len(live)} live ones fit no irrep")
        )
    if r.light_defect is not None:
        found.append(
            (
                "not a group",
                f"the nearest Latin square found fails {100 * r.light_defect:.1f} % of Light's test",
            )
        )
    if r.gram_defect is not None:
        bound = (
            f"proves the published rule up to a unitarity defect of {r.admissible_defect:.3g}"
            if r.admissible_defect > 0
            else "says nothing here"
        )
        found.append(("Theorem 17", f"L = {r.gram_defect:.3g} of at most n/2 = {r.columns / 2:g}: {bound}"))
    return found


_LEFT_RIGHT = {
    "abelian": "the same: abelian",
    "known": "known: table[a, b] is the answer to a, b",
    "unknown": "unknown from these weights: the table is the one of W(g) = M rho(g)^H",
}


def _read_out(r: Reconstruction) -> list[tuple[str, str]]:
    out = r.read_out
    assert out is not None
    pairs = f"{out.agreeing:,} of {out.pairs:,} pairs"
    if not out.complete:
        pairs += " looked at"
    votes = f"{out.identity_votes} of {out.identity_voters} rows name the identity"
    return [
        ("scores", f"{out.source}: the product has the largest score in {pairs}"),
        ("margin", f"smallest {out.smallest_margin:.3g}, mean {out.mean_margin:.3g} root mean squares"),
        ("rows", f"{out.exact_rows} of {out.rows} rounded rows are rows of the table; {votes}"),
    ]


def _kernel(r: Reconstruction) -> list[tuple[str, str]]:
    kernel = r.kernel
    assert kernel is not None
    space = "the projection on the row space" if kernel.kernel == "projection" else "the Gram matrix W^H W"
    found = [("kernel", f"{space}, rank {kernel.rank} of {r.columns}")]
    if kernel.symmetries is not None:
        regular = (
            ""
            if kernel.regular_subgroups is None
            else f", {kernel.regular_subgroups} regular groups among them"
        )
        found.append(("symmetries", f"{kernel.symmetries:,} permutations of the columns{regular}"))
    return found


def power_of_ten(exponent: float) -> str:
    """A probability as text."""
    return f"10^{exponent:.0f}" if exponent < -15 else f"{10.0**exponent:.1g}"


def _block_line(index: int, block: BlockReport) -> str:
    if block.state != "live":
        return f"  {index:>5}  {block.degree:>6}  {_STATES[block.state]}"
    irrep = "-" if block.irrep is None else f"#{block.irrep}"
    deviation = "-" if block.deviation is None else f"{block.deviation:.3g}"
    turned = "  read as its conjugate transpose" if block.turned else ""
    return f"  {index:>5}  {block.degree:>6}  {irrep:>5}  {deviation:>9}{turned}"
