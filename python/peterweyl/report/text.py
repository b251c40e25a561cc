"""A verification as plain text."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .numbers import decimal, p_value, percent

if TYPE_CHECKING:
    from ..harmonics.composition_report import CompositionReport
    from ..harmonics.ranking import GroupRanking
    from ..harmonics.verification import Component, Verification

__all__ = ["composition_report", "ranking_report", "report"]

_WIDTH = 100
_BAR = 16
_EIGHTHS = " ▏▎▍▌▋▊▉"
# Groups with more components than this show the strongest ones and sum up the rest.
_SHOWN = 20


def __dir__() -> list[str]:
    return __all__


def _bar(share: float) -> str:
    eighths = round(8 * _BAR * min(max(share, 0.0), 1.0))
    if eighths == 0 and share > 1e-6:
        eighths = 1
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()).ljust(_BAR)


def _padded(share: float) -> str:
    return percent(share).rjust(7)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], left: frozenset[int]) -> list[str]:
    """Columns padded to their widest entry; those in ``left`` flush left, the others flush right."""
    widths = [max(len(line[k]) for line in [header, *rows]) for k in range(len(header))]

    def padded(line: Sequence[str]) -> str:
        cells = (
            cell.ljust(width) if k in left else cell.rjust(width)
            for k, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        return ("  " + "  ".join(cells)).rstrip()

    return [padded(header), *map(padded, rows)]


def _component_row(component: Component) -> list[str]:
    empty = component.rank == 0
    return [
        component.label,
        component.type,
        _bar(component.share),
        _padded(component.share),
        _padded(component.chance),
        p_value(component.p_value),
        f"{component.rank}/{component.dimension}",
        "–" if empty else f"{component.coverage_left:.2f}",
        "–" if empty else f"{component.coverage_right:.2f}",
    ]


def _components(v: Verification) -> list[str]:
    shown = list(v.components)
    if len(shown) > _SHOWN:
        strongest = sorted(shown, key=lambda component: -component.share)[: _SHOWN - 1]
        shown = [component for component in shown if component in strongest]
    header = ["component", "type", "share of energy", "", "chance", "p", "rank", "left", "right"]
    lines = _table(header, [_component_row(component) for component in shown], frozenset({0, 1, 2}))
    rest = len(v.components) - len(shown)
    if rest:
        others = sum(component.share for component in v.components if component not in shown)
        lines.append(f"  … and {rest} more with {100 * others:.1f} % together")
    lines.append(
        "  rank: of the span in the component / what it could fill; left, right: coverage κ, 1 = invariant"
    )
    return lines


def _blocks(v: Verification) -> list[str]:
    if not v.blocks:
        return []
    header = ["block", "size", "rho", "share", "residual", "M unitary to", "homomorphism to"]
    rows = [
        [
            str(block.index),
            f"{block.degree}×{block.degree}",
            block.irrep or "none of this degree",
            _padded(block.share),
            f"{block.residual:.2e}",
            f"{block.unitarity_defect:.1e}",
            "–" if math.isnan(block.homomorphism_residual) else f"{block.homomorphism_residual:.1e}",
        ]
        for block in v.blocks
    ]
    lines = ["", f"  blocks as W(g) = {v.blocks[0].convention}", *_table(header, rows, frozenset({2}))]
    if v.almost_invariance is not None:
        lines.append(
            f"  largest entry of W^H W - n: {v.almost_invariance.gap:.2e} (0 = a unitary Fourier transform)"
        )
    return lines


def _purities(v: Verification) -> list[str]:
    def cells(name: str, purity: object, chance: float) -> list[str]:
        values = [decimal(getattr(purity, key)) for key in ("weighted", "mean", "median", "minimum")]
        return [name, values[0], decimal(chance), *values[1:]]

    header = ["purity of rows", "weighted", "chance", "mean", "median", "minimum"]
    rows = [
        cells("without the mean", v.purity_nontrivial, v.chance_nontrivial),
        cells("with the mean", v.purity, v.chance),
    ]
    lines = _table(header, rows, frozenset({0}))
    lines.append(
        f"  excess over chance {decimal(v.excess, 3)} (0 = Gaussian rows, 1 = pure), p = {p_value(v.p_value)}"
    )
    return lines


def _order_found(v: Verification) -> list[str]:
    """A sentence about the order of the elements, where it is not the library's own."""
    order = v.element_order
    if not order.searched:
        return [] if order.name == "native" else [f"order of the elements: {order.name}"]
    others = sorted(
        (
            (excess, name)
            for name, excess in order.excess.items()
            if name != order.name and name not in order.equivalent
        ),
        reverse=True,
    )
    same = f" (or {', '.join(order.equivalent)}, which comes to the same)" if order.equivalent else ""
    next_best = f"; the next is {others[0][1]} with an excess of {others[0][0]:.3f}" if others else ""
    sure = "for certain" if order.certain else "but not for certain"
    return [f"order of the elements found: {order.name}{same}, {sure}{next_best}"]


def report(v: Verification) -> str:
    """The whole report: header, reasons, purities, components, blocks."""
    rank = "not computed" if v.rank is None else f"{v.rank} of {v.order}"
    lines = [
        f"{v.verdict}: {v.rows} {v.field} row{'s' if v.rows != 1 else ''} over {v.group_name} (order {v.order})",
    ]
    for reason in [*v.reasons, *_order_found(v)]:
        lines.extend(textwrap.wrap(reason, _WIDTH, initial_indent="  ", subsequent_indent="  "))
    lines += [f"  spans {v.spans}", "", *_purities(v)]
    lines.append(f"  rows: {v.live_rows} live, {v.dead_rows} dead, {v.constant_rows} constant; rank {rank}")
    if v.invariance is not None:
        lines.append(
            f"  row space moved by translations: left {v.invariance.left:.1e}, right {v.invariance.right:.1e} "
            f"(0 = invariant, 1 = random{'; so for every group of this order' if v.invariance.any_group else ''})"
        )
    lines += ["", *_components(v), *_blocks(v)]
    return "\n".join(lines)


def ranking_report(ranking: GroupRanking) -> str:
    """The conclusion and a line for every group."""
    header = ["group", "order of elements", "excess", "", "purity", "chance", "translations", "verdict"]
    rows = []
    for hypothesis in ranking.hypotheses[:_SHOWN]:
        v = hypothesis.verification
        equal = hypothesis is not ranking.best and hypothesis in ranking.indistinguishable
        rows.append(
            [
                v.group_name + (" =" if equal else ""),
                v.element_order.name,
                _bar(hypothesis.excess),
                decimal(hypothesis.excess, 3),
                decimal(v.purity_nontrivial.weighted),
                decimal(v.chance_nontrivial),
                "–" if v.invariance is None else f"{v.invariance.left:.2f} / {v.invariance.right:.2f}",
                str(v.verdict),
            ]
        )
    lines = [*textwrap.wrap(ranking.conclusion, _WIDTH), ""]
    lines += _table(header, rows, frozenset({0, 1, 2, 7}))
    if len(ranking) > len(rows):
        lines.append(f"  … and {len(ranking) - len(rows)} more groups, none better")
    lines.append(
        f"  excess: 0 = Gaussian rows, 1 = pure; p = {p_value(ranking.p_value)} for the best, corrected for "
        f"{ranking.tried} hypotheses"
    )
    lines.append(
        "  =: the same components on these columns as the best, so no energies can tell them apart; "
        "translations: left / right"
    )
    return "\n".join(lines)


def composition_report(report: CompositionReport) -> str:
    """The measures of a network that composes two elements."""
    lines = [
        f"{report.neurons} neurons composing elements of {report.group_name} (order {report.order}): "
        f"accuracy {decimal(report.accuracy)}, loss {_loss(report.loss)}",
        f"  logits: {_padded(report.logit_share).strip()} are characters of a b c^-1; "
        f"key: {', '.join(report.key) or 'none'}",
        f"  hidden layer: {_padded(report.hidden_share).strip()} in the key components, "
        f"{_padded(report.hidden_share_ab).strip()} in rho(ab)",
        f"  loss with nothing but rho(ab) of the key components {_loss(report.restricted_loss)}, "
        f"without it {_loss(report.excluded_loss)}",
    ]
    factors = [("left", report.left), ("right", report.right), ("out", report.out)]
    lines += [
        f"  {name}: {v.verdict}, purity {decimal(v.purity_nontrivial.weighted)} "
        f"(chance {decimal(v.chance_nontrivial)})"
        for name, v in factors
        if v is not None
    ]
    shown = list(report.components)
    if len(shown) > _SHOWN:
        shown = sorted(shown, key=lambda c: -abs(c.logit_similarity) - c.hidden_a - c.hidden_b)[:_SHOWN]
        shown = [component for component in report.components if component in shown]
    header = ["component", "key", "logit similarity", "", "rho(a)", "rho(b)", "rho(ab)"]
    rows = [
        [
            component.label,
            "key" if component.key else "",
            _bar(component.logit_similarity) if not math.isnan(component.logit_similarity) else "",
            decimal(component.logit_similarity),
            *(_share(x) for x in (component.hidden_a, component.hidden_b, component.hidden_ab)),
        ]
        for component in shown
    ]
    lines += ["", *_table(header, rows, frozenset({0, 1, 2}))]
    if len(report.components) > len(shown):
        lines.append(f"  … and {len(report.components) - len(shown)} weaker ones")
    return "\n".join(lines)


def _share(value: float) -> str:
    return "–" if math.isnan(value) else _padded(value)


def _loss(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3g}"
