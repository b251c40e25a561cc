"""What ``verify_composition`` returns: one immutable object with the measures of a network that composes elements."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from .._version import __version__
from .verification import Verification

__all__ = ["CompositionComponent", "CompositionReport"]

#: Version of ``to_dict``; it grows when a field changes its meaning or goes away.
SCHEMA_VERSION = 1


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True)
class CompositionComponent:
    """What one isotypic component does in the network.

    Attributes:
        label: of the irrep, or of the conjugate pair.
        degree: of the irrep.
        logit_similarity: cosine between the logits, centred over c, and ``chi(a b c**-1)``; NaN without outputs.
        key: whether it is above 0.005 and the irrep is not the trivial one.
        hidden_a: share of the centred hidden layer in the span of ``rho(a)``.
        hidden_b: the same for ``rho(b)``.
        hidden_ab: the same for ``rho(ab)``.
    """

    label: str
    degree: int
    logit_similarity: float
    key: bool
    hidden_a: float
    hidden_b: float
    hidden_ab: float


@dataclass(frozen=True, eq=False)
class CompositionReport:
    """How a network composes two elements of a group. Made by :func:`verify_composition`.

    Attributes:
        group_name: of the group.
        order: of the group.
        left: the verification of W_a, ``None`` where it was not given.
        right: of W_b.
        out: of W_U.
        components: of real functions on the group, the trivial one first.
        logit_share: sum of the squared similarities of the non-trivial components: how much of the logits is
            ``sum_rho lambda_rho chi_rho(a b c**-1)``.
        hidden_share: share of the hidden layer in ``rho(a)``, ``rho(b)`` and ``rho(ab)`` of the key components.
        hidden_share_ab: the last third of it.
        accuracy: over all pairs.
        loss: mean cross-entropy over all pairs.
        restricted_loss: over all pairs, with nothing of the hidden layer but ``rho(ab)`` of the key components.
        excluded_loss: over the training pairs (all where they are not given), without just that.
        neurons: width of the hidden layer.
    """

    group_name: str
    order: int
    left: Verification | None
    right: Verification | None
    out: Verification | None
    components: tuple[CompositionComponent, ...]
    logit_share: float
    hidden_share: float
    hidden_share_ab: float
    accuracy: float
    loss: float
    restricted_loss: float
    excluded_loss: float
    neurons: int

    @property
    def key(self) -> tuple[str, ...]:
        """The labels of the key components."""
        return tuple(component.label for component in self.components if component.key)

    def to_dict(self) -> dict[str, Any]:
        """Everything as numbers, texts, lists and dictionaries that JSON can hold; NaN becomes ``None``."""

        def plain(value: float) -> float | None:
            return value if math.isfinite(value) else None

        factors = {"left": self.left, "right": self.right, "out": self.out}
        return {
            "schema_version": SCHEMA_VERSION,
            "peterweyl": __version__,
            "kind": "composition",
            "group_name": self.group_name,
            "order": self.order,
            "neurons": self.neurons,
            "key": list(self.key),
            **{
                name: plain(getattr(self, name))
                for name in (
                    "logit_share",
                    "hidden_share",
                    "hidden_share_ab",
                    "accuracy",
                    "loss",
                    "restricted_loss",
                    "excluded_loss",
                )
            },
            "components": [
                {
                    "label": c.label,
                    "degree": c.degree,
                    "key": c.key,
                    "logit_similarity": plain(c.logit_similarity),
                    "hidden_a": plain(c.hidden_a),
                    "hidden_b": plain(c.hidden_b),
                    "hidden_ab": plain(c.hidden_ab),
                }
                for c in self.components
            ],
            "factors": {name: v.to_dict() for name, v in factors.items() if v is not None},
        }

    def report(self) -> str:
        """The measures as text for people."""
        from ..report.text import composition_report

        return composition_report(self)

    def to_html(self) -> str:
        """The measures as one HTML page with drawings, those of each factor below them."""
        from ..report.html import composition_html

        return composition_html(self)

    def __str__(self) -> str:
        """The report."""
        return self.report()

    def __repr__(self) -> str:
        """One line."""
        return (
            f"<CompositionReport: {self.neurons} neurons over {self.group_name}, key {', '.join(self.key) or 'none'}, "
            f"logit share {self.logit_share:.3f}, accuracy {self.accuracy:.3f}>"
        )
