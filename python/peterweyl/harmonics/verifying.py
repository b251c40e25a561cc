"""``verify``: weights and a group, or several groups, to what they say about each other."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, overload

import numpy as np
from numpy.typing import NDArray

from .. import _core
from ..catalogue import groups_of_order
from ..errors import ArgumentError, Error
from ..groups import Group
from ..groups import group as group_from_spec
from .assembly import assemble
from .element_order import ElementOrder, column_scheme, element_orders, resolve_order
from .inputs import BlockInput, Columns, Layout, RowInput, columns_available, read
from .many_rows import are_many, harmonics_of_many, row_energies
from .purity import measure_rows
from .ranking import GroupRanking, Hypothesis, impurity_limit, ranked
from .verdict import thresholds_with
from .verification import OrderFinding, Verification

__all__ = ["verify"]

Groups = Literal["order"] | Sequence[Group | str]


def __dir__() -> list[str]:
    return __all__


@overload
def verify(
    weights: Any,
    group: Group | str,
    *,
    order: ElementOrder = None,
    axis: int | str = -1,
    axes: str | None = None,
    rows: Any = None,
    pairs: int | None = None,
    blocks: bool = False,
    block_sizes: Sequence[int] | None = None,
    identity_omitted: bool = False,
    thresholds: Mapping[str, float] | None = None,
) -> Verification: ...


@overload
def verify(
    weights: Any,
    group: None = None,
    *,
    groups: Groups,
    order: ElementOrder = None,
    axis: int | str = -1,
    axes: str | None = None,
    rows: Any = None,
    pairs: int | None = None,
    blocks: bool = False,
    block_sizes: Sequence[int] | None = None,
    identity_omitted: bool = False,
    thresholds: Mapping[str, float] | None = None,
) -> GroupRanking: ...


def verify(
    weights: Any,
    group: Group | str | None = None,
    *,
    groups: Groups | None = None,
    order: ElementOrder = None,
    axis: int | str = -1,
    axes: str | None = None,
    rows: Any = None,
    pairs: int | None = None,
    blocks: bool = False,
    block_sizes: Sequence[int] | None = None,
    identity_omitted: bool = False,
    thresholds: Mapping[str, float] | None = None,
) -> Verification | GroupRanking:
    """Test whether weights consist of harmonics of a group, which ones, and how surely.

    Args:
        weights: an array of any framework with one axis over the elements of the group, all other axes being rows; or,
            with ``blocks=True``, one block (n, d, d) or a collection of blocks.
        group: a group, in whose order of elements the axis runs, or a spec such as ``"S5"``.
        groups: instead of ``group``, several of one order, to be ranked on the same columns; ``"order"`` means every
            group of the order that the axis has (catalogue, up to 511), each in the order of elements that fits best.
        order: the order of the elements along the axis: None for the library's, a name of ``element_orders(group)``,
            ``{"breadth-first": generators}``, the element of every column, or ``"auto"`` to try the known ones.
        axis: the axis of the group, counted after ``pairs`` was taken away, or its name in ``axes``; blocks have
            theirs first.
        axes: names for the axes, such as ``"group neuron"`` or ``"(a b) d"`` for two names that share an axis. The
            axis called ``group`` is the group's unless ``axis`` names another; one called ``pair`` holds real and
            imaginary parts.
        rows: which positions of the axis of the group are elements, where it is longer: a slice, its text
            (``"0:113"``) or a list.
        pairs: an axis of length 2 that holds real and imaginary parts.
        blocks: test blocks for W(g) = M rho(g) as well; their entries are the rows.
        block_sizes: the weights are flat blocks: d*d rows for each size d.
        identity_omitted: blocks lack the matrix of the identity, which is then the identity matrix.
        thresholds: changes to single entries of :data:`THRESHOLDS`.

    Returns:
        The measures with their chance levels, and the verdict; for several groups their ranking.

    Raises:
        ArgumentError: an entry is NaN or infinite, no axis fits, or an option makes no sense; the message says which.
        GroupSpecError: the spec is not one.

    Complexity:
        O(m n**2) for m rows over a group of order n, and O(n**3) for the row space; O(m n**2) for every further order
        of elements that is tried.

    Example:
        >>> import numpy as np
        >>> import peterweyl as pw
        >>> waves = [np.cos(2 * np.pi * k * np.arange(12) / 12 + 1) for k in (1, 2, 2, 5)]
        >>> v = pw.verify(waves, "C12")
        >>> print(v.verdict, v.purity.weighted.__round__(6), v.chance.__round__(3))
        harmonic 1.0 0.398
        >>> [(c.label, c.rank, c.dimension) for c in v.components if c.rank]
        [('1c#1+1c#10', 1, 2), ('1c#2+1c#9', 1, 2), ('1c#5+1c#6', 1, 2)]
        >>> pw.verify(waves, groups=["D6", "C12"]).best.group_name
        'C12'
    """
    limits = thresholds_with(thresholds)
    layout = Layout(axis, axes, rows, pairs, blocks, block_sizes, identity_omitted)
    if groups is None:
        if group is None:
            raise ArgumentError("group: expected a group or a spec such as 'S5', or several in groups=")
        return _verify_one(weights, _tested_group(group, "group"), order, layout, limits)[0]
    if group is not None:
        raise ArgumentError("group: expected either group or groups, got both")
    return _verify_many(weights, groups, order, layout, limits)


def _tested_group(group: Any, argument: str) -> Group:
    if isinstance(group, Group):
        return group
    if isinstance(group, str):
        return group_from_spec(group)
    raise ArgumentError(f"{argument}: expected a Group or a spec such as 'S5', got {type(group).__name__}")


def _columns(group: Group, elements: NDArray[np.int64] | None) -> Columns:
    name = f"the order of {group.name}" if group.name else "the order of the group"
    identity = group.identity
    if elements is not None:
        identity = int(np.flatnonzero(elements == group.identity)[0])
    return Columns(group.order, name, identity)


def _measured(
    given: RowInput | BlockInput, group: Group, limits: Mapping[str, float], finding: OrderFinding
) -> Verification:
    rows = given.rows if isinstance(given, BlockInput) else given
    tolerances: dict[str, Any] = {
        "component_tolerance": limits["component_rank"],
        "component_floor": limits["component_floor"],
        "rank_tolerance": limits["rank"],
    }
    if are_many(rows.rows):
        found = harmonics_of_many(rows.rows, group, **tolerances)
    else:
        found = _core.row_harmonics(rows.rows, group._core, group.irreps._core, **tolerances)
    return assemble(group, rows, found, limits, given if isinstance(given, BlockInput) else None, finding)


def _verify_one(
    weights: Any, group: Group, order: ElementOrder, layout: Layout, limits: Mapping[str, float]
) -> tuple[Verification, NDArray[np.int64]]:
    if isinstance(order, str) and order == "auto":
        return _searched(weights, group, layout, limits)
    name, elements = resolve_order(group, order)
    given = read(weights, _columns(group, elements), layout)
    if name != "native":
        given = given.in_order(elements)
    return _measured(given, group, limits, OrderFinding(name)), elements


def _dimensions(group: Group, real: bool) -> list[int]:
    """Of the components, in their order."""
    if not real:
        return [rho.degree**2 for rho in group.irreps]
    return [
        rho.degree**2 * (1 if rho.index == rho.conjugate_index else 2)
        for rho in group.irreps
        if rho.index <= rho.conjugate_index
    ]


def _excess(given: RowInput | BlockInput, group: Group, limits: Mapping[str, float]) -> tuple[float, float]:
    """How far the purity of the rows is beyond chance, and its p-value: from the energies alone."""
    rows = given.rows if isinstance(given, BlockInput) else given
    if are_many(rows.rows):
        energies, totals, _ = row_energies(rows.rows, group)
    else:
        found = _core.row_harmonics(
            rows.rows, group._core, group.irreps._core, 0.0, 0.0, 0.0, with_spans=False
        )
        energies, totals = found["energies"], found["totals"]
    measures = measure_rows(
        energies, totals, _dimensions(group, rows.is_real), rows.is_real, limits["live_energy"]
    )
    purity, chance = measures.purity_nontrivial.weighted, measures.chance_nontrivial
    return (purity - chance) / (1 - chance) if chance < 1 else np.nan, measures.p_value


def _searched(
    weights: Any, group: Group, layout: Layout, limits: Mapping[str, float]
) -> tuple[Verification, NDArray[np.int64]]:
    """Try the known orders; those with the same components on the columns are one hypothesis."""
    orders = element_orders(group)
    classes: dict[bytes, list[str]] = {}
    excess: dict[str, float] = {}
    inputs: dict[str, RowInput | BlockInput] = {}
    for name, elements in orders.items():
        given = read(weights, _columns(group, elements), layout)
        real = (given.rows if isinstance(given, BlockInput) else given).is_real
        members = classes.setdefault(column_scheme(group, elements, real).tobytes(), [])
        members.append(name)
        if len(members) == 1:
            inputs[name] = given.in_order(elements)
            excess[name] = _excess(inputs[name], group, limits)[0]
        else:
            excess[name] = excess[members[0]]
    best = max(inputs, key=lambda name: -np.inf if np.isnan(excess[name]) else excess[name])
    equivalent = next(members for members in classes.values() if best in members)
    verification = _measured(inputs[best], group, limits, OrderFinding(best, searched=True))
    limit = impurity_limit(excess[best])
    rivals = [name for name in inputs if name != best and 1 - excess[name] < limit]
    finding = OrderFinding(
        name=best,
        searched=True,
        certain=verification.holds and not rivals,
        equivalent=tuple(name for name in equivalent if name != best),
        excess=MappingProxyType(excess),
        p_value=min(1.0, verification.p_value * len(classes)),
    )
    return dataclasses.replace(verification, element_order=finding), orders[best]


def _candidates(weights: Any, groups: Groups, layout: Layout) -> list[Group]:
    if not isinstance(groups, str):
        candidates = [_tested_group(group, f"groups[{k}]") for k, group in enumerate(groups)]
        if not candidates:
            raise ArgumentError("groups: expected at least one group, got none")
        for k, group in enumerate(candidates):
            if group.order != candidates[0].order:
                raise ArgumentError(
                    f"groups[{k}]: expected groups of one order, got {candidates[0].order} and {group.order}"
                )
        return candidates
    if groups != "order":
        raise ArgumentError(f"groups={groups!r}: expected a list of groups, or 'order' for all of the order")
    return [_in_its_family(group) for group in groups_of_order(columns_available(weights, layout))]


def _in_its_family(group: Group) -> Group:
    """A group of the catalogue as the member of a named family where it is one, with the orders of the family."""
    # identify() would go on to describe the structure of the others, which takes longer than verifying them.
    name, certain = group._core.identify()
    if not certain:
        return group
    try:
        named = group_from_spec(name)
    except Error:  # a name that is no spec
        return group
    return named if named.order == group.order and named.is_isomorphic(group) else group


def _verify_many(
    weights: Any, groups: Groups, order: ElementOrder, layout: Layout, limits: Mapping[str, float]
) -> GroupRanking:
    candidates = _candidates(weights, groups, layout)
    if order is None and isinstance(groups, str):
        order = "auto"
    hypotheses = []
    tried = 0
    for group in candidates:
        verification, elements = _verify_one(weights, group, order, layout, limits)
        tried += len(set(verification.element_order.excess.values())) or 1
        scheme = column_scheme(group, elements, verification.field == "real")
        hypotheses.append(Hypothesis(group, verification, scheme))
    return ranked(hypotheses, tried)
