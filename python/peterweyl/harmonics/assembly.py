"""From what the core measured to a ``Verification``."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np

from .. import _core
from ..groups import Group
from .almost_invariance import AlmostInvariance
from .inputs import BlockInput, RowInput
from .purity import measure_rows
from .verdict import Evidence, decide
from .verification import BlockReport, Component, Invariance, OrderFinding, Verification

__all__ = ["assemble"]

_TYPES: Mapping[int, Literal["real", "complex", "quaternionic"]] = {
    1: "real",
    0: "complex",
    -1: "quaternionic",
}
# Multiplications that the kernel of a block may take.
_KERNEL_BUDGET = 4e9
# Blocks that a network fixed to the identity at the identity are so to the precision of their training.
_IDENTITY_TOLERANCE = 1e-3


def __dir__() -> list[str]:
    return __all__


def assemble(
    group: Group,
    rows: RowInput,
    found: Mapping[str, Any],
    limits: Mapping[str, float],
    given: BlockInput | None,
    element_order: OrderFinding,
) -> Verification:
    """The verification of rows (and of the blocks they come from), in the order of the elements of the group."""
    described: Sequence[Mapping[str, Any]] = found["components"]
    energies, totals = found["energies"], found["totals"]
    measures = measure_rows(
        energies, totals, [entry["dimension"] for entry in described], rows.is_real, limits["live_energy"]
    )
    components = tuple(
        _component(group, entry, index, measures, len(energies)) for index, entry in enumerate(described)
    )
    invariance = _invariance(found, group.order)
    reports: tuple[BlockReport, ...] = ()
    almost: AlmostInvariance | None = None
    if given is not None:
        reports = _block_reports(group, given, components)
        almost = _almost_invariance(group, given)
    f, c = measures.purity_nontrivial.weighted, measures.chance_nontrivial
    excess = (f - c) / (1 - c) if c < 1 else np.nan
    verdict, reasons = decide(
        Evidence(
            purity_weighted=measures.purity.weighted,
            purity=f,
            chance=c,
            excess=excess,
            p_value=measures.p_value,
            rows=measures.purity_nontrivial.rows,
            trivial_share=float(measures.shares[0]),
            any_energy=bool(totals.any()),
            components=len(components),
            invariance=None if invariance is None else (invariance.left, invariance.right),
            any_group=invariance is not None and invariance.any_group,
            rank=found["rank"],
            order=group.order,
            blocks=reports,
        ),
        limits,
    )
    live = int(measures.live.sum())
    return Verification(
        verdict=verdict,
        reasons=reasons,
        thresholds=limits,
        excess=excess,
        p_value=measures.p_value,
        purity=measures.purity,
        purity_nontrivial=measures.purity_nontrivial,
        chance=measures.chance,
        chance_nontrivial=measures.chance_nontrivial,
        components=components,
        row_shares=_read_only(measures.row_shares),
        row_p_values=_read_only(measures.row_p_values),
        live_rows=live,
        dead_rows=len(totals) - live,
        constant_rows=int(measures.constant.sum()),
        rank=found["rank"],
        singular_values=_read_only(found["singular_values"] * rows.scale),
        invariance=invariance,
        blocks=reports,
        almost_invariance=almost,
        group_name=group.name or f"a group of order {group.order}",
        order=group.order,
        field="real" if rows.is_real else "complex",
        rows=len(totals),
        scale=rows.scale,
        parseval_residual=found["parseval_residual"],
        element_order=element_order,
    )


def _read_only(array: Any) -> Any:
    array.setflags(write=False)
    return array


def _component(group: Group, entry: Mapping[str, Any], index: int, measures: Any, rows: int) -> Component:
    share = float(measures.shares[index])
    return Component(
        label="+".join(group.irreps[k].label for k in entry["irreps"]),
        irreps=entry["irreps"],
        degree=entry["degree"],
        type=_TYPES[entry["indicator"]],
        dimension=entry["dimension"],
        share=share,
        chance=entry["dimension"] / group.order,
        p_value=float(measures.component_p_values[index]),
        rows=int(measures.best_counts[index]),
        rank=entry["rank"],
        coverage=entry["coverage"],
        coverage_left=entry["coverage_left"],
        coverage_right=entry["coverage_right"],
        soft_rank=entry["soft_rank"],
        condition=entry["condition"],
    )


def _invariance(found: Mapping[str, Any], order: int) -> Invariance | None:
    if found["defects"] is None:
        return None
    left, right, constant_share = found["defects"]
    any_group = (found["rank"] == 1 and constant_share > 0.99) or (
        found["rank"] == order - 1 and constant_share < 0.01
    )
    return Invariance(left, right, any_group)


def _block_reports(
    group: Group, given: BlockInput, components: Sequence[Component]
) -> tuple[BlockReport, ...]:
    fits = [_core.block_harmonics(block, group._core, group.irreps._core) for block in given.blocks]

    def misfit(convention: str) -> float:
        # Blocks of degree 1 fit both conventions.
        return float(
            sum(
                min(fit[convention]["residual_left"], fit[convention]["residual_right"]) ** 2
                for fit, block in zip(fits, given.blocks, strict=True)
                if block.shape[1] > 1
            )
        )

    direct = misfit("direct") <= misfit("adjoint")
    home = {irrep: component.label for component in components for irrep in component.irreps}
    reports = []
    for index, (block, both) in enumerate(zip(given.blocks, fits, strict=True)):
        fit = both["direct" if direct else "adjoint"]
        rho = None if fit["irrep"] is None else group.irreps[fit["irrep"]]
        # The entries of rho(g)^H are those of the conjugate representation.
        holder = None if rho is None else rho.index if direct else rho.conjugate_index
        # Unitary multipliers, and all of degree 1, fit both sides up to rounding.
        left = fit["residual_left"] <= fit["residual_right"] + 1e-9
        reports.append(
            BlockReport(
                index=index,
                degree=block.shape[1],
                convention="M rho(g)" if direct else "M rho(g)^H",
                irrep=None if rho is None else rho.label,
                component=None if holder is None else home[holder],
                side="left" if left else "right",
                share=fit["share"],
                residual=fit["residual_left" if left else "residual_right"],
                residual_two_sided=fit["residual"],
                unitarity_defect=fit["unitarity_defect"],
                scale=fit["scale"] * given.rows.scale,
                homomorphism_residual=fit["homomorphism_residual"],
                all_pairs=both["all_pairs"],
                kernel_residual=_kernel_residual(block, group, direct, left),
            )
        )
    return tuple(reports)


def _kernel_residual(block: Any, group: Group, direct: bool, left: bool) -> float:
    """How far B(g, h) = W(g) W(h)^H, or W(g)^H W(h), is from its mean over the translations that keep it."""
    n, d = block.shape[:2]
    if not block.any() or float(n) ** 2 * d**3 > _KERNEL_BUDGET:
        return math.nan
    rows = block if left else block.conj().transpose(0, 2, 1)
    # W(g) = M rho(g) gives M rho(g h^-1) M^H, kept by g, h -> gk, hk; every other case is mirrored.
    table = group.table.T if direct == left else group.table
    energy = 0.0
    wide = rows.transpose(1, 0, 2).reshape(d, n * d)
    for x in range(n):
        moved = rows[table[:, x]].transpose(1, 0, 2).reshape(d, n * d)
        energy += float(np.linalg.norm(wide @ moved.conj().T)) ** 2 / n
    gram = np.einsum("gji,gjk->ik", rows.conj(), rows)
    whole = float(np.linalg.norm(gram)) ** 2
    return math.sqrt(max(0.0, 1 - energy / whole))


def _almost_invariance(group: Group, given: BlockInput) -> AlmostInvariance:
    n = group.order
    blocks = [block * given.rows.scale for block in given.blocks]
    gap = float(_core.unitarity_gap(blocks, n))
    identity_defect = max(
        float(np.linalg.norm(block[group.identity] - np.eye(block.shape[1]))) for block in blocks
    )
    fits = gap <= n / 2
    return AlmostInvariance(
        gap=gap,
        identity_defect=identity_defect,
        applies=fits and identity_defect <= _IDENTITY_TOLERANCE,
        bound=float(np.sqrt(0.5 - gap / n) / (np.sqrt(n + gap) + 1)) if fits else None,
    )
