"""Whole character tables against another system's: exactly, indicators and power maps included."""

from __future__ import annotations

import itertools
import json
import math
import re
import signal
import time
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import peterweyl as pw
from peterweyl.permutation_groups import PermutationGroup

DATA = Path(__file__).parents[1] / "data"
TABLES: list[dict[str, Any]] = [
    *json.loads((DATA / "character_tables.json").read_text())["tables"],
    *json.loads((DATA / "more_character_tables.json").read_text())["tables"],
]
GROUPS = json.loads((DATA / "small_groups.json").read_text())["groups"]
#: Groups up to this order are listed, by a table of products or without one.
LISTED = 5_000


@cache
def number(text: str) -> pw.Cyclotomic:
    """A sum of integer multiples of E(n)^k."""
    total = pw.Cyclotomic(0)
    for sign, factor, order, power in re.findall(r"([+-]?)(\d*)\*?(?:E\((\d+)\)(?:\^(\d+))?)?", text):
        if factor or order:
            term = pw.Cyclotomic.root_of_unity(int(order), int(power or 1)) if order else pw.Cyclotomic(1)
            total += term * int(factor or 1) * (-1 if sign == "-" else 1)
    return total


def compare(entry: dict[str, Any], table: pw.CharacterTable, column: list[int]) -> None:
    """Columns are matched by the classes of the representatives; rows must agree as sets."""
    assert sorted(column) == list(range(len(table)))
    assert [table.class_orders[c] for c in column] == entry["class_orders"]
    assert [table.class_sizes[c] for c in column] == entry["class_sizes"]
    for p, images in entry.get("power_maps", {}).items():
        power = table.power_map(int(p))
        assert [power[c] for c in column] == [column[i] for i in images]
    expected = Counter(
        (indicator, *map(number, row))
        for indicator, row in zip(entry["indicators"], entry["characters"], strict=True)
    )
    found = Counter((table.indicators[i], *(row[c] for c in column)) for i, row in enumerate(table.exact))
    assert found == expected


@pytest.mark.parametrize("entry", TABLES, ids=lambda entry: str(entry["name"]))
def test_permutation_group_from_its_classes(entry: dict[str, Any]) -> None:
    group = PermutationGroup(entry["generators"], degree=len(entry["class_representatives"][0]))
    table = group.character_table
    compare(entry, table, [group.conjugacy_classes.identify(x) for x in entry["class_representatives"]])


@pytest.mark.parametrize(
    "entry", [entry for entry in TABLES if entry["order"] <= LISTED], ids=lambda entry: str(entry["name"])
)
def test_listed_group(entry: dict[str, Any]) -> None:
    group = pw.from_permutations(entry["generators"])
    rows = group.permutations
    assert rows is not None
    element = {tuple(images): index for index, images in enumerate(rows.tolist())}
    column = [group.class_of(element[tuple(x)]) for x in entry["class_representatives"]]
    compare(entry, group.character_table, column)


def test_degrees_and_indicators() -> None:
    for entry in GROUPS:
        table = pw.from_permutations(entry["generators"] or [[0]]).character_table
        found = Counter(zip(table.degrees, table.indicators, strict=True))
        assert found == {(degree, indicator): count for degree, indicator, count in entry["irreps"]}, entry[
            "id"
        ]


@pytest.mark.parametrize("order", [48, 54, 64, 72, 81, 96, 108, 120, 125, 168])
def test_tables_of_the_catalogue_pass_their_verification(order: int) -> None:
    for group in pw.groups_of_order(order):
        table = group.character_table
        assert sum(d * d for d in table.degrees) == order
        assert len(table) == len(group.conjugacy_classes)


def test_generators_and_labels_do_not_matter() -> None:
    random = np.random.default_rng(7)
    for spec in ("S5", "GL(2,3)", "C7 : C3", "C2 wr S3", "D9"):
        group = pw.group(spec)
        expected = sorted(map(sorted, group.character_table.to_dict()["values"]))
        names = random.permutation(group.order)
        relabelled = np.empty((group.order, group.order), dtype=np.int64)
        relabelled[np.ix_(names, names)] = names[np.asarray(group.table)]
        other = pw.from_table(relabelled).character_table
        assert sorted(map(sorted, other.to_dict()["values"])) == expected
        assert other.degrees == group.character_table.degrees


def test_names_of_symmetric_groups() -> None:
    from peterweyl.characters import symmetric_group_character_table

    for n in range(1, 8):
        assert (symmetric_group_character_table(n).values == pw.group(f"S{n}").character_table.values).all()
    table = symmetric_group_character_table(20)
    assert len(table) == 627
    assert table.degrees[:3] == (1, 1, 19)
    assert table.classes is None
    with pytest.raises(pw.ArgumentError, match=r"1 \.\.\. 20"):
        symmetric_group_character_table(21)


def test_alternating_groups_from_their_names() -> None:
    """A13 ... A20 have no elements; their characters restrict from those of S_n (Clifford)."""
    for n, count in ((13, 55), (17, 156), (20, 324)):
        table = pw.group(f"A{n}").character_table
        assert len(table) == count
        assert table.order * 2 == math.factorial(n)
        # Every degree of A_n is one of S_n, or half of one.
        whole = set(pw.group(f"S{n}").character_table.degrees)
        assert all(d in whole or 2 * d in whole for d in table.degrees)
        assert table.degrees[:2] == (1, n - 1)
    # Frobenius: a value (e +- sqrt(e h))/2 on the two classes of n-cycles.
    table = pw.group("A13").character_table
    assert "(1+√13)/2" in {str(x) for row in table.exact for x in row}


@pytest.mark.parametrize("n", [4, 5, 6, 7, 8])
def test_alternating_groups_by_another_method(n: int) -> None:
    """By name from partitions, from their multiplication or on other points by the general methods."""
    group = pw.group(f"A{n}")
    table = group.character_table
    assert table.method == "Murnaghan-Nakayama rule"
    doubled = [[*row, *(x + n for x in row)] for row in group.permutations[list(group.generators)].tolist()]
    other = PermutationGroup(doubled).character_table
    assert other.method != table.method
    assert sorted(map(sorted, other.to_dict()["values"])) == sorted(map(sorted, table.to_dict()["values"]))
    assert other.degrees == table.degrees
    assert other.indicators == table.indicators


@pytest.mark.parametrize(
    "spec", ["C2 wr S4", "S3 wr S3", "C3 wr C4", "Q8 wr S2", "A5 wr C2", "C2 wr PSL(2,5)"]
)
def test_wreath_products_by_another_method(spec: str) -> None:
    group = pw.group(spec)
    table = group.character_table
    assert "wreath" in table.method
    names = np.random.default_rng(5).permutation(group.order)
    if group.order <= 1_000:
        relabelled = np.empty((group.order, group.order), dtype=np.int64)
        relabelled[np.ix_(names, names)] = names[np.asarray(group.table)]
        other = pw.from_table(relabelled).character_table
    else:
        regular = [group.multiply(np.arange(group.order), int(g)).tolist() for g in group.generators]
        other = pw.from_permutations(regular).character_table
    assert "wreath" not in other.method
    assert sorted(map(sorted, other.to_dict()["values"])) == sorted(map(sorted, table.to_dict()["values"]))


def test_products_of_orbits_and_many_classes() -> None:
    """Permutation groups that are products on their orbits, and abelian ones, whose classes nothing separates."""
    icosahedral = [[1, 2, 0, 3, 4], [1, 2, 3, 4, 0]]
    twice = [[*g, *range(5, 10)] for g in icosahedral] + [
        [*range(5), *(x + 5 for x in g)] for g in icosahedral
    ]
    table = PermutationGroup(twice).character_table
    single = pw.group("A5").character_table.degrees
    assert table.method == "products of the characters of the factors"
    assert table.degrees == tuple(sorted(a * b for a in single for b in single))
    compared = pw.from_permutations(twice).character_table
    assert compared.method != table.method
    assert sorted(map(sorted, compared.to_dict()["values"])) == sorted(map(sorted, table.to_dict()["values"]))
    cyclic = PermutationGroup([[*range(1, 200), 0]]).character_table
    assert len(cyclic) == 200
    assert cyclic.indicators.count(1) == 2


def test_centralisers_too_large_to_list() -> None:
    """AGL(5,2): no centraliser of a 2-element within reach holds a whole Sylow subgroup; parts of it suffice."""
    vectors = list(itertools.product((0, 1), repeat=5))
    place = {v: k for k, v in enumerate(vectors)}
    linear = [[place[(*v[1:], v[0])] for v in vectors], [place[(v[0] ^ v[1], *v[1:])] for v in vectors]]
    translation = [place[(1 - v[0], *v[1:])] for v in vectors]
    table = PermutationGroup([*linear, translation]).character_table
    assert table.order == 319979520
    assert len(table) == 52
    normal = next(x for x in table.normal_subgroups if sum(table.class_sizes[c] for c in x) == 32)
    quotient = PermutationGroup(linear).character_table
    assert table.quotient(normal)[0].degrees == quotient.degrees
    assert table.permutation_character().decomposition() == {0: 1, table.degrees.index(31): 1}


def test_restriction_to_a_point_stabiliser_of_m24() -> None:
    m24 = PermutationGroup(pw._core.mathieu_generators(24))
    m23 = m24.stabilizer(0)
    table = m24.character_table
    permutation = table.induced(table.subgroup_table(m23)[0], m23)
    assert permutation == table.permutation_character()
    assert table[1].restricted(m23).decomposition() == {0: 1, 1: 1}
    for chi in (table[5], table[20]):
        for psi in (table.subgroup_table(m23)[3], table.subgroup_table(m23)[7]):
            assert chi.restricted(m23).inner_product(psi) == chi.inner_product(table.induced(psi, m23))
    with pytest.raises(pw.ArgumentError, match="another group"):
        table.fusion(PermutationGroup([[1, 0, *range(2, 24)]]))
    with pytest.raises(pw.ArgumentError, match="another group"):
        pw.group("S5").character_table.fusion(m23)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there is no timer")
def test_long_work_can_be_interrupted() -> None:
    """A5 wr A5, order 60^6 with 337 classes, takes minutes; a signal handler that raises ends it."""

    def stop(*_: object) -> None:
        raise InterruptedError

    points = np.arange(25).reshape(5, 5)
    inner = [1, 2, 3, 4, 0, *range(5, 25)], [1, 2, 0, *range(3, 25)]
    outer = [points[list(g)].ravel().tolist() for g in ([1, 2, 3, 4, 0], [1, 2, 0, 3, 4])]
    group = PermutationGroup([*inner, *outer])
    assert group.order == 60**6
    before = signal.signal(signal.SIGALRM, stop)
    started = time.monotonic()
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.5)
        with pytest.raises(InterruptedError):
            _ = group.character_table
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - started < 10


def test_large_group_out_of_reach_says_what_it_needs() -> None:
    """C2^20 has too many classes."""
    swaps = [[*range(2 * k), 2 * k + 1, 2 * k, *range(2 * k + 2, 40)] for k in range(20)]
    with pytest.raises(pw.EnumerationLimitError, match="5000"):
        _ = PermutationGroup(swaps).character_table


def test_large_abelian_group_is_a_formula() -> None:
    table = pw.group("C10007").character_table
    assert table.exact[1, 1] == pw.Cyclotomic.root_of_unity(10007)
    assert table.exact[5, 7] == table.exact[35, 1]
    assert table.power_map(2)[:3] == (0, 2, 4)
    assert table.indicators.count(1) == 1


def test_subgroups_fusion_and_factor_groups() -> None:
    group = pw.group("S5")
    table = group.character_table
    for subgroup in (
        group.derived_subgroup,
        group.subgroup([group.generators[0]]),
        group.subgroup(range(group.order)),
    ):
        inside = table.subgroup_table(subgroup)
        for chi in table:
            restricted = chi.restricted(subgroup)
            assert restricted.is_character()
            for psi in inside:
                # Frobenius
                assert restricted.inner_product(psi) == chi.inner_product(table.induced(psi, subgroup))
    with pytest.raises(pw.ArgumentError, match="another group"):
        table.fusion(pw.group("S4").derived_subgroup)
    assert table.permutation_character().decomposition() == {0: 1, 2: 1}
    with pytest.raises(pw.ArgumentError, match="permutations"):
        pw.group("Q8").character_table.permutation_character()
    assert len(table.linear_characters) == 2
    assert len(table.real_characters) == len(table.rational_characters) == 7
    quotient, projection = pw.group("S4").character_table.quotient((0, 1))
    assert quotient.degrees == (1, 1, 2)
    assert projection[0] == 0
    with pytest.raises(pw.ArgumentError, match="normal subgroup"):
        pw.group("S4").character_table.quotient((0, 3))
