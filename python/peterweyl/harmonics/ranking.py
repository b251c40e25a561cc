"""Several groups on the same columns: which fits, how surely, and which of them no weights could tell apart."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from .._version import __version__
from ..groups import Group
from .element_order import refines
from .verdict import Verdict
from .verification import Verification

__all__ = ["GroupRanking", "Hypothesis", "impurity_limit", "ranked"]

#: Version of ``to_dict``; it grows when a field changes its meaning or goes away.
SCHEMA_VERSION = 1


def __dir__() -> list[str]:
    return __all__


def impurity_limit(best_excess: float) -> float:
    """How much may miss purity (1 - excess) in a hypothesis that the best one does not beat clearly."""
    impurity = 1 - best_excess
    return max(4 * impurity, impurity + 0.02)


@dataclass(frozen=True, eq=False)
class Hypothesis:
    """One group, and what the weights say about it.

    Attributes:
        group: the group.
        verification: everything measured under it.
        scheme: (n, n) uint16: its isotypic components as spaces of functions on the columns, in a form that is equal
            for groups that no measure of energies can tell apart.
    """

    group: Group
    verification: Verification
    scheme: NDArray[np.uint16]

    @property
    def group_name(self) -> str:
        """The spec or name of the group."""
        return self.verification.group_name

    @property
    def excess(self) -> float:
        """How far the purity is beyond chance: 0 = Gaussian rows, 1 = pure; NaN counts as nothing."""
        return 0.0 if math.isnan(self.verification.excess) else self.verification.excess

    @property
    def translation_defect(self) -> float:
        """The smaller of the two defects of the row space under translations; 1 where it tells nothing."""
        invariance = self.verification.invariance
        if invariance is None or invariance.any_group:
            return 1.0
        return min(invariance.left, invariance.right)

    @property
    def block_residual(self) -> float:
        """The mean homomorphism residual of the blocks; 0 without blocks."""
        residuals = [block.homomorphism_residual for block in self.verification.blocks]
        finite = [residual for residual in residuals if not math.isnan(residual)]
        return sum(finite) / len(finite) if finite else float(bool(residuals))


@dataclass(frozen=True, eq=False)
class GroupRanking(Sequence[Hypothesis]):
    """Hypotheses about the group, best first. Made by :func:`peterweyl.verify` with ``groups=``.

    They are ranked on the same columns by what they say beyond their own chance level: whether the verdict holds, the
    excess, the fineness of the components, then (for equal ones) the blocks and the translations of the row space.

    Attributes:
        hypotheses: best first.
        tried: how many different hypotheses were tried, orders of elements included.
        p_value: of the best, corrected for that number.
    """

    hypotheses: tuple[Hypothesis, ...]
    tried: int
    p_value: float

    @property
    def best(self) -> Hypothesis:
        """The hypothesis that fits best."""
        return self.hypotheses[0]

    @property
    def holds(self) -> bool:
        """Whether the weights are harmonic, or approximately so, under the best hypothesis."""
        return self.best.verification.holds

    @property
    def indistinguishable(self) -> tuple[Hypothesis, ...]:
        """Others with the same components as the best: energies of rows cannot tell them from it, for any weights."""
        return tuple(h for h in self.hypotheses[1:] if np.array_equal(h.scheme, self.best.scheme))

    @property
    def rivals(self) -> tuple[Hypothesis, ...]:
        """Others with different components under which the weights hold nearly as well.

        Nearly: what misses purity, 1 - excess, is less than four times that of the best, or within 0.02 of it.
        """
        limit = impurity_limit(self.best.excess)
        return tuple(
            h
            for h in self.hypotheses[1:]
            if h.verification.holds and 1 - h.excess < limit and not refines(self.best.scheme, h.scheme)
        )

    @property
    def implied(self) -> tuple[Hypothesis, ...]:
        """Others whose components are sums of those of the best: the rows are at least as pure under them."""
        return tuple(
            h
            for h in self.hypotheses[1:]
            if not np.array_equal(h.scheme, self.best.scheme) and refines(self.best.scheme, h.scheme)
        )

    @property
    def certain(self) -> bool:
        """Whether the best hypothesis holds and no other does."""
        return self.holds and not self.rivals and not self.tied

    @property
    def tied(self) -> tuple[Hypothesis, ...]:
        """Those among the indistinguishable ones that blocks and translations do not tell from the best either."""
        best = self.best
        return tuple(
            h
            for h in self.indistinguishable
            if abs(h.block_residual - best.block_residual) < 0.05
            and abs(h.translation_defect - best.translation_defect) < 0.05
        )

    @property
    def conclusion(self) -> str:
        """What can be said, in a sentence or two."""
        best = self.best
        chance = best.verification.chance_nontrivial
        numbers = (
            f"purity {best.verification.purity_nontrivial.weighted:.4f} against {chance:.4f} by chance, "
            f"excess {best.excess:.3f}"
        )
        if not self.holds:
            return (
                f"No group fits: the nearest is {best.group_name} ({numbers}), {best.verification.verdict}."
            )
        sentences = [f"{best.group_name} fits: {numbers}."]
        if self.indistinguishable:
            names = _names(self.indistinguishable)
            if self.tied:
                sentences.append(
                    f"{names} cannot be told from it: the components on these columns are equal."
                )
            else:
                sentences.append(
                    f"{names}: equal components on these columns, but translations or blocks tell the difference."
                )
        if self.implied:
            sentences.append(f"It implies {_names(self.implied)}, whose components are sums of its own.")
        if self.rivals:
            sentences.append(f"Nearly as well: {_names(self.rivals)}.")
        return " ".join(sentences)

    @overload
    def __getitem__(self, index: int) -> Hypothesis: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Hypothesis, ...]: ...
    def __getitem__(self, index: int | slice) -> Hypothesis | tuple[Hypothesis, ...]:
        """One hypothesis by its rank, or some."""
        return self.hypotheses[index]

    def __len__(self) -> int:
        """The number of hypotheses."""
        return len(self.hypotheses)

    def __iter__(self) -> Iterator[Hypothesis]:
        """The hypotheses, best first."""
        return iter(self.hypotheses)

    def to_dict(self) -> dict[str, Any]:
        """Everything as numbers, texts, lists and dictionaries that JSON can hold."""
        return {
            "schema_version": SCHEMA_VERSION,
            "peterweyl": __version__,
            "kind": "ranking",
            "holds": self.holds,
            "certain": self.certain,
            "conclusion": self.conclusion,
            "best": self.best.group_name,
            "indistinguishable": [h.group_name for h in self.indistinguishable],
            "tied": [h.group_name for h in self.tied],
            "implied": [h.group_name for h in self.implied],
            "rivals": [h.group_name for h in self.rivals],
            "tried": self.tried,
            "p_value": None if math.isnan(self.p_value) else self.p_value,
            "hypotheses": [h.verification.to_dict() for h in self.hypotheses],
        }

    def report(self) -> str:
        """The conclusion and a line for every group, each with its own chance level."""
        from ..report.text import ranking_report

        return ranking_report(self)

    def to_markdown(self) -> str:
        """The ranking as Markdown."""
        from ..report.markdown import ranking_markdown

        return ranking_markdown(self)

    def to_html(self) -> str:
        """The ranking, and the report of the best, as one HTML page."""
        from ..report.html import ranking_html

        return ranking_html(self)

    def __str__(self) -> str:
        """The report."""
        return self.report()

    def __repr__(self) -> str:
        """One line: how many groups, and the best."""
        return f"<GroupRanking of {len(self)}: {self.conclusion}>"


def _names(hypotheses: Sequence[Hypothesis]) -> str:
    names = [h.group_name for h in hypotheses[:5]]
    if len(hypotheses) > len(names):
        names.append(f"{len(hypotheses) - len(names)} more")
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def ranked(hypotheses: Sequence[Hypothesis], tried: int) -> GroupRanking:
    """The hypotheses in order, best first; equal ones keep their order."""

    def key(h: Hypothesis) -> tuple[bool, float, float, float, float]:
        undecided = h.verification.verdict is Verdict.UNDECIDED
        # Among equally pure ones the finest says most: it has the lowest chance level.
        chance = 1.0 if math.isnan(h.verification.chance_nontrivial) else h.verification.chance_nontrivial
        return (
            not h.verification.holds,
            undecided - round(h.excess, 6),
            round(chance, 9),
            round(h.block_residual, 6),
            h.translation_defect,
        )

    ordered = tuple(sorted(hypotheses, key=key))
    p_value = ordered[0].verification.p_value
    return GroupRanking(ordered, tried, min(1.0, p_value * tried) if not math.isnan(p_value) else p_value)
