"""``peterweyl bench characters``: exact character tables, classes included, of fresh permutation groups."""

from __future__ import annotations

import argparse
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, product
from typing import Any

import numpy as np

from .. import _core
from ..catalogue import number_of_groups, small_group
from ..characters import CharacterTable, symmetric_group_character_table
from ..groups import Group, from_permutations, group
from ..permutation_groups import PermutationGroup
from .peers import gap_milliseconds, gap_version, installed_module
from .permutations import JANKO_1
from .table import Row, Table
from .timing import measure

DESCRIPTION = "exact character tables from permutations, classes included, beside GAP, PARI and alkahest"

Generators = Sequence[Sequence[int]]

#: Groups up to this order are listed; larger ones are known by their classes alone.
LISTED = 20_000


@dataclass(frozen=True)
class Task:
    """A group by permutations, the goal in seconds and what the row asks of the peers."""

    name: str
    generators: Generators
    goal: float
    listed: bool = True
    pari: bool = False
    alkahest: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the topic."""
    parser.add_argument("--no-peers", action="store_true", help="measure ours alone")
    parser.add_argument("--quick", action="store_true", help="leave out rows that take the peers seconds")


def _symmetric(degree: int) -> Generators:
    return [[1, 0, *range(2, degree)], [*range(1, degree), 0]]


def _alternating(degree: int) -> Generators:
    return [[1, 2, 0, *range(3, degree)], [*range(1, degree), 0]]


def _on_pairs(generators: Generators) -> Generators:
    """The action on the subsets of two points."""
    pairs = list(combinations(range(len(generators[0])), 2))
    index = {pair: k for k, pair in enumerate(pairs)}
    return [[index[min(g[a], g[b]), max(g[a], g[b])] for a, b in pairs] for g in generators]


def _projective_line(p: int) -> Generators:
    """PSL(2, p) on the points 0 ... p-1 and infinity, which is p."""
    root = next(r for r in range(2, p) if len({pow(r, k, p) for k in range(p - 1)}) == p - 1)
    square = root * root % p
    return [
        [*((x + 1) % p for x in range(p)), p],
        [*(x * square % p for x in range(p)), p],
        [p, *(-pow(x, -1, p) % p for x in range(1, p)), 0],
    ]


def _affine_3_3() -> Generators:
    """3^3:SL(3,3) on the 27 vectors."""
    vectors = list(product(range(3), repeat=3))
    index = {v: k for k, v in enumerate(vectors)}
    return [
        [index[(x + 1) % 3, y, z] for x, y, z in vectors],
        [index[(x + y) % 3, y, z] for x, y, z in vectors],
        [index[y, z, x] for x, y, z in vectors],
    ]


def _dihedral(n: int) -> Generators:
    return [[*range(1, n), 0], [-x % n for x in range(n)]]


def _signed_permutations(n: int) -> Generators:
    """C2 wr S_n on 2n points."""
    flip = [1, 0, *range(2, 2 * n)]
    return [flip, *([2 * g[i // 2] + i % 2 for i in range(2 * n)] for g in _symmetric(n))]


def _regular(of: Group) -> Generators:
    """The permutations x -> x*g for the generators."""
    return [of.multiply(np.arange(of.order), int(g)).tolist() for g in of.generators]


def _listed(generators: Generators) -> CharacterTable:
    return from_permutations(generators).character_table


def _unlisted(generators: Generators) -> CharacterTable:
    return PermutationGroup(generators).character_table


def _tasks(quick: bool) -> list[Task]:
    tasks = [
        Task("S5 on pairs", _on_pairs(_symmetric(5)), 0.1e-3, pari=True, alkahest=True),
        Task("S6 on pairs", _on_pairs(_symmetric(6)), 0.3e-3, pari=True, alkahest=True),
        Task("S7 on pairs", _on_pairs(_symmetric(7)), 1.5e-3, pari=True, alkahest=True),
        Task("A7", _alternating(7), 1.5e-3, listed=False, pari=True, alkahest=True),
        Task("M11", _core.mathieu_generators(11), 3e-3, listed=False),
        Task("M12", _core.mathieu_generators(12), 20e-3, listed=False),
        Task("M22", _core.mathieu_generators(22), 60e-3, listed=False),
        Task("PSL(2,31)", _projective_line(31), 20e-3, listed=False),
        Task("J1", JANKO_1, 60e-3, listed=False),
        Task("3^3:SL(3,3)", _affine_3_3(), 80e-3, listed=False),
        Task("M23", _core.mathieu_generators(23), 180e-3, listed=False),
        Task("M24", _core.mathieu_generators(24), 500e-3, listed=False),
        Task("SmallGroup(128,1000)", _regular(small_group(128, 1000)), 2e-3, pari=True, alkahest=True),
        Task("2^(1+6)+", _regular(group("2^(1+6)+")), 2e-3, pari=True, alkahest=True),
        Task("C113", [[*range(1, 113), 0]], 1e-3, alkahest=True),
        Task("D59", _dihedral(59), 2e-3, pari=True, alkahest=True),
        Task("C2 wr S6", _signed_permutations(6), 20e-3),
    ]
    return tasks if quick else [*tasks, Task("D512", _dihedral(512), 5e-3)]


def _gap_list(generators: Generators) -> str:
    return ",".join(f"PermList({[x + 1 for x in g]})" for g in generators)


def _pari_seconds(generators: Generators) -> float | None:
    """PARI's ``galoischartable`` of the list of all elements, which is made beforehand."""
    program = shutil.which("gp")
    if program is None:
        return None
    rows = PermutationGroup(generators).elements(LISTED) + 1
    elements = ",".join(f"Vecsmall({row})" for row in rows.tolist())
    script = (
        f"G=[{elements}];galoischartable(G);t=getwalltime();n=0;"
        "while(n<3||getwalltime()-t<300&&n<1000,galoischartable(G);n++);print((getwalltime()-t)/n*1.)\n"
    )
    try:
        done = subprocess.run(
            [program, "-q", "-D", "parisizemax=4G"],
            input=script,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return float(done.stdout.split()[-1].replace(" E", "e")) / 1e3
    except (subprocess.TimeoutExpired, IndexError, ValueError):
        return None


def _alkahest_seconds(generators: Generators) -> float | None:
    """The table of alkahest, from a fresh group each time."""
    found = installed_module("alkahest.experimental", "alkahest")
    if found is None:
        return None
    module: Any = found[0]

    def fresh() -> Any:
        return module.PermutationGroup(len(generators[0]), [module.Permutation(list(g)) for g in generators])

    try:
        return measure(module.CharacterTable, fresh=fresh, at_most=20).best
    except Exception:  # whatever it raises where it refuses a group
        return None


def _peers(task: Task) -> dict[str, float]:
    found: dict[str, float | None] = {}
    milliseconds = gap_milliseconds(
        f"G := Group({_gap_list(task.generators)});;", "i := Irr(G);;", repetitions=3
    )
    found["GAP"] = None if milliseconds is None else milliseconds / 1e3
    if task.pari:
        found["PARI"] = _pari_seconds(task.generators)
    if task.alkahest:
        found["alkahest"] = _alkahest_seconds(task.generators)
    return {name: seconds for name, seconds in found.items() if seconds is not None}


def _all_of_order(order: int) -> list[Generators]:
    return [_regular(small_group(order, k + 1)) for k in range(number_of_groups(order))]


def _tables(groups: Sequence[Generators]) -> None:
    for generators in groups:
        _listed(generators)


def run(options: argparse.Namespace) -> list[Table]:
    """Measure everything the topic is about."""
    rows: list[Row] = []
    for task in _tasks(options.quick):
        work: Callable[[Generators], CharacterTable] = _listed if task.listed else _unlisted
        ours = measure(partial(work, task.generators), at_most=200).best
        rows.append(Row(task.name, ours, task.goal, {} if options.no_peers else _peers(task)))
    for order in (64, 96):
        groups = _all_of_order(order)
        peers: dict[str, float] = {}
        if not (options.no_peers or options.quick):
            lists = ",".join(f"[{_gap_list(g)}]" for g in groups)
            milliseconds = gap_milliseconds(
                f"groups := List([{lists}], Group);;",
                "for G in groups do i := Irr(G);; od;",
                repetitions=1,
                seconds=300.0,
            )
            if milliseconds is not None:
                peers["GAP"] = milliseconds / 1e3
        ours = measure(partial(_tables, groups), at_most=5).best
        rows.append(Row(f"all {len(groups)} groups of order {order}", ours, 0.1, peers))
    ours = measure(partial(symmetric_group_character_table, 20), at_most=5).best
    peers = {}
    if not options.no_peers:
        milliseconds = gap_milliseconds("", 'i := Irr(CharacterTable("Symmetric", 20));;', repetitions=1)
        if milliseconds is not None:
            peers["GAP"] = milliseconds / 1e3
    rows.append(Row("S20 from its name", ours, 2.0, peers))
    remarks = ["fresh groups each time; classes, orders and verification included; values are exact"]
    version = None if options.no_peers else gap_version()
    if version is not None:
        remarks.append(f"GAP {version}: wall time inside one process, start-up excluded")
    return [Table("Character tables", rows, remarks)]
