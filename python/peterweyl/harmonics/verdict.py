"""The verdict on weights: one word, the thresholds that made it, and the reasons in sentences."""

from __future__ import annotations

import enum
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol

from ..errors import ArgumentError

__all__ = ["THRESHOLDS", "Evidence", "Verdict", "decide", "thresholds_with"]


def __dir__() -> list[str]:
    return __all__


class Verdict(enum.StrEnum):
    """What the weights are, as far as the rows and the hypothesis about the group tell."""

    HARMONIC = "harmonic"
    """Every row that matters is a harmonic of one isotypic component; blocks are M rho(g)."""
    APPROXIMATELY = "approximately harmonic"
    """Rows are concentrated on one component each, far beyond chance, but not clean."""
    PARTIALLY = "partially harmonic"
    """More concentrated than Gaussian rows, and no more than that can be said."""
    NOT = "not harmonic"
    """No more concentrated than Gaussian rows."""
    TRIVIAL = "trivial only"
    """Every row is constant: harmonic, but without any information about the group."""
    SPAN = "span only"
    """Single rows mix components, but the space of all rows is invariant under translations."""
    UNDECIDED = "undecided"
    """The rows cannot tell: no energy, too few rows, or a group where every row is pure."""


#: What the verdict is made with; ``verify(..., thresholds={...})`` changes single ones.
THRESHOLDS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "harmonic_purity": 0.97,  # purity_nontrivial.weighted above this, and
        "harmonic_excess": 0.8,  # excess above this: harmonic
        "approximate_excess": 0.7,
        "partial_excess": 0.2,
        "chance_limit": 0.95,  # a chance level above this leaves no room for a verdict
        "significance": 1e-3,  # p_value above this: so few rows may be this pure by chance
        "partial_significance": 0.01,  # p_value above this: no more than chance
        "constant_energy": 1e-6,  # share of energy beyond the trivial component below which all is constant
        "invariance": 0.05,  # translation defect below this: invariant
        "block_homomorphism": 0.15,  # homomorphism residual of a block above this: not harmonic but approximately so
        "block_residual": 0.5,  # a block with a residual above this is no M rho(g); most of them must be one
        "block_purity": 0.95,  # blocks need this purity.weighted to be approximately harmonic
        "live_energy": 1e-6,  # rows below this times the strongest row's energy do not count
        "component_rank": 0.04,  # of a component count singular values above this times its largest,
        "component_floor": 0.01,  # and above this times the largest of all the weights
        "rank": 1e-3,  # of the whole count singular values above this times the largest
    }
)


def thresholds_with(changes: Mapping[str, float] | None) -> Mapping[str, float]:
    """The default thresholds with some changed."""
    if not changes:
        return THRESHOLDS
    for name, value in changes.items():
        if name not in THRESHOLDS:
            raise ArgumentError(f"thresholds: expected names among {', '.join(THRESHOLDS)}, got {name!r}")
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise ArgumentError(f"thresholds[{name!r}]: expected a number between 0 and 1, got {value!r}")
    return MappingProxyType({**THRESHOLDS, **changes})


class BlockEvidence(Protocol):
    """What a verdict asks of a block."""

    @property
    def residual(self) -> float:
        """Distance from M rho(g)."""

    @property
    def homomorphism_residual(self) -> float:
        """Distance from a homomorphism."""


@dataclass(frozen=True)
class Evidence:
    """The numbers a verdict is made of; the attributes of the same names of ``Verification`` explain them."""

    purity_weighted: float
    purity: float
    chance: float
    excess: float
    p_value: float
    rows: int
    trivial_share: float
    any_energy: bool
    components: int
    invariance: tuple[float, float] | None
    any_group: bool
    rank: int | None
    order: int
    blocks: Sequence[BlockEvidence]


def _by_purity(evidence: Evidence, limits: Mapping[str, float]) -> tuple[Verdict, list[str]]:
    f, c, s = evidence.purity, evidence.chance, evidence.excess
    numbers = f"purity {f:.4f} against {c:.4f} by chance, excess {s:.3f}"
    if f > limits["harmonic_purity"] and s > limits["harmonic_excess"]:
        verdict, reason = Verdict.HARMONIC, f"the rows are harmonics of one component each: {numbers}"
    elif s > limits["approximate_excess"]:
        verdict, reason = (
            Verdict.APPROXIMATELY,
            f"the rows are close to harmonics of one component each: {numbers}",
        )
    elif s > limits["partial_excess"] and evidence.p_value <= limits["partial_significance"]:
        return Verdict.PARTIALLY, [
            f"the rows are more concentrated than Gaussian ones, but mix components: {numbers}"
        ]
    else:
        return Verdict.NOT, [f"the rows are no more concentrated than Gaussian ones: {numbers}"]
    if evidence.p_value <= limits["significance"]:
        return verdict, [reason]
    return Verdict.UNDECIDED, [
        f"{numbers}, but so few rows show that much by chance as well (p = {evidence.p_value:.2g})"
    ]


def _with_blocks(
    verdict: Verdict, reasons: list[str], evidence: Evidence, limits: Mapping[str, float]
) -> tuple[Verdict, list[str]]:
    """Blocks make a stronger claim than rows: W(g) = M rho(g) for all of W."""
    if not evidence.blocks or verdict not in {Verdict.HARMONIC, Verdict.APPROXIMATELY}:
        return verdict, reasons
    limit = limits["block_homomorphism"]
    far = [str(k) for k, block in enumerate(evidence.blocks) if not block.homomorphism_residual < limit]
    if far:
        verdict = Verdict.APPROXIMATELY
        blocks = f"blocks {', '.join(far)} miss" if len(far) > 1 else f"block {far[0]} misses"
        reasons.append(f"{blocks} W(g) W(h) = W(gh) by more than {limit:g} after whitening")
    fitting = sum(block.residual < limits["block_residual"] for block in evidence.blocks)
    if 2 * fitting < len(evidence.blocks):
        verdict = Verdict.PARTIALLY
        reasons.append(f"only {fitting} of {len(evidence.blocks)} blocks are anything like M rho(g)")
    elif verdict is Verdict.APPROXIMATELY and evidence.purity_weighted <= limits["block_purity"]:
        verdict = Verdict.PARTIALLY
        reasons.append(f"blocks that are M rho(g) have a purity above {limits['block_purity']:g}")
    return verdict, reasons


def decide(evidence: Evidence, limits: Mapping[str, float]) -> tuple[Verdict, tuple[str, ...]]:
    """The verdict and its reasons."""
    if not evidence.any_energy:
        return Verdict.UNDECIDED, ("all weights are zero",)
    if evidence.components < 2:
        return Verdict.UNDECIDED, ("the group has no component but the trivial one: every row is a harmonic",)
    if 1 - evidence.trivial_share <= limits["constant_energy"]:
        return Verdict.TRIVIAL, (
            "every row is constant, which is harmonic for every group and tells nothing about this one",
        )
    if evidence.chance > limits["chance_limit"] or math.isnan(evidence.excess):
        return Verdict.UNDECIDED, (
            f"Gaussian rows have a purity of {evidence.chance:.3f} under this group: purity can tell nothing here",
        )
    verdict, reasons = _by_purity(evidence, limits)
    verdict, reasons = _with_blocks(verdict, reasons, evidence, limits)
    if evidence.invariance is not None and verdict in {Verdict.NOT, Verdict.PARTIALLY}:
        left, right = (defect <= limits["invariance"] for defect in evidence.invariance)
        sides = "left and right" if left and right else "left" if left else "right"
        if (left or right) and evidence.any_group:
            if verdict is Verdict.NOT:
                verdict = Verdict.SPAN
            reasons.append(
                "the row space is all functions of mean zero (or all constants): "
                f"it is invariant, but under every group of order {evidence.order}, which tells nothing about this one"
            )
        elif left or right:
            verdict = Verdict.SPAN
            reasons.append(
                f"the row space (dimension {evidence.rank} of {evidence.order}) stays under {sides} translations: "
                "the rows together span harmonics, mixed among each other"
            )
    return verdict, tuple(reasons)
