"""A verification, a ranking or a composition as one HTML page without scripts or outside files, and as a fragment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from .numbers import decimal, p_value, percent, scientific
from .svg import bars, heat_map, spectrum

if TYPE_CHECKING:
    from ..harmonics.composition_report import CompositionReport
    from ..harmonics.ranking import GroupRanking
    from ..harmonics.verification import Verification

__all__ = ["composition_html", "html_document", "html_fragment", "ranking_html"]

# Charts with more components than this show the strongest ones; the table has all of them.
_SHOWN = 40

_STYLE = """
.pw { --ink: #1c2330; --soft: #667085; --line: #d9dee7; --paper: #ffffff; --bar: #3566c5; --mark: #c0392b;
  --good: #1a7f4b; --fair: #a06a00; --bad: #b3261e; color: var(--ink); background: var(--paper);
  font: 14px/1.5 system-ui, sans-serif; max-width: 780px; padding: 4px 8px; }
@media (prefers-color-scheme: dark) { .pw { --ink: #e6e9ef; --soft: #9aa4b5; --line: #343c4a; --paper: #14181f;
  --bar: #7aa2f7; --mark: #ff8f7f; --good: #5fd08f; --fair: #e0b050; --bad: #ff8f7f; } }
.pw h1 { font-size: 20px; margin: 8px 0; } .pw h2 { font-size: 15px; margin: 22px 0 6px; }
.pw .verdict { font-weight: 600; } .pw .good { color: var(--good); } .pw .fair { color: var(--fair); }
.pw .bad { color: var(--bad); } .pw .soft { color: var(--soft); }
.pw table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.pw th, .pw td { padding: 2px 10px; text-align: right; border-bottom: 1px solid var(--line); font-weight: 400; }
.pw th { color: var(--soft); } .pw th:first-child, .pw td:first-child, .pw .left { text-align: left; }
.pw .wide { overflow-x: auto; }
.pw svg { display: block; width: 100%; height: auto; }
.pw svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }
.pw svg .axis { fill: var(--soft); font-size: 11px; } .pw svg .grid { stroke: var(--line); }
.pw svg .bar { fill: var(--bar); } .pw svg .chance { stroke: var(--mark); stroke-width: 2; }
.pw svg .heat { fill: var(--bar); } .pw svg .frame { fill: none; stroke: var(--line); }
.pw svg .curve { fill: none; stroke: var(--bar); stroke-width: 2; }
"""


def __dir__() -> list[str]:
    return __all__


def _mood(verdict: str) -> str:
    if verdict in {"harmonic", "approximately harmonic"}:
        return "good"
    return "fair" if verdict in {"partially harmonic", "span only", "undecided"} else "bad"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _summary(v: Verification) -> str:
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in v.reasons)
    order = v.element_order
    if order.name != "native":
        found = "found" if order.searched else "given"
        sure = " (certain)" if order.searched and order.certain else ""
        reasons += f"<li>order of the elements, {found}: {escape(order.name)}{sure}</li>"
    rank = "not computed" if v.rank is None else f"{v.rank} of {v.order}"
    facts = [
        f"{v.rows} {v.field} rows ({v.live_rows} live, {v.dead_rows} dead, {v.constant_rows} constant)",
        f"rank {rank}",
    ]
    if v.invariance is not None:
        facts.append(
            f"moved by translations: left {scientific(v.invariance.left)}, right {scientific(v.invariance.right)}"
        )
    return (
        f'<h1><span class="verdict {_mood(v.verdict)}">{escape(v.verdict)}</span> '
        f'<span class="soft">under {escape(v.group_name)}, order {v.order}</span></h1>'
        f'<ul>{reasons}<li>spans {escape(v.spans)}</li></ul><p class="soft">{escape("; ".join(facts))}</p>'
    )


def _purities(v: Verification) -> str:
    rows = [
        [
            name,
            decimal(p.weighted),
            decimal(chance),
            decimal(p.mean),
            decimal(p.median),
            decimal(p.minimum),
        ]
        for name, p, chance in (
            ("without the mean", v.purity_nontrivial, v.chance_nontrivial),
            ("with the mean", v.purity, v.chance),
        )
    ]
    header = ["purity of rows", "weighted", "chance", "mean", "median", "minimum"]
    note = (
        f"excess over chance {decimal(v.excess, 3)} (0 = Gaussian rows, 1 = pure), p = {p_value(v.p_value)}"
    )
    return f'<h2>Purity</h2>{_table(header, rows)}<p class="soft">{escape(note)}</p>'


def _components(v: Verification) -> str:
    shown = list(v.components)
    if len(shown) > _SHOWN:
        strongest = sorted(shown, key=lambda c: -c.share)[:_SHOWN]
        shown = [c for c in shown if c in strongest]
    chart = bars(
        [c.label for c in shown],
        [c.share for c in shown],
        [c.chance for c in shown],
        [percent(c.share) for c in shown],
    )
    header = ["component", "type", "share", "chance", "p", "rows", "rank", "left κ", "right κ", "soft rank"]
    rows = [
        [
            c.label,
            c.type,
            percent(c.share),
            percent(c.chance),
            p_value(c.p_value),
            str(c.rows),
            f"{c.rank}/{c.dimension}",
            decimal(c.coverage_left, 2) if c.rank else "–",
            decimal(c.coverage_right, 2) if c.rank else "–",
            decimal(c.soft_rank, 1) if c.rank else "–",
        ]
        for c in v.components
    ]
    return (
        '<h2>Energy of the components</h2><p class="soft">bar: share of the energy of all rows; '
        f"mark: the share that Gaussian rows have</p>{chart}"
        '<h2>Coverage</h2><p class="soft">rank: of the span in the component, out of what it could fill; '
        f"κ: 1 = invariant under translations on that side</p>{_table(header, rows)}"
    )


def _blocks(v: Verification) -> str:
    if not v.blocks:
        return ""
    header = ["block", "size", "rho", "share", "residual", "M unitary to", "homomorphism to"]
    rows = [
        [
            str(b.index),
            f"{b.degree}×{b.degree}",
            b.irrep or "none of this degree",
            percent(b.share),
            scientific(b.residual),
            scientific(b.unitarity_defect),
            scientific(b.homomorphism_residual),
        ]
        for b in v.blocks
    ]
    text = f"<h2>Blocks as W(g) = {escape(v.blocks[0].convention)}</h2>{_table(header, rows)}"
    if v.almost_invariance is not None:
        gap = scientific(v.almost_invariance.gap)
        text += f'<p class="soft">largest entry of W^H W − n: {gap} (0 = a unitary Fourier transform)</p>'
    return text


def html_fragment(v: Verification) -> str:
    """The report as HTML to be put into another page, with its style: what notebooks show."""
    rows = heat_map(np.asarray(v.row_shares), [c.label for c in v.components])
    values = spectrum(np.asarray(v.singular_values))
    parts = [_summary(v), _purities(v), _components(v), _blocks(v)]
    if rows:
        parts.append(
            '<h2>Rows by components</h2><p class="soft">one line a row, sorted by its best component; '
            f"dark = all of its energy</p>{rows}"
        )
    if values:
        parts.append(f"<h2>Singular values of the rows</h2>{values}")
    return f'<style>{_STYLE}</style><div class="pw">{"".join(parts)}</div>'


def html_document(v: Verification, title: str | None = None) -> str:
    """The report as one self-contained page.

    Args:
        v: the verification.
        title: of the page; the verdict and the group by default.
    """
    limits = [[name, f"{value:g}"] for name, value in v.thresholds.items()]
    facts = v.to_dict()
    versions = ", ".join(f"{name} {version}" for name, version in facts["versions"].items())
    tail = (
        f'<details><summary class="soft">thresholds</summary>{_table(["threshold", "value"], limits)}</details>'
        f'<p class="soft">{escape(versions)}; seed {facts["seed"]}; '
        f"self-check of the transform {scientific(v.parseval_residual)}</p>"
    )
    return _page(title or f"{v.verdict}: {v.group_name}", html_fragment(v) + f'<div class="pw">{tail}</div>')


def ranking_html(ranking: GroupRanking) -> str:
    """A ranking of groups as one page, with the whole report of the best below it."""
    header = ["group", "order of elements", "excess", "purity", "chance", "verdict"]
    rows = [
        [
            h.group_name,
            h.verification.element_order.name,
            decimal(h.excess, 3),
            decimal(h.verification.purity_nontrivial.weighted),
            decimal(h.verification.chance_nontrivial),
            str(h.verification.verdict),
        ]
        for h in ranking
    ]
    chart = bars(
        [h.group_name for h in ranking[:_SHOWN]],
        [h.excess for h in ranking[:_SHOWN]],
        [0.0] * len(ranking[:_SHOWN]),
        [decimal(h.excess, 3) for h in ranking[:_SHOWN]],
    )
    top = (
        f"<h1>{len(ranking)} groups on the same columns</h1><p>{escape(ranking.conclusion)}</p>"
        '<p class="soft">bar: excess of the purity over that of Gaussian rows under the same group</p>'
        f"{chart}{_table(header, rows)}"
    )
    best = html_fragment(ranking.best.verification)
    return _page(ranking.best.group_name, f'<div class="pw">{top}</div>{best}')


def composition_html(report: CompositionReport) -> str:
    """The measures of a network that composes two elements as one page, with the report of each factor below them."""
    components = list(report.components)
    if len(components) > _SHOWN:
        strongest = sorted(components, key=lambda c: -np.nan_to_num(abs(c.logit_similarity)))[:_SHOWN]
        components = [c for c in components if c in strongest]
    similarities = [float(np.nan_to_num(c.logit_similarity)) for c in components]
    chart = bars(
        [c.label for c in components],
        similarities,
        [0.0] * len(components),
        [decimal(x, 3) for x in similarities],
    )
    header = ["component", "degree", "key", "logit similarity", "rho(a)", "rho(b)", "rho(ab)"]
    rows = [
        [
            c.label,
            str(c.degree),
            "key" if c.key else "",
            _known(c.logit_similarity, decimal),
            *(_known(x, percent) for x in (c.hidden_a, c.hidden_b, c.hidden_ab)),
        ]
        for c in report.components
    ]
    measures = [
        ["accuracy", _known(report.accuracy, percent)],
        ["loss", _known(report.loss, scientific)],
        ["loss with nothing but rho(ab) of the key components", _known(report.restricted_loss, scientific)],
        ["loss without it", _known(report.excluded_loss, scientific)],
        ["logits that are characters of a b c^-1", _known(report.logit_share, percent)],
        ["hidden layer in the key components", _known(report.hidden_share, percent)],
        ["hidden layer in rho(ab) of them", _known(report.hidden_share_ab, percent)],
    ]
    heading = f"{report.neurons} neurons composing elements of {report.group_name}, order {report.order}"
    top = (
        f"<h1>{escape(heading)}</h1><p>key components: {escape(', '.join(report.key) or 'none')}</p>"
        f"{_table(['measure', 'value'], measures)}"
        '<h2>Logits</h2><p class="soft">bar: cosine between the logits and the character of a b c^-1</p>'
        f"{chart}<h2>Components</h2>{_table(header, rows)}"
    )
    factors = [("left", report.left), ("right", report.right), ("out", report.out)]
    parts = [
        f'<div class="pw"><h1>{name}</h1></div>{html_fragment(v)}' for name, v in factors if v is not None
    ]
    return _page(heading, f'<style>{_STYLE}</style><div class="pw">{top}</div>{"".join(parts)}')


def _known(value: float, form: Callable[[float], str]) -> str:
    return "–" if np.isnan(value) else form(value)


def _page(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title></head><body>{body}</body></html>\n"
    )
