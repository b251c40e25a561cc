"""``peterweyl bench groups``: elements, tables, cosets, classes, identification, isomorphism, whole orders."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle, pairwise
from math import factorial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _core
from ..catalogue import groups_of_order, number_of_groups, small_group
from ..constructions import coset_table
from ..groups import Group, from_permutations, from_table
from ..permutation_groups import PermutationGroup
from .group_peers import GroupPeers
from .table import Row, Table
from .timing import measure

DESCRIPTION = (
    "elements, tables, coset enumeration, classes, identification, isomorphism, all groups of an order"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the topic."""
    parser.add_argument("--no-peers", action="store_true", help="measure ours alone")


def _symmetric(degree: int) -> list[list[int]]:
    return [[1, 0, *range(2, degree)], [*range(1, degree), 0]]


def _coxeter(degree: int) -> str:
    letters = "abcdefghij"[: degree - 1]
    relators = [f"{x}^2" for x in letters]
    relators += [f"({x}*{y})^3" for x, y in pairwise(letters)]
    relators += [f"({x}*{y})^2" for i, x in enumerate(letters) for y in letters[i + 2 :]]
    return ", ".join(relators)


_M11_RELATORS = "a^2, b^4, (a*b)^11, (a*b^2)^6, a*b*a*b*a*b^-1*a*b*a*b^2*a*b^-1*a*b*a*b^-1*a*b^-1"


def _mathieu(points: int) -> list[list[int]]:
    return _core.mathieu_generators(points)


def _some_groups(order: int, count: int = 40) -> list[Group]:
    total = number_of_groups(order)
    return [small_group(order, number) for number in range(1, total + 1, max(1, total // count))]


def _relabelled(table: NDArray[Any], random: np.random.Generator) -> NDArray[np.int64]:
    names = random.permutation(len(table))
    relabelled = np.empty(table.shape, dtype=np.int64)
    relabelled[np.ix_(names, names)] = names[table]
    return relabelled


def _next_group(tables: Iterator[NDArray[np.int64]]) -> Group:
    return from_table(next(tables))


def _next_pair(pairs: Iterator[tuple[Group, NDArray[np.int64]]]) -> tuple[Group, Group]:
    group, relabelled = next(pairs)
    return from_table(group.table), from_table(relabelled)


def _table(generators: list[list[int]]) -> NDArray[np.uint16]:
    return from_permutations(generators).table


def _enumerate_cosets(relators: str, cosets: int) -> None:
    _expect(len(coset_table(relators)), cosets)


def _compute_all(order: int) -> None:
    _expect(len(groups_of_order(order, recompute=True)), number_of_groups(order))


def _expect(found: int, expected: int) -> None:
    if found != expected:
        raise AssertionError(f"expected {expected}, got {found}")


def run(options: argparse.Namespace) -> list[Table]:
    """Measure everything the topic is about."""
    peers = GroupPeers(not options.no_peers)
    rows: list[Row] = []

    def add(
        task: str,
        goal: float,
        work: Callable[..., Any],
        of_peers: dict[str, float] | None = None,
        fresh: Callable[[], Any] | None = None,
        typical: bool = False,
    ) -> None:
        timing = measure(work, fresh=fresh, at_most=200)
        rows.append(Row(task, timing.median if typical else timing.best, goal, of_peers or {}))

    for degree, goal in ((7, 0.2e-3), (8, 2e-3)):
        generators = _symmetric(degree)
        add(
            f"list elements S{degree}",
            goal,
            lambda group: group.elements(),
            peers.elements(generators, factorial(degree)),
            partial(PermutationGroup, generators),
        )
    for degree, goal in ((6, 2e-3), (7, 60e-3)):
        generators = _symmetric(degree)
        add(
            f"Cayley table S{degree}",
            goal,
            partial(_table, generators),
            peers.table(generators, factorial(degree)),
        )
    for name, relators, cosets, goal in (
        ("Coxeter S8", _coxeter(8), 40_320, 15e-3),
        ("M11", _M11_RELATORS, 7_920, 10e-3),
    ):
        letters = "".join(sorted({c for c in relators if c.isalpha()}))
        add(
            f"Todd–Coxeter over 1, {name}",
            goal,
            partial(_enumerate_cosets, relators, cosets),
            peers.cosets(letters, relators),
        )
    for name, generators, goal in (
        ("S6", _symmetric(6), 0.1e-3),
        ("S7", _symmetric(7), 0.6e-3),
        ("M11", _mathieu(11), 1e-3),
        ("S8", _symmetric(8), 8e-3),
        ("M22", _mathieu(22), 48e-3),
        ("M24", _mathieu(24), 154e-3),
    ):
        group = PermutationGroup(generators)
        add(
            f"conjugacy classes {name}",
            goal,
            lambda group: len(group.conjugacy_classes),
            peers.classes(generators, group.order),
            partial(PermutationGroup, generators),
        )
    random = np.random.default_rng(0)
    for order in (64, 96, 128):
        tables = cycle([_relabelled(group.table, random) for group in _some_groups(order)])
        add(
            f"identify order {order}, from its table (median)",
            0.5e-3,
            lambda group: group.identify().small_group_id,
            peers.identification(order),
            partial(_next_group, tables),
            typical=True,
        )
    for order in (64, 192, 504):
        pairs = cycle([(group, _relabelled(group.table, random)) for group in _some_groups(order)])
        add(
            f"isomorphism of relabelled groups, order {order} (median)",
            1e-3,
            lambda pair: pair[0].isomorphism(pair[1]),
            peers.isomorphism(order),
            partial(_next_pair, pairs),
            typical=True,
        )
    for order, goal in ((64, 0.2), (96, 0.5), (128, 2.0), (192, 6.0)):
        add(f"compute all groups of order {order}", goal, partial(_compute_all, order))
    return [Table("Groups", rows, peers.remarks)]
