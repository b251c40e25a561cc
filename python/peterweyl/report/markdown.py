"""A verification as Markdown, for issues, model cards and job summaries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .numbers import decimal, p_value, percent, scientific

if TYPE_CHECKING:
    from ..harmonics.ranking import GroupRanking
    from ..harmonics.verification import Verification

__all__ = ["markdown_report", "ranking_markdown"]


def __dir__() -> list[str]:
    return __all__


def _escaped(text: str) -> str:
    for character in "\\|*_`<":
        text = text.replace(character, f"\\{character}")
    return text


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> list[str]:
    rule = [":--" if k < left else "--:" for k in range(len(header))]
    return [f"| {' | '.join(line)} |" for line in (header, rule, *rows)]


def markdown_report(v: Verification, title: str | None = None) -> str:
    """The report as Markdown.

    Args:
        v: the verification.
        title: of the heading; the verdict and the group by default.
    """
    heading = title or f"{v.verdict}: {v.group_name}"
    lines = [f"## {_escaped(heading)}", ""]
    lines.append(f"**{v.verdict}**: {v.rows} {v.field} rows over {_escaped(v.group_name)} (order {v.order}).")
    lines += [f"- {_escaped(reason)}" for reason in v.reasons]
    lines.append(f"- spans {_escaped(v.spans)}")
    if v.element_order.name != "native":
        lines.append(f"- order of the elements: {_escaped(v.element_order.name)}")
    lines.append("")
    purities = [
        ("without the mean", v.purity_nontrivial, v.chance_nontrivial),
        ("with the mean", v.purity, v.chance),
    ]
    lines += _table(
        ["purity of rows", "weighted", "chance", "mean", "median", "minimum"],
        [
            [
                name,
                decimal(p.weighted),
                decimal(chance),
                decimal(p.mean),
                decimal(p.median),
                decimal(p.minimum),
            ]
            for name, p, chance in purities
        ],
    )
    lines += ["", f"Excess over chance {decimal(v.excess, 3)}, p = {_escaped(p_value(v.p_value))}.", ""]
    lines += _table(
        ["component", "type", "share", "chance", "p", "rank", "left κ", "right κ"],
        [
            [
                _escaped(c.label),
                c.type,
                percent(c.share),
                percent(c.chance),
                _escaped(p_value(c.p_value)),
                f"{c.rank}/{c.dimension}",
                decimal(c.coverage_left, 2) if c.rank else "–",
                decimal(c.coverage_right, 2) if c.rank else "–",
            ]
            for c in v.components
        ],
        left=2,
    )
    if v.blocks:
        lines.append("")
        lines += _table(
            ["block", "size", "rho", "residual", "unitarity defect", "homomorphism residual"],
            [
                [
                    str(b.index),
                    f"{b.degree}×{b.degree}",
                    _escaped(b.irrep or "none"),
                    scientific(b.residual),
                    scientific(b.unitarity_defect),
                    scientific(b.homomorphism_residual),
                ]
                for b in v.blocks
            ],
        )
    return "\n".join(lines) + "\n"


def ranking_markdown(ranking: GroupRanking) -> str:
    """A ranking of groups as Markdown."""
    lines = [f"## {_escaped(ranking.best.group_name)}", "", _escaped(ranking.conclusion), ""]
    lines += _table(
        ["group", "order of elements", "excess", "purity", "chance", "verdict"],
        [
            [
                _escaped(h.group_name),
                _escaped(h.verification.element_order.name),
                decimal(h.excess, 3),
                decimal(h.verification.purity_nontrivial.weighted),
                decimal(h.verification.chance_nontrivial),
                str(h.verification.verdict),
            ]
            for h in ranking
        ],
        left=2,
    )
    return "\n".join(lines) + "\n"
