"""Harmonics in trained weights: do the rows of a weight array consist of matrix coefficients of irreps of a group?

``verify`` measures and judges; ``Verification`` holds what it found, ``GroupRanking`` what it found for several groups.
The definitions are in the attributes of ``Verification`` and ``Component``; the conventions in ``docs/conventions.md``.
"""

from __future__ import annotations

from .activations import ACTIVATIONS, Activation
from .almost_invariance import AlmostInvariance, activation_defect
from .comparison import NetworkComparison, compare_networks, intertwiner_residual, procrustes_similarity
from .composition import verify_composition
from .composition_report import CompositionComponent, CompositionReport
from .cosets import CosetNeuron, RhoSet, coset_neurons, coset_scores, rho_sets
from .element_order import element_orders
from .margin import (
    MarginMeasure,
    MaximalMargin,
    ParityMargin,
    maximal_margin,
    measure_margin,
    measure_parity_margin,
    parity_margin,
)
from .purity import Purity
from .ranking import GroupRanking, Hypothesis
from .verdict import THRESHOLDS, Verdict
from .verification import BlockReport, Component, Invariance, OrderFinding, Verification
from .verifying import verify

__all__ = [
    "ACTIVATIONS",
    "THRESHOLDS",
    "Activation",
    "AlmostInvariance",
    "BlockReport",
    "Component",
    "CompositionComponent",
    "CompositionReport",
    "CosetNeuron",
    "GroupRanking",
    "Hypothesis",
    "Invariance",
    "MarginMeasure",
    "MaximalMargin",
    "NetworkComparison",
    "OrderFinding",
    "ParityMargin",
    "Purity",
    "RhoSet",
    "Verdict",
    "Verification",
    "activation_defect",
    "compare_networks",
    "coset_neurons",
    "coset_scores",
    "element_orders",
    "intertwiner_residual",
    "maximal_margin",
    "measure_margin",
    "measure_parity_margin",
    "parity_margin",
    "procrustes_similarity",
    "rho_sets",
    "verify",
    "verify_composition",
]


def __dir__() -> list[str]:
    return __all__
